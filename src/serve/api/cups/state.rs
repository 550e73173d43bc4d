//! `GET /api/cups` and `POST /api/cup`: which cups there are, and everything the page shows of one besides its odds.

use super::settle::with_fixes;
use super::supposing;
use crate::cup::Cup;
use crate::format::Rules;
use crate::ids::{ClubId, UnitId};
use crate::report::cup::{Game, TableDocument, games, place_label, table_document};
use crate::serve::api::answer::json;
use crate::serve::api::question::Question;
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use crate::state::State;
use crate::timeline::cup_moments;
use axum::body::Bytes;
use axum::extract;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct List<'a> {
    cups: Vec<Entry<'a>>,
}

/// A cup in the list.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    competition: &'a str,
    edition: &'a str,
    clubs: usize,
}

/// Everything about a cup as of a moment, with what is taken for granted played.
#[derive(Serialize)]
struct Document {
    id: String,
    title: String,
    as_of: String,
    moments: Vec<MomentPart>,
    clubs: Vec<ClubPart>,
    games: Vec<GamePart>,
    /// What sides of ties are called whose clubs are open, by the key of the tie.
    open_sides: Vec<(String, Vec<String>)>,
    table: TableDocument,
}

#[derive(Serialize)]
struct MomentPart {
    key: String,
    words: String,
    /// The day of the last match that is known then.
    date: Option<String>,
}

#[derive(Serialize)]
struct ClubPart {
    code: String,
    name: String,
    association: String,
}

#[derive(Serialize)]
struct GamePart {
    stage: String,
    unit: String,
    number: u16,
    /// How many legs the tie has; none in a table.
    legs: Option<usize>,
    date: Option<String>,
    /// The codes of the clubs in the order in which a fix names them.
    clubs: [String; 2],
    /// Which of the two is at home; none on neutral ground.
    home: Option<usize>,
    score: Option<ScorePart>,
    /// The score in the file, as of the moment.
    known: Option<ScorePart>,
    odds: Option<OddsPart>,
}

#[derive(Serialize, PartialEq, Eq)]
struct ScorePart {
    goals: [u8; 2],
    after_extra_time: Option<[u8; 2]>,
    penalties: Option<[u8; 2]>,
}

#[derive(Serialize)]
struct OddsPart {
    /// The chances that the club named first wins, of a draw, and that the other wins.
    results: [f64; 3],
    goals: [f64; 2],
    likeliest: [u8; 2],
}

/// The cups there are.
pub(in crate::serve::api) async fn list(
    extract::State(desk): extract::State<Arc<Desk>>,
) -> Response {
    let cups = desk.cups().iter().map(|cup| Entry {
        id: cup.id(),
        competition: cup.competition(),
        edition: cup.edition(),
        clubs: cup.clubs().len(),
    });
    json(&List {
        cups: cups.collect(),
    })
}

/// One cup as of a moment.
pub(in crate::serve::api) async fn state(
    extract::State(desk): extract::State<Arc<Desk>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let question = Question::read(body)?;
    let worker = Arc::clone(&desk);
    desk.compute(move || {
        let full = worker.cup(&question.tournament)?;
        Ok(json(&document(&worker, full, &question)?))
    })
    .await
}

fn document(desk: &Desk, full: &Cup, question: &Question) -> Result<Document, Refusal> {
    let outlook = supposing(desk, full, question)?;
    let known = outlook.known();
    let played = with_fixes(known, &question.fixes);
    let state = State::of(&played);
    let before = games(known, outlook.state(), outlook.model());
    let list = games(&played, &state, outlook.model());
    Ok(Document {
        id: full.id().to_owned(),
        title: format!("{} {}", full.competition(), full.edition()),
        as_of: outlook.as_of(),
        moments: cup_moments(full)
            .into_iter()
            .map(|instant| MomentPart {
                key: full.instant_key(instant),
                words: full.instant_words(instant),
                date: last_day(&full.known_at(instant)),
            })
            .collect(),
        clubs: full
            .clubs()
            .iter()
            .map(|club| ClubPart {
                code: club.code.clone(),
                name: club.name.clone(),
                association: club.association.clone(),
            })
            .collect(),
        games: list
            .iter()
            .map(|game| game_part(full, &before, game))
            .collect(),
        open_sides: open_sides(&played, &state),
        table: table_document(&played, &state, &outlook.as_of()),
    })
}

/// The day of the last match with a result.
fn last_day(known: &Cup) -> Option<String> {
    let played = known.matches().iter().filter(|game| game.score.is_some());
    let day = played.filter_map(|game| game.date).max()?;
    Some(day.to_string())
}

fn game_part(cup: &Cup, before: &[Game], game: &Game) -> GamePart {
    let format = cup.format();
    let same = |other: &&Game| {
        (other.unit, other.number, other.clubs) == (game.unit, game.number, game.clubs)
    };
    let known = before.iter().find(same).and_then(|known| known.score);
    let code = |club: ClubId| cup.club(club).code.clone();
    GamePart {
        stage: format.stage(game.stage).key.clone(),
        unit: format.unit(game.unit).key.clone(),
        number: game.number,
        legs: game.legs,
        date: game.date.map(|date| date.to_string()),
        clubs: game.clubs.map(code),
        home: game.home,
        score: game.score.map(score_part),
        known: known.map(score_part),
        odds: game.odds.map(|odds| OddsPart {
            results: odds.results,
            goals: odds.goals,
            likeliest: [odds.likeliest.home, odds.likeliest.away],
        }),
    }
}

fn score_part(score: crate::tournament::Score) -> ScorePart {
    let pair = |goals: crate::tournament::Goals| [goals.home, goals.away];
    ScorePart {
        goals: pair(score.ninety),
        after_extra_time: score.after_extra_time.map(pair),
        penalties: score.penalties.map(pair),
    }
}

fn open_sides(cup: &Cup, state: &State) -> Vec<(String, Vec<String>)> {
    let format = cup.format();
    let ties = format
        .unit_ids()
        .filter(|id: &UnitId| matches!(format.unit(*id).rules, Rules::Tie(_)));
    ties.map(|id| {
        let unit = format.unit(id);
        let sides = unit.entrants.iter().map(|place| {
            let open = state.run.club_at(*place).is_none();
            if open {
                place_label(cup, *place)
            } else {
                String::new()
            }
        });
        (unit.key.clone(), sides.collect())
    })
    .collect()
}
