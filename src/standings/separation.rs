//! What separated two clubs that were level: every comparison made between them, with its figures.

use super::Lots;
use crate::ids::ClubId;

/// Why one club is ranked above another that was level with it at first. `C` is the kind of criterion:
/// of a group, or of seeding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separation<C> {
    /// The club ranked above.
    pub better: ClubId,
    /// The club ranked below.
    pub worse: ClubId,
    /// The comparisons made, first to last; they were level in all but the last (and in that one
    /// too, if nothing separates them).
    pub steps: Vec<Step<C>>,
    /// What decided.
    pub verdict: Verdict,
}

/// One comparison of two clubs on one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<C> {
    /// The criterion.
    pub criterion: C,
    /// The clubs whose matches against each other counted; `None` if all matches counted.
    pub among: Option<Vec<ClubId>>,
    /// The figure of the club ranked above.
    pub better: i64,
    /// The figure of the club ranked below.
    pub worse: i64,
}

/// How a comparison of two clubs ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The figures of the last step differ.
    Figures,
    /// Every figure is the same; lots were drawn.
    Lots,
    /// Every figure is the same and no lots were drawn: they are level, and listed in the order in
    /// which they were given.
    Level,
}

impl<C: Copy> Separation<C> {
    /// The step whose figures decided, if figures did.
    pub fn decisive(&self) -> Option<&Step<C>> {
        self.steps
            .last()
            .filter(|_| self.verdict == Verdict::Figures)
    }
}

/// One comparison of all clubs that were level when it was made.
#[derive(Debug, Clone)]
struct Comparison<C> {
    criterion: C,
    among: Option<Vec<ClubId>>,
    figures: Vec<(ClubId, i64)>,
}

impl<C> Comparison<C> {
    fn figure(&self, club: ClubId) -> i64 {
        let found = self.figures.iter().find(|(other, _)| *other == club);
        found.expect("a comparison covers every club still level").1
    }
}

/// The comparisons that led to where a set of level clubs stands now.
#[derive(Debug, Clone)]
pub(crate) struct Path<C>(Vec<Comparison<C>>);

/// Keeps record of who was separated from whom, and who never was.
#[derive(Debug)]
pub(crate) struct Ledger<C> {
    /// Every pair that was level at first.
    pub(crate) separations: Vec<Separation<C>>,
    /// The sets of clubs that nothing separated.
    pub(crate) level: Vec<Vec<ClubId>>,
}

impl<C> Path<C> {
    /// Before any comparison.
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }
}

impl<C: Copy> Ledger<C> {
    /// Nothing compared yet.
    pub(crate) fn new() -> Self {
        Self {
            separations: Vec::new(),
            level: Vec::new(),
        }
    }

    /// Compares clubs on one criterion: sets of equal figures, best first. Pairs that it separates are noted.
    pub(crate) fn compare(
        &mut self,
        path: &mut Path<C>,
        criterion: C,
        among: Option<&[ClubId]>,
        figures: Vec<(ClubId, i64)>,
    ) -> Vec<Vec<ClubId>> {
        let sets = sets_of_equals(&figures);
        path.0.push(Comparison {
            criterion,
            among: among.map(<[ClubId]>::to_vec),
            figures,
        });
        for (index, set) in sets.iter().enumerate() {
            let below = sets[index + 1..].iter().flatten();
            for worse in below {
                for better in set {
                    self.note(path, *better, *worse, Verdict::Figures);
                }
            }
        }
        sets
    }

    /// Puts clubs that no figure separates into the order of lots, or notes that they are level.
    pub(crate) fn draw_lots(
        &mut self,
        path: &Path<C>,
        level: &[ClubId],
        lots: &mut Lots<'_>,
    ) -> Vec<ClubId> {
        let drawn = lots.order(level);
        let verdict = match drawn {
            Some(_) => Verdict::Lots,
            None => Verdict::Level,
        };
        if verdict == Verdict::Level {
            self.level.push(level.to_vec());
        }
        let order = drawn.unwrap_or_else(|| level.to_vec());
        for (index, better) in order.iter().enumerate() {
            for worse in &order[index + 1..] {
                self.note(path, *better, *worse, verdict);
            }
        }
        order
    }

    fn note(&mut self, path: &Path<C>, better: ClubId, worse: ClubId, verdict: Verdict) {
        let step = |comparison: &Comparison<C>| Step {
            criterion: comparison.criterion,
            among: comparison.among.clone(),
            better: comparison.figure(better),
            worse: comparison.figure(worse),
        };
        self.separations.push(Separation {
            better,
            worse,
            steps: path.0.iter().map(step).collect(),
            verdict,
        });
    }
}

/// Splits clubs into sets of equal figures, the largest figure first; inside a set in the order given.
pub(crate) fn sets_of_equals(figures: &[(ClubId, i64)]) -> Vec<Vec<ClubId>> {
    let mut sorted = figures.to_vec();
    sorted.sort_by_key(|(_, figure)| std::cmp::Reverse(*figure));
    sorted
        .chunk_by(|(_, one), (_, other)| one == other)
        .map(|set| set.iter().map(|(club, _)| *club).collect())
        .collect()
}
