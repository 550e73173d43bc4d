//! A back-test as text, JSON and CSV: scores of models side by side, whole tournaments, calibration, odds.

use super::number::{figure, grouped, with_sign};
use super::rows::Rows;
use crate::backtest::{
    Backtest, Calibration, Estimate, MatchScore, OddsComparison, Outcome, ScoreLine, Timing,
    TournamentScore,
};
use crate::goals::Rate;
use crate::report::about::to_json;
use serde_json::{Value, json};
use std::fmt::Write;

/// The whole report for people.
///
/// # Panics
/// Never: writing to memory does not fail.
pub fn text(backtest: &Backtest, odds: Option<&OddsComparison>) -> String {
    let mut text = "Blind forecasts of past matches: each model knows earlier editions, and what had\n\
                    been played of the edition itself. Smaller scores are better; after ± the\n\
                    standard error, clustered by group and tie. Differences are paired, from the\n\
                    first model. 1X2 and exact: log loss of the outcome and of the exact score.\n\nmodels\n"
        .to_owned();
    for model in &backtest.models {
        writeln!(text, "  {:<14}{}", model.name, model.title).expect("memory can be written");
    }
    for timing in Timing::ALL {
        text += &matches(backtest, timing);
    }
    text += &tournaments(backtest);
    text += &calibration(backtest);
    if let Some(odds) = odds {
        text += &odds_table(odds);
    }
    text
}

/// A number with its standard error.
fn with_error(estimate: &Estimate, digits: usize) -> String {
    if estimate.value.is_nan() {
        return "-".to_owned();
    }
    format!("{:.digits$}", estimate.value) + &error_of(estimate, digits)
}

/// A standard error behind its number; nothing where all matches are of one group or tie, which cannot tell it.
fn error_of(estimate: &Estimate, digits: usize) -> String {
    if estimate.standard_error.is_finite() {
        format!(" ±{:.digits$}", estimate.standard_error)
    } else {
        String::new()
    }
}

/// The scores of all matches at one timing.
fn matches(backtest: &Backtest, timing: Timing) -> String {
    let mut text = format!(
        "\nmatches, forecast {}\n{:<8}{:>4} {:<13}{:>14}{:>16}{:>8}{:>8}{:>8}\n",
        timing.words(),
        "edition",
        "n",
        "model",
        "RPS",
        "RPS difference",
        "1X2",
        "Brier",
        "exact"
    );
    for line in backtest.lines().iter().filter(|line| line.timing == timing) {
        let difference = if line.model == 0 {
            String::new()
        } else {
            signed_with_error(&line.differences[0])
        };
        writeln!(
            text,
            "{:<8}{:>4} {:<13}{:>14}{difference:>16}{:>8.4}{:>8.4}{:>8.4}",
            line.edition.as_deref().unwrap_or("all"),
            line.scores[0].count,
            backtest.models[line.model].name,
            with_error(&line.scores[0], 4),
            line.scores[1].value,
            line.scores[2].value,
            line.scores[3].value,
        )
        .expect("memory can be written");
    }
    text + &differences(backtest, timing)
}

/// The paired differences from the first model in every score, over all matches.
fn differences(backtest: &Backtest, timing: Timing) -> String {
    let lines = backtest.lines();
    let of_all = lines
        .iter()
        .filter(|line| line.timing == timing && line.edition.is_none() && line.model > 0);
    let mut text = String::new();
    for line in of_all {
        if text.is_empty() {
            text = format!(
                "\n{:<13}{:>16}{:>16}{:>16}{:>16}\n",
                "difference", "RPS", "1X2", "Brier", "exact"
            );
        }
        write!(text, "{:<14}", backtest.models[line.model].name).expect("memory can be written");
        for (index, difference) in line.differences.iter().enumerate() {
            let width = if index == 0 { 15 } else { 16 };
            let found = signed_with_error(difference);
            write!(text, "{found:>width$}").expect("memory can be written");
        }
        text.push('\n');
    }
    text
}

/// A difference with its standard error.
fn signed_with_error(estimate: &Estimate) -> String {
    with_sign(estimate.value, 4) + &error_of(estimate, 4)
}

