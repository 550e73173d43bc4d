//! Bookmakers' odds as one more forecaster: read from CSV, margin taken out, scored on the matches they cover.

use super::compare::{Backtest, mean_scores};
use super::matches::{MatchForecast, Timing};
use super::scores::{MatchScore, Outcome, OutcomeProbabilities};
use super::statistics::Estimate;
use crate::csv_file::{Cell, Columns, CsvError, CsvFile, Row, number};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

/// Decimal odds: what a stake of 1 pays back. At 1 and below nobody would bet.
const ODDS: RangeInclusive<f64> = 1.001..=10_000.0;

/// What the inverse odds of a match add up to: 1 without a margin (a hair less by rounding), 1.02 to 1.15 at most bookmakers.
const SUMS: RangeInclusive<f64> = 0.99..=1.5;

/// A bookmaker's odds of some matches, each once.
#[derive(Debug)]
pub struct BookmakerOdds {
    file: CsvFile,
    lines: Vec<OddsLine>,
}

/// The odds of one match.
#[derive(Debug, Clone, PartialEq)]
struct OddsLine {
    span: Span,
    date: Date,
    clubs: [String; 2],
    /// Of a home win, a draw and an away win.
    odds: [f64; 3],
}

/// How the bookmaker's margin is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Margin {
    /// In proportion to the inverse odds.
    Proportional,
    /// As if the margin protected from insiders, so that more of it sits on outsiders (Shin 1993).
    Shin,
}

impl Margin {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Proportional, Self::Shin];

    /// The name of the method.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proportional => "proportional",
            Self::Shin => "Shin",
        }
    }

    /// The probabilities behind decimal odds.
    pub fn remove(self, odds: [f64; 3]) -> OutcomeProbabilities {
        let inverse = odds.map(|odds| 1.0 / odds);
        let total: f64 = inverse.iter().sum();
        match self {
            Self::Proportional => inverse.map(|share| share / total),
            Self::Shin => {
                // The share of insiders z for which the probabilities add up to 1, by bisection; with
                // z = 0 they add up to the square root of the total (Jullien & Salanie 1994, equation 5).
                let at = |z: f64| {
                    inverse.map(|share| {
                        let root = (z * z + 4.0 * (1.0 - z) * share * share / total).sqrt();
                        (root - z) / (2.0 * (1.0 - z))
                    })
                };
                let (mut low, mut high) = (0.0, 0.9);
                for _ in 0..100 {
                    let middle = f64::midpoint(low, high);
                    if at(middle).iter().sum::<f64>() > 1.0 {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                let found = at(low);
                let sum: f64 = found.iter().sum();
                found.map(|share| share / sum)
            }
        }
    }
}

impl BookmakerOdds {
    /// Opens a CSV file of decimal odds, with the columns `date`, `home`, `away`, `home_odds`, `draw_odds` and `away_odds`.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn open(path: &Path) -> Result<Self, CsvError> {
        Ok(Self::from_file(CsvFile::open(path, COLUMNS)?)?)
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(name: &str, text: &str) -> Result<Self, Diagnostics> {
        Self::from_file(CsvFile::read(name, text, COLUMNS)?)
    }

    fn from_file(file: CsvFile) -> Result<Self, Diagnostics> {
        let mut problems = Vec::new();
        let mut seen: BTreeMap<(Date, [String; 2]), Span> = BTreeMap::new();
        let mut lines = Vec::new();
        for row in file.rows() {
            match read_line(&file, row) {
                Err(mut wrong) => problems.append(&mut wrong),
                Ok(line) => {
                    let key = (line.date, line.clubs.clone());
                    if let Some(first) = seen.insert(key, line.span.clone()) {
                        let [home, away] = &line.clubs;
                        let message = format!(
                            "the odds of {home} - {away} on {} are there twice",
                            line.date
                        );
                        let problem = Diagnostic::error(line.span.clone(), message);
                        let help = "leave one of the lines out: a match is scored once";
                        problems.push(problem.related(first, "the first").help(help));
                    }
                    lines.push(line);
                }
            }
        }
        file.judge(problems)?;
        Ok(Self { file, lines })
    }
}

/// The columns of a file of odds.
const COLUMNS: Columns<'_> = Columns {
    needed: &[
        "date",
        "home",
        "away",
        "home_odds",
        "draw_odds",
        "away_odds",
    ],
    optional: &[],
};

/// The odds of one line.
fn read_line(file: &CsvFile, row: &Row) -> Result<OddsLine, Vec<Diagnostic>> {
    let cell = |name: &str| row.cell(file.column(name));
    let mut problems = Vec::new();
    let date = read_date(cell("date")).map_err(|problem| problems.push(problem));
    let odds = ["home_odds", "draw_odds", "away_odds"].map(|name| {
        let found = number(cell(name), ODDS);
        found.map_err(|problem| {
            let help = "decimal odds are above 1, such as 2.10: what a stake of 1 pays back";
            problems.push(problem.help(help));
        })
    });
    let (Ok(date), [Ok(home), Ok(draw), Ok(away)]) = (date, odds) else {
        return Err(problems);
    };
    let odds = [home, draw, away];
    let sum: f64 = odds.iter().map(|odds| 1.0 / odds).sum();
    if !SUMS.contains(&sum) {
        let message =
            format!("no bookmaker offers these odds: the inverse odds add up to {sum:.2}");
        let help = format!(
            "they add up to 1 and the bookmaker's margin, {} to {}: look for a slip of a digit",
            SUMS.start(),
            SUMS.end()
        );
        let place = cell("home_odds").span.start..cell("away_odds").span.end;
        return Err(vec![Diagnostic::error(place, message).help(help)]);
    }
    Ok(OddsLine {
        span: row.span.clone(),
        date,
        clubs: ["home", "away"].map(|name| cell(name).text.clone()),
        odds,
    })
}

