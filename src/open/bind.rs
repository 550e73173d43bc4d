//! Puts matches where they belong: lists round robins, finds the unit of each line of results, and takes draws from them.

use super::matchdays::number_by_date;
use super::results::Row;
use super::stages::{Drawn, DrawnTies};
use crate::cup::{Cup, Held, Match};
use crate::diagnostic::{Diagnostic, Span};
use crate::format::{Rules, Side};
use crate::ids::{ClubId, StageId, UnitId};
use crate::state::State;
use crate::state::draw::{Ballot, Constraints};
use crate::tournament::file::walk::Problems;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What reading left open until clubs are known.
pub(super) struct Open {
    /// Round robins: the unit, how often everybody meets (0: only what is listed), where.
    pub(super) round_robins: Vec<(UnitId, u8, Side)>,
    /// Draws that make ties.
    pub(super) draws: BTreeMap<UnitId, DrawnTies>,
    /// Outcomes that the file states, by club.
    pub(super) held: Vec<StatedOutcome>,
}

/// An outcome of a unit that the file states.
pub(super) struct StatedOutcome {
    pub(super) unit: UnitId,
    /// Its clubs in the order in which they come out.
    pub(super) sides: Vec<Drawn>,
    pub(super) date: Option<Date>,
    pub(super) span: Span,
}

/// A cup whose matches are being put in place.
pub(super) struct Binding {
    cup: Cup,
    open: Open,
    listed: BTreeSet<UnitId>,
    /// Table matches that have a line.
    filled: BTreeSet<usize>,
    /// Tables of which a line names its matchday.
    numbered: BTreeSet<UnitId>,
}

impl Binding {
    /// Lists the round robins of a cup without matches.
    pub(super) fn new(cup: Cup, open: Open) -> Self {
        let mut binding = Self {
            listed: BTreeSet::new(),
            filled: BTreeSet::new(),
            numbered: BTreeSet::new(),
            cup,
            open,
        };
        for (unit, rounds, ground) in binding.open.round_robins.clone() {
            if rounds == 0 {
                binding.listed.insert(unit);
            }
            let size = binding.cup.format().unit(unit).size();
            for (number, sides) in round_robin(size, rounds) {
                binding
                    .cup
                    .matches
                    .push(Match::open(unit, number, sides, ground));
            }
        }
        binding
    }

    /// Puts lines in place, as often as the clubs of another stage become known by them.
    pub(super) fn enter(&mut self, mut rows: Vec<Row>, problems: &Problems) {
        rows.sort_by_key(|row| (row.date, row.span.start));
        loop {
            let state = State::of(&self.cup);
            if self.settle_outcomes(&state, &rows, problems) {
                continue;
            }
            let before = rows.len();
            rows.retain(|row| !self.place(row, &state, problems));
            if rows.len() == before {
                break;
            }
        }
        for row in rows {
            self.refuse(&row, problems);
        }
    }

    /// Says why a line has no place.
    fn refuse(&self, row: &Row, problems: &Problems) {
        let name = |club: ClubId| self.cup.club(club).name.clone();
        let fact = match (row.clubs, &row.tie) {
            (Some([home, away]), _) => {
                format!("no match of {} and {} is due", name(home), name(away))
            }
            (None, Some(tie)) => format!("there is no tie `{tie}`"),
            (None, None) => "this line names neither clubs nor a tie".to_owned(),
        };
        problems.add(Diagnostic::error(row.span.clone(), fact).help(
            "the two have to stand in one group or tie of the stage by the results before it; `cupcast table` shows who does",
        ));
    }

    /// The finished cup: matchdays have their numbers, and hosts are at home in their country.
    pub(super) fn finish(mut self, problems: &Problems) -> Cup {
        for stated in &self.open.held {
            let name = &self.cup.format().unit(stated.unit).name;
            problems.add(Diagnostic::error(
                stated.span.clone(),
                format!("{name} does not have these clubs by the results before it"),
            ));
        }
        for (unit, ..) in &self.open.round_robins {
            let is_dated = self
                .cup
                .matches_of(*unit)
                .any(|(_, game)| game.date.is_some());
            if is_dated && !self.numbered.contains(unit) {
                number_by_date(&mut self.cup, *unit);
            }
        }
        for index in 0..self.cup.matches.len() {
            let game = &self.cup.matches[index];
            let unit = self.cup.format().unit(game.unit);
            let clubs = game.clubs.or_else(|| {
                let clubs = game.sides.map(|side| {
                    let place = unit.entrants.get(usize::from(side))?;
                    self.cup.format().club_at(*place)
                });
                Some([clubs[0]?, clubs[1]?])
            });
            if let Some(clubs) = clubs {
                let country = game.country.as_deref();
                self.cup.matches[index].home = self.cup.home_side(game.home, country, clubs);
            }
        }
        self.cup
    }

