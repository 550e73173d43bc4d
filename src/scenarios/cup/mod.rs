//! What must happen for a club of any cup to come among the first of its table: what is certain, and what suffices.
//!
//! Everything here follows from results and rules; the goal model only says how likely it is. Results of open matches are gone
//! through one by one where they are few; with one or two of them left every pair of scorelines is. Where they are many, points
//! bound what can be.

mod cuts;
mod ends;
mod gains;
mod results;
#[cfg(test)]
mod tests;

pub use cuts::{Cut, cuts};

use super::fate::Status;
use super::score_set::ScoreSet;
use super::statements::{LastMatches, Statement};
use super::words::Naming;
use crate::cup::Cup;
use crate::format::Side;
use crate::goals::{GoalModel, JointScores, Occasion};
use crate::ids::{ClubId, FixtureId, UnitId};
use crate::outlook::Outlook;
use crate::state::{OpenTable, State};
use crate::tournament::either;
use ends::TableEnds;
use gains::Gains;
use rayon::prelude::*;

/// With so many matches left in a table or fewer, margins and goals are told; with more, results.
const MOST_BY_GOALS: usize = 2;

/// With so many matches left or fewer, results are told.
const MOST_BY_RESULTS: usize = 5;

/// In larger tables results are told where goals would be in smaller ones.
const LARGEST_BY_GOALS: usize = 8;

/// What it takes for a club to come among the first of its table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableScenario {
    /// The club.
    pub club: ClubId,
    /// Its points so far.
    pub points: i32,
    /// How many own matches are left.
    pub own_left: usize,
    /// What is certain already.
    pub status: Status,
    /// Whether winning all its matches, by enough goals, suffices whatever the others do.
    pub in_own_hands: bool,
    /// Points from here on that suffice, whatever the goals and the others; `None` if there is no such number.
    pub enough: Option<u32>,
    /// With fewer points from here on it cannot be; `None` if it cannot be at all.
    pub needed: Option<u32>,
    /// How likely it is, where every scoreline of the matches that are left was gone through.
    pub probability: Option<f64>,
    /// What suffices, and what rules it out.
    pub told: Told,
}

/// How it is told what must happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// By points alone: too many matches are left for sentences, or it is settled.
    ByPoints,
    /// By results, margins and goals: statements that exclude each other and leave nothing out.
    ByGoals(Vec<Statement>),
    /// By results: statements that may overlap. What none of them tells depends on goals, or takes longer sentences.
    ByResults {
        /// Each of these suffices.
        suffices: Vec<Statement>,
        /// Each of these rules it out.
        rules_out: Vec<Statement>,
    },
}

/// The scenarios of a table for one number of places.
#[derive(Debug, Clone, PartialEq)]
pub struct CutScenarios {
    /// The table.
    pub unit: UnitId,
    /// How many places are meant, and what for.
    pub cut: Cut,
    /// How many matches of the table are left.
    pub left: usize,
    /// Its clubs, in the order in which they stand.
    pub clubs: Vec<TableScenario>,
}

/// A question that has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoScenarios {
    /// No table has open matches and known clubs.
    #[error("no table of {0} has matches to come; go back with --as-of, or ask `cupcast ask`")]
    NothingOpen(String),
    /// The places of a table lead nowhere for certain.
    #[error(
        "no place of the {table} leads on for certain; say with --place N how many places are meant, from 1 to {size}"
    )]
    NoCut {
        /// The table.
        table: String,
        /// How many places it has.
        size: usize,
    },
    /// More places than there are clubs.
    #[error("the {table} has {size} clubs; with --place write 1 to {most}", most = size - 1)]
    Place {
        /// The table.
        table: String,
        /// How many places it has.
        size: usize,
    },
}

