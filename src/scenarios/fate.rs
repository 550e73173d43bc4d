//! What is certain whatever the goal model says: clinched, eliminated, in its own hands, and the magic number.

use super::position::{OpenMatch, Place, Position, every_end};
use super::sheet::Scoreline;
use crate::tournament::Points;

/// Where a club stands in the race for the first place of its group, as a matter of logic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// First whatever happens. A club that could come down to lots has not clinched.
    Clinched,
    /// Not first whatever happens. A club that could come down to lots is not eliminated.
    Eliminated,
    /// Everything else.
    Open,
}

/// The logical facts about one club.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) status: Status,
    pub(super) in_own_hands: bool,
    pub(super) magic_number: Option<u32>,
}

/// The scorelines that have to be looked at, as the argument of this file goes.
///
/// A club's place never gets worse with a better own score (`better_scores_never_harm`), so its best and
/// its worst case are wins and defeats by more goals than anything else can make up for. When it has won
/// or lost like that, what the others do can matter through points and through margins that are minimal
/// or boundless, but never through a margin in between. Only a club without a match of its own, or with
/// a single match of others beside it, needs all scorelines of the others up to the largest distance in
/// the table.
struct Extremes {
    /// A win that outweighs every known goal.
    huge: i32,
    /// A win that outweighs any number of huge ones.
    boundless: i32,
    /// The most goals worth looking at where all scorelines are tried.
    reach: i32,
}

impl Extremes {
    fn of(position: &Position<'_>) -> Self {
        let distance = position.known.largest_distance();
        let huge = 4 * (distance + 4);
        Self {
            huge,
            boundless: 8 * huge,
            reach: distance + 1,
        }
    }

    /// What matches between others can end in: the least and the most of each result.
    fn of_others(&self) -> Vec<Scoreline> {
        let most = self.boundless;
        vec![
            [0, 0],
            [most, most],
            [1, 0],
            [0, 1],
            [most + 1, most],
            [most, most + 1],
            [most, 0],
            [0, most],
        ]
    }

    /// Every scoreline up to the reach, and the extremes.
    fn all(&self) -> Vec<Scoreline> {
        let goals = 0..=self.reach;
        let grid = goals.flat_map(|home| (0..=self.reach).map(move |away| [home, away]));
        grid.chain(self.of_others()).collect()
    }
}

/// The logical facts about the club at a position.
pub(super) fn fate(position: &Position<'_>, club: usize) -> Fate {
    let extremes = Extremes::of(position);
    let (own, others): (Vec<OpenMatch>, Vec<OpenMatch>) =
        position.open.iter().partition(|open| open.involves(club));
    let of_others = if own.is_empty() || others.len() == 1 {
        extremes.all()
    } else {
        extremes.of_others()
    };
    let others: Vec<_> = others
        .into_iter()
        .map(|open| (open, of_others.clone()))
        .collect();
    let with_own = |scores: &dyn Fn(&OpenMatch) -> Vec<Scoreline>| {
        let own = own.iter().map(|open| (*open, scores(open)));
        own.chain(others.iter().cloned()).collect::<Vec<_>>()
    };
    let always = |ends: &[(OpenMatch, Vec<Scoreline>)], good: &dyn Fn(Place) -> bool| {
        every_end(&mut position.known.clone(), ends, &mut |sheet| {
            good(position.place(sheet, club))
        })
    };
    let all_lost = with_own(&|open| vec![own_score(open, club, [0, extremes.huge])]);
    let all_won = with_own(&|open| vec![own_score(open, club, [extremes.huge, 0])]);
    let status = if always(&all_lost, &|place| place == Place::First) {
        Status::Clinched
    } else if always(&all_won, &|place| place == Place::Behind) {
        Status::Eliminated
    } else {
        Status::Open
    };
    let magic_number = magic_number(position.rules.points, own.len(), |results| {
        let mut next = results.iter();
        let ends: Vec<_> = own
            .iter()
            .map(|open| {
                let result = next.next().expect("a result for every own match");
                let scores = result.narrowest(&extremes).into_iter();
                let scores = scores.map(|score| own_score(open, club, score));
                (*open, scores.collect())
            })
            .chain(others.iter().cloned())
            .collect();
        always(&ends, &|place| place == Place::First)
    });
    Fate {
        status,
        in_own_hands: always(&all_won, &|place| place == Place::First),
        magic_number,
    }
}

/// A score seen from a club (own goals first) as home and away goals.
fn own_score(open: &OpenMatch, club: usize, [own, rival]: [i32; 2]) -> Scoreline {
    if open.pair[0] == club {
        [own, rival]
    } else {
        [rival, own]
    }
}

/// The result of an own match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OwnResult {
    Win,
    Draw,
    Defeat,
}

impl OwnResult {
    /// The scores, own goals first, that are worth least to the club: of a win and a draw those with
    /// the fewest and with the most goals, since either can be the worse.
    fn narrowest(self, extremes: &Extremes) -> Vec<[i32; 2]> {
        let most = extremes.huge;
        match self {
            Self::Win => vec![[1, 0], [most + 1, most]],
            Self::Draw => vec![[0, 0], [most, most]],
            Self::Defeat => vec![[0, most]],
        }
    }
}

/// The fewest points from `matches` own matches such that whoever takes as many or more is first,
/// whatever the margins and whatever the others do; `None` if not even all of them suffice.
fn magic_number(
    points: Points,
    matches: usize,
    suffices: impl Fn(&[OwnResult]) -> bool,
) -> Option<u32> {
    let worth = |result: &OwnResult| {
        u32::from(match result {
            OwnResult::Win => points.win,
            OwnResult::Draw => points.draw,
            OwnResult::Defeat => points.loss,
        })
    };
    let mut patterns: Vec<Vec<OwnResult>> = vec![Vec::new()];
    for _ in 0..matches {
        let longer = patterns.iter().flat_map(|pattern| {
            [OwnResult::Win, OwnResult::Draw, OwnResult::Defeat].map(|result| {
                let mut pattern = pattern.clone();
                pattern.push(result);
                pattern
            })
        });
        patterns = longer.collect();
    }
    let total = |pattern: &[OwnResult]| pattern.iter().map(worth).sum::<u32>();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(total(pattern)));
    let mut enough = None;
    for same_points in patterns.chunk_by(|one, other| total(one) == total(other)) {
        if !same_points.iter().all(|pattern| suffices(pattern)) {
            break;
        }
        enough = Some(total(&same_points[0]));
    }
    enough
}
