//! `POST /api/table`: group tables, seeds and ties as they stand, with what is taken for granted entered.

use super::answer::json;
use super::cups;
use super::question::Question;
use super::settle::settle;
use super::tournaments::{MomentPart, ScorePart};
use crate::ids::{ClubId, GroupId, RoundId, TieId};
use crate::knockout::{BracketState, TieState, Undecided};
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use crate::standings::{Record, Separation, Standings, Verdict};
use crate::tournament::{GroupCriterion, Score, SeedingCriterion, Tournament};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    as_of: String,
    moment: MomentPart,
    assumptions: Vec<String>,
    groups: Vec<GroupPart<'a>>,
    seeds: Vec<SeedPart<'a>>,
    seed_notes: Vec<String>,
    ties: Vec<TiePart<'a>>,
}

/// A group table, best club first.
#[derive(Serialize)]
struct GroupPart<'a> {
    name: &'a str,
    rows: Vec<Row<'a>>,
    /// Why clubs level on points stand in this order.
    notes: Vec<String>,
    fixtures: Vec<FixturePart<'a>>,
}

/// A group match with the score it has here, and the one that is known without any fix.
#[derive(Serialize)]
struct FixturePart<'a> {
    matchday: u8,
    date: String,
    home: &'a str,
    away: &'a str,
    score: Option<String>,
    known: Option<String>,
}

/// A row of a table.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    played: u32,
    won: u32,
    drawn: u32,
    lost: u32,
    goals_for: u32,
    goals_against: u32,
    /// Less those deducted.
    points: i32,
    points_deducted: u32,
}

/// A seed: settled, or as it would be if the groups ended now.
#[derive(Serialize)]
struct SeedPart<'a> {
    seed: usize,
    code: &'a str,
    settled: bool,
}

#[derive(Serialize)]
struct TiePart<'a> {
    name: &'a str,
    /// The clubs of both sides as far as they are settled.
    clubs: [Option<&'a str>; 2],
    legs: Vec<LegPart<'a>>,
    /// Goals of both sides over the legs played, after 90 minutes.
    aggregate: Option<[u16; 2]>,
    winner: Option<&'a str>,
    decided_by: Option<&'static str>,
    /// What is still to be played: `legs`, `extra time` or `penalties`; none once there is a winner.
    to_play: Option<&'static str>,
}

#[derive(Serialize)]
struct LegPart<'a> {
    home: Option<&'a str>,
    away: Option<&'a str>,
    score: Option<ScorePart>,
    /// The score that is known without any fix, if these clubs met in this leg.
    known: Option<ScorePart>,
}

/// Answers with the tables.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let question = Question::read(body)?;
    let worker = Arc::clone(&desk);
    desk.compute(move || {
        if let Some(cup) = worker.find_cup(&question.tournament) {
            return cups::table(&worker, cup, &question);
        }
        let asked = question.understand(&worker)?;
        let tournament = settle(&asked.tournament, &asked.conditions);
        let bracket = BracketState::of(&tournament);
        let seed_note = |pair| separation_words(pair, SeedingCriterion::words, &tournament);
        Ok(json(&Document {
            tournament: &tournament.id,
            as_of: asked.prepared.moment.key(&tournament),
            moment: MomentPart::of(asked.prepared.moment, &tournament),
            assumptions: asked.assumptions,
            groups: tournament
                .group_ids()
                .map(|id| group(&tournament, &asked.tournament, id))
                .collect(),
            seeds: seeds(&tournament, &bracket),
            seed_notes: bracket
                .seeds
                .seeding
                .separations
                .iter()
                .filter_map(seed_note)
                .collect(),
            ties: (0..bracket.ties.len())
                .map(|index| tie(&tournament, &asked.tournament, &bracket, TieId::new(index)))
                .collect(),
        }))
    })
    .await
}

fn code(tournament: &Tournament, id: ClubId) -> &str {
    &tournament.club(id).code
}

