//! The draw: how many valid ones there are, how likely two clubs share a group, and random draws, under
//! constraints such as "no two clubs of one association".
//!
//! Two distributions over the valid draws stand side by side. Under the *uniform* one every valid draw is
//! equally likely; under the *sequential* procedure of a televised draw, clubs come out of the pots one by
//! one and go to the first group that still lets the draw be completed, which is not the same thing. Roberts
//! and Rosenthal ("Football group draw probabilities and corrections", Canadian Journal of Statistics 52,
//! 2024; online 2023) call the difference the bias of the procedure; Csató ("The fairness of the group draw
//! for the FIFA World Cup", 2023) calls the procedure itself the skip mechanism.
//!
//! Everything rests on one observation: a constraint sees only one group at a time. So a group under
//! construction is a small machine (`automaton`) that takes a club from each pot in turn, and clubs
//! that the machine never tells apart need not be told apart when draws are counted.

mod answer;
mod automaton;
mod pairs;
mod regroup;
mod requirement;
mod sampler;
mod sequential;
mod sequential_odds;
mod uniform;

pub use answer::{DEFAULT_DRAWS, DrawCount, DrawOdds, Procedure, SequentialOdds, SimulatedDraws};
pub use pairs::PairOdds;
pub use regroup::RegroupError;
pub use sampler::{DrawnBy, Sampler};
pub use sequential::Sequential;
pub use uniform::Uniform;

use crate::ids::ClubId;
use crate::tournament::Tournament;
use automaton::Automaton;
use requirement::Requirement;
use sequential::Feasibility;

/// Why there is no draw to speak of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The file says nothing about a draw.
    #[error("{tournament} has no draw rules; add a [draw] section with pots and constraints")]
    NoRules {
        /// The short name of the tournament.
        tournament: String,
    },
    /// A pot without exactly one club for each group.
    #[error(
        "the draw of {tournament}: pot {pot} holds {clubs} clubs for {groups} groups; \
         a pot needs one club for each group"
    )]
    PotSize {
        /// The short name of the tournament.
        tournament: String,
        /// The name of the pot.
        pot: String,
        /// The number of clubs in it.
        clubs: usize,
        /// The number of groups.
        groups: usize,
    },
    /// A club in none of the pots that are drawn.
    #[error(
        "the draw of {tournament}: {club} is in none of the pots ({pots}); give it one of them"
    )]
    NoPot {
        /// The short name of the tournament.
        tournament: String,
        /// The club, with its code.
        club: String,
        /// The names of the pots.
        pots: String,
    },
    /// Constraints that no draw satisfies.
    #[error(
        "the draw of {tournament} is impossible: {}; exempt a club, move a club to another pot, \
         or leave a constraint out", reasons.join("; and ")
    )]
    Impossible {
        /// The short name of the tournament.
        tournament: String,
        /// The constraints that cannot hold together, each with its clubs, as sentences. Without any
        /// one of them the draw would be possible.
        reasons: Vec<String>,
    },
    /// More draws, or more kinds of them, than can be counted exactly.
    #[error(
        "the draw of {tournament} cannot be counted exactly: {reason}; --procedure sequential does without"
    )]
    TooLarge {
        /// The short name of the tournament.
        tournament: String,
        /// What is too large.
        reason: String,
    },
}

/// The problem that a draw solves: clubs in pots, groups to fill, and what a valid group is.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The short name of the tournament, for messages.
    tournament: String,
    /// The clubs of each pot in file order, the pots in the order in which they are drawn.
    pots: Vec<Vec<ClubId>>,
    /// What every group has to satisfy.
    requirements: Vec<Requirement>,
    /// A group under construction.
    automaton: Automaton,
}

impl Drawing {
    /// The draw of a tournament: pots and constraints are those of its file, while its real groups count
    /// only by their number.
    ///
    /// # Errors
    /// A file without draw rules, pots of the wrong size, or constraints that no draw satisfies.
    pub fn new(tournament: &Tournament) -> Result<Self, DrawError> {
        let id = || tournament.id.clone();
        let rules = tournament
            .draw
            .as_ref()
            .ok_or_else(|| DrawError::NoRules { tournament: id() })?;
        let pots = pots_of(tournament, &rules.pots)?;
        let requirements = requirement::all(tournament, rules);
        let automaton =
            Automaton::new(&pots, &requirements).ok_or_else(|| DrawError::TooLarge {
                tournament: id(),
                reason: "a group can be made up in too many ways".to_owned(),
            })?;
        let drawing = Self {
            tournament: id(),
            pots,
            requirements,
            automaton,
        };
        if drawing.is_possible() {
            Ok(drawing)
        } else {
            let conflict = drawing.smallest_conflict();
            Err(DrawError::Impossible {
                tournament: id(),
                reasons: conflict.iter().map(|one| one.reason(tournament)).collect(),
            })
        }
    }

