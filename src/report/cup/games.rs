//! The matches between clubs that are known: their results, and the odds of those that are still to be played.

use crate::cup::{Cup, Match};
use crate::format::{Rules, Side, Unit};
use crate::goals::{GoalModel, Occasion};
use crate::ids::{ClubId, StageId, UnitId};
use crate::state::State;
use crate::tournament::{Goals, Score};
use jiff::civil::Date;

/// A match between two known clubs.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    /// Its stage.
    pub stage: StageId,
    /// Its table or tie.
    pub unit: UnitId,
    /// The matchday or leg, counted from 1.
    pub number: u16,
    /// How many legs the tie has; none in a table.
    pub legs: Option<usize>,
    /// The day, where it is known.
    pub date: Option<Date>,
    /// The clubs as a fix names them: in a tie the one at home first, in a table as the match is listed.
    pub clubs: [ClubId; 2],
    /// Which of the two is at home; none on neutral ground.
    pub home: Option<usize>,
    /// The score in the order of the clubs; none while it is open.
    pub score: Option<Score>,
    /// What the model expects of an open match.
    pub odds: Option<MatchOdds>,
}

/// What a goal model expects of 90 minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchOdds {
    /// The chances that the club named first wins, of a draw, and that the other wins.
    pub results: [f64; 3],
    /// Expected goals of both sides.
    pub goals: [f64; 2],
    /// The likeliest score.
    pub likeliest: Goals,
}

/// Every match whose clubs are known, stage by stage, by date within a stage.
pub fn games(cup: &Cup, state: &State, model: &dyn GoalModel) -> Vec<Game> {
    let format = cup.format();
    let mut games = Vec::new();
    for (id, unit) in format.unit_ids().map(|id| (id, format.unit(id))) {
        match &unit.rules {
            Rules::Table(_) => games.extend(of_table(cup, state, id, unit)),
            Rules::Tie(tie) => games.extend(of_tie(cup, state, id, unit, &tie.legs)),
            _ => {}
        }
    }
    for game in games.iter_mut().filter(|game| game.score.is_none()) {
        game.odds = Some(odds(model, game));
    }
    games.sort_by_key(|game| (game.stage, game.date.is_none(), game.date, game.number));
    games
}

fn of_table(cup: &Cup, state: &State, id: UnitId, unit: &Unit) -> Vec<Game> {
    let fixtures = state.course.fixtures[id.index()].iter();
    let games = fixtures.filter_map(|fixture| {
        let club = |side: u16| state.run.club_at(*unit.entrants.get(usize::from(side))?);
        let clubs = [club(fixture.sides[0])?, club(fixture.sides[1])?];
        let game = &cup.matches()[fixture.index];
        Some(listed(cup, game, unit, clubs, None))
    });
    games.collect()
}

fn of_tie(cup: &Cup, state: &State, id: UnitId, unit: &Unit, legs: &[Side]) -> Vec<Game> {
    let tie = state.run.tie(id);
    let mut entrants = unit.entrants.iter().map(|place| state.run.club_at(*place));
    let (Some(Some(first)), Some(Some(second))) = (entrants.next(), entrants.next()) else {
        return Vec::new();
    };
    if !tie.played {
        return Vec::new();
    }
    let clubs = [first, second];
    let games = legs.iter().enumerate().filter_map(|(leg, home)| {
        let played = tie.legs.get(leg).copied().flatten();
        if played.is_none() && tie.decided.is_some() {
            return None;
        }
        let number = leg as u16 + 1;
        let on_list = cup
            .matches_of(id)
            .map(|(_, game)| game)
            .find(|game| game.number == number && is_between(game, clubs));
        let turned = on_list.filter(|game| game.clubs == Some([second, first]));
        Some(match (turned, on_list) {
            (Some(game), _) => listed(cup, game, unit, [second, first], Some(legs.len())),
            (None, Some(game)) => listed(cup, game, unit, clubs, Some(legs.len())),
            (None, None) => {
                let game = Match::open(id, number, [0, 1], *home);
                listed(cup, &game, unit, clubs, Some(legs.len()))
            }
        })
    });
    games.collect()
}

/// Whether a match on the list is one of these clubs; one that is only dated may be.
fn is_between(game: &Match, clubs: [ClubId; 2]) -> bool {
    game.clubs
        .is_none_or(|played| played == clubs || played == [clubs[1], clubs[0]])
}

/// A match in the order in which a fix names its clubs.
fn listed(cup: &Cup, game: &Match, unit: &Unit, clubs: [ClubId; 2], legs: Option<usize>) -> Game {
    let home = cup.home_side(game.home, game.country.as_deref(), clubs);
    let turns = home == Side::Second && legs.is_some();
    let [first, second] = clubs;
    let counts = game.clubs.is_none_or(|played| played == clubs);
    Game {
        stage: unit.stage,
        unit: game.unit,
        number: game.number,
        legs,
        date: game.date,
        clubs: if turns { [second, first] } else { clubs },
        home: match home {
            Side::First => Some(0),
            Side::Second => Some(usize::from(!turns)),
            Side::Nobody => None,
        },
        score: game
            .score
            .filter(|_| counts)
            .map(|score| if turns { turned(score) } else { score }),
        odds: None,
    }
}

/// The score with the other club first.
pub(crate) fn turned(score: Score) -> Score {
    Score {
        ninety: turned_goals(score.ninety),
        after_extra_time: score.after_extra_time.map(turned_goals),
        penalties: score.penalties.map(turned_goals),
    }
}

fn turned_goals(goals: Goals) -> Goals {
    Goals {
        home: goals.away,
        away: goals.home,
    }
}

/// What the model expects of a match.
fn odds(model: &dyn GoalModel, game: &Game) -> MatchOdds {
    let [first, second] = game.clubs;
    let occasion = match game.legs {
        None => Occasion::Group,
        Some(legs) if usize::from(game.number) < legs => Occasion::FirstLeg,
        Some(_) => Occasion::LastLeg,
    };
    let away_first = game.home == Some(1);
    let rates = match game.home {
        None => model.neutral_rates(first, second, occasion),
        Some(0) => model.rates(first, second, occasion),
        Some(_) => model.rates(second, first, occasion),
    };
    let scores = model.scores(rates);
    let mut results = [0.0; 3];
    let mut likeliest = (Goals { home: 0, away: 0 }, 0.0);
    for (goals, chance) in scores.iter() {
        let result = match goals.margin().signum() {
            1 => 0,
            0 => 1,
            _ => 2,
        };
        results[result] += chance;
        if chance > likeliest.1 {
            likeliest = (goals, chance);
        }
    }
    let mut goals = [rates.home.get(), rates.away.get()];
    let (mut likeliest, _) = likeliest;
    if away_first {
        results.reverse();
        goals.reverse();
        likeliest = turned_goals(likeliest);
    }
    MatchOdds {
        results,
        goals,
        likeliest,
    }
}

/// A score in words: `2-1`, `2-2 a.e.t., 4-2 on penalties`.
pub fn score_words(score: Score) -> String {
    let mut words = score.ninety.to_string();
    if let Some(goals) = score.after_extra_time {
        words = format!("{goals} a.e.t.");
    }
    if let Some(kicks) = score.penalties {
        words += &format!(", {kicks} on penalties");
    }
    words
}
