//! What every picture promises, checked on crowded examples at both natural widths.

use super::*;

const NAMES: [&str; 9] = [
    "Cruz Azul",
    "Toluca",
    "Sporting Kansas City",
    "América <1916> & \"friends\"",
    "Isidro Metapán",
    "LA Galaxy",
    "Real Estelí",
    "W Connection",
    "Caledonia AIA",
];

fn sample_bars() -> Picture {
    sample_bars_at(WIDE)
}

fn sample_bars_at(width: f64) -> Picture {
    let bar = |(index, name): (usize, &&str)| Bar {
        label: (*name).to_owned(),
        value: 30.0 / (index + 1) as f64,
        error: 0.4,
        baseline: (index % 2 == 0).then_some(12.0),
        text: format!("{:.1}% ± 0.1", 30.0 / (index + 1) as f64),
        hint: format!("{name} in words"),
    };
    let data = Bars {
        title: "Title odds".to_owned(),
        note: "A note long enough that it has to be broken into several lines on a phone."
            .to_owned(),
        description: "Bars.".to_owned(),
        unit: "%".to_owned(),
        bars: NAMES.iter().enumerate().map(bar).collect(),
    };
    bars(&data, width)
}

fn sample_heat_map(width: f64) -> Picture {
    let row = |(index, name): (usize, &&str)| HeatRow {
        label: (*name).to_owned(),
        short: name.chars().take(3).collect(),
        cells: (0..8)
            .map(|column| {
                let value = ((index * 8 + column) as f64 / 71.0).powi(3);
                HeatCell {
                    value,
                    text: format!("{:.0}", value * 100.0),
                    hint: format!("{name}, seed {}", column + 1),
                }
            })
            .collect(),
    };
    let data = HeatMap {
        title: "Seeds".to_owned(),
        note: "Chance of each seed.".to_owned(),
        description: "A table.".to_owned(),
        columns_title: "seed".to_owned(),
        columns: (1..=8).map(|seed| seed.to_string()).collect(),
        rows: NAMES.iter().enumerate().map(row).collect(),
    };
    heat_map(&data, width)
}

fn slot(label: &str) -> Slot {
    let candidate = |(index, name): (usize, &&str)| Candidate {
        name: (*name).to_owned(),
        value: 0.5 / (index + 1) as f64,
        text: format!("{:.1}%", 50.0 / (index + 1) as f64),
    };
    Slot {
        label: label.to_owned(),
        candidates: NAMES
            .iter()
            .skip(2)
            .take(4)
            .enumerate()
            .map(candidate)
            .collect(),
    }
}

fn sample_bracket(width: f64) -> Picture {
    let tie = |name: &str, round, feeders| TieBox {
        name: name.to_owned(),
        detail: "1-1, 1-1, 5-4 p".to_owned(),
        round,
        feeders,
        sides: [
            slot("seed 1"),
            slot("winner of a tie with a very long name indeed"),
        ],
    };
    let data = BracketData {
        title: "Bracket".to_owned(),
        note: "The three likeliest clubs of each slot.".to_owned(),
        description: "A tree.".to_owned(),
        rounds: ["quarterfinal", "semifinal", "final"]
            .map(str::to_owned)
            .to_vec(),
        ties: vec![
            tie("QF1", 0, [None, None]),
            tie("QF2", 0, [None, None]),
            tie("QF3", 0, [None, None]),
            tie("QF4", 0, [None, None]),
            tie("SF1", 1, [Some(0), Some(3)]),
            tie("SF2", 1, [Some(1), Some(2)]),
            tie("final", 2, [Some(4), Some(5)]),
        ],
        champion: slot("winner of the final"),
    };
    bracket(&data, width)
}

fn sample_lines(width: f64) -> Picture {
    let moments = [
        "start", "md1", "md2", "md3", "md4", "md5", "groups", "qf-leg1", "qf", "sf-leg1",
    ];
    sample_lines_over(&moments, width)
}

fn sample_lines_over(moments: &[&str], width: f64) -> Picture {
    let line = |(index, name): (usize, &&str)| Line {
        label: (*name).to_owned(),
        short: name.chars().take(3).collect(),
        values: (0..moments.len())
            .map(|moment| (index + moment) as f64 % 3.0)
            .collect(),
        text: format!("{:.1}%", (index + 9) as f64 % 3.0),
    };
    let data = Lines {
        title: "Title odds over time".to_owned(),
        note: "After each matchday and leg.".to_owned(),
        description: "Lines.".to_owned(),
        unit: "%".to_owned(),
        moments: moments.iter().map(|name| (*name).to_owned()).collect(),
        lines: NAMES.iter().enumerate().map(line).collect(),
    };
    lines(&data, width)
}