    /// The number of groups.
    pub fn groups(&self) -> usize {
        self.pots[0].len()
    }

    /// The clubs of each pot, in file order, the pots in the order in which they are drawn.
    pub fn pots(&self) -> &[Vec<ClubId>] {
        &self.pots
    }

    /// The number of clubs in all pots.
    pub fn clubs(&self) -> usize {
        self.pots.iter().map(Vec::len).sum()
    }

    /// What is wrong with these groups, as sentences; empty for a valid draw.
    pub fn violations(&self, tournament: &Tournament, groups: &[Vec<ClubId>]) -> Vec<String> {
        let mut wrong = Vec::new();
        if groups.len() != self.groups() {
            wrong.push(format!(
                "there are {} groups instead of {}",
                groups.len(),
                self.groups()
            ));
        }
        for (index, group) in groups.iter().enumerate() {
            let name = tournament
                .groups
                .get(index)
                .map_or_else(|| (index + 1).to_string(), |group| group.name.clone());
            for (pot, rules_name) in self.pots.iter().zip(pot_names(tournament)) {
                let members = group.iter().filter(|club| pot.contains(club)).count();
                if members != 1 {
                    wrong.push(format!(
                        "group {name} has {members} clubs of pot {rules_name} instead of one"
                    ));
                }
            }
            let broken = self.requirements.iter().filter(|one| !one.holds(group));
            wrong.extend(
                broken.map(|one| format!("group {name}: {}", one.breach(tournament, group))),
            );
        }
        wrong
    }

    /// Whether any draw satisfies all requirements.
    fn is_possible(&self) -> bool {
        Feasibility::new(&self.automaton).of_an_empty_board()
    }

    /// Requirements that no draw satisfies together, such that without any one of them some draw would:
    /// each is left out in turn, and stays out where the rest is impossible without it (the deletion
    /// filter of Chinneck and Dravnieks, ORSA Journal on Computing 3, 1991).
    fn smallest_conflict(&self) -> Vec<Requirement> {
        let mut kept = self.requirements.clone();
        let mut index = 0;
        while index < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(index);
            let automaton = Automaton::new(&self.pots, &fewer)
                .expect("the automaton of the same pots was built before");
            if Feasibility::new(&automaton).of_an_empty_board() {
                index += 1;
            } else {
                kept = fewer;
            }
        }
        kept
    }
}

/// The names of the pots, in the order in which they are drawn.
fn pot_names(tournament: &Tournament) -> impl Iterator<Item = &str> {
    let rules = tournament.draw.iter();
    rules.flat_map(|rules| rules.pots.iter().map(String::as_str))
}

/// The clubs of each pot, each pot with as many clubs as there are groups.
fn pots_of(tournament: &Tournament, names: &[String]) -> Result<Vec<Vec<ClubId>>, DrawError> {
    let pot_of = |club: ClubId| {
        let pot = tournament.club(club).pot.as_ref()?;
        names.iter().position(|name| name == pot)
    };
    if let Some(club) = tournament.club_ids().find(|club| pot_of(*club).is_none()) {
        return Err(DrawError::NoPot {
            tournament: tournament.id.clone(),
            club: tournament.name_and_code(club),
            pots: names.join(", "),
        });
    }
    let clubs_of = |pot: usize| -> Vec<ClubId> {
        let clubs = tournament.club_ids();
        clubs.filter(|club| pot_of(*club) == Some(pot)).collect()
    };
    let pots: Vec<Vec<ClubId>> = (0..names.len()).map(clubs_of).collect();
    let groups = tournament.groups.len();
    match pots.iter().position(|pot| pot.len() != groups) {
        None => Ok(pots),
        Some(pot) => Err(DrawError::PotSize {
            tournament: tournament.id.clone(),
            pot: names[pot].clone(),
            clubs: pots[pot].len(),
            groups,
        }),
    }
}

#[cfg(test)]
mod tests;