/// The tables of the first stage that has matches to come.
///
/// # Errors
/// If there is none.
pub fn open_tables(outlook: &Outlook) -> Result<Vec<UnitId>, NoScenarios> {
    let (cup, state) = (outlook.known(), outlook.state());
    let format = cup.format();
    let is_open = |id: UnitId| {
        let table = OpenTable::of(cup, state, id);
        table.is_some_and(|table| !table.open().is_empty())
    };
    let stage = format.unit_ids().find(|id| is_open(*id));
    let stage = stage.map(|id| format.unit(id).stage);
    let stage = stage.ok_or_else(|| NoScenarios::NothingOpen(cup.id().to_owned()))?;
    Ok(format.units_of(stage).map(|(id, _)| id).collect())
}

/// The scenarios of one table: for each number of places that matters, or for `places`; of one club if one is named.
///
/// # Errors
/// A number of places that is missing or too large.
pub fn of_table(
    outlook: &Outlook,
    id: UnitId,
    places: Option<usize>,
    club: Option<ClubId>,
) -> Result<Vec<CutScenarios>, NoScenarios> {
    let (cup, state) = (outlook.known(), outlook.state());
    let unit = cup.format().unit(id);
    let (name, size) = (unit.name.clone(), unit.size());
    let cuts = match places {
        Some(places) if (1..size).contains(&places) => vec![Cut::of_places(cup, id, places)],
        Some(_) => return Err(NoScenarios::Place { table: name, size }),
        None => cuts(cup, id),
    };
    if cuts.is_empty() {
        return Err(NoScenarios::NoCut { table: name, size });
    }
    let Some(table) = OpenTable::of(cup, state, id) else {
        return Err(NoScenarios::NothingOpen(cup.id().to_owned()));
    };
    let scores: Vec<JointScores> = table
        .open()
        .iter()
        .map(|fixture| scores(cup, outlook.model(), &table, fixture.index))
        .collect();
    let numbers: Vec<usize> = cuts.iter().map(|cut| cut.places).collect();
    let gains = Gains::of(&table, &numbers);
    let standing: Vec<usize> = unit
        .outputs()
        .filter_map(|place| state.run.standing_at(place))
        .filter_map(|one| table.clubs().iter().position(|club| *club == one))
        .filter(|entrant| club.is_none_or(|club| table.clubs()[*entrant] == club))
        .collect();
    let of_cut = |(number, cut): (usize, Cut)| {
        let clubs = standing.par_iter().map(|entrant| {
            let question = Question {
                table: &table,
                scores: &scores,
                gains: &gains,
                entrant: *entrant,
                number,
                places: cut.places,
            };
            question.answer()
        });
        CutScenarios {
            unit: id,
            clubs: clubs.collect(),
            left: table.open().len(),
            cut,
        }
    };
    Ok(cuts.into_iter().enumerate().map(of_cut).collect())
}

/// One club, one number of places.
struct Question<'a> {
    table: &'a OpenTable<'a>,
    scores: &'a [JointScores],
    gains: &'a Gains,
    entrant: usize,
    /// Which of the numbers of places that were looked at.
    number: usize,
    places: usize,
}