/// Whole tournaments: the start of each, and the mean over all moments.
fn tournaments(backtest: &Backtest) -> String {
    let mut text = format!(
        "\nwhole tournaments, {} simulations a forecast, seed {}: means over all\n\
         moments from the start on. Log loss and Brier score of group winners, RPS of\n\
         seed positions, log loss of reaching each round and of the champion; at last,\n\
         how likely the later champion was at the start.\n\
         {:<8}{:<12}{:>8}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}{:>9}\n",
        grouped(backtest.simulation.runs),
        backtest.simulation.seed,
        "edition",
        "model",
        "winner",
        "Brier",
        "seed",
        "QF",
        "SF",
        "F",
        "title",
        "at start"
    );
    for (edition, model, scores) in by_edition(backtest) {
        let mean = |index: usize| {
            let values = scores.iter().map(|score| score.values[index]);
            values.sum::<f64>() / scores.len() as f64
        };
        writeln!(
            text,
            "{edition:<8}{model:<12}{:>8.4}{:>7.4}{:>7.4}{:>7.4}{:>7.4}{:>7.4}{:>7.4}{:>9.4}",
            mean(0),
            mean(1),
            mean(2),
            mean(3),
            mean(4),
            mean(5),
            mean(6),
            scores[0].champion
        )
        .expect("memory can be written");
    }
    let mut editions: Vec<&str> = Vec::new();
    for (edition, ..) in by_edition(backtest) {
        if !editions.contains(&edition) {
            editions.push(edition);
        }
    }
    let few = match editions.len() {
        1 => "One tournament proves".to_owned(),
        2 => "Two tournaments prove".to_owned(),
        other => format!("{other} tournaments prove"),
    };
    text + &few + " little: their figures are shown, not tested.\n"
}

/// The scores of each edition and model, moments in order.
fn by_edition(backtest: &Backtest) -> Vec<(&str, &str, Vec<&TournamentScore>)> {
    let mut found: Vec<(&str, &str, Vec<&TournamentScore>)> = Vec::new();
    for model in &backtest.models {
        for score in &model.tournaments {
            let key = (score.edition.as_str(), model.name.as_str());
            match found
                .iter_mut()
                .find(|(edition, name, _)| (*edition, *name) == key)
            {
                Some((_, _, scores)) => scores.push(score),
                None => found.push((key.0, key.1, vec![score])),
            }
        }
    }
    found.sort_by_key(|(edition, _, _)| *edition);
    found
}

/// Slopes of every model, and the reliability table of the first.
fn calibration(backtest: &Backtest) -> String {
    let mut text = format!(
        "\ncalibration by matchday: slope of what happened on what was forecast, both as\n\
         log odds (1 is perfect, below 1 too bold), with its 95% interval\n{:<11}",
        ""
    );
    text += &Outcome::ALL
        .map(|outcome| format!("{:>23}", outcome.word()))
        .concat();
    text.push('\n');
    let slope = |found: &Calibration| {
        let interval = found.slope.zip(found.slope_interval());
        interval.map_or("none".to_owned(), |(slope, [low, high])| {
            format!("{slope:.2} ({low:.2} to {high:.2})")
        })
    };
    for (index, model) in backtest.models.iter().enumerate() {
        let slopes = Outcome::ALL.map(|outcome| {
            let found = backtest.calibration(index, Timing::Running, outcome);
            format!("{:>23}", slope(&found))
        });
        writeln!(text, "{:<11}{}", model.name, slopes.concat()).expect("memory can be written");
    }
    for outcome in [Outcome::Home, Outcome::Away] {
        let found = backtest.calibration(0, Timing::Running, outcome);
        writeln!(
            text,
            "\nreliability of {}: {}s\n  forecast      n   mean   happened (95%)",
            backtest.models[0].name,
            outcome.word()
        )
        .expect("memory can be written");
        for bin in &found.bins {
            writeln!(
                text,
                "  {:>3.0}-{:>3.0}% {:>6} {:>5.1}% {:>7.1}% ({:.0}-{:.0})",
                bin.bounds[0] * 100.0,
                bin.bounds[1] * 100.0,
                bin.count,
                bin.forecast * 100.0,
                bin.observed * 100.0,
                bin.interval[0] * 100.0,
                bin.interval[1] * 100.0
            )
            .expect("memory can be written");
        }
    }
    text
}

/// Models and odds on the matches that have odds.
fn odds_table(odds: &OddsComparison) -> String {
    let matches = odds.rows.first().map_or(0, |(_, scores)| scores[0].count);
    let mut text = format!(
        "\non the {matches} matches with odds, forecast by matchday\n{:<20}{:>16}{:>16}{:>16}\n",
        "", "RPS", "1X2 log loss", "Brier"
    );
    for (name, scores) in &odds.rows {
        writeln!(
            text,
            "{name:<20}{:>16}{:>16}{:>16}",
            with_error(&scores[0], 4),
            with_error(&scores[1], 4),
            with_error(&scores[2], 4)
        )
        .expect("memory can be written");
    }
    text
}

