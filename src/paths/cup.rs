//! The road of one club through a cup of any format: where it may finish in each table, and whom it may meet in each round.

use super::counts::add;
use super::{Expected, KEPT, Likely, Opponent};
use crate::cup::Cup;
use crate::format::{Format, Milestone, Rules, StageKind, Unit};
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::odds::Chance;
use crate::outlook::Outlook;
use crate::play::units::Observer;
use crate::state::{Reach, Run, State};
use std::collections::BTreeMap;

/// What the future of one club of a cup may look like. All numbers are shares of the simulated tournaments, but for what
/// is settled.
#[derive(Debug, Clone, PartialEq)]
pub struct CupPaths {
    /// The club.
    pub club: ClubId,
    /// The number of simulated tournaments.
    pub runs: u64,
    /// Its road, stage by stage.
    pub stages: Vec<StagePaths>,
    /// The likeliest finals, the likeliest first; none where a cup does not end with a tie.
    pub finals: Vec<Likely>,
}

/// A club's road through one stage.
#[derive(Debug, Clone, PartialEq)]
pub enum StagePaths {
    /// A stage of tables, or an order such as that of the thirds.
    Places {
        /// The stage.
        stage: StageId,
        /// The probability that the club takes part in it.
        enters: Chance,
        /// The probability of each place, the first first.
        places: Vec<Chance>,
        /// Points, goals scored and goals conceded on average where it takes part; only in tables.
        figures: Option<[Expected; 3]>,
    },
    /// A stage of ties.
    Ties {
        /// The stage.
        stage: StageId,
        /// The probability that the club plays in it.
        plays: Chance,
        /// The probability that it wins its tie; of several the last one that it plays in this stage.
        wins: Chance,
        /// Everybody it may meet, the likeliest first.
        opponents: Vec<Opponent>,
    },
}

/// Counts around one club.
pub struct CupRoad<'a> {
    format: &'a Format,
    club: ClubId,
    runs: u64,
    /// By place: in how many runs the club stood there.
    at: Vec<u64>,
    stages: Vec<StageCounts>,
    /// The two clubs of the last unit, if it is a tie, in file order.
    finals: BTreeMap<[ClubId; 2], u64>,
}

/// Counts of one stage.
#[derive(Clone, Default)]
struct StageCounts {
    plays: u64,
    wins: u64,
    /// By opponent.
    meets: Vec<u64>,
    beats: Vec<u64>,
    /// Sums of points, goals for and goals against in its table, and of their squares.
    sums: [i64; 3],
    squares: [i64; 3],
}

impl<'a> CupRoad<'a> {
    /// Nothing counted yet around a club of a cup.
    pub fn new(cup: &'a Cup, club: ClubId) -> Self {
        let format = cup.format();
        let stage = |stage| {
            let ties = format.kind(stage) == StageKind::Ties;
            let opponents = if ties { format.clubs() } else { 0 };
            StageCounts {
                meets: vec![0; opponents],
                beats: vec![0; opponents],
                ..StageCounts::default()
            }
        };
        Self {
            format,
            club,
            runs: 0,
            at: vec![0; format.places()],
            stages: format.stage_ids().map(stage).collect(),
            finals: BTreeMap::new(),
        }
    }

    /// A tie of the club in a run: `first` says whether this is its first one in the stage.
    fn tie(&mut self, id: UnitId, run: &Run, won_before: &mut Option<(StageId, bool)>) {
        let play = run.tie(id);
        let Some(side) = play.clubs.iter().position(|club| *club == self.club) else {
            return;
        };
        if !play.played {
            return;
        }
        let stage = self.format.unit(id).stage;
        let won = play.winner() == Some(self.club);
        let counts = &mut self.stages[stage.index()];
        match won_before.replace((stage, won)) {
            Some((before, had_won)) if before == stage => counts.wins -= u64::from(had_won),
            _ => counts.plays += 1,
        }
        counts.wins += u64::from(won);
        let other = play.clubs[1 - side].index();
        if let (Some(meets), Some(beats)) =
            (counts.meets.get_mut(other), counts.beats.get_mut(other))
        {
            *meets += 1;
            *beats += u64::from(won);
        }
    }

