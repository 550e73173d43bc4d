//! Gets a cup ready to be played: a score distribution for every pairing on every ground, known results, numbers of luck.

use super::luck::Luck;
use crate::conditions::cup::Ground;
use crate::conditions::{Manner, WhatIf};
use crate::cup::{Cup, Outcome, Standing, Supposed};
use crate::format::{Rules, Side};
use crate::goals::{GoalModel, JointScores, Occasion, Rates};
use crate::ids::{ClubId, StageId, UnitId};
use crate::play::score_tables::ScoreTables;
use crate::playbook::ChangedClubs;
use crate::rng::RunKey;
use crate::state::draw::Constraints;
use crate::state::{Course, First, Reach, Run, State, walk};
use crate::tournament::{Goals, MatchResult};
use std::collections::BTreeMap;

/// Extra time is 30 minutes of 90, and goals come at the same rate.
const EXTRA_TIME_SHARE: f64 = 1.0 / 3.0;

/// A cup and a goal model, ready to be played.
#[derive(Debug, Clone)]
pub struct CupEngine {
    pub(super) course: Course,
    pub(super) cup: Cup,
    pub(super) tables: ScoreTables,
    pub(super) pairings: Pairings,
    /// Known results of table matches, by the cup's list.
    pub(super) known: Vec<Option<KnownGame>>,
    /// Known legs, by stage.
    pub(super) legs: Vec<Vec<KnownLeg>>,
    /// Results that are taken for granted without a score.
    pub(super) results: Vec<SupposedResult>,
    /// By unit: the constraints of a draw.
    pub(super) constraints: Vec<Option<Constraints>>,
    pub(super) numbers: Numbers,
    /// By club: the country in which it is a host, by its position in the cup's hosts.
    pub(super) host_in: Vec<Option<u8>>,
    /// By unit and leg: the host in whose country it is played.
    pub(super) country: Vec<Vec<Option<u8>>>,
    /// Matches on neutral ground.
    pub(super) grounds: Vec<Ground>,
    pub(super) leavers: Leavers,
    /// Who is given to come first in a table, or not to.
    firsts: Vec<First>,
}

/// Clubs that have left.
#[derive(Debug, Clone, Default)]
pub(super) struct Leavers {
    /// By club: how it leaves; empty if nobody does.
    pub(super) manner: Vec<Option<Manner>>,
    /// By club: whether it leaves while a table of its is being played, so that later rankings put it last too.
    pub(super) barred: Vec<bool>,
    /// By unit: whether it was over before.
    pub(super) over: Vec<bool>,
}

/// The score table of every ordered pair of clubs.
#[derive(Debug, Clone)]
pub(super) struct Pairings {
    pub(super) clubs: usize,
    /// By occasion (group, first leg, last leg) and pair: the first at home.
    pub(super) home: [Vec<u32>; 3],
    /// The same on neutral ground.
    pub(super) neutral: [Vec<u32>; 3],
    /// Goals of extra time: the first at home, and on neutral ground.
    pub(super) extra: [Vec<u32>; 2],
}

/// A table match with a known result.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownGame {
    pub(super) clubs: Option<[ClubId; 2]>,
    pub(super) goals: Goals,
    pub(super) shoot_out: Option<bool>,
}

/// A leg with a known result; goals in the order of its clubs.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownLeg {
    /// Counted from 0; any leg with the first of `clubs` at home, or on neutral ground, if none is named.
    pub(super) leg: Option<usize>,
    pub(super) clubs: [ClubId; 2],
    /// Who was at home, if it was really played.
    pub(super) home: Option<Side>,
    pub(super) goals: Option<[u8; 2]>,
    pub(super) extra_time: Option<[u8; 2]>,
    pub(super) shoot_out: Option<bool>,
    pub(super) void: bool,
}

/// A result without a score: which clubs, and the scores that are left to them on every ground.
#[derive(Debug, Clone)]
pub(super) struct SupposedResult {
    pub(super) stage: Option<StageId>,
    /// In the order in which they are listed.
    pub(super) clubs: [ClubId; 2],
    /// By occasion: the first listed at home, the other at home, neither. Tables have the side at home first.
    pub(super) tables: [[u32; 3]; 3],
}

/// How luck is numbered: matches of tables and parts of ties in the order of units, then lots, then what is rarer.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    /// By the cup's list: the number of a table's match.
    pub(super) game: Vec<u64>,
    /// By unit: the number of the first part of a tie.
    pub(super) tie: Vec<u64>,
    /// By unit: how many words of the stream a tie has.
    pub(super) words: Vec<usize>,
    /// The number of the first lot.
    pub(super) lots: u64,
    /// The number of the first draw of a unit.
    pub(super) draws: u64,
    /// The number of the first shoot-out after a table's match.
    pub(super) shoot_outs: u64,
}

