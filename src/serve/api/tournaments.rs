//! `GET /api/tournaments` and `/api/tournaments/{id}`: what can be forecast, with every fact the page shows.

use super::answer::json;
use crate::ids::ClubId;
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use crate::tournament::{
    Club, Group, GroupFixture, Leg, Moment, Round, Score, SecondLegHost, Side, Tie, Tournament,
};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct List<'a> {
    tournaments: Vec<Entry<'a>>,
}

/// A tournament in the list.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    competition: &'a str,
    edition: &'a str,
    clubs: usize,
    groups: usize,
}

/// A tournament in full.
#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    competition: &'a str,
    edition: &'a str,
    clubs: Vec<ClubPart<'a>>,
    groups: Vec<GroupPart<'a>>,
    fixtures: Vec<FixturePart<'a>>,
    rounds: Vec<RoundPart<'a>>,
    ties: Vec<TiePart<'a>>,
    rules: RulesPart,
    moments: Vec<MomentPart>,
}

#[derive(Serialize)]
struct ClubPart<'a> {
    code: &'a str,
    name: &'a str,
    association: &'a str,
    zone: Option<&'a str>,
    pot: Option<&'a str>,
    berth: Option<&'a str>,
    appearances: Option<u32>,
    last_appearance: Option<&'a str>,
    best_finish: &'static str,
    group: &'a str,
}

#[derive(Serialize)]
struct GroupPart<'a> {
    name: &'a str,
    clubs: Vec<&'a str>,
}

#[derive(Serialize)]
struct FixturePart<'a> {
    group: &'a str,
    matchday: u8,
    date: String,
    home: &'a str,
    away: &'a str,
    score: Option<String>,
}

#[derive(Serialize)]
struct RoundPart<'a> {
    name: &'a str,
    short: &'a str,
    legs: u8,
    away_goals: bool,
    extra_time: bool,
}

#[derive(Serialize)]
struct TiePart<'a> {
    name: &'a str,
    round: &'a str,
    sides: [SidePart<'a>; 2],
    second_leg_host: &'static str,
    legs: Vec<LegPart<'a>>,
}

/// Where a club of a tie comes from: a seed, or the winner of a tie by its name.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum SidePart<'a> {
    Seed(u8),
    Winner(&'a str),
}

#[derive(Serialize)]
struct LegPart<'a> {
    date: Option<String>,
    home: Option<&'a str>,
    away: Option<&'a str>,
    score: Option<ScorePart>,
}

/// The score of a knockout leg.
#[derive(Serialize)]
pub(super) struct ScorePart {
    ninety_minutes: String,
    after_extra_time: Option<String>,
    penalties: Option<String>,
}

impl From<Score> for ScorePart {
    fn from(score: Score) -> Self {
        Self {
            ninety_minutes: score.ninety.to_string(),
            after_extra_time: score.after_extra_time.map(|goals| goals.to_string()),
            penalties: score.penalties.map(|goals| goals.to_string()),
        }
    }
}

#[derive(Serialize)]
struct RulesPart {
    points: PointsPart,
    advance: u8,
    tiebreakers: Vec<&'static str>,
    seeding: Vec<&'static str>,
}

#[derive(Serialize)]
struct PointsPart {
    win: u8,
    draw: u8,
    loss: u8,
}

/// A moment with its words.
#[derive(Serialize)]
pub(super) struct MomentPart {
    key: String,
    words: String,
    /// The day at whose end it lies; of the start, the day of the first match.
    date: Option<String>,
}

impl MomentPart {
    /// A moment of a tournament.
    pub(super) fn of(moment: Moment, tournament: &Tournament) -> Self {
        Self {
            key: moment.key(tournament),
            words: moment.words(tournament),
            date: moment.date(tournament).map(|day| day.to_string()),
        }
    }
}

/// Lists the tournaments on offer.
pub(super) async fn list(State(desk): State<Arc<Desk>>) -> Response {
    json(&List {
        tournaments: desk.tournaments().map(entry).collect(),
    })
}

/// Describes one tournament.
pub(super) async fn one(
    State(desk): State<Arc<Desk>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let Path(id) = id.map_err(|_| Refusal::unreadable("the address cannot be read"))?;
    let tournament = desk.tournament(desk.find(&id)?);
    Ok(json(&document(tournament)))
}

