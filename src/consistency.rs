//! Checks that the knockout results of a tournament fit its groups: the right clubs, the right hosts, nothing too early.

use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::ids::{ClubId, TieId};
use crate::knockout::{BracketState, TieState, Undecided};
use crate::standings::Standings;
use crate::tournament::bundled::{self, OpenError, Past};
use crate::tournament::file::{Reading, Sources};
use crate::tournament::history::{self, Place, Remark};
use crate::tournament::{Edition, Leg, PlayedLeg, SecondLegHost, Side, Tie, Tournament};
use std::path::Path;

/// A tournament with all that belongs to it, checked as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The tournament, where its parts stand, and what is odd about it.
    pub reading: Reading,
    /// The earlier editions it names, oldest first.
    pub history: Vec<Past>,
}

impl Opened {
    /// What a goal model can learn from the earlier editions.
    pub fn editions(&self) -> Vec<Edition> {
        let history = self.history.iter().cloned();
        history.map(Past::into_edition).collect()
    }
}

/// Opens a tournament, bundled or by path, with the earlier editions it names, and checks its knockout results against its
/// groups and its clubs and editions against each other. What earlier editions tell and the file leaves out is filled in.
///
/// This is how every command opens a tournament: what it returns can be forecast.
///
/// # Errors
/// As [`bundled::open_with_sources`]; knockout results that contradict the rest of the file; earlier editions that are not
/// there, have mistakes of their own, or cannot stand where they are named.
pub fn open(name_or_path: &str) -> Result<Opened, OpenError> {
    let draft = bundled::open_draft(name_or_path)?;
    let mut problems: Vec<Diagnostic> = draft.with_results().map(diagnostics).unwrap_or_default();
    let mut history = Vec::new();
    if let Some((tournament, sources)) = draft.found() {
        let folder = Path::new(name_or_path).parent();
        for (name, place) in tournament.history.iter().zip(sources.history()) {
            match open_past(name, folder) {
                Ok(past) => history.push(past),
                Err(error) => problems.push(missing_edition(name, place.clone(), &error)),
            }
        }
        let all_there = history.len() == tournament.history.len();
        if all_there && draft.is_sound() {
            let editions: Vec<Edition> = history.iter().cloned().map(Past::into_edition).collect();
            let remarks = history::check(tournament, &editions).into_iter();
            problems.extend(remarks.map(|remark| at_its_place(remark, sources)));
        }
    }
    let mut opened = Opened {
        reading: draft.finish(problems)?,
        history,
    };
    let editions = opened.editions();
    history::fill_in(&mut opened.reading.tournament, &editions);
    Ok(opened)
}

/// Opens an earlier edition; a whole tournament is held to its own groups, too.
fn open_past(name: &str, folder: Option<&Path>) -> Result<Past, OpenError> {
    let past = bundled::open_past(name, folder)?;
    let contradiction = match &past {
        Past::Tournament(tournament) => check(tournament).into_iter().next(),
        Past::Edition(_) => None,
    };
    contradiction.map_or(Ok(past), |problem| {
        Err(OpenError::History {
            tournament: name.to_owned(),
            mistake: format!("{}; {}", problem.message, problem.help),
        })
    })
}

/// A remark about a history where it belongs in the file.
fn at_its_place(remark: Remark, sources: &Sources) -> Diagnostic {
    let place = match remark.place {
        Place::Edition(position) => sources.history()[position].clone(),
        Place::Club(club) => sources.club(club),
    };
    Diagnostic {
        severity: remark.severity,
        ..Diagnostic::error(place, remark.message)
    }
    .label(remark.label)
    .help(remark.help)
}

/// An earlier edition that cannot be opened, at the place where it is named.
fn missing_edition(name: &str, place: Span, error: &OpenError) -> Diagnostic {
    if let OpenError::Invalid(mistakes) = error {
        let mut list = mistakes.list().iter();
        let first = list.find(|found| found.severity == Severity::Error);
        let first = first.expect("a file without a mistake can be opened");
        let line = mistakes.text[..first.span.start].matches('\n').count() + 1;
        return Diagnostic::error(place, format!("`{name}` has mistakes of its own"))
            .label(format!("line {line}: {}", first.message))
            .help("correct that file first: `cupcast check` names all its mistakes");
    }
    let text = error.to_string();
    let otherwise = "correct the name, or the path as it is seen from the folder of this file";
    let (fact, help) = text.split_once("; ").unwrap_or((&text, otherwise));
    Diagnostic::error(place, fact).help(help)
}

/// A knockout result that contradicts the rest of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The tie of the result.
    pub tie: TieId,
    /// The leg of the result, counted from 1.
    pub leg: u8,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// A short text for the place itself.
    pub label: String,
    /// What to write instead.
    pub help: String,
}