impl CupEngine {
    /// Gets a cup ready as it is known; `model` gives the rates.
    pub fn new(cup: &Cup, model: &dyn GoalModel) -> Self {
        Self::under(cup, model, &WhatIf::default())
    }

    /// The same with what is taken for granted.
    pub fn under(known: &Cup, model: &dyn GoalModel, what_if: &WhatIf) -> Self {
        let cup = &what_if.applied(known);
        let course = Course::new(cup);
        let changed = ChangedClubs::of_cup(model, known, what_if);
        let mut scores = Scores::new(&changed);
        let pairings = Pairings::new(cup.clubs().len(), &mut scores);
        let (known, legs, results) = known_and_supposed(cup, &what_if.results, &mut scores);
        let numbers = Numbers::new(cup, &course);
        let format = cup.format();
        let constraints = format.units().iter().map(|unit| match &unit.rules {
            Rules::Draw(draw) => Some(Constraints::new(draw, cup.clubs().len(), |name, club| {
                cup.word(name, club).map(str::to_owned)
            })),
            _ => None,
        });
        let host = |country: Option<&str>| {
            let position = cup
                .hosts()
                .iter()
                .position(|host| Some(host.as_str()) == country);
            position.map(|position| position as u8)
        };
        let only = if cup.hosts().len() == 1 {
            Some(0)
        } else {
            None
        };
        let country = course.countries.iter().map(|legs| {
            let of_leg = legs.iter().map(|country| match country {
                Some(country) => host(Some(country)),
                None => only,
            });
            of_leg.collect()
        });
        Self {
            tables: ScoreTables::new(&scores.list),
            known,
            legs,
            results,
            constraints: constraints.collect(),
            host_in: cup
                .clubs()
                .iter()
                .map(|club| host(Some(&club.association)))
                .collect(),
            country: country.collect(),
            grounds: what_if.grounds.clone(),
            leavers: Leavers::new(cup, what_if),
            firsts: what_if.firsts.clone(),
            cup: cup.clone(),
            course,
            pairings,
            numbers,
        }
    }

    /// Room for a run.
    pub fn run(&self) -> Run {
        Run::new(&self.course, self.cup.matches().len())
    }

    /// The number of clubs.
    pub fn clubs(&self) -> usize {
        self.cup.clubs().len()
    }

    /// The cup as it is known.
    pub fn cup(&self) -> &Cup {
        &self.cup
    }

    /// Whether what is given came true in a run; only such runs count.
    pub fn admits(&self, run: &Run) -> bool {
        self.firsts.iter().all(|first| first.holds(&self.cup, run))
    }

    /// Plays the run with this key.
    pub(crate) fn play(&self, key: RunKey, run: &mut Run) {
        let mut luck = Luck::new(self, key);
        walk(&self.course, &mut luck, run);
    }
}

impl Leavers {
    fn new(cup: &Cup, what_if: &WhatIf) -> Self {
        if what_if.departures.is_empty() {
            return Self::default();
        }
        let state = State::of(cup);
        let reach = Reach::of(cup, &state);
        let format = cup.format();
        let over: Vec<bool> = format.unit_ids().map(|id| state.is_over(id)).collect();
        let manner: Vec<Option<Manner>> =
            cup.club_ids().map(|club| what_if.departure(club)).collect();
        let barred = cup.club_ids().map(|club| {
            let mut tables = format
                .units()
                .iter()
                .zip(&over)
                .filter(|(unit, over)| matches!(unit.rules, Rules::Table(_)) && !**over);
            let enters = |unit: &crate::format::Unit| {
                let mut entrants = unit.entrants.iter();
                entrants.any(|place| reach.can(*place, club))
            };
            manner[club.index()].is_some() && tables.any(|(unit, _)| enters(unit))
        });
        Self {
            barred: barred.collect(),
            manner,
            over,
        }
    }

    /// How a club has left a unit that was not over then.
    pub(super) fn manner_in(&self, unit: UnitId, club: ClubId) -> Option<Manner> {
        let manner = *self.manner.get(club.index())?;
        manner.filter(|_| !self.over[unit.index()])
    }
}

/// The distinct score distributions.
struct Scores<'a> {
    model: &'a dyn GoalModel,
    list: Vec<JointScores>,
    by_rates: BTreeMap<(u64, u64), u32>,
}

impl<'a> Scores<'a> {
    fn new(model: &'a dyn GoalModel) -> Self {
        Self {
            model,
            list: Vec::new(),
            by_rates: BTreeMap::new(),
        }
    }

