//! The search for a world in which an event is true: one thing is assumed after another, turning back where it cannot be.

use super::Event;
use super::logic::{Logic, Subjects};
use super::world::{Fate, World, meeting};
use crate::ids::{ClubId, RoundId, TieId};
use crate::settled::{GroupFates, Score};
use crate::tournament::{Goals, MatchResult};
use std::collections::BTreeSet;

/// So many worlds are looked at for an event at most; if they do not settle it, it counts as open.
const MOST_WORLDS: usize = 200_000;

/// Looks for a world, assuming one thing after another and turning back where it cannot be.
pub(super) struct Search<'a> {
    logic: &'a Logic<'a>,
    event: &'a Event,
    world: World,
    /// The worlds that may still be looked at.
    left: usize,
    /// How groups can end given what is assumed of their matches.
    groups: Vec<(usize, GroupFates)>,
    clubs: Vec<ClubId>,
    matches: Vec<usize>,
    legs: Vec<(ClubId, ClubId)>,
    rounds: Vec<Event>,
    scores: BTreeSet<Goals>,
}

impl<'a> Search<'a> {
    /// A search for a world in which this event is true.
    pub(super) fn new(logic: &'a Logic<'a>, event: &'a Event) -> Self {
        let mut subjects = Subjects::default();
        subjects.collect(event);
        Self {
            logic,
            event,
            world: World::default(),
            left: MOST_WORLDS,
            groups: Vec::new(),
            clubs: subjects.clubs.into_iter().collect(),
            matches: subjects.matches.into_iter().collect(),
            legs: subjects.legs.into_iter().collect(),
            rounds: subjects.rounds,
            scores: subjects.scores,
        }
    }

    /// Whether there is one. If there are too many worlds to look at, there may be.
    pub(super) fn succeeds(&mut self) -> bool {
        self.matches(0)
    }

    /// Whether the search is over at this point: with what it found, or `None` if it goes on.
    fn is_over(&mut self) -> Option<bool> {
        if self.left == 0 {
            return Some(true);
        }
        self.left -= 1;
        self.world.truth(self.logic.settled, self.event)
    }

    /// Assumes how the group matches end, from the one with this number on.
    fn matches(&mut self, number: usize) -> bool {
        if let Some(over) = self.is_over() {
            return over;
        }
        let Some(&at) = self.matches.get(number) else {
            self.groups = self.groups_given();
            return self.clubs(0);
        };
        let (group, game) = self.logic.settled.group_match(at);
        let plan = &self.logic.playbook.groups[group].matches[game];
        let options = match self.logic.settled.known_score(plan.score) {
            Some(goals) => vec![Score::Known(goals)],
            None => self.open_scores(),
        };
        options.into_iter().any(|score| {
            self.world.matches.push((at, score));
            let found = self.matches(number + 1);
            self.world.matches.pop();
            found
        })
    }

    /// The scores that the question asks about, and any other with each result.
    fn open_scores(&self) -> Vec<Score> {
        let asked = self.scores.iter().map(|goals| Score::Known(*goals));
        asked.chain(MatchResult::ALL.map(Score::Ended)).collect()
    }

    /// The groups about whose matches something is assumed.
    fn groups_given(&self) -> Vec<(usize, GroupFates)> {
        let mut groups: Vec<(usize, Vec<(usize, Score)>)> = Vec::new();
        for &(at, score) in &self.world.matches {
            let (group, game) = self.logic.settled.group_match(at);
            match groups.iter_mut().find(|(other, _)| *other == group) {
                Some((_, given)) => given.push((game, score)),
                None => groups.push((group, vec![(game, score)])),
            }
        }
        let given = groups.into_iter();
        given
            .map(|(group, given)| (group, self.logic.settled.group_given(group, &given)))
            .collect()
    }

    /// Assumes how far the clubs get, from the one with this number on.
    fn clubs(&mut self, number: usize) -> bool {
        if number > 0
            && let Some(over) = self.is_over()
        {
            return over;
        }
        let Some(&club) = self.clubs.get(number) else {
            return self.nobody_is_missing() && self.legs(0);
        };
        for fate in self.fates(club) {
            let before = &self.world.fates;
            if before
                .iter()
                .all(|(other, its)| self.fits((club, fate), (*other, *its)))
            {
                self.world.fates.push((club, fate));
                let found = self.clubs(number + 1);
                self.world.fates.pop();
                if found {
                    return true;
                }
            }
        }
        false
    }

