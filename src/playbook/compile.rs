//! The compiler: from a tournament, a goal model and a what-if to a playbook.

use super::changed_model::ChangedModel;
use super::legs::Knockout;
use super::{GroupMatchPlan, GroupPlan, Playbook, ScoreId};
use crate::conditions::{Conditions, Manner};
use crate::goals::{GoalModel, JointScores, Rates};
use crate::ids::{ClubId, FixtureId, GroupId};
use crate::tournament::{Goals, GroupFixture, Tournament};
use std::collections::BTreeMap;

/// Compiles what is left of a tournament.
///
/// Known results and fixes become score distributions with all their mass on one scoreline; a fix
/// overrides a known result. A known or fixed leg counts where that match really takes place: for those
/// two clubs, in that round, with that host, in that leg. A fix that goes to penalties without a score
/// after extra time means that no goals fell in extra time.
///
/// Changed rules hold for everything, known results included. Changed strengths, facts and grounds change the
/// rates of matches whose result is not known.
///
/// # Panics
/// Never for a tournament that was read from a file: what may be deducted from a club is bounded there.
pub fn compile(
    tournament: &Tournament,
    model: &dyn GoalModel,
    conditions: &Conditions,
) -> Playbook {
    let ruled = conditions.under_rules(tournament);
    let tournament = ruled.as_ref();
    let model = ChangedModel::new(model, tournament, conditions);
    let mut scores = ScoreList::new(&model);
    let groups = tournament
        .group_ids()
        .map(|group| compile_group(tournament, group, conditions, &model, &mut scores))
        .collect();
    let pairings = Knockout::new(tournament, conditions, &model).pairings(&mut scores);
    let mut lots = vec![None; tournament.clubs.len()];
    for (position, club) in tournament.lots.iter().enumerate() {
        lots[club.index()] = Some(position as u16);
    }
    let deducted = tournament.club_ids().map(|club| {
        let points = tournament.deducted(club);
        u8::try_from(points).expect("a tournament says no more than a byte holds")
    });
    Playbook {
        clubs: tournament.clubs.len(),
        deducted: deducted.collect(),
        groups,
        points: tournament.rules.points,
        tiebreakers: tournament.rules.group_tiebreakers.clone(),
        seeding: tournament.rules.seeding.clone(),
        lots,
        rounds: tournament.bracket.rounds.clone(),
        ties: tournament.bracket.ties.clone(),
        scores: scores.list,
        pairings,
    }
}

/// The distinct score distributions met so far. Two pairings with the very same rates share one.
pub(super) struct ScoreList<'a> {
    model: &'a dyn GoalModel,
    pub(super) list: Vec<JointScores>,
    /// By the bits of the two rates.
    open: BTreeMap<(u64, u64), ScoreId>,
    certain: BTreeMap<Goals, ScoreId>,
}

impl<'a> ScoreList<'a> {
    pub(super) fn new(model: &'a dyn GoalModel) -> Self {
        Self::after(model, Vec::new())
    }

    /// A list that goes on after these, none of which is looked for.
    pub(super) fn after(model: &'a dyn GoalModel, list: Vec<JointScores>) -> Self {
        Self {
            model,
            list,
            open: BTreeMap::new(),
            certain: BTreeMap::new(),
        }
    }

    /// The distribution at these rates.
    pub(super) fn open(&mut self, rates: Rates) -> ScoreId {
        let key = (rates.home.get().to_bits(), rates.away.get().to_bits());
        if let Some(id) = self.open.get(&key) {
            return *id;
        }
        let id = self.push(self.model.scores(rates));
        self.open.insert(key, id);
        id
    }

    /// The distribution of a known score.
    pub(super) fn certain(&mut self, goals: Goals) -> ScoreId {
        if let Some(id) = self.certain.get(&goals) {
            return *id;
        }
        let id = self.push(JointScores::certain(goals));
        self.certain.insert(goals, id);
        id
    }

    fn push(&mut self, scores: JointScores) -> ScoreId {
        let id = ScoreId(u32::try_from(self.list.len()).expect("fewer pairings than a u32 counts"));
        self.list.push(scores);
        id
    }
}

/// A group with its matches, known, fixed, forfeited, struck or open.
fn compile_group(
    tournament: &Tournament,
    group: GroupId,
    conditions: &Conditions,
    model: &ChangedModel<'_>,
    scores: &mut ScoreList<'_>,
) -> GroupPlan {
    let clubs = tournament.group(group).clubs.clone();
    let place_of = |club: ClubId| {
        let position = clubs.iter().position(|member| *member == club);
        position.expect("both clubs of a group match are in its group") as u8
    };
    let is_over = conditions.group_is_over(tournament, group);
    let matches = tournament
        .fixtures_of(group)
        .map(|(id, fixture)| {
            let left = if is_over {
                [None; 2]
            } else {
                left(fixture, conditions)
            };
            let counts = !left.contains(&Some(Manner::Annulled));
            let known = settled_goals(id, fixture, conditions, left);
            let score = match known {
                _ if !counts => scores.certain(Goals { home: 0, away: 0 }),
                Some(goals) => scores.certain(goals),
                None => scores.open(model.group_match(id, fixture.home, fixture.away)),
            };
            GroupMatchPlan {
                home: place_of(fixture.home),
                away: place_of(fixture.away),
                score,
                counts,
            }
        })
        .collect();
    let placed_last = clubs
        .iter()
        .map(|club| conditions.is_placed_last(tournament, *club));
    let may_win = |club: &ClubId| {
        conditions.group_wins.iter().all(|win| {
            let in_group = clubs.contains(&win.club);
            !in_group || (win.club == *club) == win.wins
        })
    };
    GroupPlan {
        placed_last: placed_last.collect(),
        may_win: clubs.iter().map(may_win).collect(),
        clubs,
        matches,
    }
}

/// How the home and the away club of a match have left, if they have.
fn left(fixture: &GroupFixture, conditions: &Conditions) -> [Option<Manner>; 2] {
    [fixture.home, fixture.away].map(|club| conditions.departure(club))
}

/// The score of a match that needs no playing: fixed, known or forfeited. Where both clubs forfeit it, it is 0-0.
fn settled_goals(
    id: FixtureId,
    fixture: &GroupFixture,
    conditions: &Conditions,
    left: [Option<Manner>; 2],
) -> Option<Goals> {
    let forfeited = || match left.map(|manner| manner == Some(Manner::Forfeited)) {
        [true, true] => Some(Goals { home: 0, away: 0 }),
        [false, false] => None,
        [home, _] => Some(Manner::forfeit(home)),
    };
    conditions
        .fixed_goals(id)
        .or(fixture.result)
        .or_else(forfeited)
}