    fn at(&mut self, rates: Rates) -> u32 {
        let key = (rates.home.get().to_bits(), rates.away.get().to_bits());
        *self.by_rates.entry(key).or_insert_with(|| {
            self.list.push(self.model.scores(rates));
            (self.list.len() - 1) as u32
        })
    }

    /// A score that is certain, for every ground.
    fn certain(&mut self, goals: Goals) -> [u32; 3] {
        let mut add = |goals: Goals| {
            let (home, away) = (usize::from(goals.home) + 1, usize::from(goals.away) + 1);
            let mut weights = vec![0.0; home * away];
            weights[home * away - 1] = 1.0;
            self.list.push(JointScores::from_table(home, away, weights));
            (self.list.len() - 1) as u32
        };
        let there = add(goals);
        let back = add(Goals {
            home: goals.away,
            away: goals.home,
        });
        [there, back, there]
    }

    /// The scores of two clubs that leave a result, for every occasion and ground.
    fn given(&mut self, clubs: [ClubId; 2], result: MatchResult) -> [[u32; 3]; 3] {
        let turned = match result {
            MatchResult::HomeWin => MatchResult::AwayWin,
            MatchResult::Draw => MatchResult::Draw,
            MatchResult::AwayWin => MatchResult::HomeWin,
        };
        let [one, other] = clubs;
        OCCASIONS.map(|occasion| {
            let model = self.model;
            let grounds = [
                (model.rates(one, other, occasion), result),
                (model.rates(other, one, occasion), turned),
                (model.neutral_rates(one, other, occasion), result),
            ];
            grounds.map(|(rates, result)| {
                let scores = model.scores(rates);
                let (home, away) = scores.shape();
                let fits = |(goals, p)| {
                    if MatchResult::of(goals) == result {
                        p
                    } else {
                        0.0
                    }
                };
                let weights = scores.iter().map(fits).collect();
                self.list.push(JointScores::from_table(home, away, weights));
                (self.list.len() - 1) as u32
            })
        })
    }
}

/// The occasions in the order of the lists of pairings.
const OCCASIONS: [Occasion; 3] = [Occasion::Group, Occasion::FirstLeg, Occasion::LastLeg];

impl Pairings {
    fn new(clubs: usize, scores: &mut Scores<'_>) -> Self {
        let mut pairings = Self {
            clubs,
            home: [const { Vec::new() }; 3],
            neutral: [const { Vec::new() }; 3],
            extra: [const { Vec::new() }; 2],
        };
        for one in (0..clubs).map(ClubId::new) {
            for other in (0..clubs).map(ClubId::new) {
                let level = Rates::nearest(1.0, 1.0);
                let of = |occasion: Occasion| {
                    if one == other {
                        return [level; 2];
                    }
                    let model = scores.model;
                    [
                        model.rates(one, other, occasion),
                        model.neutral_rates(one, other, occasion),
                    ]
                };
                let rates = OCCASIONS.map(of);
                for (kind, [home, neutral]) in rates.into_iter().enumerate() {
                    pairings.home[kind].push(scores.at(home));
                    pairings.neutral[kind].push(scores.at(neutral));
                }
                for (ground, rates) in rates[2].into_iter().enumerate() {
                    pairings.extra[ground].push(scores.at(rates.scaled(EXTRA_TIME_SHARE)));
                }
            }
        }
        pairings
    }

    /// The position of a pair in each list.
    pub(super) fn at(&self, one: ClubId, other: ClubId) -> usize {
        one.index() * self.clubs + other.index()
    }
}

impl Numbers {
    fn new(cup: &Cup, course: &Course) -> Self {
        let units = cup.format().units();
        let mut numbers = Self {
            game: vec![0; cup.matches().len()],
            tie: vec![0; units.len()],
            words: vec![0; units.len()],
            lots: 0,
            draws: 0,
            shoot_outs: 0,
        };
        let mut next = 0;
        for (index, unit) in units.iter().enumerate() {
            match &unit.rules {
                Rules::Table(_) => {
                    for fixture in &course.fixtures[index] {
                        numbers.game[fixture.index] = next;
                        next += 1;
                    }
                }
                Rules::Tie(tie) => {
                    let legs = tie.legs.len();
                    let words = if tie.is_series() {
                        (3 * legs).div_ceil(4)
                    } else {
                        1 + legs.saturating_sub(2).div_ceil(4)
                    };
                    numbers.tie[index] = next;
                    numbers.words[index] = words;
                    next += 4 * words as u64;
                }
                _ => {}
            }
        }
        let layers = course.layers.iter().max().map_or(0, |most| most + 1);
        numbers.lots = next;
        numbers.draws = next + (layers * cup.clubs().len()) as u64;
        numbers.shoot_outs = numbers.draws + units.len() as u64;
        numbers
    }
}

