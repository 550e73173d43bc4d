//! How a group can still end: every result of its open matches is gone through, and where margins matter, every score.

use super::Score;
use super::ranking::{Order, Ranking};
use super::span::{Figure, Figures};
use crate::goals::JointScores;
use crate::playbook::{GroupPlan, Playbook};
use crate::tournament::{Goals, MatchResult};
use std::collections::BTreeSet;

/// With more open matches than this their results are not gone through one by one: what is settled then is settled by
/// points alone.
const MOST_RESULTS: u32 = 9;

/// So many scorelines are tried for a group at most; what they leave unclear counts as open.
const MOST_TRIES: usize = 60_000;

/// More goals than this turn round nothing that fewer do not.
const MOST_GOALS: i32 = 40;

/// What can still become of a group. Clubs are named by their positions in it, places counted from 0.
#[derive(Debug, Clone)]
pub struct GroupFates {
    size: usize,
    /// `[one][place][other][its place]`: the two can finish so.
    pairs: Vec<bool>,
    /// For each club the figures with which it can win the group; `None` if it cannot.
    pub(super) winners: Vec<Option<Figures>>,
    /// For each club the points that it can collect.
    pub(super) points: Vec<BTreeSet<i32>>,
}

impl GroupFates {
    /// What can become of a group of a playbook.
    pub(super) fn of(playbook: &Playbook, plan: &GroupPlan) -> Self {
        Self::given(playbook, plan, &[])
    }

    /// The same if some of its matches, by their number in it, end like this.
    pub(super) fn given(playbook: &Playbook, plan: &GroupPlan, given: &[(usize, Score)]) -> Self {
        let known = |score| sole_score(playbook.score(score)).map_or(Score::Open, Score::Known);
        let games = plan.matches.iter();
        let mut scores: Vec<Score> = games.map(|game| known(game.score)).collect();
        for (game, score) in given {
            scores[*game] = *score;
        }
        Search::new(playbook, plan, scores).fates()
    }

    fn nothing(search: &Search<'_>) -> Self {
        let size = search.ranking.plan.clubs.len();
        Self {
            size,
            pairs: vec![false; size.pow(4)],
            winners: vec![None; size],
            points: (0..size).map(|club| search.points(club)).collect(),
        }
    }

    fn at(&self, [one, place, other, its]: [usize; 4]) -> usize {
        ((one * self.size + place) * self.size + other) * self.size + its
    }

    /// Whether a club can finish in a place.
    pub fn can(&self, club: usize, place: usize) -> bool {
        self.can_both((club, place), (club, place))
    }

    /// Whether two clubs can finish in these places together.
    pub fn can_both(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        self.pairs[self.at([one.0, one.1, other.0, other.1])]
    }

    /// The pairs of places that an order allows and that are not known to be possible.
    fn new_in(&self, order: &Order, may_win: &[bool]) -> Vec<usize> {
        let size = self.size;
        let places: Vec<_> = (0..size).map(|club| order.places(club)).collect();
        let first: Vec<usize> = (0..size)
            .filter(|club| may_win[*club] && places[*club].contains(&0))
            .collect();
        let can = |club: usize, place: usize| {
            let wins = place == 0;
            places[club].contains(&place) && (!wins || may_win[club]) && (wins || first != [club])
        };
        let mut found = Vec::new();
        if first.is_empty() {
            // Nobody who may win the group wins it like this, so it does not end like this.
            return found;
        }
        for one in 0..size {
            for place in (0..size).filter(|place| can(one, *place)) {
                for other in 0..size {
                    for its in (0..size).filter(|its| can(other, *its)) {
                        let fits = (one == other) == (place == its)
                            && !(order.is_above(one, other) && place > its)
                            && !(order.is_above(other, one) && its > place);
                        let at = self.at([one, place, other, its]);
                        if fits && !self.pairs[at] {
                            found.push(at);
                        }
                    }
                }
            }
        }
        found
    }