fn entry(tournament: &Tournament) -> Entry<'_> {
    Entry {
        id: &tournament.id,
        competition: &tournament.competition,
        edition: &tournament.edition,
        clubs: tournament.clubs.len(),
        groups: tournament.groups.len(),
    }
}

fn document(tournament: &Tournament) -> Document<'_> {
    let bracket = &tournament.bracket;
    Document {
        id: &tournament.id,
        competition: &tournament.competition,
        edition: &tournament.edition,
        clubs: tournament
            .club_ids()
            .map(|id| club(tournament, id))
            .collect(),
        groups: groups(tournament),
        fixtures: tournament
            .fixtures
            .iter()
            .map(|one| fixture(tournament, one))
            .collect(),
        rounds: bracket.rounds.iter().map(round).collect(),
        ties: bracket
            .ties
            .iter()
            .map(|one| tie(tournament, one))
            .collect(),
        rules: rules(tournament),
        moments: moments(tournament),
    }
}

fn code(tournament: &Tournament, id: ClubId) -> &str {
    &tournament.club(id).code
}

fn club(tournament: &Tournament, id: ClubId) -> ClubPart<'_> {
    let Club {
        code,
        name,
        association,
        zone,
        pot,
        berth,
        appearances,
        last_appearance,
        best_finish,
        ..
    } = tournament.club(id);
    ClubPart {
        code,
        name,
        association,
        zone: zone.as_deref(),
        pot: pot.as_deref(),
        berth: berth.as_deref(),
        appearances: *appearances,
        last_appearance: last_appearance.as_deref(),
        best_finish: best_finish.word(),
        group: &tournament.group(tournament.group_of(id)).name,
    }
}

fn groups<'a>(tournament: &'a Tournament) -> Vec<GroupPart<'a>> {
    let part = |group: &'a Group| GroupPart {
        name: &group.name,
        clubs: group.clubs.iter().map(|id| code(tournament, *id)).collect(),
    };
    tournament.groups.iter().map(part).collect()
}

fn fixture<'a>(tournament: &'a Tournament, fixture: &GroupFixture) -> FixturePart<'a> {
    FixturePart {
        group: &tournament.group(fixture.group).name,
        matchday: fixture.matchday,
        date: fixture.date.to_string(),
        home: code(tournament, fixture.home),
        away: code(tournament, fixture.away),
        score: fixture.result.map(|goals| goals.to_string()),
    }
}

fn round(round: &Round) -> RoundPart<'_> {
    RoundPart {
        name: &round.name,
        short: &round.short,
        legs: round.legs,
        away_goals: round.away_goals,
        extra_time: round.extra_time,
    }
}

fn tie<'a>(tournament: &'a Tournament, tie: &'a Tie) -> TiePart<'a> {
    let bracket = &tournament.bracket;
    TiePart {
        name: &tie.name,
        round: &bracket.round(tie.round).short,
        sides: tie.sides.map(|side| match side {
            Side::Seed(seed) => SidePart::Seed(seed),
            Side::Winner(earlier) => SidePart::Winner(&bracket.tie(earlier).name),
        }),
        second_leg_host: match tie.second_leg_host {
            SecondLegHost::Side(0) => "first side",
            SecondLegHost::Side(_) => "second side",
            SecondLegHost::HigherSeed => "higher seed",
        },
        legs: tie.legs.iter().map(|one| leg(tournament, one)).collect(),
    }
}

fn leg<'a>(tournament: &'a Tournament, leg: &Leg) -> LegPart<'a> {
    LegPart {
        date: leg.date.map(|date| date.to_string()),
        home: leg.played.map(|played| code(tournament, played.home)),
        away: leg.played.map(|played| code(tournament, played.away)),
        score: leg.played.map(|played| played.score.into()),
    }
}

fn rules(tournament: &Tournament) -> RulesPart {
    let rules = &tournament.rules;
    RulesPart {
        points: PointsPart {
            win: rules.points.win,
            draw: rules.points.draw,
            loss: rules.points.loss,
        },
        advance: rules.advance,
        tiebreakers: rules
            .group_tiebreakers
            .iter()
            .map(|criterion| criterion.words())
            .collect(),
        seeding: rules
            .seeding
            .iter()
            .map(|criterion| criterion.words())
            .collect(),
    }
}

fn moments(tournament: &Tournament) -> Vec<MomentPart> {
    let moments = Moment::all(tournament).into_iter();
    moments
        .map(|moment| MomentPart::of(moment, tournament))
        .collect()
}
