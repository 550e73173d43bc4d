//! Who is on top of a group, fast: running sums of every pair of clubs, and the tiebreakers applied to the leaders alone.

use crate::standings::GroupMatch;
use crate::tournament::{GroupCriterion, Points, Rules};

/// Clubs of a group as bits: bit `k` is the club at position `k` in the group.
pub(super) type Clubs = u32;

/// What one club did against one other, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    points: i32,
    goals: i32,
    away_goals: i32,
    wins: i32,
    away_wins: i32,
}

/// The results of a group as sums, to which matches can be added and from which they can be taken again.
///
/// The slow twin is [`crate::standings::Standings`], which ranks all clubs and says why.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    clubs: usize,
    points: Points,
    /// `sums[own * clubs + rival]`.
    sums: Vec<Sums>,
    /// The points taken from each club.
    deducted: Vec<i32>,
}

/// A scoreline: goals of the home club, goals of the away club. Unlike [`crate::tournament::Goals`] it
/// has room for scores beyond any real one, which stand for "however high".
pub(super) type Scoreline = [i32; 2];

/// Who shares the first place, and how that came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Top {
    /// The clubs: one, or several that only lots can separate.
    pub(super) clubs: Clubs,
    /// Whether numbers of goals were compared, so that not only results and margins mattered.
    pub(super) goals_compared: bool,
}

impl Sheet {
    /// No match played, and so many points taken from each club.
    pub(super) fn new(deducted: Vec<i32>, points: Points) -> Self {
        let clubs = deducted.len();
        Self {
            clubs,
            deducted,
            points,
            sums: vec![Sums::default(); clubs * clubs],
        }
    }

    /// Adds the known matches of a group, whose clubs are given by id.
    pub(super) fn add_known(&mut self, matches: &[GroupMatch], clubs: &[crate::ids::ClubId]) {
        let position = |club| {
            let found = clubs.iter().position(|member| *member == club);
            found.expect("both clubs of a group match are in its group")
        };
        for game in matches {
            let score = [i32::from(game.goals.home), i32::from(game.goals.away)];
            self.add([position(game.home), position(game.away)], score);
        }
    }

    /// Adds a match between two positions, the home club first.
    pub(super) fn add(&mut self, pair: [usize; 2], score: Scoreline) {
        self.count(pair, score, 1);
    }

    /// Takes a match away again.
    pub(super) fn remove(&mut self, pair: [usize; 2], score: Scoreline) {
        self.count(pair, score, -1);
    }

    fn count(&mut self, [home, away]: [usize; 2], [for_home, for_away]: Scoreline, times: i32) {
        let (win, draw, loss) = (self.points.win, self.points.draw, self.points.loss);
        let (home_points, away_points) = match for_home.cmp(&for_away) {
            std::cmp::Ordering::Greater => (win, loss),
            std::cmp::Ordering::Equal => (draw, draw),
            std::cmp::Ordering::Less => (loss, win),
        };
        let host = &mut self.sums[home * self.clubs + away];
        host.points += times * i32::from(home_points);
        host.goals += times * for_home;
        host.wins += times * i32::from(for_home > for_away);
        let guest = &mut self.sums[away * self.clubs + home];
        guest.points += times * i32::from(away_points);
        guest.goals += times * for_away;
        guest.away_goals += times * for_away;
        guest.wins += times * i32::from(for_away > for_home);
        guest.away_wins += times * i32::from(for_away > for_home);
    }

    /// All clubs of the group.
    pub(super) fn everyone(&self) -> Clubs {
        (1 << self.clubs) - 1
    }

    /// The points of a club over all its matches, less those deducted.
    pub(super) fn points(&self, club: usize) -> i32 {
        self.total(club, self.everyone(), |sums| sums.points) - self.deducted[club]
    }

    /// A sum of one club over its matches against some clubs.
    fn total(&self, club: usize, among: Clubs, of: impl Fn(&Sums) -> i32) -> i32 {
        let row = &self.sums[club * self.clubs..(club + 1) * self.clubs];
        let met = row.iter().enumerate();
        met.filter(|(rival, _)| among >> rival & 1 == 1)
            .map(|(_, sums)| of(sums))
            .sum()
    }

    /// The goals scored minus the goals conceded of a club in its matches against some clubs.
    fn difference(&self, club: usize, among: Clubs) -> i32 {
        let conceded: i32 = (0..self.clubs)
            .filter(|rival| among >> rival & 1 == 1)
            .map(|rival| self.sums[rival * self.clubs + club].goals)
            .sum();
        self.total(club, among, |sums| sums.goals) - conceded
    }

