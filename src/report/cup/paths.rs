//! The road of a club through a cup as text, JSON and CSV.

use super::about::{AboutForm, CupAbout, lines};
use super::kind_word;
use crate::odds::Chance;
use crate::paths::{CupPaths, Expected, StagePaths};
use crate::report::about::{fit, to_json};
use crate::report::number::{figure, percent};
use crate::report::paths::{ExpectedJson, LikelyJson, OpponentJson, chances, lists, round_text};
use crate::report::rows::Rows;
use serde::Serialize;
use std::fmt::Write;

/// The road as text of at most `width` columns, 80 at least.
pub fn text(about: &CupAbout<'_>, paths: &CupPaths, width: usize) -> String {
    let cup = about.outlook.known();
    let club = cup.club(paths.club);
    let mut text = lines(about);
    let _ = writeln!(
        text,
        "error    shares ±{:.2} points at most",
        50.0 / (paths.runs.max(1) as f64).sqrt()
    );
    let _ = writeln!(text, "\nthe road of {} ({})", club.name, club.code);
    for stage in &paths.stages {
        let name = |stage| cup.format().stage(stage).name.as_str();
        match stage {
            StagePaths::Ties {
                stage,
                plays,
                wins,
                opponents,
            } => {
                let chances = [*plays, *wins];
                text += &round_text(name(*stage), chances, opponents, cup.clubs(), paths.runs);
            }
            StagePaths::Places {
                stage,
                enters,
                places,
                figures,
            } => {
                let heading = format!("{}{}", name(*stage), takes_part(*enters));
                let _ = writeln!(text, "\n{}", fit(&heading, width.max(80)).trim_end());
                if let Some(figures) = figures.filter(|_| enters.probability > 0.0) {
                    text += &figures_text(figures);
                }
                let numbered = places.iter().enumerate();
                text += &chances("place", numbered.map(|(rank, place)| (rank + 1, *place)));
            }
        }
    }
    if !paths.finals.is_empty() {
        let title = "likeliest finals";
        text += &lists(
            cup.clubs(),
            title,
            &paths.finals,
            " - ",
            true,
            width.max(80),
        );
    }
    text
}

/// The chance to take part in a stage, unless that is certain.
fn takes_part(enters: Chance) -> String {
    if enters == Chance::settled(true) {
        return String::new();
    }
    format!(": takes part {}", percent(enters))
}

fn figures_text([points, scored, conceded]: [Expected; 3]) -> String {
    format!(
        "  points {:.2}, goals {:.2} : {:.2} expected\n",
        points.mean, scored.mean, conceded.mean
    )
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutForm,
    club: &'a str,
    stages: Vec<StageJson<'a>>,
    finals: Vec<LikelyJson<'a>>,
}

#[derive(Serialize)]
struct StageJson<'a> {
    key: &'a str,
    name: &'a str,
    kind: &'static str,
    plays: f64,
    plays_standard_error: f64,
    #[serde(flatten)]
    part: PartJson<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PartJson<'a> {
    Ties {
        wins: f64,
        wins_standard_error: f64,
        opponents: Vec<OpponentJson<'a>>,
    },
    Places {
        places: Vec<f64>,
        places_standard_error: Vec<f64>,
        #[serde(flatten)]
        figures: Option<FiguresJson>,
    },
}

#[derive(Serialize)]
struct FiguresJson {
    expected_points: ExpectedJson,
    goals_for: ExpectedJson,
    goals_against: ExpectedJson,
}

/// The road as JSON, with everybody who may be met.
pub fn json(about: &CupAbout<'_>, paths: &CupPaths) -> String {
    let cup = about.outlook.known();
    let format = cup.format();
    let stages = paths.stages.iter().map(|road| {
        let (stage, plays, part) = match road {
            StagePaths::Ties {
                stage,
                plays,
                wins,
                opponents,
            } => {
                let part = PartJson::Ties {
                    wins: wins.probability,
                    wins_standard_error: wins.standard_error,
                    opponents: OpponentJson::all(opponents, cup.clubs()),
                };
                (*stage, plays, part)
            }
            StagePaths::Places {
                stage,
                enters,
                places,
                figures,
            } => {
                let part = PartJson::Places {
                    places: places.iter().map(|place| place.probability).collect(),
                    places_standard_error: places
                        .iter()
                        .map(|place| place.standard_error)
                        .collect(),
                    figures: figures.map(figures_json),
                };
                (*stage, enters, part)
            }
        };
        StageJson {
            key: &format.stage(stage).key,
            name: &format.stage(stage).name,
            kind: kind_word(format, stage),
            plays: plays.probability,
            plays_standard_error: plays.standard_error,
            part,
        }
    });
    to_json(&Document {
        about: about.form(),
        club: &cup.club(paths.club).code,
        stages: stages.collect(),
        finals: LikelyJson::all(&paths.finals, cup.clubs()),
    })
}

fn figures_json([points, scored, conceded]: [Expected; 3]) -> FiguresJson {
    FiguresJson {
        expected_points: points.into(),
        goals_for: scored.into(),
        goals_against: conceded.into(),
    }
}

/// The road as tidy CSV: kind of fact, stage, place or clubs, probability, its standard error, and the chance to beat
/// the opponent if they meet with its own.
pub fn csv(about: &CupAbout<'_>, paths: &CupPaths) -> String {
    let cup = about.outlook.known();
    let code = |club: &crate::ids::ClubId| cup.club(*club).code.as_str();
    let mut rows = Rows::new([
        "kind",
        "stage",
        "of",
        "probability",
        "standard_error",
        "beats_if_met",
        "beats_if_met_standard_error",
    ]);
    let mut row = |[kind, stage, of]: [&str; 3], chance: Chance, beats: Option<Chance>| {
        let numbers = [Some(chance), beats].into_iter().flat_map(|chance| {
            let pair = chance.map(|chance| [chance.probability, chance.standard_error]);
            pair.map_or_else(<[String; 2]>::default, |pair| pair.map(figure))
        });
        let words = [kind, stage, of].map(str::to_owned).into_iter();
        rows.push(words.chain(numbers));
    };
    for road in &paths.stages {
        match road {
            StagePaths::Places {
                stage,
                enters,
                places,
                ..
            } => {
                let key = &cup.format().stage(*stage).key;
                row(["plays", key, ""], *enters, None);
                for (rank, place) in places.iter().enumerate() {
                    row(["place", key, &(rank + 1).to_string()], *place, None);
                }
            }
            StagePaths::Ties {
                stage,
                plays,
                wins,
                opponents,
            } => {
                let key = &cup.format().stage(*stage).key;
                row(["plays", key, ""], *plays, None);
                row(["wins", key, ""], *wins, None);
                for opponent in opponents {
                    let words = ["meets", key, code(&opponent.club)];
                    row(words, opponent.meets, Some(opponent.beats));
                }
            }
        }
    }
    for likely in &paths.finals {
        let pair: Vec<&str> = likely.clubs.iter().map(code).collect();
        row(["final", "", &pair.join(" ")], likely.probability, None);
    }
    rows.finish()
}
