//! From the last one or two matches of a table to statements of what suffices to come out high enough, with probabilities.

use super::outlook::{Class, Ends, Outlook, Verdict};
use super::score_set::{MatchResult, ScoreSet};
use crate::goals::JointScores;
use crate::ids::FixtureId;

/// A way in which a club wins its group. Statements about one club exclude each other, so that their
/// probabilities add up to that of winning the group.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What open matches have to end in, all of them at once; a match that does not matter is not listed.
    pub requirements: Vec<Requirement>,
    /// Where the requirements name results only and the goals of two matches count together: the criteria
    /// on which the club has to come out ahead, in words.
    pub ahead_on: Vec<String>,
    /// The club is then level with others, and lots decide among so many clubs.
    pub lots: Option<u32>,
    /// The probability that the club wins its group in this way (with lots: its share of them included).
    pub probability: f64,
}

/// What one match has to end in.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// The match, by its position in the list of matches.
    pub fixture: FixtureId,
    /// The scorelines that will do.
    pub scores: ScoreSet,
}

/// How many cases of one result may be told apart by margin before the statement is made in terms of
/// criteria instead.
const MOST_CASES: usize = 3;

/// How many pieces a requirement may have.
const MOST_PIECES: usize = 3;

/// The last matches of a table with what is known about their scores: the club's own first.
pub(super) struct LastMatches<'a, E> {
    pub(super) ends: E,
    /// Whether the club is the away club of the first match.
    pub(super) is_away: bool,
    pub(super) first: (FixtureId, &'a JointScores),
    pub(super) second: Option<(FixtureId, &'a JointScores)>,
}

impl<E: Ends> LastMatches<'_, E> {
    /// Every way to come out high enough.
    pub(super) fn statements(&mut self) -> Vec<Statement> {
        let sides = |scores: &JointScores| scores.shape().0.max(scores.shape().1) as i32;
        let likely = sides(self.first.1).max(self.second.map_or(0, |(_, scores)| sides(scores)));
        let outlook = Outlook::new(&mut self.ends, self.second.is_some(), likely);
        let verdict = |end: E::End| self.ends.verdict(end);
        let wins = outlook.classes(|end| verdict(end) == Verdict::In);
        let all = outlook.ends();
        let kinds: std::collections::BTreeSet<Verdict> = all.into_iter().map(verdict).collect();
        let by_lots: Vec<_> = kinds
            .into_iter()
            .filter_map(|kind| match kind {
                Verdict::Lots { among, places } => {
                    Some((among, places, outlook.classes(|end| verdict(end) == kind)))
                }
                _ => None,
            })
            .collect();
        let mut statements = self.outright(&wins);
        for (among, places, classes) in by_lots {
            statements.extend(self.by_lots(&classes, among, places));
        }
        statements
    }

    /// The probability that both matches end in these sets.
    fn probability(&self, first: &ScoreSet, second: &ScoreSet) -> f64 {
        let of_second = match self.second {
            Some((_, scores)) => second.probability(scores),
            None => 1.0,
        };
        first.probability(self.first.1) * of_second
    }

    /// A statement about the two matches.
    fn statement(&self, first: ScoreSet, second: ScoreSet) -> Statement {
        let probability = self.probability(&first, &second);
        let of_second = self.second.map(|(open, _)| (open, second));
        let requirements = [Some((self.first.0, first)), of_second];
        let requirements = requirements.into_iter().flatten();
        Statement {
            requirements: requirements
                .filter(|(_, scores)| !scores.is_everything())
                .map(|(fixture, scores)| Requirement { fixture, scores })
                .collect(),
            ahead_on: Vec::new(),
            lots: None,
            probability,
        }
    }

    /// The results of the first match, the one that suits the club best first.
    fn results(&self) -> [MatchResult; 3] {
        let mut results = MatchResult::ALL;
        if self.is_away {
            results.reverse();
        }
        results
    }

    /// The ways to be first without lots: by margins where few cases cover a result of the first match,
    /// else by results and criteria.
    fn outright(&mut self, classes: &[Class]) -> Vec<Statement> {
        let (plain, tangled): (Vec<MatchResult>, Vec<MatchResult>) = self
            .results()
            .into_iter()
            .partition(|result| self.second.is_none() || is_plain(classes, *result));
        let mut statements = Vec::new();
        for class in classes {
            let first = class.first.with_results(&plain);
            if !first.is_empty() {
                statements.push(self.statement(first, class.second.clone()));
            }
        }
        for result in tangled {
            statements.extend(self.by_criteria(classes, result));
        }
        let order = self.results();
        let rank = |statement: &Statement| {
            let own = statement.requirements.first();
            let own = own.filter(|requirement| requirement.fixture == self.first.0);
            let has = |result: &MatchResult| {
                own.is_none_or(|own| !own.scores.with_results(&[*result]).is_empty())
            };
            order.iter().position(has)
        };
        // The better the own result, the less is asked of others: the likelier such a case, the earlier.
        statements.sort_by(|one, other| {
            let by_chance = other.probability.total_cmp(&one.probability);
            rank(one).cmp(&rank(other)).then(by_chance)
        });
        statements
    }

    /// The ways to be first with one result of the first match, told by results of the second and, where
    /// those do not decide, by the criteria that do.
    fn by_criteria(&mut self, classes: &[Class], result: MatchResult) -> Vec<Statement> {
        if self.second.is_none() {
            return Vec::new();
        }
        let classes: Vec<Class> = classes
            .iter()
            .map(|class| Class {
                first: class.first.with_results(&[result]),
                second: class.second.clone(),
            })
            .filter(|class| !class.first.is_empty())
            .collect();
        let Some(some) = classes.first() else {
            return Vec::new();
        };
        let this = some.first.of_results(&[result]);
        let covered = classes
            .iter()
            .fold(some.first.clone(), |all, class| all.union(&class.first));
        let covers_all = covered == this;
        let always = |other: &MatchResult| {
            let all = some.second.of_results(&[*other]);
            covers_all
                && classes
                    .iter()
                    .all(|class| class.second.with_results(&[*other]) == all)
        };
        let (surely, perhaps): (Vec<_>, Vec<_>) = MatchResult::ALL.into_iter().partition(always);
        let mut statements = Vec::new();
        if !surely.is_empty() {
            statements.push(self.statement(this.clone(), some.second.of_results(&surely)));
        }
        for other in perhaps {
            let chances = classes
                .iter()
                .map(|class| self.probability(&class.first, &class.second.with_results(&[other])));
            let probability: f64 = chances.sum();
            if classes
                .iter()
                .all(|class| class.second.with_results(&[other]).is_empty())
            {
                continue;
            }
            statements.push(Statement {
                ahead_on: self.ends.deciding([result, other]),
                probability,
                ..self.statement(this.clone(), some.second.of_results(&[other]))
            });
        }
        statements
    }

    /// The ways to come down to lots among so many clubs; as one statement if they are many.
    fn by_lots(&self, classes: &[Class], level: u32, places: u32) -> Vec<Statement> {
        let pieces = |class: &Class| class.first.pieces().max(class.second.pieces());
        let short = classes.len() <= 2 && classes.iter().all(|class| pieces(class) <= 2);
        let share = f64::from(places) / f64::from(level);
        let each = classes.iter().map(|class| {
            let statement = self.statement(class.first.clone(), class.second.clone());
            Statement {
                lots: Some(level),
                probability: statement.probability * share,
                ..statement
            }
        });
        let each: Vec<Statement> = each.collect();
        if short || each.is_empty() {
            return each;
        }
        vec![Statement {
            requirements: Vec::new(),
            ahead_on: Vec::new(),
            lots: Some(level),
            probability: each.iter().map(|statement| statement.probability).sum(),
        }]
    }
}

/// Whether a result of the first match leads to few and simple cases.
fn is_plain(classes: &[Class], result: MatchResult) -> bool {
    let cases = classes.iter().filter_map(|class| {
        let first = class.first.with_results(&[result]);
        (!first.is_empty()).then(|| first.pieces().max(class.second.pieces()))
    });
    let cases: Vec<usize> = cases.collect();
    cases.len() <= MOST_CASES && cases.iter().all(|pieces| *pieces <= MOST_PIECES)
}