    /// The club's record in a table of a run.
    fn table(&mut self, unit: &Unit, run: &Run) {
        let mut entrants = unit.entrants.iter();
        let entrant = entrants.position(|place| run.standing_at(*place) == Some(self.club));
        let Some(entrant) = entrant else {
            return;
        };
        let record = run.record(unit.first_out, entrant);
        let counts = &mut self.stages[unit.stage.index()];
        counts.plays += 1;
        let figures = [record.points, record.goals_for, record.goals_against];
        for (index, figure) in figures.map(i64::from).into_iter().enumerate() {
            counts.sums[index] += figure;
            counts.squares[index] += figure * figure;
        }
    }

    /// The road as shares, but for what is settled as far as `outlook` knows.
    pub fn paths(&self, outlook: &Outlook) -> CupPaths {
        let known = Known {
            cup: outlook.known(),
            state: outlook.state(),
            reach: &outlook.reach(),
        };
        let shown = self.format.stage_ids();
        let shown = shown.filter(|stage| self.format.stage(*stage).shown);
        let stages = shown.filter_map(|stage| match self.format.kind(stage) {
            StageKind::Tables | StageKind::Order => Some(self.places(stage, &known)),
            StageKind::Ties => Some(self.ties(stage, &known)),
            StageKind::Draw | StageKind::Assign => None,
        });
        CupPaths {
            club: self.club,
            runs: self.runs,
            stages: stages.collect(),
            finals: self.finals(&known),
        }
    }

    fn places(&self, stage: StageId, known: &Known<'_>) -> StagePaths {
        let units = || self.format.units_of(stage).map(|(_, unit)| unit);
        let chance = |places: Vec<PlaceId>| {
            let hits = places.iter().map(|place| self.at[place.index()]).sum();
            Chance::of_hits(hits, self.runs).unless(known.stands(self.club, places))
        };
        let ranks = units().map(Unit::size).max().unwrap_or(0);
        let places = (0..ranks).map(|rank| {
            let large = units().filter(|unit| rank < unit.size());
            chance(large.map(|unit| unit.output(rank)).collect())
        });
        let is_table = self.format.kind(stage) == StageKind::Tables;
        StagePaths::Places {
            stage,
            enters: chance(units().flat_map(Unit::outputs).collect()),
            places: places.collect(),
            figures: is_table.then(|| self.stages[stage.index()].figures()),
        }
    }

    fn ties(&self, stage: StageId, known: &Known<'_>) -> StagePaths {
        let counts = &self.stages[stage.index()];
        let units = || self.format.units_of(stage).map(|(_, unit)| unit);
        let entrants: Vec<PlaceId> = units().flat_map(|unit| unit.entrants.clone()).collect();
        let winners: Vec<PlaceId> = units().map(|unit| unit.output(0)).collect();
        // A tie that is played only under a condition, or one of several of a club, is not certain by its places.
        let plain = units().all(|unit| {
            let always = matches!(&unit.rules, Rules::Tie(tie) if tie.when.is_none());
            let mut sources = unit
                .entrants
                .iter()
                .filter_map(|place| self.format.source(*place));
            always && sources.all(|(from, _)| self.format.unit(from).stage != stage)
        });
        let settled = |places: Vec<PlaceId>| {
            let settled = known.stands(self.club, places);
            settled.filter(|certain| plain || !certain)
        };
        let plays = settled(entrants);
        let wins = if plain {
            settled(winners)
        } else {
            plays.filter(|plays| !plays)
        };
        let met = counts.meets.iter().zip(&counts.beats).enumerate();
        let met = met.filter(|(_, (meetings, _))| **meetings > 0);
        let mut opponents: Vec<Opponent> = met
            .map(|(other, (meetings, beaten))| {
                let other = ClubId::new(other);
                let [meets, beats] = if plain {
                    known.tie_of(stage, [self.club, other])
                } else {
                    [None; 2]
                };
                Opponent {
                    club: other,
                    meets: Chance::of_hits(*meetings, self.runs).unless(meets),
                    beats: Chance::of_hits(*beaten, *meetings).unless(beats),
                    meetings: *meetings,
                }
            })
            .collect();
        opponents.sort_by_key(|opponent| std::cmp::Reverse(opponent.meetings));
        StagePaths::Ties {
            stage,
            plays: Chance::of_hits(counts.plays, self.runs).unless(plays),
            wins: Chance::of_hits(counts.wins, self.runs).unless(wins),
            opponents,
        }
    }

