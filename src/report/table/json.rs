//! The tournament as it stands, for programs: the same facts as the text, as one JSON object.

use super::explain::{in_group, of_seeds};
use crate::ids::{ClubId, GroupId, TieId};
use crate::knockout::{BracketState, TieState};
use crate::seeding::SeedList;
use crate::standings::{Record, Separation, Standings, Step, Verdict};
use crate::tournament::{Goals, GroupCriterion, SeedingCriterion, Side, Tie, Tournament};
use serde::Serialize;

/// Group tables, seed list and bracket; clubs are given by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableReport {
    tournament: About,
    pub(super) groups: Vec<GroupTable>,
    pub(super) seeds: Seeds,
    ties: Vec<TieForm>,
}

/// Which edition, and how much of it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct About {
    id: String,
    competition: String,
    edition: String,
    group_matches_played: usize,
    knockout_matches_played: usize,
}

/// The table of a group, best club first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct GroupTable {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
    separations: Vec<SeparationForm>,
}

/// A club in a table or in the seed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    /// Group place or seed, counted from 1.
    pub(super) place: usize,
    /// Whether nothing separates the club from another, so that the place is open.
    pub(super) level: bool,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) group: String,
    pub(super) played: u32,
    pub(super) won: u32,
    pub(super) drawn: u32,
    pub(super) lost: u32,
    pub(super) goals_for: u32,
    pub(super) goals_against: u32,
    pub(super) goal_difference: i64,
    pub(super) away_goals: u32,
    pub(super) away_wins: u32,
    /// Less those deducted.
    pub(super) points: i32,
    pub(super) points_deducted: u32,
}

/// The seed list; provisional as long as it is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Seeds {
    pub(super) settled: bool,
    pub(super) rows: Vec<Row>,
    separations: Vec<SeparationForm>,
}

/// What separated two clubs that were level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SeparationForm {
    better: String,
    worse: String,
    /// The deciding criterion; `lots` if they decided, nothing if the clubs are level.
    decided_by: Option<&'static str>,
    steps: Vec<StepForm>,
    sentence: String,
}

/// One comparison of two clubs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct StepForm {
    criterion: &'static str,
    /// The clubs whose matches against each other counted; nothing if all matches did.
    among: Option<Vec<String>>,
    better: i64,
    worse: i64,
}

/// A tie of the bracket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct TieForm {
    name: String,
    round: String,
    /// Where the clubs come from: `seed 1` or `winner QF1`.
    sides: [String; 2],
    /// The clubs, as far as they are known.
    clubs: [Option<String>; 2],
    /// Goals of both sides after 90 minutes of each leg played; nothing before the first.
    aggregate: Option<[u16; 2]>,
    winner: Option<String>,
    decided_by: Option<&'static str>,
    legs: Vec<LegForm>,
}

/// A leg of a tie. Goals are pairs of home and away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct LegForm {
    leg: usize,
    date: Option<String>,
    home: Option<String>,
    away: Option<String>,
    goals: Option<[u8; 2]>,
    after_extra_time: Option<[u8; 2]>,
    penalties: Option<[u8; 2]>,
}

/// The tournament as it stands, ready to be serialized.
pub fn json(tournament: &Tournament) -> TableReport {
    let bracket = BracketState::of(tournament);
    let (groups, legs) = tournament.known_matches();
    let ties = tournament.bracket.ties.iter().enumerate();
    TableReport {
        tournament: About {
            id: tournament.id.clone(),
            competition: tournament.competition.clone(),
            edition: tournament.edition.clone(),
            group_matches_played: groups,
            knockout_matches_played: legs,
        },
        groups: tournament
            .group_ids()
            .map(|id| group(tournament, id))
            .collect(),
        seeds: seeds(tournament, &bracket.seeds),
        ties: ties
            .map(|(index, tie)| tie_form(tournament, tie, bracket.tie(TieId::new(index))))
            .collect(),
    }
}

fn group(tournament: &Tournament, id: GroupId) -> GroupTable {
    let standings = Standings::of_group(tournament, id);
    let rows = standings.rows.iter().enumerate();
    let separations = standings.separations.iter();
    GroupTable {
        name: tournament.group(id).name.clone(),
        rows: rows
            .map(|(index, record)| {
                let level = standings.is_level(record.club);
                row(tournament, index + 1, record, level)
            })
            .collect(),
        separations: separations
            .map(|pair| {
                let sentence = in_group(tournament, &standings, pair);
                separation(tournament, pair, GroupCriterion::words, sentence)
            })
            .collect(),
    }
}

