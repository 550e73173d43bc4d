//! Numbers from a user's CSV: a rating for each club, or the rates of every pairing in place of a model.

use super::specification::RatingColumn;
use super::{GoalModel, Occasion, Rates};
use crate::diagnostic::nearest;
use crate::ids::ClubId;
use crate::tournament::Club;
use csv::StringRecord;
use std::path::{Path, PathBuf};

/// Why a CSV file of ratings or rates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RatingsError {
    /// It cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no CSV.
    #[error("{}: {source}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Why.
        source: csv::Error,
    },
    /// A column that has to be there is not.
    #[error("{} has no column `{column}`; it has {there}", path.display())]
    MissingColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Those there are.
        there: String,
    },
    /// A value that is no number it could be.
    #[error("{}:{line}: `{found}` in column `{column}` is not {wanted}", path.display())]
    BadValue {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// The column.
        column: String,
        /// What stands there.
        found: String,
        /// What should.
        wanted: &'static str,
    },
    /// A club that does not take part.
    #[error("{}:{line}: no club `{found}` takes part{suggestion}", path.display())]
    UnknownClub {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What stands there.
        found: String,
        /// `; did you mean ...?` where something is near, else empty.
        suggestion: String,
    },
    /// A line that says what an earlier one said.
    #[error("{}:{line}: {what} is there twice", path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is repeated.
        what: String,
    },
    /// A pairing without rates.
    #[error("{} has no rates for {home} at home to {away}; it needs a line for every ordered pair of clubs", path.display())]
    MissingPair {
        /// The file.
        path: PathBuf,
        /// The home club.
        home: String,
        /// The away club.
        away: String,
    },
}

impl RatingsError {
    /// The way out.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "write a path relative to the specification's folder",
            Self::Malformed { .. } => "write one line of comma-separated values for each club",
            Self::MissingColumn { .. } => "the first line has to name the columns",
            Self::BadValue { .. } | Self::UnknownClub { .. } => "correct the line",
            Self::Twice { .. } => "leave one of the lines out",
            Self::MissingPair { .. } => "add the line",
        }
    }
}

