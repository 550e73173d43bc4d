//! What results, rules and logic settle about an event: a world in which it is true is looked for, and if there is none,
//! the event is impossible.
//!
//! Worlds are made of how far the clubs of the question get and how its matches end. What they leave out (the other
//! clubs, most of the goals) can only make more possible than there is, so that what is called impossible is so.

use super::cursor::Joined;
use super::search::Search;
use super::{Event, Question, Stage};
use crate::ids::ClubId;
use crate::play::Outcome;
use crate::playbook::Playbook;
use crate::settled::Settled;
use crate::tournament::Goals;
use std::collections::BTreeSet;

/// What decides about events.
pub(super) struct Logic<'a> {
    pub(super) settled: &'a Settled<'a>,
    pub(super) playbook: &'a Playbook,
    /// What runs look like, and one of them: what is over is the same in all.
    pub(super) stage: &'a Stage,
    pub(super) sample: &'a Outcome,
}

/// What logic says of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// The event is certain, or impossible, given what is given.
    Settled(bool),
    /// What is given is impossible.
    NeverGiven,
    /// It can go either way.
    Open,
}

impl Logic<'_> {
    /// What is settled about a question.
    pub(super) fn rule(&self, question: &Question) -> Ruling {
        rule(question, |event| self.can_happen(event))
    }

    /// Whether there is a world in which an event is true. If there are too many to look at, there may be.
    fn can_happen(&self, event: &Event) -> bool {
        Search::new(self, event).succeeds()
    }
}

/// What is settled about a question, by whether events can happen.
pub(super) fn rule<E: Joined + Clone>(
    question: &Question<E>,
    can_happen: impl Fn(&E) -> bool,
) -> Ruling {
    let given = question.given.as_ref();
    let with = |event: E| match given {
        Some(given) => E::all(vec![given.clone(), event]),
        None => event,
    };
    if given.is_some_and(|given| !can_happen(given)) {
        return Ruling::NeverGiven;
    }
    let event = &question.event;
    if !can_happen(&with(event.clone())) {
        Ruling::Settled(false)
    } else if !can_happen(&with(event.clone().not())) {
        Ruling::Settled(true)
    } else {
        Ruling::Open
    }
}

/// What an event speaks of.
#[derive(Default)]
pub(super) struct Subjects {
    pub(super) clubs: BTreeSet<ClubId>,
    pub(super) matches: BTreeSet<usize>,
    pub(super) legs: BTreeSet<(ClubId, ClubId)>,
    pub(super) rounds: Vec<Event>,
    pub(super) scores: BTreeSet<Goals>,
}

impl Subjects {
    pub(super) fn collect(&mut self, event: &Event) {
        match *event {
            Event::Place(club, _)
            | Event::Seed(club, _)
            | Event::Reaches(club, _)
            | Event::Wins(club, _)
            | Event::OutIn(club, _)
            | Event::OutInGroup(club) => {
                self.clubs.insert(club);
            }
            Event::Meet(one, other, _) | Event::Beats(one, other, _) => {
                self.clubs.extend([one, other]);
            }
            Event::GroupScore(at, goals) => {
                self.matches.insert(at);
                self.scores.insert(goals);
            }
            Event::GroupResult(at, _) => {
                self.matches.insert(at);
            }
            Event::LegScore(home, away, _, goals) => {
                self.clubs.extend([home, away]);
                self.legs.insert((home, away));
                self.scores.insert(goals);
            }
            Event::LegResult(home, away, _, _) => {
                self.clubs.extend([home, away]);
                self.legs.insert((home, away));
            }
            Event::Goals(..) | Event::ExtraTime(_) | Event::ShootOut(_) => {
                if !self.rounds.contains(event) {
                    self.rounds.push(event.clone());
                }
            }
            Event::Not(ref event) => self.collect(event),
            Event::All(ref events) | Event::Any(ref events) => {
                for event in events {
                    self.collect(event);
                }
            }
        }
    }
}