    fn finals(&self, known: &Known<'_>) -> Vec<Likely> {
        let mut all: Vec<(&[ClubId; 2], u64)> = self
            .finals
            .iter()
            .map(|(pair, count)| (pair, *count))
            .collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let last = self.format.units().last();
        let likely = all.into_iter().take(KEPT).map(|(pair, count)| {
            let settled = last.and_then(|last| known.tie_of(last.stage, *pair)[0]);
            Likely {
                clubs: pair.to_vec(),
                probability: Chance::of_hits(count, self.runs).unless(settled),
            }
        });
        likely.collect()
    }
}

impl StageCounts {
    /// The means of points, goals for and goals against over the runs in which the club took part.
    fn figures(&self) -> [Expected; 3] {
        [0, 1, 2].map(|index| {
            Expected::of_sums(
                self.sums[index] as f64,
                self.squares[index] as f64,
                self.plays,
            )
        })
    }

    fn add(&mut self, other: &Self) {
        self.plays += other.plays;
        self.wins += other.wins;
        add(&mut self.meets, &other.meets);
        add(&mut self.beats, &other.beats);
        add(&mut self.sums, &other.sums);
        add(&mut self.squares, &other.squares);
    }
}

impl Observer for CupRoad<'_> {
    fn see(&mut self, _: u64, run: &Run) {
        self.runs += 1;
        for (count, club) in self.at.iter_mut().zip(&run.places) {
            *count += u64::from(*club == self.club);
        }
        let format = self.format;
        let mut won_before = None;
        for (id, unit) in format.unit_ids().zip(format.units()) {
            match &unit.rules {
                Rules::Tie(_) => self.tie(id, run, &mut won_before),
                Rules::Table(_) => self.table(unit, run),
                _ => {}
            }
        }
        let last = format.unit_ids().next_back();
        let last = last.filter(|id| matches!(format.unit(*id).rules, Rules::Tie(_)));
        if let Some(last) = last {
            let mut pair = run.tie(last).clubs;
            pair.sort_unstable();
            *self.finals.entry(pair).or_insert(0) += 1;
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.runs += other.runs;
        add(&mut self.at, &other.at);
        for (mine, theirs) in self.stages.iter_mut().zip(&other.stages) {
            mine.add(theirs);
        }
        for (pair, count) in other.finals {
            *self.finals.entry(pair).or_insert(0) += count;
        }
        self
    }
}

/// What results and rules settle.
struct Known<'a> {
    cup: &'a Cup,
    state: &'a State,
    reach: &'a Reach,
}

impl Known<'_> {
    /// Whether a club surely comes to one of some places, or surely not.
    fn stands(&self, club: ClubId, places: Vec<PlaceId>) -> Option<bool> {
        let among = Milestone {
            key: String::new(),
            words: String::new(),
            places,
        };
        self.reach.settled(self.cup, &among, club)
    }

    /// Whether two clubs surely meet in a stage of ties, and whether the first of them has won or lost there.
    fn tie_of(&self, stage: StageId, [one, other]: [ClubId; 2]) -> [Option<bool>; 2] {
        let sure = |unit: &Unit, clubs: [ClubId; 2]| {
            let mut sides = unit.entrants.iter().zip(clubs);
            sides.all(|(place, club)| self.reach.is_only(*place, club))
        };
        let mut units = self.cup.format().units_of(stage);
        let found = units.find(|(_, unit)| sure(unit, [one, other]) || sure(unit, [other, one]));
        found.map_or([None; 2], |(id, _)| {
            let winner = self.state.run.tie(id).winner();
            [Some(true), winner.map(|winner| winner == one)]
        })
    }
}
