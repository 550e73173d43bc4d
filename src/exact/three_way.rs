//! Three clubs level on points and goal difference: away goals decide, and then the matches between two.

use super::leader::{LotShares, share};
use super::pair::{Cell, Slice};
use super::rivals::AtMargin;

/// Two slices of a club that leave all three clubs of its group level on points and goal difference, if the rivals play to a margin.
pub(super) struct ThreeWay<'a> {
    /// The club against its first and its second rival.
    own: [&'a Slice; 2],
    /// The rivals' matches with that margin.
    rivals: &'a AtMargin,
    /// The first rival's margin over the second.
    margin: i32,
    /// Shares in lots.
    lots: LotShares,
    /// Combinations of less probability than this are skipped.
    cutoff: f64,
    /// The same for combinations of two cells of the club alone.
    least: f64,
    /// The cells of either slice.
    cells: [Vec<Placed>; 2],
    /// What away goals decide. A rival is level with the club on them if it scores so many against the other: the club's lead over it in away
    /// goals, and the club's away goals against the other. By that number for the first rival, then for the second.
    decisions: Vec<Decision>,
}

/// A cell, and what it adds to the place of a decision.
#[derive(Debug, Clone, Copy)]
struct Placed {
    mass: f64,
    place: usize,
}

/// What follows from the rivals' away goals.
#[derive(Debug, Clone, Copy)]
struct Decision {
    /// The probability that the club is ahead of both, on away goals or by the matches with one that is level on them.
    ahead: f64,
    /// The probability that all three are level.
    level: f64,
    /// The rivals' cells in which they are, from where to where.
    cells: (u32, u32),
}

impl<'a> ThreeWay<'a> {
    /// For slices and rivals that together leave all three level on goal difference.
    pub(super) fn new(
        own: [&'a Slice; 2],
        rivals: &'a AtMargin,
        margin: i32,
        lots: LotShares,
        cutoff: f64,
    ) -> Self {
        let [one, two] = own;
        let inclusive = own.map(|slice| i32::from(slice.ahead > 0));
        let first = one.by_lead.least + two.by_away.least;
        let count = one.by_lead.masses.len() + two.by_away.masses.len() - 1;
        let second = two.by_lead.least + one.by_away.least;
        let width = two.by_lead.masses.len() + one.by_away.masses.len() - 1;
        let mut decisions = Vec::with_capacity(count * width);
        for first in (first..).take(count) {
            let row = rivals.row(first, inclusive[0]);
            for second in (second..).take(width) {
                let (level, cells) = row.with_second(second);
                let below = row.second_below(second + inclusive[1]);
                decisions.push(Decision {
                    ahead: if inclusive == [1, 1] {
                        below - level
                    } else {
                        below
                    },
                    level,
                    cells,
                });
            }
        }
        let placed = |slice: &Slice, lead_step: usize, away_step: usize| {
            let cells = slice.cells.iter().map(|cell| {
                let lead = (cell.away - cell.rival_away - slice.by_lead.least) as usize;
                let away = (cell.away - slice.by_away.least) as usize;
                Placed {
                    mass: cell.mass,
                    place: lead * lead_step + away * away_step,
                }
            });
            cells.collect()
        };
        Self {
            own,
            rivals,
            margin,
            lots,
            cutoff,
            least: cutoff / rivals.mass(),
            cells: [placed(one, width, 1), placed(two, 1, width)],
            decisions,
        }
    }

    /// Tells for every two spots that are likely enough the probability of them, times that of being first.
    pub(super) fn each(&self, mut tell: impl FnMut(usize, usize, f64)) {
        let [one, two] = self.own;
        if one.mass * two.mass < self.least {
            return;
        }
        for (first, first_mass) in one.masses.iter().enumerate() {
            if first_mass * two.mass < self.least {
                continue;
            }
            for (second, second_mass) in two.masses.iter().enumerate() {
                if first_mass * second_mass >= self.least {
                    tell(first, second, self.share(first, second));
                }
            }
        }
    }

    /// The probability of two spots, times that of being first.
    fn share(&self, first: usize, second: usize) -> f64 {
        let [one, two] = self.own;
        // The first rival's goals against the second that make it level on goals with rival k.
        let goals = [
            two.spots[second].goals() + one.margin,
            one.spots[first].goals() + two.margin + self.margin,
        ];
        let by_matches = one.ahead == 0 || two.ahead == 0;
        let mut sum = 0.0;
        for first in one.range_of(first) {
            let Placed { mass, place } = self.cells[0][first];
            for second in two.range_of(second) {
                let other = self.cells[1][second];
                let mass = mass * other.mass;
                let decision = &self.decisions[place + other.place];
                let mut weight = decision.ahead;
                if mass * decision.level > self.cutoff {
                    for theirs in self.rivals.cells(decision.cells) {
                        weight += theirs.mass * self.share_by_goals(theirs.goals, goals);
                    }
                }
                if by_matches {
                    weight += self.share_by_matches([&one.cells[first], &two.cells[second]], goals);
                }
                sum += mass * weight;
            }
        }
        sum
    }

    /// The club's share in the first place if all three are level on everything but goals, by the first rival's goals against the second
    /// and how many would make it level with either.
    #[inline]
    fn share_by_goals(&self, theirs: i32, level: [i32; 2]) -> f64 {
        if theirs < level[0] && theirs < level[1] {
            1.0
        } else if theirs > level[0] || theirs > level[1] {
            0.0
        } else {
            match (theirs == level[0], theirs == level[1]) {
                (true, true) => self.lots.three,
                (true, false) => self.lots.two[0],
                _ => self.lots.two[1],
            }
        }
    }

    /// The probability that one rival is level on away goals and the other is not, and the club is ahead of the one on goals or by lots, if their matches leave
    /// it open.
    fn share_by_matches(&self, cells: [&Cell; 2], goals: [i32; 2]) -> f64 {
        let away = cells[0].away + cells[1].away;
        let needed = cells.map(|cell| away - cell.rival_away);
        let mut weight = 0.0;
        if self.own[0].ahead == 0 {
            let level = self.rivals.with_first(needed[0], needed[1]).iter();
            weight += share(
                level,
                |theirs| goals[0].cmp(&theirs.goals),
                self.lots.two[0],
            );
        }
        if self.own[1].ahead == 0 {
            let level = self.rivals.with_second(needed[0], needed[1]);
            weight += share(
                level,
                |theirs| goals[1].cmp(&theirs.goals),
                self.lots.two[1],
            );
        }
        weight
    }
}