    /// Turns stated outcomes and drawn ties into facts, where the entrants are known now. Says whether any was.
    fn settle_outcomes(&mut self, state: &State, rows: &[Row], problems: &Problems) -> bool {
        let mut found = Vec::new();
        for stated in std::mem::take(&mut self.open.held) {
            let order = entrants_named(&self.cup, state, stated.unit, &stated.sides);
            let Some(order) = order else {
                self.open.held.push(stated);
                continue;
            };
            let held = Held {
                unit: stated.unit,
                order,
                date: stated.date,
            };
            self.check_draw(&held, &stated.span, state, problems);
            found.push(held);
        }
        let draws: Vec<UnitId> = self.open.draws.keys().copied().collect();
        for unit in draws {
            let drawn = self
                .open
                .draws
                .get(&unit)
                .and_then(|drawn| self.drawn(unit, drawn, state, rows));
            if let Some(held) = drawn {
                if let Some(stated) = self.open.draws.remove(&unit) {
                    let span = stated.held.first().map_or(0..0, |(_, span)| span.clone());
                    self.check_draw(&held, &span, state, problems);
                }
                found.push(held);
            }
        }
        found.extend(self.drawn_hosts(state, rows));
        let any = !found.is_empty();
        self.cup.facts.held.extend(found);
        any
    }

    /// Notes a draw that broke its own rules.
    fn check_draw(&self, held: &Held, span: &Span, state: &State, problems: &Problems) {
        let format = self.cup.format();
        let unit = format.unit(held.unit);
        let Rules::Draw(draw) = &unit.rules else {
            return;
        };
        let clubs: Option<Vec<ClubId>> = unit
            .entrants
            .iter()
            .map(|place| state.run.club_at(*place))
            .collect();
        let Some(clubs) = clubs else { return };
        let constraints = Constraints::new(draw, self.cup.clubs().len(), |name, club| {
            self.cup.word(name, club).map(str::to_owned)
        });
        let ballot = Ballot::new(draw, &constraints, &clubs, &state.course, &state.run);
        if !ballot.obeys(&held.order) {
            problems.add(
                Diagnostic::error(
                    span.clone(),
                    format!("the {} breaks its own rules", unit.name),
                )
                .help("check which pot each club is of, and what `apart` keeps apart"),
            );
        }
    }

    /// The outcome of a draw of ties, as stated or as the lines of its stage tell.
    fn drawn(&self, unit: UnitId, drawn: &DrawnTies, state: &State, rows: &[Row]) -> Option<Held> {
        let order: Vec<u16> = if drawn.held.is_empty() {
            let clubs = self.pairs_in_lines(unit, drawn.stage, state, rows)?;
            entrants_of(&self.cup, state, unit, &clubs)?
        } else {
            let sides: Vec<Drawn> = drawn.held.iter().flat_map(|(pair, _)| *pair).collect();
            entrants_named(&self.cup, state, unit, &sides)?
        };
        let date = drawn.date.or_else(|| {
            let key = &self.cup.format().stage(drawn.stage).key;
            let of_stage = rows.iter().filter(|row| row.stage.as_deref() == Some(key));
            let first = of_stage.filter_map(|row| row.date).min()?;
            first.yesterday().ok()
        });
        Some(Held { unit, order, date })
    }