    /// Whether somebody wins every tie, and is every seed, for which nobody outside the question is left.
    fn nobody_is_missing(&self) -> bool {
        let settled = self.logic.settled;
        let is_taken = |able: &dyn Fn(ClubId) -> bool, takes: &dyn Fn(Fate) -> bool| {
            let mut clubs = (0..self.logic.playbook.clubs).map(ClubId::new);
            let open = clubs.any(|club| able(club) && self.world.fate(club).is_none());
            open || self.world.fates.iter().any(|(_, fate)| takes(*fate))
        };
        let mut seeds = 0..self.logic.playbook.groups.len();
        let mut ties = (0..self.logic.playbook.ties.len()).map(TieId::new);
        seeds.all(|seed| {
            is_taken(
                &|club| settled.can_seed(club, seed),
                &|fate| matches!(fate, Fate::On { seed: taken, .. } if taken == seed),
            )
        }) && ties.all(|tie| {
            is_taken(&|club| settled.can_win(club, tie), &|fate| match fate {
                Fate::On { seed, wins } => settled.road(seed).take(wins).any(|won| won == tie),
                Fate::Out(_) => false,
            })
        })
    }

    /// Everything that can become of a club.
    fn fates(&self, club: ClubId) -> Vec<Fate> {
        let settled = self.logic.settled;
        let mut fates = Vec::new();
        for place in 0..settled.places(club) {
            if !self.can_place((club, place), (club, place)) {
                continue;
            }
            if place > 0 {
                fates.push(Fate::Out(place));
                continue;
            }
            for seed in
                (0..self.logic.playbook.groups.len()).filter(|seed| settled.can_seed(club, *seed))
            {
                for (wins, tie) in settled.road(seed).enumerate() {
                    if settled.can_lose(club, tie) {
                        fates.push(Fate::On { seed, wins });
                    }
                    if !settled.can_win(club, tie) {
                        break;
                    }
                    if wins + 1 == settled.road(seed).count() {
                        fates.push(Fate::On {
                            seed,
                            wins: wins + 1,
                        });
                    }
                }
            }
        }
        fates
    }

    /// Whether two clubs of one group (or one, given twice) can finish in these places.
    fn can_place(&self, one: (ClubId, usize), other: (ClubId, usize)) -> bool {
        let settled = self.logic.settled;
        let (group, position) = settled.member(one.0);
        let its = settled.member(other.0).1;
        let given = self.groups.iter().find(|(number, _)| *number == group);
        let fates = given.map_or_else(|| settled.group(group), |(_, fates)| fates);
        fates.can_both((position, one.1), (its, other.1))
    }

    /// Whether two clubs can have these fates together.
    fn fits(&self, one: (ClubId, Fate), other: (ClubId, Fate)) -> bool {
        let settled = self.logic.settled;
        if settled.share_a_group(one.0, other.0) {
            return self.can_place((one.0, one.1.place()), (other.0, other.1.place()));
        }
        let (
            Fate::On { seed, wins },
            Fate::On {
                seed: its,
                wins: its_wins,
            },
        ) = (one.1, other.1)
        else {
            return true;
        };
        if !settled.can_seed_both((one.0, seed), (other.0, its)) {
            return false;
        }
        let Some(met) = meeting(settled, one.1, other.1) else {
            return true;
        };
        // Of two clubs that meet one goes on.
        let at = settled.road(seed).position(|tie| tie == met.tie);
        let its_at = settled.road(its).position(|tie| tie == met.tie);
        let (goes_on, goes_on_too) = (at < Some(wins), its_at < Some(its_wins));
        let [can_win, can_lose] = settled.outcomes(settled.round_of(met.tie), one.0, other.0);
        goes_on != goes_on_too && if goes_on { can_win } else { can_lose }
    }

    /// Assumes how the knockout legs end, from the one with this number on.
    fn legs(&mut self, number: usize) -> bool {
        if number > 0
            && let Some(over) = self.is_over()
        {
            return over;
        }
        let Some(&(home, away)) = self.legs.get(number) else {
            return self.rounds(0);
        };
        let options: Vec<Option<Score>> = match self.leg_options(home, away) {
            Some(options) => options.into_iter().map(Some).collect(),
            None => vec![None],
        };
        for score in options {
            self.world.legs.push(((home, away), score));
            let found = self.tie_fits(home, away) && self.legs(number + 1);
            self.world.legs.pop();
            if found {
                return true;
            }
        }
        false
    }