/// A CSV file with its header.
struct Sheet {
    path: PathBuf,
    header: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

impl Sheet {
    /// Reads a file; lines that begin with `#` are remarks.
    fn open(path: &Path) -> Result<Self, RatingsError> {
        let text = std::fs::read_to_string(path).map_err(|source| RatingsError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, RatingsError> {
        let malformed = |source| RatingsError::Malformed {
            path: path.to_owned(),
            source,
        };
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header = reader.headers().map_err(malformed)?;
        let header = header.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| {
            let row = row.map_err(malformed)?;
            let line = row.position().map_or(0, csv::Position::line);
            Ok((line, row))
        });
        Ok(Self {
            path: path.to_owned(),
            header,
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    /// The position of a column, if it is there.
    fn find(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name == column)
    }

    /// The position of a column that has to be there.
    fn column(&self, column: &str) -> Result<usize, RatingsError> {
        self.find(column)
            .ok_or_else(|| RatingsError::MissingColumn {
                path: self.path.clone(),
                column: column.to_owned(),
                there: self.header.join(", "),
            })
    }

    /// A number that satisfies a condition.
    fn number(
        &self,
        (line, row): &(u64, StringRecord),
        column: usize,
        wanted: &'static str,
        good: impl Fn(f64) -> bool,
    ) -> Result<f64, RatingsError> {
        let number = row[column].parse().ok();
        number
            .filter(|number| good(*number))
            .ok_or_else(|| RatingsError::BadValue {
                path: self.path.clone(),
                line: *line,
                column: self.header[column].clone(),
                found: row[column].to_owned(),
                wanted,
            })
    }

    /// The club that is called by a code, name or alias.
    fn club(&self, line: u64, found: &str, clubs: &[Club]) -> Result<ClubId, RatingsError> {
        let called = clubs.iter().position(|club| is_called(club, found));
        called.map(ClubId::new).ok_or_else(|| {
            let names = clubs.iter().map(|club| club.name.as_str());
            RatingsError::UnknownClub {
                path: self.path.clone(),
                line,
                found: found.to_owned(),
                suggestion: nearest(found, names)
                    .map(|near| format!("; did you mean `{near}`?"))
                    .unwrap_or_default(),
            }
        })
    }
}

/// Whether a text is the code, the name or an alias of a club.
pub(super) fn is_called(club: &Club, text: &str) -> bool {
    club.code == text || club.name == text || club.aliases.iter().any(|alias| alias == text)
}

/// Reads one column of a ratings file: lines of `club`, the column and, if it is there, `edition`. Each
/// rating becomes (rating - center) / unit.
pub(super) fn read_column(
    path: &Path,
    column: &str,
    (center, unit): (f64, f64),
) -> Result<RatingColumn, RatingsError> {
    let sheet = Sheet::open(path)?;
    let (club, value) = (sheet.column("club")?, sheet.column(column)?);
    let edition = sheet.find("edition");
    let mut ratings = RatingColumn {
        name: column.to_owned(),
        ..RatingColumn::default()
    };
    for line in &sheet.rows {
        let number = sheet.number(line, value, "a number", f64::is_finite)?;
        let edition = edition.map_or("", |index| &line.1[index]);
        let key = (line.1[club].to_owned(), edition.to_owned());
        if ratings
            .values
            .insert(key, (number - center) / unit)
            .is_some()
        {
            return Err(RatingsError::Twice {
                path: sheet.path.clone(),
                line: line.0,
                what: format!("{} {edition}", &line.1[club]).trim().to_owned(),
            });
        }
    }
    Ok(ratings)
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

impl RateTable {
    /// Reads a CSV file with the columns `home`, `away` (codes, names or aliases), `home_goals`, `away_goals`
    /// (expected goals over 90 minutes) and, if first legs differ, `first_leg_home_goals` and
    /// `first_leg_away_goals`: the form `cupcast rates --format csv` writes. A line for every ordered pair.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn open(path: &Path, clubs: &[Club]) -> Result<Self, RatingsError> {
        Self::from_sheet(&Sheet::open(path)?, clubs)
    }

    fn from_sheet(sheet: &Sheet, clubs: &[Club]) -> Result<Self, RatingsError> {
        let [home, away, home_goals, away_goals] = [
            sheet.column("home")?,
            sheet.column("away")?,
            sheet.column("home_goals")?,
            sheet.column("away_goals")?,
        ];
        let first_leg = sheet
            .find("first_leg_home_goals")
            .zip(sheet.find("first_leg_away_goals"));
        let mut group: Vec<Option<Rates>> = vec![None; clubs.len() * clubs.len()];
        let mut first: Vec<Option<Rates>> = group.clone();
        for line in &sheet.rows {
            let club = |column: usize| sheet.club(line.0, &line.1[column], clubs);
            let goals = |column: usize| {
                let wanted = "a number of expected goals above 0 and up to 30";
                sheet.number(line, column, wanted, |rate| rate > 0.0 && rate <= 30.0)
            };
            let rates = |(home, away): (usize, usize)| {
                Ok(Rates {
                    home: goals(home)?,
                    away: goals(away)?,
                })
            };
            let index = club(home)?.index() * clubs.len() + club(away)?.index();
            if group[index].is_some() {
                return Err(RatingsError::Twice {
                    path: sheet.path.clone(),
                    line: line.0,
                    what: format!("{} at home to {}", &line.1[home], &line.1[away]),
                });
            }
            group[index] = Some(rates((home_goals, away_goals))?);
            first[index] = Some(rates(first_leg.unwrap_or((home_goals, away_goals)))?);
        }
        for (index, rates) in group.iter().enumerate() {
            let (home, away) = (index / clubs.len(), index % clubs.len());
            if home != away && rates.is_none() {
                return Err(RatingsError::MissingPair {
                    path: sheet.path.clone(),
                    home: clubs[home].name.clone(),
                    away: clubs[away].name.clone(),
                });
            }
        }
        let nobody = Rates {
            home: 0.0,
            away: 0.0,
        };
        let all = |rates: Vec<Option<Rates>>| {
            rates
                .into_iter()
                .map(|rates| rates.unwrap_or(nobody))
                .collect()
        };
        Ok(Self {
            clubs: clubs.len(),
            rates: all(group),
            first_leg: all(first),
        })
    }
}