    /// The clubs of a stage of drawn ties, pair by pair, the first side first.
    fn pairs_in_lines(
        &self,
        unit: UnitId,
        stage: StageId,
        state: &State,
        rows: &[Row],
    ) -> Option<Vec<ClubId>> {
        let format = self.cup.format();
        let Rules::Draw(rules) = &format.unit(unit).rules else {
            return None;
        };
        let key = &format.stage(stage).key;
        let of_stage = rows.iter().filter(|row| row.stage.as_deref() == Some(key));
        let mut pairs: Vec<(Option<String>, [ClubId; 2])> = Vec::new();
        for row in of_stage {
            let Some([home, away]) = row.clubs else {
                continue;
            };
            let known = pairs
                .iter()
                .any(|(_, pair)| pair.contains(&home) && pair.contains(&away));
            if !known {
                pairs.push((row.tie.clone(), [home, away]));
            }
        }
        if pairs.len() * 2 != format.unit(unit).size() {
            return None;
        }
        pairs.sort_by_key(|(tie, _)| tie.as_deref().map(tie_number));
        let two_legs = format
            .units_of(stage)
            .any(|(_, unit)| matches!(&unit.rules, Rules::Tie(tie) if tie.legs.len() == 2));
        let in_first_pot = |club: ClubId| {
            let entrants = &format.unit(unit).entrants;
            let entrant = entrants
                .iter()
                .position(|place| state.run.club_at(*place) == Some(club));
            entrant.is_some_and(|entrant| rules.pots[0].contains(&(entrant as u16)))
        };
        let sides = pairs.into_iter().flat_map(|(_, [home, away])| {
            let away_first = if rules.pots.len() == 2 {
                in_first_pot(away)
            } else {
                two_legs
            };
            if away_first {
                [away, home]
            } else {
                [home, away]
            }
        });
        Some(sides.collect())
    }

    /// Draws of two in front of ties, as the lines of the ties tell: the first is at home last.
    fn drawn_hosts(&self, state: &State, rows: &[Row]) -> Vec<Held> {
        let format = self.cup.format();
        let mut found = Vec::new();
        for unit in format.unit_ids() {
            let is_draw = matches!(&format.unit(unit).rules, Rules::Draw(_));
            let is_known = self.cup.facts().held.iter().any(|held| held.unit == unit);
            let stated = self.open.held.iter().any(|stated| stated.unit == unit);
            if !is_draw
                || format.unit(unit).size() != 2
                || is_known
                || stated
                || self.open.draws.contains_key(&unit)
            {
                continue;
            }
            let Some((tie, _)) = format.fed_by(format.unit(unit).output(0)) else {
                continue;
            };
            let stage = format.unit(tie).stage;
            let clubs: Option<Vec<ClubId>> = format
                .unit(unit)
                .entrants
                .iter()
                .map(|place| state.run.club_at(*place))
                .collect();
            let Some(clubs) = clubs else { continue };
            let key = &format.stage(stage).key;
            let mut lines = rows.iter().filter(|row| {
                row.stage.as_deref() == Some(key)
                    && row
                        .clubs
                        .is_some_and(|pair| pair.iter().all(|club| clubs.contains(club)))
            });
            let Some(first) = lines.next() else { continue };
            let Some([home, away]) = first.clubs else {
                continue;
            };
            let two_legs =
                matches!(&format.unit(tie).rules, Rules::Tie(tie) if tie.legs.len() == 2);
            let order = if two_legs { [away, home] } else { [home, away] };
            if let Some(order) = entrants_of(&self.cup, state, unit, &order) {
                let date = first.date.and_then(|date| date.yesterday().ok());
                found.push(Held { unit, order, date });
            }
        }
        found
    }

    /// Puts one line in place, if the clubs of its match are known by now.
    fn place(&mut self, row: &Row, state: &State, problems: &Problems) -> bool {
        let format = self.cup.format();
        let stage = match &row.stage {
            None => None,
            Some(key) => {
                let Some(stage) = format.stage_named(key) else {
                    problems.add(
                        Diagnostic::error(row.span.clone(), format!("there is no stage `{key}`"))
                            .help(format!("there are {}", shown_keys(&self.cup))),
                    );
                    return true;
                };
                Some(stage)
            }
        };
        let Some(clubs) = row.clubs else {
            return self.place_blank(row);
        };
        let of_stage = |unit: &UnitId| stage.is_none_or(|stage| format.unit(*unit).stage == stage);
        let candidates: Vec<UnitId> = format.unit_ids().filter(of_stage).collect();
        for unit in candidates {
            let entrants = entrants_of_pair(&self.cup, state, unit, clubs);
            let Some(sides) = entrants else { continue };
            let placed = match &self.cup.format().unit(unit).rules {
                Rules::Table(_) => self.place_in_table(row, unit, sides, clubs, problems),
                Rules::Tie(_) => self.place_in_tie(row, unit, sides, clubs, problems),
                _ => false,
            };
            if placed {
                return true;
            }
        }
        false
    }

