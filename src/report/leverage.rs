//! The leverage of matches as text, JSON and CSV.

use super::about::{About, AboutJson, fit, to_json};
use super::number::{figure, percentage_points};
use super::rows::Rows;
use super::sections::leverage as section;
use crate::ids::ClubId;
use crate::leverage::{
    FixtureLeverage, Leverage, Method, Prize, ResultSwings, Stakes, Target, sides,
};
use crate::tournament::{Club, MatchResult, Tournament};
use serde::Serialize;

/// What the text shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The width to fill, at least 80.
    pub width: usize,
    /// How many matches at most.
    pub most: usize,
    /// Whose swings to show; in each match the club with most at stake if nobody's.
    pub club: Option<ClubId>,
    /// The odds of what.
    pub prize: Prize,
}

/// When a match is played and who plays, in words.
pub(super) struct Heading {
    pub(super) when: String,
    pub(super) home: String,
    pub(super) away: String,
    /// The codes of the two, where both are known by more than their place.
    pub(super) codes: Option<[String; 2]>,
    pub(super) date: Option<String>,
}

impl Heading {
    /// Both sides in at most `width` characters: names where they fit, else codes.
    fn both(&self, width: usize) -> String {
        let winners = (
            self.home.strip_prefix("winner "),
            self.away.strip_prefix("winner "),
        );
        if let (Some(home), Some(away)) = winners {
            return fit(&format!("winners {home}-{away}"), width);
        }
        let names = [self.home.clone(), self.away.clone()];
        let codes = self.codes.as_ref().unwrap_or(&names);
        let ways = [
            [&names[0], &names[1]],
            [&names[0], &codes[1]],
            [&codes[0], &names[1]],
            [&codes[0], &codes[1]],
        ];
        let ways = ways.map(|[home, away]| format!("{home} - {away}"));
        let fitting = ways.iter().find(|words| words.chars().count() <= width);
        fit(fitting.unwrap_or(&ways[3]), width)
    }
}

fn heading(tournament: &Tournament, target: Target) -> Heading {
    let sides = sides(tournament, target);
    let (when, date, codes) = match target {
        Target::Group(id) => {
            let fixture = tournament.fixture(id);
            let codes = [fixture.home, fixture.away].map(|club| tournament.club(club).code.clone());
            (
                format!("md{}", fixture.matchday),
                Some(fixture.date.to_string()),
                Some(codes),
            )
        }
        Target::Leg { tie, leg } => {
            let tie = tournament.bracket.tie(tie);
            let date = tie.legs[leg].date.map(|date| date.to_string());
            let when = if tie.legs.len() > 1 {
                format!("{} leg {}", tie.name, leg + 1)
            } else {
                tie.name.clone()
            };
            (when, date, None)
        }
    };
    Heading {
        when,
        home: sides.home_words,
        away: sides.away_words,
        codes,
        date,
    }
}

/// The figures of every match as reports and pictures want them.
pub fn material(tournament: &Tournament, leverage: &Leverage) -> Vec<section::FixtureLeverage> {
    let fixtures = leverage.fixtures.iter().map(|fixture| {
        let heading = heading(tournament, fixture.target);
        section::FixtureLeverage {
            when: heading.when,
            home: heading.home,
            away: heading.away,
            value: fixture.value,
            standard_error: fixture.standard_error,
        }
    });
    fixtures.collect()
}

/// Width of the column that says when a match is played, at least.
const WHEN: usize = 9;

/// Width of everything but the name of the match.
const FIXED: usize = 64;

/// The leverage as a table, the most important match first.
pub fn text(about: &About<'_>, leverage: &Leverage, shown: Shown) -> String {
    let tournament = about.tournament;
    let how = match leverage.method {
        Method::Integrated => "groups and ties exact given each result, other groups simulated",
        Method::Sampled => "sorted by the results of each match",
    };
    let prize = Words {
        word: word(shown.prize),
        odds: match shown.prize {
            Prize::Title => "title odds".to_owned(),
            Prize::Group => "odds to win its group".to_owned(),
            Prize::Seed(seed) => format!("odds to be seed {}", seed + 1),
        },
        nothing: "no match is left to be played",
    };
    let heading = |target: &Target| heading(tournament, *target);
    about.lines(how) + &table(&tournament.clubs, leverage, &prize, shown, heading)
}

/// What matches are ranked by, in words.
pub(super) struct Words {
    /// In a word or two, such as `title`.
    pub(super) word: String,
    /// The odds of it, such as `title odds`.
    pub(super) odds: String,
    /// What is said where no match is there to be ranked.
    pub(super) nothing: &'static str,
}