fn sample_calibration(width: f64) -> Picture {
    let bin = |forecast: f64| CalibrationBin {
        forecast,
        observed: forecast * forecast,
        interval: [forecast * forecast - 0.02, forecast * forecast + 0.04],
        count: (forecast * 1000.0) as u64 + 1,
    };
    let data = Calibration {
        title: "Reliability".to_owned(),
        note: "How often it happened.".to_owned(),
        description: "Dots.".to_owned(),
        bins: [0.02, 0.03, 0.04, 0.3, 0.5, 0.96, 0.99].map(bin).to_vec(),
    };
    calibration(&data, width)
}

fn sample_intervals(width: f64) -> Picture {
    let row = |(index, name): (usize, &&str)| Interval {
        label: (*name).to_owned(),
        value: 0.8 - index as f64 * 0.2,
        low: 0.6 - index as f64 * 0.2,
        high: 1.0 - index as f64 * 0.2,
        text: format!("{:+.2} ± 0.20", 0.8 - index as f64 * 0.2),
    };
    let data = Intervals {
        title: "Ratings".to_owned(),
        note: "With 90% intervals.".to_owned(),
        description: "Dots.".to_owned(),
        rows: NAMES.iter().enumerate().map(row).collect(),
    };
    intervals(&data, width)
}

fn all() -> Vec<(&'static str, Picture)> {
    [WIDE, PHONE]
        .into_iter()
        .flat_map(|width| {
            [
                ("bars", sample_bars_at(width)),
                ("heat map", sample_heat_map(width)),
                ("bracket", sample_bracket(width)),
                ("lines", sample_lines(width)),
                (
                    "lines with long names below",
                    sample_lines_over(&["24 clubs, 8 groups, 3 rounds", "many more"], width),
                ),
                ("calibration", sample_calibration(width)),
                ("intervals", sample_intervals(width)),
            ]
        })
        .collect()
}

#[test]
fn texts_never_overlap_and_stay_inside() {
    for (name, picture) in all() {
        let (width, height) = picture.size();
        let boxes = picture.text_boxes();
        for (index, one) in boxes.iter().enumerate() {
            assert!(
                one.left >= 0.0 && one.right <= width && one.top >= 0.0 && one.bottom <= height,
                "{name} at {width}x{height}: {one:?} sticks out"
            );
            for other in &boxes[index + 1..] {
                assert!(
                    !one.overlaps(other),
                    "{name} at {width}: {one:?} and {other:?}"
                );
            }
        }
    }
}

#[test]
fn a_picture_keeps_the_width_it_was_given() {
    for (name, picture) in all() {
        let width = picture.size().0;
        assert!(width == WIDE || width == PHONE, "{name} is {width} wide");
    }
}

#[test]
fn elements_are_closed_in_order_and_every_word_is_escaped() {
    for (name, picture) in all() {
        let svg = picture.standalone(Theme::OfReader, None);
        let mut open: Vec<&str> = Vec::new();
        for part in svg.split('<').skip(1) {
            let (tag, _) = part.split_once('>').expect("every tag ends");
            if let Some(closed) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{name}");
            } else if !tag.ends_with('/') {
                open.push(tag.split(' ').next().expect("a tag has a name"));
            }
        }
        assert!(open.is_empty(), "{name}: {open:?} is never closed");
        assert!(!svg.contains("<1916>"), "{name}");
    }
}

#[test]
fn every_picture_has_a_role_a_title_and_a_description() {
    for (name, picture) in all() {
        let svg = picture.standalone(Theme::OfReader, None);
        for part in [
            "role=\"img\"",
            "<title id=\"picture-title\">",
            "<desc id=\"picture-desc\">",
        ] {
            assert!(svg.contains(part), "{name} lacks {part}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{name}");
    }
}

#[test]
fn no_text_is_below_eleven_pixels() {
    let css = theme::style_sheet(Theme::OfReader);
    let sizes = css.split("font-size:").skip(1).map(|rest| {
        let digits = rest.split("px").next().expect("sizes are in pixels");
        digits.parse::<f64>().expect("a number of pixels")
    });
    let sizes: Vec<f64> = sizes.collect();
    assert!(sizes.len() >= 3);
    assert!(sizes.iter().all(|size| *size >= 11.0), "{sizes:?}");
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(all(), all());
    assert_eq!(
        sample_bars().standalone(Theme::OfReader, None),
        sample_bars().standalone(Theme::OfReader, None)
    );
}

#[test]
fn a_picture_in_a_page_has_the_ids_of_its_place_and_no_style_of_its_own() {
    let inline = sample_bars().inline("title-odds-wide");
    assert!(inline.contains("id=\"title-odds-wide-title\""));
    assert!(!inline.contains("<style>"));
}

#[test]
fn empty_pictures_are_drawn_without_numbers_out_of_nothing() {
    let nothing = Bars {
        title: "Nothing".to_owned(),
        note: String::new(),
        description: String::new(),
        unit: "%".to_owned(),
        bars: Vec::new(),
    };
    let svg = bars(&nothing, WIDE).standalone(Theme::OfReader, None);
    assert!(svg.contains("Nothing") && !svg.contains("NaN"));
}
