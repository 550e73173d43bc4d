//! The last one or two matches of a group of three, as statements are made from them.

use super::outlook::{Ends, Grid, Verdict};
use super::position::{OpenMatch, Place, Position, place_in};
use super::score_set::MatchResult;
use super::sheet::{Clubs, Scoreline, Sheet, Top};
use crate::tournament::GroupCriterion;

/// A group before its last matches, seen from one club.
pub(super) struct GroupEnds<'a> {
    position: &'a Position<'a>,
    club: usize,
    matches: Vec<OpenMatch>,
    sheet: Sheet,
}

impl<'a> GroupEnds<'a> {
    pub(super) fn new(position: &'a Position<'a>, club: usize, matches: Vec<OpenMatch>) -> Self {
        Self {
            sheet: position.known.clone(),
            position,
            club,
            matches,
        }
    }

    fn top(&mut self, scores: &[Scoreline]) -> Top {
        for (open, score) in self.matches.iter().zip(scores) {
            self.sheet.add(open.pair, *score);
        }
        let top = self.position.top(&self.sheet);
        for (open, score) in self.matches.iter().zip(scores) {
            self.sheet.remove(open.pair, *score);
        }
        top
    }
}

impl Ends for GroupEnds<'_> {
    type End = Clubs;

    fn largest_distance(&self) -> i32 {
        self.position.known.largest_distance()
    }

    fn by_margins(&mut self, margins: &[i32]) -> Option<Clubs> {
        let lowest: Vec<Scoreline> = margins.iter().map(|one| Grid::score(*one, 0)).collect();
        let top = self.top(&lowest);
        (!top.goals_compared).then_some(top.clubs)
    }

    fn by_scores(&mut self, scores: &[Scoreline]) -> Clubs {
        self.top(scores).clubs
    }

    fn verdict(&self, top: Clubs) -> Verdict {
        match place_in(top, self.club) {
            Place::First => Verdict::In,
            Place::Level(among) => Verdict::Lots { among, places: 1 },
            Place::Behind => Verdict::Out,
        }
    }

    /// Those that send the club away, or the last rival, in the order of the rules.
    fn deciding(&mut self, results: [MatchResult; 2]) -> Vec<String> {
        let reach = self.largest_distance() + 2;
        let margins =
            |result| (-reach..=reach).filter(move |m| MatchResult::of_margin(*m) == result);
        let [first, second] = [self.matches[0], self.matches[1]];
        let mut found: Vec<GroupCriterion> = Vec::new();
        for a in margins(results[0]) {
            for b in margins(results[1]) {
                for base in [0, 1, 2] {
                    let scores = [Grid::score(a, base), Grid::score(b, 1)];
                    self.sheet.add(first.pair, scores[0]);
                    self.sheet.add(second.pair, scores[1]);
                    let rules = self.position.rules;
                    self.sheet.top_explained(rules, |criterion, before, after| {
                        let had = before >> self.club & 1 == 1;
                        let settled = after >> self.club & 1 == 0 || after.is_power_of_two();
                        if had && settled && !found.contains(&criterion) {
                            found.push(criterion);
                        }
                    });
                    self.sheet.remove(first.pair, scores[0]);
                    self.sheet.remove(second.pair, scores[1]);
                }
            }
        }
        let list = &self.position.rules.group_tiebreakers;
        found.sort_by_key(|criterion| list.iter().position(|listed| listed == criterion));
        let words = found.iter().map(|criterion| criterion.words().to_owned());
        words.collect()
    }
}