/// The error, the table and what its columns mean.
pub(super) fn table<T>(
    clubs: &[Club],
    leverage: &Leverage<T>,
    prize: &Words,
    shown: Shown,
    heading: impl Fn(&T) -> Heading,
) -> String {
    let mut text = format!(
        "error    largest standard error of a {} swing {:.3} percentage points\n",
        prize.word,
        leverage.largest_error(shown.prize) * 100.0
    );
    if leverage.fixtures.is_empty() {
        return format!("{text}\n{}\n", prize.nothing);
    }
    let rows: Vec<(&FixtureLeverage<T>, Heading)> = leverage
        .fixtures
        .iter()
        .take(shown.most)
        .map(|fixture| (fixture, heading(&fixture.target)))
        .collect();
    let longest = rows.iter().map(|(_, heading)| heading.when.chars().count());
    let when = longest.max().unwrap_or(0).max(WHEN);
    let names = shown.width.max(80) - FIXED - (when - WHEN);
    text.push_str(&format!(
        "\n{} {:<when$}{:>5}{:>5}{:>5}{:>7} {:<4}{:>7}{:>7}{:>7}{:>6}\n",
        fit("match", names),
        "when",
        "home",
        "draw",
        "away",
        "change",
        "club",
        "home",
        "draw",
        "away",
        "±"
    ));
    for (fixture, heading) in rows {
        text.push_str(&row(clubs, fixture, &heading, shown, [names, when]));
    }
    let hidden = leverage.fixtures.len().saturating_sub(shown.most);
    if hidden > 0 {
        text.push_str(&format!("... and {hidden} more matches; see --top\n"));
    }
    text + &footer(clubs, &prize.odds, shown.club)
}

/// The prize in a word or two.
fn word(prize: Prize) -> String {
    match prize {
        Prize::Title => "title".to_owned(),
        Prize::Group => "group".to_owned(),
        Prize::Seed(seed) => format!("seed {}", seed + 1),
    }
}

/// What the columns mean.
fn footer(clubs: &[Club], odds: &str, club: Option<ClubId>) -> String {
    let (whose, club) = match club {
        Some(club) => {
            let code = &clubs[club.index()].code;
            (
                format!("of {code} alone"),
                format!("{code}, and by how many"),
            )
        }
        None => (
            "summed over all clubs".to_owned(),
            format!("whose {odds} the match moves most, and by how many"),
        ),
    };
    format!(
        "
change  how much the result is expected to change the {odds},
        {whose}, in points (after Lahvička 2015, Scarf & Shi 2008)
club    {club}
        points each result moves them, with the largest standard error of the
        three; ~0 is within two standard errors of zero
"
    )
}

fn row<T>(
    clubs: &[Club],
    fixture: &FixtureLeverage<T>,
    heading: &Heading,
    shown: Shown,
    [names, when]: [usize; 2],
) -> String {
    let club = shown
        .club
        .map_or_else(|| most_moved(fixture, shown.prize), ClubId::index);
    let mut line = format!("{} {:<when$}", heading.both(names), heading.when);
    for result in &fixture.results {
        line.push_str(&format!("{:>5}", rough_percent(result.probability)));
    }
    let change = fixture.change(shown.prize, shown.club.map(ClubId::index));
    line.push_str(&format!("{:>7.2}", change * 100.0));
    line.push_str(&format!(" {:<4}", clubs[club].code));
    for result in &fixture.results {
        line.push_str(&format!("{:>7}", swing(result, shown.prize, club)));
    }
    let error = fixture.largest_error(shown.prize, club);
    line.push_str(&format!(" ±{:.2}", error * 100.0));
    line.trim_end().to_owned() + "\n"
}

/// A probability in whole percent; only what cannot be reads 0%, and only what must be 100%.
fn rough_percent(probability: f64) -> String {
    if probability > 0.0 && probability < 0.005 {
        "<1%".to_owned()
    } else if probability > 0.995 && probability < 1.0 {
        ">99%".to_owned()
    } else {
        format!("{:.0}%", probability * 100.0)
    }
}

/// The club whose odds of a prize a match moves most.
fn most_moved<T>(fixture: &FixtureLeverage<T>, prize: Prize) -> usize {
    let clubs = 0..fixture.results[0].swings.clubs();
    let moved = |club: &usize| fixture.of_club(prize, *club);
    clubs
        .max_by(|a, b| moved(a).total_cmp(&moved(b)))
        .unwrap_or(0)
}

fn swing(result: &ResultSwings, prize: Prize, club: usize) -> String {
    if result.probability <= 0.0 {
        return "-".to_owned();
    }
    // What is nothing in theory is some 1e-16 after rounding.
    if result.swings.of(prize, club).abs() < 1e-12 {
        return "0".to_owned();
    }
    let clear = result.clear_swing(prize, club);
    clear.map_or_else(|| "~0".to_owned(), percentage_points)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutJson<'a>,
    /// The seeds that every list of seeds holds, counted from 1.
    seeds: Vec<usize>,
    clubs: Vec<ClubJson<'a>>,
    fixtures: Vec<FixtureJson<'a>>,
}

#[derive(Serialize)]
struct ClubJson<'a> {
    code: &'a str,
    #[serde(flatten)]
    odds: StakesJson<'a>,
}

#[derive(Serialize)]
struct StakesJson<'a> {
    title: f64,
    group_win: f64,
    seed: &'a [f64],
}

