//! What a program asks: a tournament, a moment, results taken for granted, other rules.

use crate::conditions::{Conditions, Item, ItemError, ItemKind, RuleChange};
use crate::serve::MOST_BODY_BYTES;
use crate::serve::desk::{Desk, Prepared};
use crate::serve::refusal::{Mistake, Part, Refusal};
use crate::tournament::{Moment, Tournament};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;
use std::sync::Arc;

/// The body of a request. Everything but the tournament may be left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The id of the tournament.
    pub(super) tournament: String,
    /// The moment whose knowledge counts: `start`, `md3`, `groups`, `qf-leg1`, a date, `now`.
    /// Left out: the start if every result is known, so that there is something to forecast, else now.
    pub(super) as_of: Option<String>,
    /// Results taken for granted, such as `TOL-CAL 2-1`.
    #[serde(default)]
    pub(super) fixes: Vec<String>,
    /// Rules that differ from those of the file.
    #[serde(default)]
    pub(super) rules: RuleChanges,
    /// Simulated tournaments; 100,000 if left out.
    pub(super) sims: Option<u64>,
    /// The seed of the random streams; 1 if left out.
    pub(super) seed: Option<u64>,
    /// The form of the answer.
    #[serde(default)]
    pub(super) format: Format,
}

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// JSON.
    #[default]
    Json,
    /// CSV.
    Csv,
}

/// Rules of the knockout stage that differ from those of the file; what is left out stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleChanges {
    /// Whether goals scored away decide a tie level on aggregate.
    pub(super) away_goals: Option<bool>,
    /// Whether extra time is played before a shoot-out.
    pub(super) extra_time: Option<bool>,
    /// Who is at home in the last leg of every tie.
    pub(super) second_leg_host: Option<HostRule>,
}

/// Who is at home in the last leg of every tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) enum HostRule {
    /// The club with the better seed.
    #[serde(rename = "higher seed")]
    HigherSeed,
}

/// A question whose parts have been found.
#[derive(Debug)]
pub(super) struct Understood {
    /// The moment and the model.
    pub(super) prepared: Arc<Prepared>,
    /// The tournament under the changed rules.
    pub(super) tournament: Tournament,
    /// The results taken for granted.
    pub(super) conditions: Conditions,
    /// Everything taken for granted, in words: results and rules.
    pub(super) assumptions: Vec<String>,
}

impl Question {
    /// Reads the body of a request.
    pub(super) fn read(body: Result<Bytes, BytesRejection>) -> Result<Self, Refusal> {
        let body = body.map_err(|rejection| {
            if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
                Refusal::too_big(MOST_BODY_BYTES)
            } else {
                Refusal::unreadable("the request broke off before its end; send it again")
            }
        })?;
        serde_json::from_slice(&body).map_err(|error| {
            Refusal::unreadable(format!(
                "the request is no question this server knows: {error}; `/api` describes its form"
            ))
        })
    }

    /// Whether it asks for other rules than those of the file.
    pub(super) fn changes_rules(&self) -> bool {
        self.rules != RuleChanges::default()
    }

    /// Finds the tournament, the moment and the matches it speaks of, and fits the model if need be.
    pub(super) fn understand(&self, desk: &Desk) -> Result<Understood, Refusal> {
        let prepared = prepare(desk, &self.tournament, self.as_of.as_deref())?;
        let most = desk.limits().most_fixes;
        if self.fixes.len() > most {
            let count = self.fixes.len();
            return Err(Refusal::impossible(format!(
                "{count} results are fixed, and the server takes at most {most}"
            )));
        }
        let fixes = self.fixes.iter().map(|text| (ItemKind::Fix, text.clone()));
        let rules = self.rules.changes(&prepared.tournament);
        let rules = rules.map(|rule| (ItemKind::Rule, rule.word().to_owned()));
        let items: Vec<Item> = fixes
            .chain(rules)
            .map(|(kind, text)| Item { kind, text })
            .collect();
        let conditions = Conditions::read(&items, &prepared.tournament)
            .map_err(|errors| blame(&items, &errors))?;
        Ok(Understood {
            assumptions: conditions.words(&prepared.tournament),
            tournament: conditions.under_rules(&prepared.tournament).into_owned(),
            prepared,
            conditions,
        })
    }
}

/// A refusal that names every result and rule that cannot be.
fn blame(items: &[Item], errors: &[ItemError]) -> Refusal {
    let mistake = |wrong: &ItemError| {
        let item = &items[wrong.item];
        Mistake {
            part: match item.kind {
                ItemKind::Rule => Part::Rules,
                _ => Part::Fixes,
            },
            value: item.text.clone(),
            error: wrong.to_string(),
        }
    };
    Refusal::of_mistakes(errors.iter().map(mistake).collect())
}

/// A tournament at a moment, both by name.
pub(super) fn prepare(
    desk: &Desk,
    id: &str,
    as_of: Option<&str>,
) -> Result<Arc<Prepared>, Refusal> {
    let shelf = desk.find(id)?;
    let tournament = desk.tournament(shelf);
    let moment = match as_of {
        Some(text) => Moment::parse(text, tournament)
            .map_err(|error| Refusal::impossible(error.to_string()).blames(Part::AsOf, text))?,
        None if tournament.is_finished() => Moment::Start,
        None => Moment::Now,
    };
    desk.prepared(shelf, moment)
}

impl RuleChanges {
    /// The changes that change anything about a tournament.
    fn changes(self, tournament: &Tournament) -> impl Iterator<Item = RuleChange> {
        let switch = |on: Option<bool>, yes, no| on.map(|on| if on { yes } else { no });
        let hosts = |HostRule::HigherSeed| RuleChange::HigherSeedHosts;
        let rules = [
            switch(
                self.away_goals,
                RuleChange::AwayGoals,
                RuleChange::NoAwayGoals,
            ),
            switch(
                self.extra_time,
                RuleChange::ExtraTime,
                RuleChange::NoExtraTime,
            ),
            self.second_leg_host.map(hosts),
        ];
        let rules = rules.into_iter().flatten();
        rules.filter(|rule| rule.changes(tournament))
    }
}
