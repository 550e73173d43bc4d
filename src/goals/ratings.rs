//! Numbers from a user's CSV: a rating for each club, or the rates of every pairing in place of a model.

use super::specification::RatingColumn;
use super::{GoalModel, Occasion, Rate, Rates};
use crate::csv_file::{Cell, Columns, CsvError, CsvFile, number};
use crate::diagnostic::{Diagnostic, nearest};
use crate::ids::ClubId;
use crate::tournament::{Club, plain_name};
use std::collections::BTreeMap;
use std::path::Path;

/// The ratings a file may hold, in its own points.
const RATINGS: std::ops::RangeInclusive<f64> = -1e6..=1e6;

/// The ratings a model can use, in its units: one coefficient should not have to be tiny to make rates of them.
const UNITS: std::ops::RangeInclusive<f64> = -1e3..=1e3;

/// Whether a text is the code, the name or an alias of a club, whatever its case, accents and spaces.
pub(super) fn is_called(club: &Club, text: &str) -> bool {
    let mut names = club.aliases.iter().chain([&club.code, &club.name]);
    let text = plain_name(text);
    names.any(|name| plain_name(name) == text)
}

/// Reads one column of a ratings file: lines of `club`, the column and, if it is there, `edition`; `others` are columns that the
/// file may have besides. Each rating becomes (rating - center) / unit.
pub(super) fn read_column(
    path: &Path,
    column: &str,
    others: &[&str],
    (center, unit): (f64, f64),
) -> Result<RatingColumn, CsvError> {
    let optional: Vec<&str> = ["edition"].iter().chain(others).copied().collect();
    let columns = Columns {
        needed: &["club", column],
        optional: &optional,
    };
    let file = CsvFile::open(path, columns)?;
    let (club, value) = (file.column("club"), file.column(column));
    let edition = file.find("edition");
    let mut problems = Vec::new();
    let mut lines: BTreeMap<(String, String), &Cell> = BTreeMap::new();
    let mut ratings = RatingColumn {
        name: column.to_owned(),
        ..RatingColumn::default()
    };
    for row in file.rows() {
        let edition = edition.map_or("", |column| row.cell(column).text.as_str());
        let name = &row.cell(club).text;
        let key = (plain_name(name), edition.to_owned());
        if let Some(first) = lines.insert(key.clone(), row.cell(club)) {
            let message = format!(
                "the rating of {} is there twice",
                format!("{name} {edition}").trim()
            );
            problems.push(twice(row.cell(club), message, first));
        }
        match number(row.cell(value), RATINGS) {
            Ok(rating) if UNITS.contains(&((rating - center) / unit)) => {
                ratings.values.insert(key, (rating - center) / unit);
            }
            Ok(rating) => {
                let message = format!(
                    "(rating - center) / unit is {}, which no coefficient fits",
                    (rating - center) / unit
                );
                let help = "give the term a `unit` by which ratings differ for one step, such as `unit = 400`";
                problems.push(Diagnostic::error(row.cell(value).span.clone(), message).help(help));
            }
            Err(problem) => problems.push(problem),
        }
    }
    file.judge(problems)?;
    Ok(ratings)
}

/// A mistake about a line that says what an earlier one said.
fn twice(cell: &Cell, message: String, first: &Cell) -> Diagnostic {
    Diagnostic::error(cell.span.clone(), message)
        .related(first.span.clone(), "the first")
        .help("leave one of the lines out")
}

/// Rates of every pairing, given by the user in place of a model. Goals are independent Poisson.
#[derive(Debug, Clone, PartialEq)]
pub struct RateTable {
    clubs: usize,
    /// Group and last-leg rates, home club's row first; the diagonal is never asked for.
    rates: Vec<Rates>,
    /// First-leg rates.
    first_leg: Vec<Rates>,
}

impl GoalModel for RateTable {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let index = home.index() * self.clubs + away.index();
        match occasion {
            Occasion::Group | Occasion::LastLeg => self.rates[index],
            Occasion::FirstLeg => self.first_leg[index],
        }
    }
}

/// The columns of first legs, which go together.
const FIRST_LEG: [&str; 2] = ["first_leg_home_goals", "first_leg_away_goals"];

/// The columns of a table of rates.
const COLUMNS: Columns<'_> = Columns {
    needed: &["home", "away", "home_goals", "away_goals"],
    optional: &FIRST_LEG,
};

/// A line of a table of rates: home and away club, the rates, and those of a first leg.
struct Line {
    clubs: [ClubId; 2],
    rates: Rates,
    first_leg: Rates,
}