    fn add(&mut self, pairs: &[usize]) {
        for at in pairs {
            self.pairs[*at] = true;
        }
    }

    /// Whether any two clubs can finish in any two places.
    fn is_open(&self) -> bool {
        let possible = self.pairs.iter().filter(|possible| **possible).count();
        let size = self.size;
        possible == size * size * (1 + (size - 1) * (size - 1))
    }
}

/// The only scoreline of a distribution; `None` if there are several.
pub(super) fn sole_score(table: &JointScores) -> Option<Goals> {
    let mut possible = table.iter().filter(|(_, probability)| *probability > 0.0);
    let (goals, _) = possible.next()?;
    possible.next().is_none().then_some(goals)
}

/// Goes through everything that the open matches of a group can end with.
struct Search<'a> {
    ranking: Ranking<'a>,
    scores: Vec<Score>,
    /// The open matches that count.
    open: Vec<usize>,
    /// Those, and the ones of which only the result is known.
    loose: Vec<usize>,
    /// How many scorelines may still be tried.
    tries: usize,
}

impl<'a> Search<'a> {
    fn new(playbook: &'a Playbook, plan: &'a GroupPlan, scores: Vec<Score>) -> Self {
        let of_kind = |is: &dyn Fn(Score) -> bool| -> Vec<usize> {
            let matches = scores.iter().zip(&plan.matches).enumerate();
            matches
                .filter(|(_, (score, game))| is(**score) && game.counts)
                .map(|(index, _)| index)
                .collect()
        };
        let open = of_kind(&|score| score == Score::Open);
        let loose = of_kind(&|score| !matches!(score, Score::Known(_)));
        Self {
            ranking: Ranking { playbook, plan },
            scores,
            open,
            loose,
            tries: MOST_TRIES,
        }
    }

    fn fates(mut self) -> GroupFates {
        let mut fates = GroupFates::nothing(&self);
        let cases = 3usize.pow((self.open.len() as u32).min(MOST_RESULTS));
        if self.open.len() > MOST_RESULTS as usize {
            self.anything(&mut fates);
            return fates;
        }
        let wide = self.scores.clone();
        for case in 0..cases {
            let mut rest = case;
            for &at in &self.open {
                // Draws first: they leave most open, so that a group in which nothing is settled is soon done with.
                let result = [
                    MatchResult::Draw,
                    MatchResult::HomeWin,
                    MatchResult::AwayWin,
                ][rest % 3];
                rest /= 3;
                self.scores[at] = Score::Ended(result);
            }
            self.one_case(&mut fates);
            if fates.is_open() {
                self.scores = wide;
                self.anything(&mut fates);
                return fates;
            }
        }
        for club in 0..fates.size {
            if !fates.can(club, 0) {
                fates.winners[club] = None;
            }
        }
        fates
    }

    /// What is possible if nothing is known of the open matches.
    fn anything(&self, fates: &mut GroupFates) {
        let order = self.ranking.order(&self.scores);
        self.note_winners(fates, &order);
        let found = fates.new_in(&order, &self.ranking.plan.may_win);
        fates.add(&found);
    }

    /// What is possible given the results of the open matches.
    fn one_case(&mut self, fates: &mut GroupFates) {
        let order = self.ranking.order(&self.scores);
        self.note_winners(fates, &order);
        let mut unclear = fates.new_in(&order, &self.ranking.plan.may_win);
        if unclear.is_empty() || order.decided {
            fates.add(&unclear);
            return;
        }
        let scorelines = self.scorelines();
        let count = scorelines
            .iter()
            .map(Vec::len)
            .try_fold(1usize, usize::checked_mul);
        if count.is_none_or(|count| count > self.tries) {
            fates.add(&unclear);
            return;
        }
        let mut scores = self.scores.clone();
        let mut next = vec![0; self.loose.len()];
        loop {
            for (number, &at) in self.loose.iter().enumerate() {
                scores[at] = Score::Known(scorelines[number][next[number]]);
            }
            self.tries = self.tries.saturating_sub(1);
            let found = fates.new_in(&self.ranking.order(&scores), &self.ranking.plan.may_win);
            fates.add(&found);
            unclear.retain(|at| !fates.pairs[*at]);
            if unclear.is_empty() || !count_up(&mut next, &scorelines) {
                return;
            }
        }
    }

