//! Bookmakers' odds as one more forecaster: read from CSV, margin taken out, scored on the matches they cover.

use super::compare::{Backtest, mean_scores};
use super::matches::{MatchForecast, Timing};
use super::scores::{MatchScore, Outcome, OutcomeProbabilities};
use super::statistics::Estimate;
use serde::Deserialize;

/// The odds of one match, as a line of the file has them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OddsLine {
    /// The day of the match, such as `2013-08-06`.
    pub date: String,
    /// The home club's name.
    pub home: String,
    /// The away club's name.
    pub away: String,
    /// Decimal odds of a home win: what a stake of 1 pays back.
    pub home_odds: f64,
    /// Decimal odds of a draw.
    pub draw_odds: f64,
    /// Decimal odds of an away win.
    pub away_odds: f64,
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

/// Why odds cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OddsError {
    /// The file is not of the right form.
    #[error("{file}: {source}; write the columns date,home,away,home_odds,draw_odds,away_odds")]
    Malformed {
        /// The file.
        file: String,
        /// Why.
        source: csv::Error,
    },
    /// Odds that pay back less than the stake.
    #[error("{file}:{line}: decimal odds are above 1, such as 2.10")]
    TooSmall {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
    },
    /// A match that is not in the back-test.
    #[error(
        "{file}:{line}: no match {home} - {away} was played on {date}; names and dates have to be those of the history"
    )]
    UnknownMatch {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The home club.
        home: String,
        /// The away club.
        away: String,
        /// The day.
        date: String,
    },
}

/// Scores on the matches with odds: those of the bookmaker and of each model.
#[derive(Debug, Clone, PartialEq)]
pub struct OddsComparison {
    /// Name, and the mean of each score with its standard error (no scoreline score for odds).
    pub rows: Vec<(String, [Estimate; 4])>,
}

/// Reads odds and sets them beside the models, whose forecasts are those made by matchday.
///
/// # Errors
/// A file that is not of the right form, or a match that was not forecast.
pub fn compare_odds(
    backtest: &Backtest,
    file: &str,
    text: &str,
) -> Result<OddsComparison, OddsError> {
    let running = |model: usize| &backtest.models[model].matches[Timing::Running as usize];
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().cloned();
    let malformed = |source| OddsError::Malformed {
        file: file.to_owned(),
        source,
    };
    let headers = headers.map_err(malformed)?;
    let mut covered: Vec<(usize, [f64; 3])> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        let number = record.position().map_or(0, csv::Position::line);
        let line: OddsLine = record.deserialize(Some(&headers)).map_err(malformed)?;
        let odds = [line.home_odds, line.draw_odds, line.away_odds];
        if !odds.iter().all(|odds| *odds > 1.0 && odds.is_finite()) {
            return Err(OddsError::TooSmall {
                file: file.to_owned(),
                line: number,
            });
        }
        let is_it = |forecast: &MatchForecast| {
            forecast.played.date.to_string() == line.date
                && forecast.clubs == [line.home.clone(), line.away.clone()]
        };
        let Some(position) = running(0).iter().position(is_it) else {
            return Err(OddsError::UnknownMatch {
                file: file.to_owned(),
                line: number,
                home: line.home,
                away: line.away,
                date: line.date,
            });
        };
        covered.push((position, odds));
    }
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
