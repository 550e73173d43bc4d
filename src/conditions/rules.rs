//! Other rules than those of the file: of the points, the tables, the bracket and its ties.

use super::item::{ConditionError, wrong};
use crate::diagnostic::nearest;
use crate::tournament::{GroupCriterion, SecondLegHost, SeedingCriterion, Tournament, either};

/// A change of the rules. It holds for the whole tournament: tables of known results are drawn up by it, and
/// ties already played are decided by it as far as their scores say; what they do not say is open again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleChange {
    /// Goals scored away decide a tie of two legs that is level on aggregate.
    AwayGoals,
    /// Goals scored away decide no tie. The tiebreakers of the groups stay as they are.
    NoAwayGoals,
    /// A tie that is level goes to extra time before a shoot-out.
    ExtraTime,
    /// A tie that is level goes to a shoot-out at once.
    NoExtraTime,
    /// The final is one match, at the club that would host its second leg.
    SingleLegFinal,
    /// The club with the better seed hosts the last leg of every tie.
    HigherSeedHosts,
    /// A win is worth two points.
    TwoPoints,
    /// Clubs level on points are ranked by goal difference and goals of all group matches before any head-to-head
    /// comparison, as at World Cups up to 2022.
    GoalDifferenceFirst,
    /// The group winners are drawn into the places of the bracket at random, instead of seeded into them by their
    /// records. "Seed k" then means that place.
    RandomBracket,
}

impl RuleChange {
    /// Every change.
    pub const ALL: [Self; 9] = [
        Self::AwayGoals,
        Self::NoAwayGoals,
        Self::ExtraTime,
        Self::NoExtraTime,
        Self::SingleLegFinal,
        Self::HigherSeedHosts,
        Self::TwoPoints,
        Self::GoalDifferenceFirst,
        Self::RandomBracket,
    ];

    /// The word an option or a file uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::AwayGoals => "away-goals",
            Self::NoAwayGoals => "no-away-goals",
            Self::ExtraTime => "extra-time",
            Self::NoExtraTime => "no-extra-time",
            Self::SingleLegFinal => "single-leg-final",
            Self::HigherSeedHosts => "higher-seed-hosts",
            Self::TwoPoints => "two-points",
            Self::GoalDifferenceFirst => "goal-difference-first",
            Self::RandomBracket => "random-bracket",
        }
    }

    /// In words.
    pub fn words(self, tournament: &Tournament) -> String {
        match self {
            Self::SingleLegFinal => {
                let last = tournament.bracket.rounds.last();
                format!(
                    "the {} is a single match",
                    last.map_or("final", |round| &round.name)
                )
            }
            Self::TwoPoints => format!("2 points for a win, not {}", tournament.rules.points.win),
            other => other.plain_words().to_owned(),
        }
    }

    /// In words that name nothing of a tournament.
    pub(super) fn plain_words(self) -> &'static str {
        match self {
            Self::AwayGoals => "away goals decide a tie that is level",
            Self::NoAwayGoals => "away goals do not count",
            Self::ExtraTime => "extra time before any shoot-out",
            Self::NoExtraTime => "no extra time: straight to the shoot-out",
            Self::SingleLegFinal => "the final is a single match",
            Self::HigherSeedHosts => "the better seed is at home in the last leg",
            Self::TwoPoints => "2 points for a win",
            Self::GoalDifferenceFirst => {
                "goal difference and goals before head-to-head in the groups"
            }
            Self::RandomBracket => "the bracket is drawn at random, not seeded",
        }
    }

    /// Changes the rules of a tournament.
    pub fn apply(self, tournament: &mut Tournament) {
        let rounds = &mut tournament.bracket.rounds;
        match self {
            Self::AwayGoals | Self::NoAwayGoals => {
                for round in rounds {
                    round.away_goals = self == Self::AwayGoals && round.legs > 1;
                }
            }
            Self::ExtraTime | Self::NoExtraTime => {
                for round in rounds {
                    round.extra_time = self == Self::ExtraTime;
                }
            }
            Self::SingleLegFinal => {
                if let (Some(round), Some(tie)) =
                    (rounds.last_mut(), tournament.bracket.ties.last_mut())
                {
                    round.legs = 1;
                    round.away_goals = false;
                    let before_last = tie.legs.len().saturating_sub(1);
                    tie.legs.drain(..before_last);
                }
            }
            Self::HigherSeedHosts => {
                for tie in &mut tournament.bracket.ties {
                    tie.second_leg_host = SecondLegHost::HigherSeed;
                }
            }
            Self::TwoPoints => {
                let points = &mut tournament.rules.points;
                points.win = 2;
                points.draw = points.draw.min(1);
                points.loss = 0;
            }
            Self::GoalDifferenceFirst => {
                let first = [GroupCriterion::GoalDifference, GroupCriterion::Goals];
                let list = &mut tournament.rules.group_tiebreakers;
                list.retain(|criterion| !first.contains(criterion));
                list.splice(0..0, first);
            }
            Self::RandomBracket => tournament.rules.seeding = vec![SeedingCriterion::Lots],
        }
    }

    /// Whether it changes anything about a tournament.
    pub fn changes(self, tournament: &Tournament) -> bool {
        let mut changed = tournament.clone();
        self.apply(&mut changed);
        changed != *tournament
    }

    /// The change that a word means.
    pub(super) fn named(text: &str) -> Result<Self, ConditionError> {
        let words = Self::ALL.map(Self::word);
        let found = Self::ALL
            .into_iter()
            .find(|rule| rule.word() == text.trim());
        let Some(rule) = found else {
            let way_out = match nearest(text, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", either(&words.map(str::to_owned))),
            };
            return Err(wrong(
                text,
                "is no rule that can be changed".to_owned(),
                &way_out,
            ));
        };
        Ok(rule)
    }

    pub(super) fn parse(text: &str, tournament: &Tournament) -> Result<Self, ConditionError> {
        let rule = Self::named(text)?;
        if !rule.changes(tournament) {
            let fact = "changes nothing: that is how this tournament is played".to_owned();
            return Err(wrong(text, fact, "leave it out"));
        }
        rule.check_moment(text, tournament)?;
        Ok(rule)
    }

    /// Refuses a rule that what is known has overtaken.
    fn check_moment(self, text: &str, tournament: &Tournament) -> Result<(), ConditionError> {
        let played = |tie: &crate::tournament::Tie| tie.legs.iter().any(|leg| leg.played.is_some());
        let mut ties = tournament.bracket.ties.iter();
        let before = "take an earlier moment with --as-of";
        match self {
            Self::SingleLegFinal if ties.next_back().is_some_and(played) => {
                let fact = "comes too late: a leg of the final has been played".to_owned();
                Err(wrong(text, fact, before))
            }
            Self::RandomBracket if ties.any(played) => {
                let fact = "comes too late: the knockout stage has begun".to_owned();
                Err(wrong(text, fact, before))
            }
            Self::RandomBracket if !tournament.lots.is_empty() => {
                let fact = "would draw again where the file says how lots fell".to_owned();
                Err(wrong(text, fact, before))
            }
            _ => Ok(()),
        }
    }
}
