//! Clubs that are stronger or weaker than the goal model says, and facts about them that it looks at.

use super::item::{ConditionError, wrong};
use crate::diagnostic::nearest;
use crate::ids::ClubId;
use crate::tournament::{BestFinish, Club, either, find_club};
use std::collections::BTreeSet;

/// Another strength of a club in every match that is still to be played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StrengthChange {
    /// The club.
    pub club: ClubId,
    /// Its strength.
    pub strength: Strength,
}

/// How strong a club is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Strength {
    /// So much stronger (weaker if below zero) than the model says, on the scale of the logarithm of goals: it adds
    /// to the club's own log rate and takes from its opponent's, as the strengths of the model do.
    Changed(f64),
    /// As strong as another club is by the model: the club has the other's rates against any third club, and
    /// against the other both have those of two equal clubs.
    AsStrongAs(ClubId),
}

/// Another fact about a club.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// The club.
    pub club: ClubId,
    /// The fact.
    pub fact: Fact,
}

/// A fact that a goal model may look at. It changes the club's strength by what the fitted coefficient says; the
/// model is not fitted again, and past matches keep the facts they were played under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The pot it was drawn from. The groups stay as they were drawn.
    Pot(String),
    /// Its best finish before this edition.
    BestFinish(BestFinish),
}

impl Fact {
    /// The word for its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pot(_) => "pot",
            Self::BestFinish(_) => "best finish",
        }
    }
}

/// A stronger change than this many log goals (a factor of 20 on goals for and against) is a typing mistake.
const MOST_CHANGE: f64 = 3.0;

/// Splits `CLUB=VALUE`.
fn split<'a>(
    text: &'a str,
    example: &str,
    clubs: &[Club],
) -> Result<(ClubId, &'a str), ConditionError> {
    let (club, value) = text.rsplit_once('=').ok_or_else(|| {
        wrong(
            text,
            "has no `=`".to_owned(),
            &format!("write for example `{example}`"),
        )
    })?;
    Ok((find_club(clubs, club.trim())?, value.trim()))
}

impl StrengthChange {
    /// Reads `TOL=-0.2` or `TOL=TIJ`.
    pub(super) fn parse(text: &str, clubs: &[Club]) -> Result<Self, ConditionError> {
        let (club, value) = split(text, "TOL=-0.2", clubs)?;
        let strength = match value.parse::<f64>() {
            Ok(change) if change.is_finite() && change.abs() <= MOST_CHANGE => {
                Strength::Changed(change)
            }
            Ok(_) => {
                let fact = format!("changes a strength by more than {MOST_CHANGE}");
                return Err(wrong(
                    text,
                    fact,
                    "0.2 is a lot already: it moves both rates by 22%",
                ));
            }
            Err(_) => {
                let other = find_club(clubs, value)?;
                if other == club {
                    let fact = "says that a club is as strong as itself".to_owned();
                    return Err(wrong(text, fact, "name another club, or write a number"));
                }
                Strength::AsStrongAs(other)
            }
        };
        Ok(Self { club, strength })
    }

    /// Refuses a second change of one kind to one club.
    pub(super) fn check_against(&self, text: &str, earlier: &[Self]) -> Result<(), ConditionError> {
        let same_kind = |other: &Self| {
            let kinds = (self.strength, other.strength);
            matches!(
                kinds,
                (Strength::Changed(_), Strength::Changed(_))
                    | (Strength::AsStrongAs(_), Strength::AsStrongAs(_))
            )
        };
        if earlier
            .iter()
            .any(|other| other.club == self.club && same_kind(other))
        {
            let fact = "changes a strength that an earlier condition changes".to_owned();
            return Err(wrong(text, fact, "give one change a club"));
        }
        Ok(())
    }

    /// In words, such as `Toluca weaker by 0.2 (log goals)`.
    pub fn words(&self, clubs: &[Club]) -> String {
        let name = &clubs[self.club.index()].name;
        match self.strength {
            Strength::Changed(change) if change < 0.0 => {
                format!("{name} weaker by {} (log goals)", -change)
            }
            Strength::Changed(change) => format!("{name} stronger by {change} (log goals)"),
            Strength::AsStrongAs(other) => {
                format!("{name} as strong as {}", clubs[other.index()].name)
            }
        }
    }
}

impl FactChange {
    /// Reads `TOL=B`.
    pub(super) fn parse_pot(
        text: &str,
        clubs: &[Club],
        drawn: bool,
    ) -> Result<Self, ConditionError> {
        let (club, value) = split(text, "TOL=B", clubs)?;
        let known = clubs.iter().filter_map(|club| club.pot.clone());
        let pots: BTreeSet<String> = known.collect();
        if pots.is_empty() || !drawn {
            let fact = "names a pot, but this tournament was not drawn from pots".to_owned();
            return Err(wrong(text, fact, "leave it out"));
        }
        if !pots.contains(value) {
            let fact = format!("names the pot `{value}`, which is not there");
            let pots: Vec<String> = pots.into_iter().collect();
            return Err(wrong(
                text,
                fact,
                &format!("the pots are {}", either(&pots)),
            ));
        }
        let fact = Fact::Pot(value.to_owned());
        Ok(Self { club, fact })
    }

    /// Reads `TOL=champion`.
    pub(super) fn parse_finish(text: &str, clubs: &[Club]) -> Result<Self, ConditionError> {
        let (club, value) = split(text, "TOL=champion", clubs)?;
        let Ok(finish) = value.parse::<BestFinish>() else {
            let words = BestFinish::ALL.map(BestFinish::word);
            let way_out = match nearest(value, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", either(&words.map(str::to_owned))),
            };
            return Err(wrong(text, format!("names no finish: `{value}`"), &way_out));
        };
        let fact = Fact::BestFinish(finish);
        Ok(Self { club, fact })
    }

    /// Refuses a second fact of one kind about one club.
    pub(super) fn check_against(&self, text: &str, earlier: &[Self]) -> Result<(), ConditionError> {
        let same = |other: &Self| other.club == self.club && other.fact.kind() == self.fact.kind();
        if earlier.iter().any(same) {
            let fact = format!(
                "gives a {} that an earlier condition gives",
                self.fact.kind()
            );
            return Err(wrong(text, fact, "give one a club"));
        }
        Ok(())
    }

    /// In words, such as `Toluca in pot B, not A`.
    pub fn words(&self, clubs: &[Club]) -> String {
        let club = &clubs[self.club.index()];
        let name = &club.name;
        match &self.fact {
            Fact::Pot(pot) => match club.pot.as_deref() {
                Some(known) => format!("{name} in pot {pot}, not {known}"),
                None => format!("{name} in pot {pot}"),
            },
            Fact::BestFinish(finish) => {
                format!("{name}'s best finish {finish}, not {}", club.best_finish)
            }
        }
    }
}