#[derive(Serialize)]
struct FixtureJson<'a> {
    stage: &'static str,
    when: String,
    date: Option<String>,
    home: String,
    away: String,
    leverage: f64,
    leverage_standard_error: f64,
    results: Vec<ResultJson<'a, StakesJson<'a>>>,
}

/// What follows from a result of a match; odds of a club are of the form `S`.
#[derive(Serialize)]
pub(super) struct ResultJson<'a, S> {
    result: &'static str,
    probability: f64,
    clubs: Vec<SwingJson<'a, S>>,
}

#[derive(Serialize)]
struct SwingJson<'a, S> {
    code: &'a str,
    swing: S,
    standard_error: S,
}

/// What follows from each result of a match; `odds` gives the form of what a club may come to.
pub(super) fn results_json<'a, T, S>(
    fixture: &'a FixtureLeverage<T>,
    clubs: &'a [Club],
    odds: impl Fn(&'a Stakes, usize) -> S,
) -> Vec<ResultJson<'a, S>> {
    let results = MatchResult::ALL.into_iter().zip(&fixture.results);
    let form = |(words, result): (MatchResult, &'a ResultSwings)| ResultJson {
        result: words.words(),
        probability: result.probability,
        clubs: clubs
            .iter()
            .enumerate()
            .map(|(index, club)| SwingJson {
                code: &club.code,
                swing: odds(&result.swings, index),
                standard_error: odds(&result.standard_errors, index),
            })
            .collect(),
    };
    results.map(form).collect()
}

fn stakes(stakes: &Stakes, club: usize) -> StakesJson<'_> {
    StakesJson {
        title: stakes.title(club),
        group_win: stakes.group_win(club),
        seed: stakes.seed(club),
    }
}

/// The seeds whose odds are there, counted from 1.
fn seeds(leverage: &Leverage) -> Vec<usize> {
    leverage.odds.seeds().map(|seed| seed + 1).collect()
}

/// The word for the stage of a match.
fn stage(target: Target) -> &'static str {
    match target {
        Target::Group(_) => "group",
        Target::Leg { .. } => "knockout",
    }
}

/// The leverage as JSON: every match, result and club, as probabilities in full precision.
pub fn json(about: &About<'_>, leverage: &Leverage) -> String {
    let tournament = about.tournament;
    let clubs = tournament.clubs.iter().enumerate();
    let clubs = clubs.map(|(index, club)| ClubJson {
        code: &club.code,
        odds: stakes(&leverage.odds, index),
    });
    let fixtures = leverage.fixtures.iter();
    to_json(&Document {
        about: about.json(),
        seeds: seeds(leverage),
        clubs: clubs.collect(),
        fixtures: fixtures
            .map(|fixture| fixture_json(tournament, fixture))
            .collect(),
    })
}

fn fixture_json<'a>(tournament: &'a Tournament, fixture: &'a FixtureLeverage) -> FixtureJson<'a> {
    let heading = heading(tournament, fixture.target);
    FixtureJson {
        stage: stage(fixture.target),
        when: heading.when,
        date: heading.date,
        home: heading.home,
        away: heading.away,
        leverage: fixture.value,
        leverage_standard_error: fixture.standard_error,
        results: results_json(fixture, &tournament.clubs, stakes),
    }
}

/// The leverage as CSV: a row for each match, result and club.
pub fn csv(about: &About<'_>, leverage: &Leverage) -> String {
    let tournament = about.tournament;
    let seeds = seeds(leverage);
    let facts = [
        "stage",
        "when",
        "date",
        "home",
        "away",
        "leverage",
        "leverage_se",
        "result",
        "probability",
        "club",
    ];
    let events = || {
        let seeds = seeds.iter().map(|seed| format!("seed_{seed}"));
        ["title".to_owned(), "group_win".to_owned()]
            .into_iter()
            .chain(seeds)
    };
    let header = facts
        .iter()
        .map(ToString::to_string)
        .chain(events().map(|event| format!("swing_{event}")))
        .chain(events().map(|event| format!("se_{event}")));
    let mut rows = Rows::new(header);
    for fixture in &leverage.fixtures {
        let heading = heading(tournament, fixture.target);
        for (words, result) in MatchResult::ALL.into_iter().zip(&fixture.results) {
            for (index, club) in tournament.clubs.iter().enumerate() {
                let facts = [
                    stage(fixture.target).to_owned(),
                    heading.when.clone(),
                    heading.date.clone().unwrap_or_default(),
                    heading.home.clone(),
                    heading.away.clone(),
                    figure(fixture.value),
                    figure(fixture.standard_error),
                    words.words().to_owned(),
                    figure(result.probability),
                    club.code.clone(),
                ];
                let numbers = numbers(&result.swings, index)
                    .chain(numbers(&result.standard_errors, index))
                    .map(figure);
                rows.push(facts.into_iter().chain(numbers));
            }
        }
    }
    rows.finish()
}

fn numbers(stakes: &Stakes, club: usize) -> impl Iterator<Item = f64> {
    [stakes.title(club), stakes.group_win(club)]
        .into_iter()
        .chain(stakes.seed(club).iter().copied())
}
