//! How a unit orders its clubs: the five kinds of unit and their rules.

use super::Criterion;
use crate::ids::{PlaceId, StageId, UnitId};

/// How a unit orders its clubs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rules {
    /// Matches, then a ranking.
    Table(Table),
    /// Legs between two clubs, then steps until one separates them.
    Tie(Tie),
    /// A ranking without matches of its own.
    Order(Order),
    /// Chance, under constraints.
    Draw(Draw),
    /// By the set of tables that the entrants come from.
    Assign(Assign),
}

/// A table: every entrant is ranked over the matches of the edition that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Points of a match.
    pub points: TablePoints,
    /// The criteria after which clubs are ranked, points included, first one first.
    pub rank: Vec<Criterion>,
    /// What is taken along from an earlier stage.
    pub carry: Option<Carry>,
}

/// Points of one match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TablePoints {
    /// Points of the winner.
    pub win: u8,
    /// Points of each club after a draw, where drawn matches end so.
    pub draw: u8,
    /// Points of the loser.
    pub loss: u8,
    /// Where a drawn match goes to a shoot-out: points of its winner and of its loser.
    pub shoot_out: Option<(u8, u8)>,
}

/// Matches of an earlier stage that count in a table too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carry {
    /// The stage whose tables they were played in.
    pub from: StageId,
    /// Only those among the clubs of this table.
    pub among: bool,
    /// Points count half; a half is rounded up.
    pub halved: bool,
    /// Only points are taken along, not goals.
    pub points_only: bool,
}

/// A tie between two clubs. It knows only its first and its second entrant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Who is at home in each leg. Two legs with the first entrant at home last are `[Second, First]`.
    pub legs: Vec<Side>,
    /// What separates the two, in this order.
    pub decide: Vec<Step>,
    /// The tie is played only then; otherwise the order of the entrants stands.
    pub when: Option<Condition>,
}

/// Who is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first entrant.
    First,
    /// The second entrant.
    Second,
    /// Nobody: neutral ground, unless the venue lies in the country of one of the two.
    Nobody,
}

/// One step of deciding a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Goals of all legs together.
    Goals,
    /// Goals scored away from home. After [`Step::ExtraTime`] those of extra time count too.
    AwayGoals,
    /// Two times 15 minutes after the last leg.
    ExtraTime,
    /// Penalty kicks.
    ShootOut,
    /// The first entrant goes on.
    First,
    /// Points of all legs together, three for a win.
    Points,
    /// Matches won: each match is decided on its own by the steps that follow, and the tie is over when one of the two
    /// cannot be caught.
    Wins,
}

/// When a tie is played at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Its entrants have the same points in this table.
    LevelOnPoints {
        /// The table.
        of: UnitId,
    },
    /// This entrant (0 or 1) did not finish at this place.
    Unless {
        /// Which entrant.
        entrant: u8,
        /// The place it must not have come from.
        place: PlaceId,
    },
}

/// A ranking without matches of its own: seeds, best thirds, who is at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The criteria, first one first.
    pub by: Vec<Criterion>,
    /// The stages whose matches make the figures.
    pub counting: Vec<StageId>,
    /// Count only matches against clubs that finished at least this high in their table.
    pub best: Option<u8>,
}

/// A draw: output `i` is a club of pot `seats[i]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The entrants of each pot, by number.
    pub pots: Vec<Vec<u16>>,
    /// For each output the pot it is filled from.
    pub seats: Vec<u8>,
    /// What has to be kept apart.
    pub apart: Vec<Apart>,
    /// How it is drawn.
    pub procedure: Procedure,
}

/// A constraint of a draw: in each bin at most so many clubs that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// What they have in common.
    pub by: ApartBy,
    /// For each output its bin: a pair, a group, a half.
    pub bins: Vec<u8>,
    /// How many of a bin may share it.
    pub most: u8,
    /// Values of a fact that may come more often, such as `UEFA` twice in a group.
    pub except: Vec<(String, u8)>,
    /// Values of a fact of which a bin needs at least so many, such as one of UEFA.
    pub least: Vec<(String, u8)>,
}

/// What clubs of one bin must not have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApartBy {
    /// A fact, such as `association`.
    Fact(String),
    /// The table of a stage that they played in.
    Table(StageId),
    /// They have met in a match of this stage before.
    Met(StageId),
}

/// How a draw is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Procedure {
    /// Ball by ball: outputs are filled in this order, each with a club drawn evenly among those of its pot that leave a
    /// way to the end.
    Sequential(Vec<u16>),
    /// Evenly over all valid outcomes.
    Uniform,
}

/// A table of who goes where: by the set of tables that the entrants come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assign {
    /// The stage of the tables.
    pub from: StageId,
    /// For each set of tables (a bit each, in the order of the stage) the table of each output.
    pub rows: Vec<(u64, Vec<u8>)>,
}

impl Assign {
    /// The table (by its number in the stage) whose club each output takes, for a set of tables.
    pub fn row(&self, set: u64) -> Option<&[u8]> {
        let found = self.rows.binary_search_by_key(&set, |(set, _)| *set);
        found.ok().map(|at| self.rows[at].1.as_slice())
    }
}

impl Tie {
    /// Whether each match is decided on its own and wins are counted.
    pub fn is_series(&self) -> bool {
        self.decide.first() == Some(&Step::Wins)
    }

    /// Whether it has this step.
    pub fn has(&self, step: Step) -> bool {
        self.decide.contains(&step)
    }
}

impl TablePoints {
    /// Three, one and none.
    pub const USUAL: Self = Self {
        win: 3,
        draw: 1,
        loss: 0,
        shoot_out: None,
    };
}