    /// A line for a tie whose clubs are not known: a date and a place.
    fn place_blank(&mut self, row: &Row) -> bool {
        let unit = row
            .tie
            .as_ref()
            .and_then(|key| self.cup.format().unit_named(key));
        let Some(unit) =
            unit.filter(|unit| matches!(self.cup.format().unit(*unit).rules, Rules::Tie(_)))
        else {
            return false;
        };
        let home = row.ground.unwrap_or(Side::Nobody);
        self.cup.matches.push(Match {
            country: row.country.clone(),
            date: row.date,
            standing: row.standing,
            ..Match::open(unit, row.leg.unwrap_or(1), [0, 1], home)
        });
        true
    }

    fn place_in_table(
        &mut self,
        row: &Row,
        unit: UnitId,
        sides: [u16; 2],
        clubs: [ClubId; 2],
        problems: &Problems,
    ) -> bool {
        let turned = [sides[1], sides[0]];
        let free = |wanted: [u16; 2]| {
            let mut open = self
                .cup
                .matches_of(unit)
                .filter(|(index, game)| game.sides == wanted && !self.filled.contains(index));
            open.next().map(|(index, _)| index)
        };
        let index = if self.listed.contains(&unit) {
            let ground = self.open.round_robins.iter().find(|(of, ..)| *of == unit);
            let home = ground.map_or(Side::First, |(_, _, ground)| *ground);
            self.cup
                .matches
                .push(Match::open(unit, row.matchday.unwrap_or(1), sides, home));
            self.cup.matches.len() - 1
        } else {
            let Some(index) = free(sides).or_else(|| free(turned)) else {
                if row.stage.is_some() || row.group.is_some() {
                    problems.add(
                        Diagnostic::error(
                            row.span.clone(),
                            format!(
                                "{} and {} have met as often as they do",
                                self.cup.club(clubs[0]).name,
                                self.cup.club(clubs[1]).name
                            ),
                        )
                        .help("delete the line that is there twice, or write how often everybody meets as `rounds`"),
                    );
                    return true;
                }
                return false;
            };
            index
        };
        self.filled.insert(index);
        if row.matchday.is_some() {
            self.numbered.insert(unit);
        }
        let game = &mut self.cup.matches[index];
        if game.sides != sides {
            game.sides = sides;
        }
        game.number = row.matchday.unwrap_or(game.number);
        game.home = row.ground.unwrap_or(game.home);
        game.country.clone_from(&row.country);
        game.date = row.date;
        game.clubs = Some(clubs);
        game.score = row.score;
        game.standing = row.standing;
        true
    }

    fn place_in_tie(
        &mut self,
        row: &Row,
        unit: UnitId,
        sides: [u16; 2],
        clubs: [ClubId; 2],
        problems: &Problems,
    ) -> bool {
        let Rules::Tie(tie) = &self.cup.format().unit(unit).rules else {
            return false;
        };
        let taken: BTreeSet<u16> = self
            .cup
            .matches_of(unit)
            .filter(|(_, game)| game.clubs.is_some())
            .map(|(_, game)| game.number)
            .collect();
        let legs = tie.legs.len() as u16;
        let free = (1..=legs).find(|leg| !taken.contains(leg));
        let Some(leg) = row.leg.filter(|leg| *leg <= legs && legs > 1).or(free) else {
            return false;
        };
        if taken.contains(&leg) {
            problems.add(
                Diagnostic::error(row.span.clone(), format!("leg {leg} is there twice"))
                    .help("delete one of the two lines"),
            );
            return true;
        }
        let rule = tie.legs[usize::from(leg) - 1];
        let listed_first = sides[0] == 0;
        let home = match (row.ground, rule) {
            (Some(ground), _) => ground,
            (None, Side::Nobody) => Side::Nobody,
            (None, Side::First) if listed_first => Side::First,
            (None, Side::Second) if !listed_first => Side::First,
            (None, _) => {
                let name = &self.cup.club(clubs[0]).name;
                let key = &self.cup.format().unit(unit).key;
                problems.add(
                    Diagnostic::error(
                        row.span.clone(),
                        format!("by the rules {name} is not at home in leg {leg} of {key}"),
                    )
                    .help(format!(
                        "in two legs the side written first is at home last: turn the tie round; if it was against the rules, say so: ground = neutral, or a [[held]] with unit = \"{key}-home\" where the stage has such a rule"
                    )),
                );
                Side::First
            }
        };
        let game = Match {
            unit,
            number: leg,
            sides,
            home,
            country: row.country.clone(),
            date: row.date,
            clubs: Some(clubs),
            score: row.score,
            standing: row.standing,
        };
        let blank = self
            .cup
            .matches
            .iter()
            .position(|game| game.unit == unit && game.number == leg && game.clubs.is_none());
        match blank {
            Some(index) => self.cup.matches[index] = game,
            None => self.cup.matches.push(game),
        }
        true
    }
}

