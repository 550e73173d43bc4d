//! The last one or two matches of any table, as statements are made from them.

use super::super::outlook::{Ends, Grid, Verdict};
use super::super::score_set::MatchResult;
use super::super::sheet::Scoreline;
use crate::state::{Ending, OpenTable, Placing, Watch};

/// A table before its last matches, seen from one club and a number of places.
pub(super) struct TableEnds<'a> {
    table: &'a OpenTable<'a>,
    entrant: usize,
    among: usize,
    /// For each match in the order of statements its position among the open ones.
    order: Vec<usize>,
}

/// What the places left to a club mean where so many are good.
pub(super) fn verdict(placing: Placing, among: usize) -> Verdict {
    if placing.last < among {
        Verdict::In
    } else if placing.first >= among {
        Verdict::Out
    } else {
        Verdict::Lots {
            among: (placing.last - placing.first + 1) as u32,
            places: (among - placing.first) as u32,
        }
    }
}

impl<'a> TableEnds<'a> {
    pub(super) fn new(
        table: &'a OpenTable<'a>,
        entrant: usize,
        among: usize,
        order: Vec<usize>,
    ) -> Self {
        Self {
            table,
            entrant,
            among,
            order,
        }
    }

    /// The endings of the open matches in their own order, with every way in which shoot-outs may go.
    fn courses(&self, endings: &[Ending]) -> Vec<Vec<Ending>> {
        let mut courses = vec![Vec::new()];
        for open in 0..self.order.len() {
            let at = self
                .order
                .iter()
                .position(|one| *one == open)
                .unwrap_or(open);
            let variants = endings[at].with_shoot_outs(&self.table.rules().points);
            courses = courses
                .iter()
                .flat_map(|course| {
                    variants.iter().map(move |ending| {
                        let mut longer: Vec<Ending> = course.clone();
                        longer.push(*ending);
                        longer
                    })
                })
                .collect();
        }
        courses
    }

    /// The places left to the club; nothing if goals that are not supposed decide whether they are good.
    fn placing(&self, endings: &[Ending]) -> Option<Placing> {
        let mut all: Option<Placing> = None;
        for course in self.courses(endings) {
            let placing = self.table.places(&course)[self.entrant];
            let straddles = placing.first < self.among && placing.last >= self.among;
            if straddles && placing.by_goals {
                return None;
            }
            all = Some(all.map_or(placing, |others| others.or(placing)));
        }
        all
    }

    fn of(&self, endings: &[Ending]) -> Option<Verdict> {
        self.placing(endings)
            .map(|placing| verdict(placing, self.among))
    }
}

impl Ends for TableEnds<'_> {
    type End = Verdict;

    fn largest_distance(&self) -> i32 {
        self.table.largest_distance()
    }

    fn by_margins(&mut self, margins: &[i32]) -> Option<Verdict> {
        let endings: Vec<Ending> = margins.iter().map(|one| Ending::margin(*one)).collect();
        self.of(&endings)
    }

    fn by_scores(&mut self, scores: &[Scoreline]) -> Verdict {
        let endings: Vec<Ending> = scores.iter().map(|one| Ending::score(*one)).collect();
        self.of(&endings).unwrap_or(Verdict::Out)
    }

    fn verdict(&self, end: Verdict) -> Verdict {
        end
    }

    fn deciding(&mut self, results: [MatchResult; 2]) -> Vec<String> {
        let reach = self.largest_distance() + 2;
        let margins =
            |result| (-reach..=reach).filter(move |m| MatchResult::of_margin(*m) == result);
        let mut watch = Watch {
            entrant: self.entrant as u16,
            among: self.among,
            heard: Vec::new(),
        };
        for one in margins(results[0]) {
            for other in margins(results[1]) {
                for base in [0, 2] {
                    let scores = [Grid::score(one, base), Grid::score(other, 1)];
                    let endings = scores.map(Ending::score);
                    for course in self.courses(&endings) {
                        self.table.places_watched(&course, &mut watch);
                    }
                }
            }
        }
        watch.heard.sort();
        // Points are settled by the results themselves.
        let heard = watch.heard.into_iter().map(|(_, words)| words);
        let told = heard.filter(|words| !words.starts_with("points"));
        let mut told: Vec<String> = told.collect();
        told.dedup();
        told
    }
}