    /// The figures of everybody who can be first in an order.
    fn note_winners(&self, fates: &mut GroupFates, order: &Order) {
        let figures = self.ranking.all_figures(&self.scores);
        for (club, figures) in figures.into_iter().enumerate() {
            if order.places(club).contains(&0) && self.ranking.plan.may_win[club] {
                let before = fates.winners[club].unwrap_or(figures);
                fates.winners[club] = Some(before.or(figures));
            }
        }
    }

    /// For each open match the scorelines with its result that are worth looking at, the closest first.
    fn scorelines(&self) -> Vec<Vec<Goals>> {
        let most = self.reach() as u8;
        let of = |result: MatchResult| -> Vec<Goals> {
            let all = (0..=most).flat_map(|home| (0..=most).map(move |away| Goals { home, away }));
            let mut fitting: Vec<Goals> = all
                .filter(|goals| MatchResult::of(*goals) == result)
                .collect();
            fitting.sort_by_key(|goals| (goals.margin().abs(), goals.home));
            fitting
        };
        let open = self.loose.iter().map(|at| match self.scores[*at] {
            Score::Ended(result) => of(result),
            Score::Known(goals) => vec![goals],
            Score::Open => Vec::new(),
        });
        open.collect()
    }

    /// How many goals of a side it takes to turn round whatever the known results leave open: as many as two clubs
    /// differ by in any figure, or as a known match has, and a few that other open matches need to end as they have to.
    fn reach(&self) -> i32 {
        let known: Vec<Score> = self
            .scores
            .iter()
            .map(|score| match score {
                Score::Known(_) => *score,
                Score::Ended(_) | Score::Open => Score::Known(Goals { home: 0, away: 0 }),
            })
            .collect();
        let figures = self.ranking.all_figures(&known);
        let mut most = 0;
        for score in &known {
            if let Score::Known(goals) = score {
                most = most.max(i32::from(goals.home.max(goals.away)));
            }
        }
        for figure in [Figure::GoalDifference, Figure::Goals, Figure::AwayGoals] {
            let values = || figures.iter().filter_map(|club| club.of(figure).known());
            let span = values().max().unwrap_or(0) - values().min().unwrap_or(0);
            most = most.max(span);
        }
        (most + 2 * self.loose.len() as i32).min(MOST_GOALS)
    }

    /// The points that a club can collect, whatever is deducted.
    fn points(&self, club: usize) -> BTreeSet<i32> {
        let worth = self.ranking.playbook.points;
        let mut sums = BTreeSet::from([0]);
        for (score, game) in self.scores.iter().zip(&self.ranking.plan.matches) {
            let sides = [game.home, game.away].map(usize::from);
            let Some(side) = sides
                .iter()
                .position(|side| *side == club)
                .filter(|_| game.counts)
            else {
                continue;
            };
            let cases: Vec<Score> = match score {
                Score::Open => MatchResult::ALL.map(Score::Ended).to_vec(),
                known => vec![*known],
            };
            let each = cases.iter().filter_map(|case| {
                let figures = case.figures(worth)[side];
                figures.of(Figure::Points).known()
            });
            let more: Vec<i32> = each.collect();
            sums = sums
                .iter()
                .flat_map(|sum| more.iter().map(move |more| sum + more))
                .collect();
        }
        sums
    }
}

/// Goes on to the next combination; whether there is one.
fn count_up(next: &mut [usize], lists: &[Vec<Goals>]) -> bool {
    for (at, list) in next.iter_mut().zip(lists) {
        *at += 1;
        if *at < list.len() {
            return true;
        }
        *at = 0;
    }
    false
}