impl Question<'_> {
    fn answer(&self) -> TableScenario {
        let fate = self.gains.fate(self.entrant, self.number);
        let mut status = fate.status;
        let told = match status {
            Status::Open => self.told(),
            Status::Clinched | Status::Eliminated => Told::ByPoints,
        };
        let mut probability = match status {
            Status::Clinched => Some(1.0),
            Status::Eliminated => Some(0.0),
            Status::Open => None,
        };
        if let Told::ByGoals(statements) = &told {
            let sum: f64 = statements.iter().map(|one| one.probability).sum();
            probability = Some(sum.min(1.0));
            let always = |one: &Statement| {
                one.requirements.is_empty() && one.ahead_on.is_empty() && one.lots.is_none()
            };
            if statements.is_empty() {
                status = Status::Eliminated;
            } else if statements.iter().any(always) {
                status = Status::Clinched;
            }
        }
        let settled = status != Status::Open;
        TableScenario {
            club: self.table.clubs()[self.entrant],
            points: self.table.record(self.entrant).points,
            own_left: self.own_left(),
            in_own_hands: status == Status::Clinched || fate.in_own_hands,
            enough: if status == Status::Clinched {
                Some(0)
            } else {
                fate.enough
            },
            needed: if status == Status::Eliminated {
                None
            } else {
                fate.needed
            },
            status,
            probability,
            told: if settled { Told::ByPoints } else { told },
        }
    }

    fn own_left(&self) -> usize {
        let own = |sides: [u16; 2]| sides.contains(&(self.entrant as u16));
        let open = self.table.open().iter();
        open.filter(|fixture| own(fixture.sides)).count()
    }

    fn told(&self) -> Told {
        let open = self.table.open().len();
        let small = self.table.clubs().len() <= LARGEST_BY_GOALS;
        if open <= MOST_BY_GOALS && small {
            Told::ByGoals(self.by_goals())
        } else if open <= MOST_BY_RESULTS {
            results::told(self)
        } else {
            Told::ByPoints
        }
    }

    /// The statements about the last one or two matches, the own one first.
    fn by_goals(&self) -> Vec<Statement> {
        let fixtures = self.table.open();
        let own = |at: &usize| fixtures[*at].sides.contains(&(self.entrant as u16));
        let mut order: Vec<usize> = (0..fixtures.len()).collect();
        order.sort_by_key(|at| !own(at));
        let of = |at: usize| (FixtureId::new(fixtures[at].index), &self.scores[at]);
        let Some(first) = order.first().copied() else {
            return Vec::new();
        };
        LastMatches {
            is_away: usize::from(fixtures[first].sides[1]) == self.entrant,
            first: of(first),
            second: order.get(1).map(|at| of(*at)),
            ends: TableEnds::new(self.table, self.entrant, self.places, order),
        }
        .statements()
    }

    /// The chance that an open match ends in one of these scores.
    fn chance(&self, open: usize, scores: &ScoreSet) -> f64 {
        scores.probability(&self.scores[open])
    }
}

/// The joint scores of an open match, on its ground, the side listed first first.
fn scores(cup: &Cup, model: &dyn GoalModel, table: &OpenTable<'_>, index: usize) -> JointScores {
    let game = &cup.matches()[index];
    let clubs @ [first, second] = game.sides.map(|side| table.clubs()[usize::from(side)]);
    let occasion = Occasion::Group;
    match cup.home_side(game.home, game.country.as_deref(), clubs) {
        Side::First => model.scores(model.rates(first, second, occasion)),
        Side::Nobody => model.scores(model.neutral_rates(first, second, occasion)),
        Side::Second => {
            let scores = model.scores(model.rates(second, first, occasion));
            let (home, away) = scores.shape();
            let mut turned = vec![0.0; home * away];
            for (goals, chance) in scores.iter() {
                turned[usize::from(goals.away) * home + usize::from(goals.home)] = chance;
            }
            JointScores::from_table(away, home, turned)
        }
    }
}

/// What the matches and clubs of a cup are called.
#[derive(Debug, Clone, Copy)]
pub struct CupNames<'a> {
    /// The cup.
    pub cup: &'a Cup,
    /// How it stands.
    pub state: &'a State,
    /// The table in question.
    pub unit: UnitId,
}

impl Naming for CupNames<'_> {
    fn sides(&self, fixture: FixtureId) -> [ClubId; 2] {
        let game = &self.cup.matches()[fixture.index()];
        let unit = self.cup.format().unit(game.unit);
        game.sides.map(|side| {
            let club = self.state.run.standing_at(unit.entrants[usize::from(side)]);
            club.expect("the clubs of a table that is looked at are known")
        })
    }

    fn club_name(&self, club: ClubId) -> &str {
        &self.cup.club(club).name
    }

    fn is_neutral(&self, fixture: FixtureId) -> bool {
        let game = &self.cup.matches()[fixture.index()];
        let clubs = self.sides(fixture);
        self.cup
            .home_side(game.home, game.country.as_deref(), clubs)
            != Side::First
    }

    fn lots_words(&self, level: u32) -> [String; 2] {
        let table = OpenTable::of(self.cup, self.state, self.unit);
        let outside = table.map_or_else(Vec::new, |table| table.outside_criteria());
        [
            "finish level on all that goals decide".to_owned(),
            format!("come out ahead on {} among {level}", either(&outside)),
        ]
    }
}