    /// What a criterion compares, over the matches against some clubs.
    fn figure(&self, criterion: GroupCriterion, club: usize, among: Clubs) -> i32 {
        use GroupCriterion as C;
        match criterion {
            C::HeadToHeadPoints => self.total(club, among, |sums| sums.points),
            C::HeadToHeadGoalDifference | C::GoalDifference => self.difference(club, among),
            C::HeadToHeadGoals | C::Goals => self.total(club, among, |sums| sums.goals),
            C::HeadToHeadAwayGoals | C::AwayGoals => {
                self.total(club, among, |sums| sums.away_goals)
            }
            C::Wins => self.total(club, among, |sums| sums.wins),
            C::AwayWins => self.total(club, among, |sums| sums.away_wins),
            C::ReapplyHeadToHead | C::Lots => 0,
        }
    }

    /// The clubs of a set whose figure is the largest.
    fn best(&self, set: Clubs, figure: impl Fn(usize) -> i32) -> Clubs {
        let mut best = i32::MIN;
        let mut leaders = 0;
        for club in (0..self.clubs).filter(|club| set >> club & 1 == 1) {
            let value = figure(club);
            if value > best {
                best = value;
                leaders = 0;
            }
            leaders |= Clubs::from(value == best) << club;
        }
        leaders
    }

    /// Who is on top by points and the tiebreakers short of lots.
    pub(super) fn top(&self, rules: &Rules) -> Top {
        self.top_explained(rules, |_, _, _| ())
    }

    /// The same, and `explain` hears of every criterion that sent leaders away: who was level before it,
    /// and who still is. Each step is that of the ranking by definition, applied to the best set alone.
    pub(super) fn top_explained(
        &self,
        rules: &Rules,
        mut explain: impl FnMut(GroupCriterion, Clubs, Clubs),
    ) -> Top {
        let all = self.everyone();
        let list = &rules.group_tiebreakers;
        let mut top = Top {
            clubs: self.best(all, |club| self.points(club)),
            goals_compared: false,
        };
        let mut round = None;
        let mut position = 0;
        while top.clubs.count_ones() > 1
            && let Some(criterion) = list.get(position).copied()
        {
            position += 1;
            match criterion {
                GroupCriterion::Lots => break,
                GroupCriterion::ReapplyHeadToHead => {
                    if round
                        .is_some_and(|before: Clubs| top.clubs.count_ones() < before.count_ones())
                    {
                        round = Some(top.clubs);
                        position = list
                            .iter()
                            .position(|c| c.is_head_to_head())
                            .unwrap_or(position);
                    }
                }
                _ => {
                    let among = if criterion.is_head_to_head() {
                        *round.get_or_insert(top.clubs)
                    } else {
                        all
                    };
                    let left = self.best(top.clubs, |club| self.figure(criterion, club, among));
                    top.goals_compared |= counts_goals(criterion);
                    if left != top.clubs {
                        explain(criterion, top.clubs, left);
                    }
                    top.clubs = left;
                }
            }
        }
        top
    }

    /// The largest distance between two clubs in any number of goals or goal difference that a criterion can
    /// compare, over the matches among any set of clubs: no comparison turns on more goals than these.
    pub(super) fn largest_distance(&self) -> i32 {
        let criteria = [
            GroupCriterion::GoalDifference,
            GroupCriterion::Goals,
            GroupCriterion::AwayGoals,
        ];
        let mut largest = 0;
        for among in 1..=self.everyone() {
            for criterion in criteria {
                let members = (0..self.clubs).filter(|club| among >> club & 1 == 1);
                let figures: Vec<i32> = members
                    .map(|club| self.figure(criterion, club, among))
                    .collect();
                let most = figures.iter().max().copied().unwrap_or(0);
                let least = figures.iter().min().copied().unwrap_or(0);
                largest = largest.max(most - least);
            }
        }
        // Overall figures of a subset of clubs are covered by the set of all clubs.
        largest
    }
}

/// Whether a criterion compares numbers of goals, which results and margins do not tell.
fn counts_goals(criterion: GroupCriterion) -> bool {
    use GroupCriterion as C;
    matches!(
        criterion,
        C::HeadToHeadGoals | C::HeadToHeadAwayGoals | C::Goals | C::AwayGoals
    )
}