/// The day of a match.
fn read_date(cell: &Cell) -> Result<Date, Diagnostic> {
    cell.text.parse().map_err(|_| {
        let message = format!("`{}` is no day", cell.text);
        Diagnostic::error(cell.span.clone(), message)
            .help("write year, month and day, such as 2013-08-06")
    })
}

/// Scores on the matches with odds: those of the bookmaker and of each model.
#[derive(Debug, Clone, PartialEq)]
pub struct OddsComparison {
    /// Name, and the mean of each score with its standard error (no scoreline score for odds).
    pub rows: Vec<(String, [Estimate; 4])>,
}

/// Sets odds beside the models, whose forecasts are those made by matchday.
///
/// # Errors
/// Matches that were not forecast.
pub fn compare_odds(
    backtest: &Backtest,
    odds: &BookmakerOdds,
) -> Result<OddsComparison, Diagnostics> {
    let running = |model: usize| &backtest.models[model].matches[Timing::Running as usize];
    let mut problems = Vec::new();
    let mut covered: Vec<(usize, [f64; 3])> = Vec::new();
    for line in &odds.lines {
        let is_it = |forecast: &MatchForecast| {
            forecast.played.date == line.date && forecast.clubs == line.clubs
        };
        match running(0).iter().position(is_it) {
            Some(position) => covered.push((position, line.odds)),
            None => problems.push(unknown_match(line, running(0))),
        }
    }
    odds.file.judge(problems)?;
    let odds_rows = Margin::ALL.map(|margin| {
        let scores = covered.iter().map(|(position, odds)| {
            let forecast = &running(0)[*position];
            let happened = Outcome::of(forecast.played.goals);
            let score = MatchScore::new(margin.remove(*odds), None, happened);
            (forecast.cluster.clone(), score)
        });
        let name = format!("odds ({})", margin.word());
        (name, mean_scores(&scores.collect::<Vec<_>>()))
    });
    let model_rows = backtest.models.iter().enumerate().map(|(index, model)| {
        let scores = covered.iter().map(|(position, _)| {
            let forecast = &running(index)[*position];
            (forecast.cluster.clone(), forecast.score())
        });
        (model.name.clone(), mean_scores(&scores.collect::<Vec<_>>()))
    });
    Ok(OddsComparison {
        rows: odds_rows.into_iter().chain(model_rows).collect(),
    })
}

/// A line about a match that was not forecast, with the match that is likely to be meant.
fn unknown_match(line: &OddsLine, forecasts: &[MatchForecast]) -> Diagnostic {
    let [home, away] = &line.clubs;
    let message = format!("no match {home} - {away} was forecast on {}", line.date);
    let mut same = forecasts
        .iter()
        .filter(|forecast| forecast.clubs == line.clubs);
    let names = || forecasts.iter().flat_map(|forecast| &forecast.clubs);
    let mut near = line.clubs.iter().filter_map(|club| {
        let unknown = names().all(|name| name != club);
        unknown
            .then(|| nearest(club, names().map(String::as_str)))
            .flatten()
    });
    let help = match (same.next(), near.next()) {
        (Some(forecast), _) => format!("they met on {}", forecast.played.date),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => {
            "names and dates have to be those of the editions that are scored".to_owned()
        }
    };
    Diagnostic::error(line.span.clone(), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fair_odds_are_left_alone() {
        for margin in Margin::ALL {
            let found = margin.remove([2.0, 4.0, 4.0]);
            for (found, expected) in found.into_iter().zip([0.5, 0.25, 0.25]) {
                assert!((found - expected).abs() < 1e-9, "{margin:?}: {found}");
            }
        }
    }

    #[test]
    fn odds_made_by_shin_come_back() {
        // Shin's bookmaker with z = 0.03 and truth 0.6, 0.25, 0.15 quotes inverse odds proportional to
        // sqrt(z p + (1 - z) p^2) times the sum of these roots (Shin 1993, equation 1).
        let truth = [0.6, 0.25, 0.15];
        let z = 0.03;
        let roots = truth.map(|p: f64| (z * p + (1.0 - z) * p * p).sqrt());
        let total: f64 = roots.iter().sum();
        let odds = roots.map(|root| 1.0 / (root * total));
        for (found, expected) in Margin::Shin.remove(odds).into_iter().zip(truth) {
            assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        }
        // In proportion the outsider looks likelier than it is.
        assert!(Margin::Proportional.remove(odds)[2] > 0.15);
    }
}