/// An estimate as JSON; numbers that are not defined become null.
fn estimate(found: &Estimate) -> Value {
    json!({ "mean": found.value, "standard_error": found.standard_error })
}

/// Four scores as JSON, by name.
fn named(scores: &[Estimate; 4]) -> Value {
    MatchScore::NAMES
        .iter()
        .zip(scores)
        .map(|(name, score)| ((*name).to_owned(), estimate(score)))
        .collect()
}

/// The whole report for programs.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(backtest: &Backtest, odds: Option<&OddsComparison>) -> String {
    let name = |index: usize| &backtest.models[index].name;
    let line = |line: &ScoreLine| {
        json!({
            "edition": line.edition, "forecast": line.timing.words(), "model": name(line.model),
            "matches": line.scores[0].count, "scores": named(&line.scores), "differences": named(&line.differences),
        })
    };
    let tournaments = backtest.models.iter().flat_map(|model| {
        model.tournaments.iter().map(|score| {
            let values = TournamentScore::NAMES.iter().zip(score.values);
            let scores: Value = values
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect();
            json!({
                "edition": score.edition, "as_of": score.as_of, "model": model.name,
                "scores": scores, "champion_probability": score.champion,
            })
        })
    });
    let calibrations = (0..backtest.models.len()).flat_map(|model| {
        Timing::ALL.into_iter().flat_map(move |timing| {
            Outcome::ALL.map(|outcome| {
                let found = backtest.calibration(model, timing, outcome);
                let bins: Vec<Value> = found.bins.iter().map(|bin| json!({
                    "from": bin.bounds[0], "to": bin.bounds[1], "count": bin.count, "forecast": bin.forecast,
                    "observed": bin.observed, "interval_95": bin.interval,
                })).collect();
                json!({
                    "model": backtest.models[model].name, "forecast": timing.words(), "event": outcome.word(),
                    "slope": found.slope, "slope_standard_error": found.slope_error, "slope_interval_95": found.slope_interval(),
                    "intercept": found.intercept, "intercept_standard_error": found.intercept_error, "bins": bins,
                })
            })
        })
    });
    let odds = odds.map(|odds| {
        let rows = odds.rows.iter().map(|(name, scores)| json!({ "forecaster": name, "matches": scores[0].count, "scores": named(scores) }));
        rows.collect::<Vec<_>>()
    });
    let document = json!({
        "models": backtest.models.iter().map(|model| json!({ "name": model.name, "title": model.title })).collect::<Vec<_>>(),
        "sims": backtest.simulation.runs,
        "seed": backtest.simulation.seed,
        "matches": backtest.lines().iter().map(line).collect::<Vec<_>>(),
        "tournaments": tournaments.collect::<Vec<_>>(),
        "calibration": calibrations.collect::<Vec<_>>(),
        "odds": odds,
    });
    to_json(&document)
}

/// Every match forecast of every model as CSV, for analysis elsewhere.
pub fn csv(backtest: &Backtest) -> String {
    let header = "model,forecast,edition,step,date,home,away,home_goals,away_goals,home_rate,away_rate,home_win,draw,away_win,scoreline,rps,outcome_log_loss,brier,scoreline_log_loss";
    let mut rows = Rows::new(header.split(','));
    for model in &backtest.models {
        for timing in Timing::ALL {
            for forecast in &model.matches[timing as usize] {
                let texts = [
                    model.name.clone(),
                    timing.words().to_owned(),
                    forecast.edition.clone(),
                    forecast.step.clone(),
                    forecast.played.date.to_string(),
                    forecast.clubs[0].clone(),
                    forecast.clubs[1].clone(),
                    forecast.played.goals.home.to_string(),
                    forecast.played.goals.away.to_string(),
                ];
                let own = [forecast.rates.home, forecast.rates.away]
                    .map(Rate::get)
                    .into_iter()
                    .chain(forecast.outcome)
                    .chain([forecast.scoreline]);
                let numbers = own.chain(forecast.score().values()).map(figure);
                rows.push(texts.into_iter().chain(numbers));
            }
        }
    }
    rows.finish()
}
