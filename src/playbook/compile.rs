//! The compiler: from a tournament, a goal model and a what-if to a playbook.

use super::{GroupMatchPlan, GroupPlan, Pairings, Playbook, ScoreId};
use crate::conditions::{Conditions, Fix};
use crate::goals::{GoalModel, JointScores, Occasion, Rates};
use crate::ids::{ClubId, GroupId, RoundId};
use crate::tournament::{Goals, Round, Score, Tournament};
use std::collections::BTreeMap;

/// Extra time is 30 minutes of 90, and goals come at the same rate.
const EXTRA_TIME_SHARE: f64 = 1.0 / 3.0;

/// A shoot-out is as good as a coin toss.
const SHOOT_OUT: f64 = 0.5;

/// Compiles what is left of a tournament.
///
/// Known results and fixes become score distributions with all their mass on one scoreline; a fix
/// overrides a known result. A known or fixed leg counts where that match really takes place: for those
/// two clubs, in that round, with that host, in that leg. A fix that goes to penalties without a score
/// after extra time means that no goals fell in extra time.
pub fn compile(
    tournament: &Tournament,
    model: &dyn GoalModel,
    conditions: &Conditions,
) -> Playbook {
    let mut scores = ScoreList::new(model);
    let groups = tournament
        .group_ids()
        .map(|group| compile_group(tournament, group, conditions, &mut scores))
        .collect();
    let open = open_pairings(tournament.clubs.len(), &mut scores);
    let pairings = tournament
        .bracket
        .round_ids()
        .map(|round| {
            let mut pairings = open.clone();
            enter_known_legs(tournament, round, &mut pairings, &mut scores);
            for fix in &conditions.fixes {
                enter_fix(tournament, round, *fix, &open, &mut pairings, &mut scores);
            }
            pairings
        })
        .collect();
    let mut lots = vec![None; tournament.clubs.len()];
    for (position, club) in tournament.lots.iter().enumerate() {
        lots[club.index()] = Some(position as u16);
    }
    Playbook {
        clubs: tournament.clubs.len(),
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
    fn new(model: &'a dyn GoalModel) -> Self {
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
        let key = (rates.home.to_bits(), rates.away.to_bits());
        if let Some(id) = self.open.get(&key) {
            return *id;
        }
        let id = self.push(self.model.scores(rates));
        self.open.insert(key, id);
        id
    }

    /// The distribution of a known score.
    fn certain(&mut self, goals: Goals) -> ScoreId {
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

/// A group with its matches, known, fixed or open.
fn compile_group(
    tournament: &Tournament,
    group: GroupId,
    conditions: &Conditions,
    scores: &mut ScoreList<'_>,
) -> GroupPlan {
    let clubs = tournament.group(group).clubs.clone();
    let place_of = |club: ClubId| {
        let position = clubs.iter().position(|member| *member == club);
        position.expect("both clubs of a group match are in its group") as u8
    };
    let matches = tournament
        .fixtures_of(group)
        .map(|(id, fixture)| {
            let fixed = conditions.fixes.iter().find_map(|fix| match fix {
                Fix::Group { fixture, goals } if *fixture == id => Some(*goals),
                _ => None,
            });
            let score = if let Some(goals) = fixed.or(fixture.result) {
                scores.certain(goals)
            } else {
                let model = scores.model;
                scores.open(model.rates(fixture.home, fixture.away, Occasion::Group))
            };
            GroupMatchPlan {
                home: place_of(fixture.home),
                away: place_of(fixture.away),
                score,
            }
        })
        .collect();
    GroupPlan { clubs, matches }
}

/// The pairings of a round about which nothing is known.
fn open_pairings(clubs: usize, scores: &mut ScoreList<'_>) -> Pairings {
    let nobody = vec![ScoreId(0); clubs * clubs];
    let mut pairings = Pairings {
        clubs,
        first_leg: nobody.clone(),
        last_leg: nobody.clone(),
        extra_time: nobody,
        shoot_out: vec![SHOOT_OUT; clubs * clubs],
    };
    let model = scores.model;
    for host in (0..clubs).map(ClubId::new) {
        for guest in (0..clubs).map(ClubId::new).filter(|guest| *guest != host) {
            let at = pairings.at(host, guest);
            let first = model.rates(host, guest, Occasion::FirstLeg);
            let last = model.rates(host, guest, Occasion::LastLeg);
            pairings.first_leg[at] = scores.open(first);
            pairings.last_leg[at] = scores.open(last);
            pairings.extra_time[at] = scores.open(last.scaled(EXTRA_TIME_SHARE));
        }
    }
    pairings
}

/// Enters the legs of a round that were really played.
fn enter_known_legs(
    tournament: &Tournament,
    round: RoundId,
    pairings: &mut Pairings,
    scores: &mut ScoreList<'_>,
) {
    let rules = tournament.bracket.round(round);
    for (_, tie) in tournament.bracket.ties_of(round) {
        for (index, leg) in tie.legs.iter().enumerate() {
            let Some(played) = leg.played else { continue };
            let at = pairings.at(played.home, played.away);
            if index + 1 == usize::from(rules.legs) {
                enter_last_leg(rules, at, played.score, pairings, scores);
            } else {
                pairings.first_leg[at] = scores.certain(played.score.ninety);
            }
        }
    }
}

/// Enters a fix, if it is one of this round. What a known result said of extra time or shoot-out is
/// forgotten: `open` says how they stand when nothing is known.
fn enter_fix(
    tournament: &Tournament,
    this_round: RoundId,
    fix: Fix,
    open: &Pairings,
    pairings: &mut Pairings,
    scores: &mut ScoreList<'_>,
) {
    let Fix::Leg {
        round,
        home,
        away,
        leg,
        score,
    } = fix
    else {
        return;
    };
    if round != this_round {
        return;
    }
    let rules = tournament.bracket.round(round);
    let at = pairings.at(home, away);
    let beyond_ninety = score.after_extra_time.is_some() || score.penalties.is_some();
    if rules.legs == 2 && leg.is_none_or(|leg| leg == 1) && !beyond_ninety {
        pairings.first_leg[at] = scores.certain(score.ninety);
    }
    if leg.is_none_or(|leg| leg == rules.legs) {
        pairings.extra_time[at] = open.extra_time[at];
        pairings.shoot_out[at] = open.shoot_out[at];
        enter_last_leg(rules, at, score, pairings, scores);
    }
}

/// Enters the result of a last leg, and what followed it.
fn enter_last_leg(
    rules: &Round,
    at: usize,
    score: Score,
    pairings: &mut Pairings,
    scores: &mut ScoreList<'_>,
) {
    pairings.last_leg[at] = scores.certain(score.ninety);
    let shoot_out_only = score.penalties.map(|_| score.ninety);
    if rules.extra_time
        && let Some(after) = score.after_extra_time.or(shoot_out_only)
    {
        pairings.extra_time[at] = scores.certain(Goals {
            home: after.home.saturating_sub(score.ninety.home),
            away: after.away.saturating_sub(score.ninety.away),
        });
    }
    if let Some(penalties) = score.penalties {
        pairings.shoot_out[at] = f64::from(u8::from(penalties.home > penalties.away));
    }
}