/// What is known, with what is supposed in its place: matches of tables, legs, results without a score.
fn known_and_supposed(
    cup: &Cup,
    supposed: &[Supposed],
    scores: &mut Scores<'_>,
) -> (
    Vec<Option<KnownGame>>,
    Vec<Vec<KnownLeg>>,
    Vec<SupposedResult>,
) {
    let (mut games, mut legs, mut results) = (known_games(cup), known_legs(cup), Vec::new());
    let format = cup.format();
    for one in supposed {
        let here = |stage: StageId| one.stage.is_none_or(|named| named == stage);
        let turned = [one.clubs[1], one.clubs[0]];
        let listed = cup.matches().iter().enumerate().filter(|(_, game)| {
            let unit = format.unit(game.unit);
            let club = |side: u16| format.club_at(*unit.entrants.get(usize::from(side))?);
            let clubs = game.sides.map(club);
            here(unit.stage)
                && matches!(unit.rules, Rules::Table(_))
                && clubs == one.clubs.map(Some)
        });
        let listed: Vec<usize> = listed.map(|(index, _)| index).collect();
        match one.outcome {
            Outcome::Score(score) => {
                for index in listed {
                    games[index] = Some(KnownGame {
                        clubs: None,
                        goals: score.ninety,
                        shoot_out: score.penalties.map(|kicks| kicks.home > kicks.away),
                    });
                }
                // Tables whose clubs are not known yet have it wherever these two meet.
                let open = format.units().iter().any(|unit| {
                    let mut entrants = unit.entrants.iter();
                    here(unit.stage)
                        && matches!(unit.rules, Rules::Table(_))
                        && entrants.any(|place| format.club_at(*place).is_none())
                });
                if open {
                    results.push(SupposedResult {
                        stage: one.stage,
                        clubs: one.clubs,
                        tables: [scores.certain(score.ninety); 3],
                    });
                }
                for stage in format.stage_ids().filter(|stage| here(*stage)) {
                    let legs = &mut legs[stage.index()];
                    legs.retain(|leg| {
                        leg.clubs != one.clubs
                            && (leg.clubs != turned || leg.home == Some(Side::First))
                    });
                    legs.insert(
                        0,
                        KnownLeg {
                            leg: None,
                            clubs: one.clubs,
                            home: None,
                            goals: Some([score.ninety.home, score.ninety.away]),
                            extra_time: extra_time(score, true),
                            shoot_out: score.penalties.map(|kicks| kicks.home > kicks.away),
                            void: false,
                        },
                    );
                }
            }
            Outcome::Result(result) => {
                for index in listed {
                    games[index] = None;
                }
                results.push(SupposedResult {
                    stage: one.stage,
                    clubs: one.clubs,
                    tables: scores.given(one.clubs, result),
                });
            }
        }
    }
    (games, legs, results)
}

/// The goals of extra time alone. A shoot-out without a score after extra time: no goal fell in it, if it was played.
fn extra_time(score: crate::tournament::Score, played: bool) -> Option<[u8; 2]> {
    let without = score.penalties.filter(|_| played).map(|_| score.ninety);
    let after = score.after_extra_time.or(without)?;
    Some([
        after.home.saturating_sub(score.ninety.home),
        after.away.saturating_sub(score.ninety.away),
    ])
}

fn known_games(cup: &Cup) -> Vec<Option<KnownGame>> {
    let known = cup.matches().iter().map(|game| {
        let score = game.score?;
        Some(KnownGame {
            clubs: game.clubs,
            goals: score.ninety,
            shoot_out: score.penalties.map(|kicks| kicks.home > kicks.away),
        })
    });
    known.collect()
}

fn known_legs(cup: &Cup) -> Vec<Vec<KnownLeg>> {
    let format = cup.format();
    let mut legs = vec![Vec::new(); format.stages().len()];
    for game in cup.matches() {
        let unit = format.unit(game.unit);
        let (Rules::Tie(tie), Some(clubs)) = (&unit.rules, game.clubs) else {
            continue;
        };
        let goes_on = tie.has(crate::format::Step::ExtraTime);
        let score = game.score;
        let extra_time = score.and_then(|score| extra_time(score, goes_on));
        legs[unit.stage.index()].push(KnownLeg {
            leg: Some(usize::from(game.number).saturating_sub(1)),
            clubs,
            home: Some(game.home),
            goals: score.map(|score| [score.ninety.home, score.ninety.away]),
            extra_time,
            shoot_out: score
                .and_then(|score| score.penalties)
                .map(|kicks| kicks.home > kicks.away),
            void: game.standing == Standing::Void,
        });
    }
    legs
}