    /// What a leg can end with; `None` if it is not played in this world.
    fn leg_options(&self, home: ClubId, away: ClubId) -> Option<Vec<Score>> {
        let met = self.world.meeting(self.logic.settled, home, away)?;
        let round = self.logic.settled.round_of(met.tie);
        let pairings = self.logic.playbook.pairing(round);
        let is_last = met.first_hosts;
        if !is_last && self.logic.playbook.rounds[round.index()].legs == 1 {
            return None;
        }
        let at = pairings.at(home, away);
        let score = if is_last {
            pairings.last_leg[at]
        } else {
            pairings.first_leg[at]
        };
        Some(match self.logic.settled.known_score(score) {
            Some(goals) => vec![Score::Known(goals)],
            None => self.open_scores(),
        })
    }

    /// Whether the legs between two clubs, as far as they are assumed, leave the tie to the one that wins it: who has
    /// scored more in all of them does.
    fn tie_fits(&self, home: ClubId, away: ClubId) -> bool {
        let Some(met) = self.world.meeting(self.logic.settled, home, away) else {
            return true;
        };
        let round = self.logic.settled.round_of(met.tie);
        let legs = self.logic.playbook.rounds[round.index()].legs;
        let (mut least, mut most, mut known) = (0, 0, 0);
        for (pair, score) in &self.world.legs {
            let (Some(score), true) = (score, *pair == (home, away) || *pair == (away, home))
            else {
                continue;
            };
            let sign = if *pair == (home, away) { 1 } else { -1 };
            let (low, high) = margins(*score);
            let (low, high) = if sign > 0 { (low, high) } else { (-high, -low) };
            least += low;
            most += high;
            known += 1;
        }
        known < legs || !(least > 0 && !met.first_wins || most < 0 && met.first_wins)
    }

    /// Assumes whether the statements about rounds are true, from the one with this number on.
    fn rounds(&mut self, number: usize) -> bool {
        if number > 0
            && let Some(over) = self.is_over()
        {
            return over && self.rounds_fit();
        }
        let Some(statement) = self.rounds.get(number).cloned() else {
            return self.world.truth(self.logic.settled, self.event) != Some(false)
                && self.rounds_fit();
        };
        [true, false].into_iter().any(|truth| {
            self.world.rounds.push((statement.clone(), truth));
            let found = self.rounds_fit() && self.rounds(number + 1);
            self.world.rounds.pop();
            found
        })
    }

    /// Whether the statements about rounds can be as they are assumed.
    fn rounds_fit(&self) -> bool {
        let rounds = (0..self.logic.playbook.rounds.len()).map(RoundId::new);
        rounds.into_iter().all(|round| self.round_fits(round))
    }

    fn round_fits(&self, round: RoundId) -> bool {
        let logic = self.logic;
        let rules = &logic.playbook.rounds[round.index()];
        let over = logic.settled.is_over(round);
        let (mut extra_time, mut shoot_out) = (None, None);
        let mut ranges = Vec::new();
        for (statement, truth) in &self.world.rounds {
            let of = match statement {
                Event::ExtraTime(of) | Event::ShootOut(of) | Event::Goals(of, _) => *of,
                _ => continue,
            };
            if of != round {
                continue;
            }
            if over && statement.happens(logic.stage, logic.sample) != *truth {
                return false;
            }
            match statement {
                Event::ExtraTime(_) => extra_time = Some(*truth),
                Event::ShootOut(_) => shoot_out = Some(*truth),
                Event::Goals(_, range) => ranges.push((range.clone(), *truth)),
                _ => {}
            }
        }
        let played = match extra_time {
            Some(true) => rules.extra_time,
            Some(false) => !(rules.extra_time && shoot_out == Some(true)),
            None => true,
        };
        // Some number of goals has to be in all ranges that are true and in none that is not.
        let ends = ranges
            .iter()
            .flat_map(|(range, _)| [*range.start(), range.end().saturating_add(1)]);
        let mut numbers = ends.chain([0]);
        played
            && numbers.any(|goals| {
                ranges
                    .iter()
                    .all(|(range, truth)| range.contains(&goals) == *truth)
            })
    }
}

/// The least and the most goals by which the home club wins.
fn margins(score: Score) -> (i32, i32) {
    const MANY: i32 = 1000;
    match score {
        Score::Known(goals) => (goals.margin(), goals.margin()),
        Score::Ended(MatchResult::HomeWin) => (1, MANY),
        Score::Ended(MatchResult::Draw) => (0, 0),
        Score::Ended(MatchResult::AwayWin) => (-MANY, -1),
        Score::Open => (-MANY, MANY),
    }
}
