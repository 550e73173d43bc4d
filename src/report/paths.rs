//! The road of a club as text, JSON and CSV.

use super::about::{About, AboutJson, fit, to_json};
use super::number::{figure, grouped, percent};
use super::rows::Rows;
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::paths::{Expected, Likely, Opponent, Paths};
use crate::tournament::Club;
use serde::Serialize;
use std::fmt::Write;

/// Opponents of a round that the text names.
const NAMED: usize = 6;

/// The road as text of at most `width` columns, 80 at least.
pub fn text(about: &About<'_>, paths: &Paths, width: usize) -> String {
    let tournament = about.tournament;
    let mut text = about.lines("");
    let name = tournament.name_and_code(paths.club);
    let _ = writeln!(
        text,
        "error    shares ±{:.2} points at most",
        50.0 / (paths.runs as f64).sqrt()
    );
    let _ = writeln!(text, "\n{name}: the group stage");
    let _ = writeln!(
        text,
        "  points {}, goals {} : {} expected",
        expected(paths.expected_points),
        expected(paths.goals_for),
        expected(paths.goals_against)
    );
    text.push_str(&points(paths));
    if paths.deducted > 0 {
        let _ = writeln!(text, "  {} points are deducted from these", paths.deducted);
    }
    for round in &paths.rounds {
        let name = &tournament.bracket.round(round.round).name;
        let clubs = &tournament.clubs;
        let (chances, runs) = ([round.reaches, round.wins], paths.runs);
        text.push_str(&round_text(name, chances, &round.opponents, clubs, runs));
    }
    let width = width.max(80);
    text.push_str(&lists(
        &tournament.clubs,
        "likeliest finals",
        &paths.finals,
        " - ",
        true,
        width,
    ));
    let listed = format!("in {} tournaments", grouped(paths.listed));
    let title = format!("likeliest seed lists {listed}");
    text.push_str(&lists(
        &tournament.clubs,
        &title,
        &paths.seed_lists,
        " ",
        false,
        width,
    ));
    let ties: Vec<&str> = tournament
        .bracket
        .ties
        .iter()
        .map(|tie| tie.name.as_str())
        .collect();
    let title = format!("likeliest winners of {} {listed}", ties.join(" "));
    text.push_str(&lists(
        &tournament.clubs,
        &title,
        &paths.brackets,
        " ",
        false,
        width,
    ));
    text
}

fn expected(figure: Expected) -> String {
    format!("{:.2}", figure.mean)
}

/// The distribution of points.
fn points(paths: &Paths) -> String {
    let all = paths.points.iter().copied().enumerate();
    chances("points", all)
}

/// Numbers and the chance of each that can be: a line of numbers over a line of shares, in rows of eight.
pub(super) fn chances(of: &str, all: impl Iterator<Item = (usize, Chance)>) -> String {
    let possible: Vec<(usize, Chance)> =
        all.filter(|(_, chance)| chance.probability > 0.0).collect();
    let mut text = String::new();
    for row in possible.chunks(8) {
        let (mut numbers, mut shares) = (String::new(), String::new());
        for (number, chance) in row {
            let _ = write!(numbers, "{number:>8}");
            let _ = write!(shares, "{:>8}", percent(*chance));
        }
        let _ = writeln!(text, "  {of:<6}{numbers}\n  chance{shares}");
    }
    text
}

/// A round: the chances to play in it and to win there, and the likeliest opponents.
pub(super) fn round_text(
    name: &str,
    [plays, wins]: [Chance; 2],
    opponents: &[Opponent],
    clubs: &[Club],
    runs: u64,
) -> String {
    let mut text = format!(
        "\n{name}: plays {}, wins {}\n",
        percent(plays),
        percent(wins)
    );
    if opponents.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "  {} {:>7} {:>15}",
        fit("against", 26),
        "meets",
        "beats if so"
    );
    for opponent in opponents.iter().take(NAMED) {
        let error = opponent.beats.standard_error * 100.0;
        let _ = writeln!(
            text,
            "  {} {:>7} {:>8} ±{error:<5.2}",
            fit(&clubs[opponent.club.index()].name, 26),
            percent(opponent.meets),
            percent(opponent.beats),
        );
    }
    if opponents.len() > NAMED {
        let rest: f64 = opponents[NAMED..]
            .iter()
            .map(|opponent| opponent.meets.probability)
            .sum();
        let rest = Chance::of_share(rest, runs);
        let others = format!("{} others", opponents.len() - NAMED);
        let _ = writeln!(text, "  {} {:>7}", fit(&others, 26), percent(rest));
    }
    text
}