/// The sides of a stated outcome as entrants of its unit by number, if all are among them.
fn entrants_named(cup: &Cup, state: &State, unit: UnitId, sides: &[Drawn]) -> Option<Vec<u16>> {
    let entrants = &cup.format().unit(unit).entrants;
    let number = |side: &Drawn| {
        let at = entrants.iter().position(|place| match side {
            Drawn::Place(wanted) => place == wanted,
            Drawn::Club(club) => state.run.club_at(*place) == Some(*club),
        });
        at.map(|at| at as u16)
    };
    let order: Vec<u16> = sides.iter().map(number).collect::<Option<Vec<u16>>>()?;
    (order.len() == entrants.len()).then_some(order)
}

/// The clubs of a unit as its entrants by number, if all are known and are these.
fn entrants_of(cup: &Cup, state: &State, unit: UnitId, clubs: &[ClubId]) -> Option<Vec<u16>> {
    let entrants = &cup.format().unit(unit).entrants;
    if clubs.len() != entrants.len() {
        return None;
    }
    let number = |club: &ClubId| {
        let at = entrants
            .iter()
            .position(|place| state.run.club_at(*place) == Some(*club));
        at.map(|at| at as u16)
    };
    clubs.iter().map(number).collect()
}

/// The numbers of two clubs among the entrants of a unit, if both are there.
fn entrants_of_pair(
    cup: &Cup,
    state: &State,
    unit: UnitId,
    clubs: [ClubId; 2],
) -> Option<[u16; 2]> {
    let entrants = &cup.format().unit(unit).entrants;
    let number = |club: ClubId| {
        let at = entrants
            .iter()
            .position(|place| state.run.club_at(*place) == Some(club));
        at.map(|at| at as u16)
    };
    Some([number(clubs[0])?, number(clubs[1])?])
}

/// The number at the end of a tie's name: 3 of `R16-3`.
fn tie_number(key: &str) -> u32 {
    let digits = key.rsplit(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn shown_keys(cup: &Cup) -> String {
    let shown = cup.format().stages().iter().filter(|stage| stage.shown);
    shown
        .map(|stage| stage.key.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The matches of a round robin by the circle method: (matchday, sides), the side at home first. Second halves turn the
/// first.
fn round_robin(size: usize, rounds: u8) -> Vec<(u16, [u16; 2])> {
    let seats = size + size % 2;
    let days = seats.saturating_sub(1);
    let mut matches = Vec::new();
    for round in 0..usize::from(rounds) {
        for day in 0..days {
            for pair in 0..seats / 2 {
                let seat = |at: usize| {
                    if at == 0 {
                        0
                    } else {
                        (at - 1 + day) % days + 1
                    }
                };
                let (one, other) = (seat(pair), seat(seats - 1 - pair));
                if one >= size || other >= size {
                    continue;
                }
                let turn = (pair == 0 && day % 2 == 1) != (round % 2 == 1);
                let sides = if turn { [other, one] } else { [one, other] };
                matches.push((
                    (round * days + day + 1) as u16,
                    sides.map(|side| side as u16),
                ));
            }
        }
    }
    matches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_meets_everybody_as_often_as_they_should() {
        for size in 2..=9 {
            for rounds in 1..=2 {
                let matches = round_robin(size, rounds);
                let expected = size * (size - 1) / 2 * usize::from(rounds);
                assert_eq!(matches.len(), expected);
                let mut pairs = BTreeMap::new();
                let mut days = BTreeSet::new();
                for (day, sides) in matches {
                    assert!(days.insert((day, sides[0])) && days.insert((day, sides[1])));
                    let pair = [sides[0].min(sides[1]), sides[0].max(sides[1])];
                    *pairs.entry(pair).or_insert(0) += 1;
                    if rounds == 2 {
                        *pairs.entry(sides).or_insert(0) += 0;
                    }
                }
                assert!(
                    pairs
                        .iter()
                        .all(|(pair, met)| pair[0] > pair[1] || *met == rounds)
                );
            }
        }
    }
}
