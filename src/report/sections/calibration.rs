//! The section and picture of reliability: whether what was forecast with 30% happened three times in ten.

use super::Material;
use crate::backtest::{Calibration, ReliabilityBin};
use crate::plot::{self, CalibrationBin, Picture};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};

/// The reliability diagram of the back-test; nothing without one.
pub fn picture(material: &Material<'_>, width: f64) -> Option<Picture> {
    let (calibration, event) = material.calibration?;
    Some(draw(calibration, event, width))
}

/// The reliability diagram of forecasts of some event, such as `home wins`.
pub fn draw(calibration: &Calibration, event: &str, width: f64) -> Picture {
    let bins = calibration.bins.iter().map(|bin| CalibrationBin {
        forecast: bin.forecast,
        observed: bin.observed,
        interval: bin.interval,
        count: bin.count as u64,
    });
    let slope = calibration.slope.map_or(String::new(), |slope| {
        format!(
            " Slope of the log odds {slope:.2} ± {:.2}; 1 is perfect.",
            calibration.slope_error
        )
    });
    let sentences: Vec<String> = calibration.bins.iter().map(sentence).collect();
    plot::calibration(
        &plot::Calibration {
            title: "Do forecasts come true as often as they say?".to_owned(),
            note: format!(
                "Forecasts of {event} in past editions, made before each match. Dots on the dashed line are perfect; bars are 95% intervals.{slope}"
            ),
            description: format!("A reliability diagram. {}", sentences.join(" ")),
            bins: bins.collect(),
        },
        width,
    )
}

fn sentence(bin: &ReliabilityBin) -> String {
    format!(
        "{} forecasts of {:.1}% on average, {:.1}% came true.",
        bin.count,
        bin.forecast * 100.0,
        bin.observed * 100.0
    )
}

/// The picture and the table of its bins.
pub fn section(material: &Material<'_>) -> Option<Section> {
    let (calibration, event) = material.calibration?;
    let percent = |value: f64| Cell::from(format!("{:.1}%", value * 100.0));
    let rows = calibration.bins.iter().map(|bin| {
        vec![
            format!(
                "{:.0}% to {:.0}%",
                bin.bounds[0] * 100.0,
                bin.bounds[1] * 100.0
            )
            .into(),
            bin.count.to_string().into(),
            percent(bin.forecast),
            percent(bin.observed),
            format!(
                "{:.1}% to {:.1}%",
                bin.interval[0] * 100.0,
                bin.interval[1] * 100.0
            )
            .into(),
        ]
    });
    let table = Table {
        caption: format!("Forecasts of {event}, and how often they came true"),
        columns: vec![
            Column::words("forecast"),
            Column::numbers("matches"),
            Column::numbers("mean forecast"),
            Column::numbers("came true"),
            Column::numbers("95% interval"),
        ],
        rows: rows.collect(),
    };
    Some(Section {
        id: "calibration".into(),
        title: "Reliability".into(),
        text: Vec::new(),
        picture: Some(PicturePair::draw(|width| draw(calibration, event, width))),
        tables: vec![table],
    })
}