pub(super) fn lists(
    clubs: &[Club],
    title: &str,
    list: &[Likely],
    between: &str,
    names: bool,
    width: usize,
) -> String {
    let mut text = format!("\n{}\n", fit(title, width).trim_end());
    for likely in list {
        let words: Vec<&str> = likely
            .clubs
            .iter()
            .map(|club| &clubs[club.index()])
            .map(|club| {
                if names {
                    club.name.as_str()
                } else {
                    club.code.as_str()
                }
            })
            .collect();
        let line = format!(
            "  {:>6}  {}",
            percent(likely.probability),
            words.join(between)
        );
        text.push_str(fit(&line, width).trim_end());
        text.push('\n');
    }
    text
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutJson<'a>,
    club: &'a str,
    expected_points: ExpectedJson,
    goals_for: ExpectedJson,
    goals_against: ExpectedJson,
    points: Vec<f64>,
    points_standard_error: Vec<f64>,
    points_deducted: u32,
    rounds: Vec<RoundJson<'a>>,
    finals: Vec<LikelyJson<'a>>,
    listed_sims: u64,
    seed_lists: Vec<LikelyJson<'a>>,
    brackets: Vec<LikelyJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct ExpectedJson {
    mean: f64,
    standard_error: f64,
}

impl From<Expected> for ExpectedJson {
    fn from(figure: Expected) -> Self {
        Self {
            mean: figure.mean,
            standard_error: figure.standard_error,
        }
    }
}

#[derive(Serialize)]
struct RoundJson<'a> {
    round: &'a str,
    plays: f64,
    plays_standard_error: f64,
    wins: f64,
    wins_standard_error: f64,
    opponents: Vec<OpponentJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct OpponentJson<'a> {
    code: &'a str,
    meets: f64,
    meets_standard_error: f64,
    beats_if_met: f64,
    beats_if_met_standard_error: f64,
}

#[derive(Serialize)]
pub(super) struct LikelyJson<'a> {
    clubs: Vec<&'a str>,
    probability: f64,
    standard_error: f64,
}

impl<'a> OpponentJson<'a> {
    pub(super) fn all(opponents: &[Opponent], clubs: &'a [Club]) -> Vec<Self> {
        let one = |opponent: &Opponent| Self {
            code: &clubs[opponent.club.index()].code,
            meets: opponent.meets.probability,
            meets_standard_error: opponent.meets.standard_error,
            beats_if_met: opponent.beats.probability,
            beats_if_met_standard_error: opponent.beats.standard_error,
        };
        opponents.iter().map(one).collect()
    }
}

impl<'a> LikelyJson<'a> {
    pub(super) fn all(list: &[Likely], clubs: &'a [Club]) -> Vec<Self> {
        let code = |club: &ClubId| clubs[club.index()].code.as_str();
        let one = |likely: &Likely| Self {
            clubs: likely.clubs.iter().map(code).collect(),
            probability: likely.probability.probability,
            standard_error: likely.probability.standard_error,
        };
        list.iter().map(one).collect()
    }
}

/// The road as JSON, with everybody who may be met.
pub fn json(about: &About<'_>, paths: &Paths) -> String {
    let tournament = about.tournament;
    let likely = |list: &[Likely]| LikelyJson::all(list, &tournament.clubs);
    let rounds = paths.rounds.iter().map(|round| RoundJson {
        round: &tournament.bracket.round(round.round).name,
        plays: round.reaches.probability,
        plays_standard_error: round.reaches.standard_error,
        wins: round.wins.probability,
        wins_standard_error: round.wins.standard_error,
        opponents: OpponentJson::all(&round.opponents, &tournament.clubs),
    });
    to_json(&Document {
        about: about.json(),
        club: &tournament.club(paths.club).code,
        expected_points: paths.expected_points.into(),
        goals_for: paths.goals_for.into(),
        goals_against: paths.goals_against.into(),
        points: paths
            .points
            .iter()
            .map(|points| points.probability)
            .collect(),
        points_standard_error: paths
            .points
            .iter()
            .map(|points| points.standard_error)
            .collect(),
        points_deducted: paths.deducted,
        rounds: rounds.collect(),
        finals: likely(&paths.finals),
        listed_sims: paths.listed,
        seed_lists: likely(&paths.seed_lists),
        brackets: likely(&paths.brackets),
    })
}

/// The road as tidy CSV: kind of fact, round or number, clubs, probability, its standard error, and the chance to
/// beat the opponent if they meet with its own.
pub fn csv(about: &About<'_>, paths: &Paths) -> String {
    let tournament = about.tournament;
    let code = |club: ClubId| tournament.club(club).code.as_str();
    let mut rows = Rows::new([
        "kind",
        "of",
        "clubs",
        "probability",
        "standard_error",
        "beats_if_met",
        "beats_if_met_standard_error",
    ]);
    let mut row = |[kind, of, clubs]: [&str; 3], chance: Chance, beats: Option<Chance>| {
        let numbers = [Some(chance), beats].map(|chance| {
            let number = |of: fn(Chance) -> f64| chance.map(of).map(figure).unwrap_or_default();
            [
                number(|chance| chance.probability),
                number(|chance| chance.standard_error),
            ]
        });
        let words = [kind, of, clubs].map(str::to_owned).into_iter();
        rows.push(words.chain(numbers.into_iter().flatten()));
    };
    for (points, chance) in paths.points.iter().enumerate() {
        row(["points", &points.to_string(), ""], *chance, None);
    }
    for round in &paths.rounds {
        let name = tournament.bracket.round(round.round).name.as_str();
        row(["plays", name, ""], round.reaches, None);
        row(["wins", name, ""], round.wins, None);
        for opponent in &round.opponents {
            let words = ["meets", name, code(opponent.club)];
            row(words, opponent.meets, Some(opponent.beats));
        }
    }
    let lists = [
        ("final", &paths.finals),
        ("seed list", &paths.seed_lists),
        ("bracket", &paths.brackets),
    ];
    for (kind, list) in lists {
        for (rank, likely) in list.iter().enumerate() {
            let clubs: Vec<&str> = likely.clubs.iter().map(|club| code(*club)).collect();
            let words = [kind, &(rank + 1).to_string(), &clubs.join(" ")];
            row(words, likely.probability, None);
        }
    }
    rows.finish()
}