/// The same problems as [`check`] finds, each at the line of the file where the result stands.
///
/// # Panics
/// Never for a tournament as it was read: a leg with a result has a line in its file.
pub fn diagnostics((tournament, sources): (&Tournament, &Sources)) -> Vec<Diagnostic> {
    let place = |problem: Problem| {
        let span = sources
            .leg(problem.tie, problem.leg)
            .expect("a leg with a result has a line in the file");
        Diagnostic::error(span, problem.message)
            .label(problem.label)
            .help(problem.help)
    };
    check(tournament).into_iter().map(place).collect()
}

/// Every knockout result that can't be true given the groups and the earlier ties, in bracket order.
///
/// Consequences are not reported: a tie fed by one that has a problem is passed over, and lots that
/// were not recorded are reported once.
pub fn check(tournament: &Tournament) -> Vec<Problem> {
    let mut check = Check {
        tournament,
        state: BracketState::of(tournament),
        problems: Vec::new(),
        doubtful: Vec::new(),
    };
    for index in 0..tournament.bracket.ties.len() {
        check.tie(TieId::new(index));
    }
    check.problems
}

/// The check under way.
struct Check<'a> {
    tournament: &'a Tournament,
    state: BracketState,
    problems: Vec<Problem>,
    /// Ties with a problem, and ties fed by one of those.
    doubtful: Vec<TieId>,
}