fn seeds(tournament: &Tournament, seeds: &SeedList) -> Seeds {
    let list = &seeds.seeding;
    let is_level = |club: &ClubId| list.level.iter().any(|set| set.contains(club));
    let rows = list.seeds.iter().enumerate();
    let separations = list.separations.iter();
    Seeds {
        settled: seeds.settled.iter().all(|settled| *settled),
        rows: rows
            .map(|(index, record)| row(tournament, index + 1, record, is_level(&record.club)))
            .collect(),
        separations: separations
            .map(|pair| {
                let sentence = of_seeds(tournament, seeds, pair);
                separation(tournament, pair, SeedingCriterion::words, sentence)
            })
            .collect(),
    }
}

fn row(tournament: &Tournament, place: usize, record: &Record, level: bool) -> Row {
    let group = tournament.group_of(record.club);
    Row {
        place,
        level,
        code: code(tournament, record.club),
        name: tournament.club(record.club).name.clone(),
        group: tournament.group(group).name.clone(),
        played: record.played,
        won: record.won,
        drawn: record.drawn,
        lost: record.lost,
        goals_for: record.goals_for,
        goals_against: record.goals_against,
        goal_difference: record.goal_difference(),
        away_goals: record.away_goals,
        away_wins: record.away_wins,
        points: record.points,
        points_deducted: record.deducted,
    }
}

fn separation<C: Copy>(
    tournament: &Tournament,
    pair: &Separation<C>,
    words: impl Fn(C) -> &'static str,
    sentence: String,
) -> SeparationForm {
    let step = |step: &Step<C>| StepForm {
        criterion: words(step.criterion),
        among: step
            .among
            .as_ref()
            .map(|clubs| clubs.iter().map(|club| code(tournament, *club)).collect()),
        better: step.better,
        worse: step.worse,
    };
    SeparationForm {
        better: code(tournament, pair.better),
        worse: code(tournament, pair.worse),
        decided_by: match pair.verdict {
            Verdict::Figures => pair.decisive().map(|step| words(step.criterion)),
            Verdict::Lots => Some("lots"),
            Verdict::Level => None,
        },
        steps: pair.steps.iter().map(step).collect(),
        sentence,
    }
}

fn tie_form(tournament: &Tournament, tie: &Tie, state: &TieState) -> TieForm {
    let side = |side: Side| match side {
        Side::Seed(seed) => format!("seed {seed}"),
        Side::Winner(feeder) => format!("winner {}", tournament.bracket.tie(feeder).name),
    };
    let outcome = state.pair().and_then(|_| state.outcome.ok());
    TieForm {
        name: tie.name.clone(),
        round: tournament.bracket.round(tie.round).name.clone(),
        sides: tie.sides.map(side),
        clubs: state.clubs.map(|club| Some(code(tournament, club?))),
        aggregate: state.aggregate().map(|goals| [goals.first, goals.second]),
        winner: state.winner().map(|club| code(tournament, club)),
        decided_by: outcome.map(|outcome| outcome.decided_by.words()),
        legs: (0..tie.legs.len())
            .map(|index| leg_form(tournament, tie, state, index))
            .collect(),
    }
}

fn leg_form(tournament: &Tournament, tie: &Tie, state: &TieState, index: usize) -> LegForm {
    let leg = &tie.legs[index];
    let played = leg.played;
    let home = played.map(|leg| leg.home).or_else(|| state.host(index));
    let away = played.map(|leg| leg.away).or_else(|| state.guest(index));
    let pair = |goals: Goals| [goals.home, goals.away];
    let score = played.map(|leg| leg.score);
    LegForm {
        leg: index + 1,
        date: leg.date.map(|date| date.to_string()),
        home: home.map(|club| code(tournament, club)),
        away: away.map(|club| code(tournament, club)),
        goals: score.map(|score| pair(score.ninety)),
        after_extra_time: score.and_then(|score| score.after_extra_time.map(pair)),
        penalties: score.and_then(|score| score.penalties.map(pair)),
    }
}

fn code(tournament: &Tournament, club: ClubId) -> String {
    tournament.club(club).code.clone()
}