impl RateTable {
    /// Reads a CSV file with the columns `home`, `away` (codes, names or aliases), `home_goals`, `away_goals`
    /// (expected goals over 90 minutes) and, if first legs differ, `first_leg_home_goals` and
    /// `first_leg_away_goals`: the form `cupcast rates --format csv` writes. A line for every ordered pair.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn open(path: &Path, clubs: &[Club]) -> Result<Self, CsvError> {
        let file = CsvFile::open(path, COLUMNS)?;
        let mut problems = lone_column(&file).into_iter().collect::<Vec<_>>();
        let mut lines: BTreeMap<[ClubId; 2], (Line, &Cell)> = BTreeMap::new();
        for row in file.rows() {
            let cell = |name: &str| file.find(name).map(|column| row.cell(column));
            let home = row.cell(file.column("home"));
            match read_line(&cell, clubs) {
                Err(mut wrong) => problems.append(&mut wrong),
                Ok(line) => {
                    let names = line.clubs.map(|club| clubs[club.index()].name.as_str());
                    if let Some((_, first)) = lines.insert(line.clubs, (line, home)) {
                        let message =
                            format!("{} at home to {} is there twice", names[0], names[1]);
                        problems.push(twice(home, message, first));
                    }
                }
            }
        }
        if problems.is_empty() {
            problems.extend(missing_pairs(&file, clubs, |pair| {
                lines.contains_key(&pair)
            }));
        }
        file.judge(problems)?;
        let all = |of: fn(&Line) -> Rates| -> Vec<Rates> {
            let mut table = vec![Rates::nearest(0.0, 0.0); clubs.len() * clubs.len()];
            for ([home, away], (line, _)) in &lines {
                table[home.index() * clubs.len() + away.index()] = of(line);
            }
            table
        };
        Ok(Self {
            clubs: clubs.len(),
            rates: all(|line| line.rates),
            first_leg: all(|line| line.first_leg),
        })
    }
}

/// A column of first legs without the other.
fn lone_column(file: &CsvFile) -> Option<Diagnostic> {
    let [home, away] = FIRST_LEG.map(|name| file.heading(name));
    let (there, missing) = match (home, away) {
        (Some(home), None) => (home, FIRST_LEG[1]),
        (None, Some(away)) => (away, FIRST_LEG[0]),
        _ => return None,
    };
    let message = format!("the column `{}` is there without `{missing}`", there.text);
    let help = format!(
        "add the column `{missing}`, or leave both out where first legs are like other matches"
    );
    Some(Diagnostic::error(there.span.clone(), message).help(help))
}

/// What a line says.
fn read_line<'a>(
    cell: &dyn Fn(&str) -> Option<&'a Cell>,
    clubs: &[Club],
) -> Result<Line, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut club = |name: &str| -> Option<ClubId> {
        let found = find_club(cell(name)?, clubs);
        found.map_err(|problem| problems.push(problem)).ok()
    };
    let pair = [club("home"), club("away")];
    if let ([Some(home), Some(away)], Some(written)) = (pair, cell("away"))
        && home == away
    {
        let message = format!("{} does not play itself", clubs[home.index()].name);
        problems.push(Diagnostic::error(written.span.clone(), message).help("leave the line out"));
    }
    let mut goals = |name: &str| -> Option<Option<Rate>> {
        let Some(written) = cell(name) else {
            return Some(None);
        };
        let found = number(written, Rate::LEAST..=Rate::MOST).and_then(|goals| {
            let wrong = |error: super::RateError| {
                Diagnostic::error(written.span.clone(), error.to_string())
            };
            Rate::new(goals).map_err(wrong)
        });
        found
            .map_err(|problem| problems.push(problem))
            .ok()
            .map(Some)
    };
    let given = ["home_goals", "away_goals", FIRST_LEG[0], FIRST_LEG[1]].map(&mut goals);
    match (pair, given) {
        (
            [Some(home), Some(away)],
            [
                Some(Some(own)),
                Some(Some(other)),
                Some(first),
                Some(second),
            ],
        ) if problems.is_empty() => Ok(Line {
            clubs: [home, away],
            rates: Rates {
                home: own,
                away: other,
            },
            first_leg: Rates {
                home: first.unwrap_or(own),
                away: second.unwrap_or(other),
            },
        }),
        _ => Err(problems),
    }
}

/// The club that is called by a code, name or alias.
fn find_club(cell: &Cell, clubs: &[Club]) -> Result<ClubId, Diagnostic> {
    let called = clubs.iter().position(|club| is_called(club, &cell.text));
    called.map(ClubId::new).ok_or_else(|| {
        let names = clubs.iter().map(|club| club.name.as_str());
        let help = match nearest(&cell.text, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the code, the name or an alias of a club of the tournament".to_owned(),
        };
        let message = format!("no club `{}` takes part", cell.text);
        Diagnostic::error(cell.span.clone(), message).help(help)
    })
}

/// The ordered pairs that no line is about.
fn missing_pairs(
    file: &CsvFile,
    clubs: &[Club],
    there: impl Fn([ClubId; 2]) -> bool,
) -> Option<Diagnostic> {
    let ids = (0..clubs.len()).map(ClubId::new);
    let pairs = ids
        .clone()
        .flat_map(|home| ids.clone().map(move |away| [home, away]));
    let missing: Vec<[ClubId; 2]> = pairs
        .filter(|pair| pair[0] != pair[1] && !there(*pair))
        .collect();
    let [home, away] = missing
        .first()?
        .map(|club| clubs[club.index()].name.as_str());
    let more = match missing.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let message = format!("there is no line for {home} at home to {away}{more}");
    let help =
        "add a line for every ordered pair of clubs; `cupcast rates --format csv` writes them all";
    let place = file.heading("home").map_or(0..0, |cell| cell.span.clone());
    Some(Diagnostic::error(place, message).help(help))
}