impl Check<'_> {
    fn tie(&mut self, id: TieId) {
        let tie = self.tournament.bracket.tie(id);
        let doubtful =
            |side: &Side| matches!(side, Side::Winner(tie) if self.doubtful.contains(tie));
        if tie.sides.iter().any(doubtful) {
            self.doubtful.push(id);
            return;
        }
        let Some((leg, _)) = first_played(tie) else {
            return;
        };
        let before = self.problems.len();
        match self.state.tie(id).pair() {
            None => self.too_early(id, tie, leg),
            Some(clubs) => self.played(id, tie, clubs),
        }
        if self.problems.len() > before || self.state.tie(id).pair().is_none() {
            self.doubtful.push(id);
        }
    }

    /// Reports a tie that has a result although its clubs are not known.
    fn too_early(&mut self, id: TieId, tie: &Tie, leg: u8) {
        let name = &tie.name;
        let seeds = &self.state.seeds;
        let unknown_seed = |side: &Side| match side {
            Side::Seed(seed) if seeds.club(*seed).is_none() => Some(*seed),
            _ => None,
        };
        if tie.sides.iter().any(|side| unknown_seed(side).is_some()) {
            if self.tournament.groups_are_over() {
                self.lots_missing(id, leg);
            } else {
                let message = format!("{name} can't have a result before the groups are over");
                let help = "give the missing results of the group stage, or take this one out";
                self.report(id, leg, message, "too early", help.to_owned());
            }
            return;
        }
        let open = |side: &Side| match side {
            Side::Winner(feeder) => {
                let state = self.state.tie(*feeder);
                let missing = state.outcome.err()?;
                Some((self.tournament.bracket.tie(*feeder), missing))
            }
            Side::Seed(_) => None,
        };
        let Some((feeder, missing)) = tie.sides.iter().find_map(open) else {
            return;
        };
        let what = match missing {
            Undecided::LegsToPlay => "not all its legs have a result",
            Undecided::ExtraTimeToPlay => "it is level and has no score after extra time",
            Undecided::PenaltiesToPlay => "it is level and has no result of a shoot-out",
        };
        let message = format!(
            "{name} can't have a result before {} is decided: {what}",
            feeder.name
        );
        let help = format!(
            "complete the results of {}, or take this one out",
            feeder.name
        );
        self.report(id, leg, message, "too early", help);
    }

    /// Reports, once, that lots decide who plays in the bracket and are not recorded.
    fn lots_missing(&mut self, id: TieId, leg: u8) {
        let tournament = self.tournament;
        let told = |problem: &Problem| problem.label == LOTS_MISSING;
        if self.problems.iter().any(told) {
            return;
        }
        let tables = tournament
            .group_ids()
            .map(|group| Standings::of_group(tournament, group));
        let in_groups: Vec<Vec<ClubId>> = tables.flat_map(|table| table.level).collect();
        let sets = if self.state.seeds.seeding.level.is_empty() {
            in_groups
        } else {
            self.state.seeds.seeding.level.clone()
        };
        let names = |set: &Vec<ClubId>| {
            let names: Vec<&str> = set.iter().map(|club| self.name(*club)).collect();
            names.join(" and ")
        };
        let level: Vec<String> = sets.iter().map(names).collect();
        let message = format!(
            "who plays in {} hangs on lots that are not recorded: nothing separates {}",
            tournament.bracket.tie(id).name,
            level.join("; nor ")
        );
        let codes = |set: &Vec<ClubId>| {
            let codes = set
                .iter()
                .map(|club| format!("{:?}", tournament.club(*club).code));
            codes.collect::<Vec<String>>()
        };
        let codes: Vec<String> = sets.iter().flat_map(codes).collect();
        let help = format!(
            "record how the lots fell, the winner first, such as `lots = [{}]`",
            codes.join(", ")
        );
        self.report(id, leg, message, LOTS_MISSING, help);
    }

    /// Checks the played legs of a tie whose clubs are known.
    fn played(&mut self, id: TieId, tie: &Tie, clubs: [ClubId; 2]) {
        let mut missing = None;
        for (leg, played) in (1u8..).zip(tie.legs.iter().map(|leg| leg.played)) {
            let Some(played) = played else {
                missing = missing.or(Some(leg));
                continue;
            };
            if let Some(missing) = missing {
                let message = format!(
                    "{} has a result of leg {leg} but none of leg {missing}",
                    tie.name
                );
                let help = format!("give the result of leg {missing}, or take this one out");
                self.report(id, leg, message, "too early", help);
            }
            self.right_clubs(id, tie, leg, played, clubs);
        }
    }

    /// Checks who plays and who is at home in a leg.
    fn right_clubs(
        &mut self,
        id: TieId,
        tie: &Tie,
        leg: u8,
        played: PlayedLeg,
        clubs: [ClubId; 2],
    ) {
        let strangers = [played.home, played.away];
        let mut strangers = strangers.into_iter().filter(|club| !clubs.contains(club));
        let Some(host) = self.state.tie(id).host(usize::from(leg) - 1) else {
            return;
        };
        if let Some(stranger) = strangers.next() {
            let names: Vec<&str> = [stranger]
                .into_iter()
                .chain(strangers)
                .map(|club| self.name(club))
                .collect();
            let name = &tie.name;
            let went_on = |club: &ClubId| self.state.seeds.seeding.seed(*club).is_some();
            let message = if names.len() == 1 && went_on(&stranger) {
                format!("{} do not play in {name}", names[0])
            } else {
                format!("{} did not qualify for {name}", names.join(" and "))
            };
            let help = format!("{name} is {}", self.pairing(tie, clubs));
            self.report(id, leg, message, &format!("not in {name}"), help);
        } else if played.home != host {
            let guest = self.name(played.home);
            let place = leg_in_words(leg, tie);
            let message = format!("{guest} are not at home in {place} of {}", tie.name);
            let help = format!(
                "{place} is {} - {guest}: {}",
                self.name(host),
                self.host_rule(tie, self.state.tie(id))
            );
            self.report(id, leg, message, "wrong host", help);
        }
    }

    /// The two clubs with where they come from, such as `Toluca (seed 1) against Tijuana (winner of QF3)`.
    fn pairing(&self, tie: &Tie, clubs: [ClubId; 2]) -> String {
        let side = |index: usize| {
            let origin = match tie.sides[index] {
                Side::Seed(seed) => format!("seed {seed}"),
                Side::Winner(feeder) => {
                    format!("winner of {}", self.tournament.bracket.tie(feeder).name)
                }
            };
            format!("{} ({origin})", self.name(clubs[index]))
        };
        format!("{} against {}", side(0), side(1))
    }

    /// The reason why a club hosts the last leg.
    fn host_rule(&self, tie: &Tie, state: &TieState) -> String {
        let last = state.legs.len().saturating_sub(1);
        let host = state.host(last).map_or("nobody", |club| self.name(club));
        let what = if state.legs.len() == 1 {
            "the match"
        } else {
            "the second leg"
        };
        match tie.second_leg_host {
            SecondLegHost::HigherSeed => format!("{host}, the higher seed, host {what}"),
            SecondLegHost::Side(_) => format!("{host} host {what}"),
        }
    }

    fn name(&self, club: ClubId) -> &str {
        &self.tournament.club(club).name
    }

    fn report(&mut self, tie: TieId, leg: u8, message: String, label: &str, help: String) {
        self.problems.push(Problem {
            tie,
            leg,
            message,
            label: label.to_owned(),
            help,
        });
    }
}

/// The label of the problem that is reported only once.
const LOTS_MISSING: &str = "not known who plays";

/// The first leg (counted from 1) that has a result.
fn first_played(tie: &Tie) -> Option<(u8, PlayedLeg)> {
    let played = |(leg, entry): (u8, &Leg)| Some((leg, entry.played?));
    (1u8..).zip(&tie.legs).find_map(played)
}

/// `leg 2`, or `the only leg` of a tie of one match.
fn leg_in_words(leg: u8, tie: &Tie) -> String {
    if tie.legs.len() == 1 {
        "the only leg".to_owned()
    } else {
        format!("leg {leg}")
    }
}