fn group<'a>(tournament: &'a Tournament, known: &Tournament, id: GroupId) -> GroupPart<'a> {
    let table = Standings::of_group(tournament, id);
    let note = |pair| separation_words(pair, GroupCriterion::words, tournament);
    GroupPart {
        name: &tournament.group(id).name,
        notes: table.separations.iter().filter_map(note).collect(),
        rows: table.rows.iter().map(|one| row(tournament, one)).collect(),
        fixtures: tournament
            .fixtures_of(id)
            .map(|(id, fixture)| FixturePart {
                matchday: fixture.matchday,
                date: fixture.date.to_string(),
                home: code(tournament, fixture.home),
                away: code(tournament, fixture.away),
                score: fixture.result.map(|goals| goals.to_string()),
                known: known.fixture(id).result.map(|goals| goals.to_string()),
            })
            .collect(),
    }
}

fn row<'a>(tournament: &'a Tournament, record: &Record) -> Row<'a> {
    Row {
        code: code(tournament, record.club),
        played: record.played,
        won: record.won,
        drawn: record.drawn,
        lost: record.lost,
        goals_for: record.goals_for,
        goals_against: record.goals_against,
        points: record.points,
        points_deducted: record.deducted,
    }
}

/// Why one club stands above another, in a sentence; nothing while no figure separates them.
fn separation_words<C: Copy>(
    pair: &Separation<C>,
    criterion: impl Fn(C) -> &'static str,
    tournament: &Tournament,
) -> Option<String> {
    let name = |id: ClubId| &tournament.club(id).name;
    let (better, worse) = (name(pair.better), name(pair.worse));
    match pair.verdict {
        Verdict::Lots => Some(format!("{better} above {worse} by lots")),
        Verdict::Level => None,
        Verdict::Figures => pair.decisive().map(|step| {
            let words = criterion(step.criterion);
            format!(
                "{better} above {worse} on {words} ({} to {})",
                step.better, step.worse
            )
        }),
    }
}

fn seeds<'a>(tournament: &'a Tournament, bracket: &BracketState) -> Vec<SeedPart<'a>> {
    let list = &bracket.seeds;
    let part = |(index, record): (usize, &Record)| SeedPart {
        seed: index + 1,
        code: code(tournament, record.club),
        settled: list.settled[index],
    };
    list.seeding.seeds.iter().enumerate().map(part).collect()
}

fn tie<'a>(
    tournament: &'a Tournament,
    known: &Tournament,
    bracket: &BracketState,
    id: TieId,
) -> TiePart<'a> {
    let state = bracket.tie(id);
    let club = |id: Option<ClubId>| id.map(|id| code(tournament, id));
    let outcome = state.outcome.ok();
    TiePart {
        name: &tournament.bracket.tie(id).name,
        clubs: state.clubs.map(club),
        legs: legs(tournament, known, tournament.bracket.tie(id).round, state),
        aggregate: state.aggregate().map(|goals| [goals.first, goals.second]),
        winner: club(state.winner()),
        decided_by: outcome.map(|outcome| outcome.decided_by.words()),
        to_play: state.outcome.err().map(|missing| match missing {
            Undecided::LegsToPlay => "legs",
            Undecided::ExtraTimeToPlay => "extra time",
            Undecided::PenaltiesToPlay => "penalties",
        }),
    }
}

fn legs<'a>(
    tournament: &'a Tournament,
    known: &Tournament,
    round: RoundId,
    state: &TieState,
) -> Vec<LegPart<'a>> {
    let part = |(index, score): (usize, &Option<Score>)| {
        let sides = state.pair().and(state.host(index).zip(state.guest(index)));
        let known = sides.and_then(|(host, guest)| known_score(known, round, index, host, guest));
        LegPart {
            home: sides.map(|(host, _)| code(tournament, host)),
            away: sides.map(|(_, guest)| code(tournament, guest)),
            score: score.map(Into::into),
            known: known.map(Into::into),
        }
    };
    state.legs.iter().enumerate().map(part).collect()
}

/// The known score of a leg (counted from 0) of a round between two clubs, if they met in it.
fn known_score(
    known: &Tournament,
    round: RoundId,
    leg: usize,
    host: ClubId,
    guest: ClubId,
) -> Option<Score> {
    let mut ties = known.bracket.ties_of(round);
    ties.find_map(|(_, tie)| {
        let played = tie.legs.get(leg)?.played?;
        ((played.home, played.away) == (host, guest)).then_some(played.score)
    })
}
