//! Holds a draw by chance under its constraints, ball by ball or evenly over all valid outcomes.

use super::course::Course;
use super::run::Run;
use crate::format::{Apart, ApartBy, Draw, Procedure};
use crate::ids::{ClubId, PlaceId, StageId};

/// What the constraints of a draw say of every club, whoever its entrants turn out to be.
#[derive(Debug, Clone)]
pub(crate) struct Constraints {
    /// By constraint and club: what it has of the fact, as a number; the same number means the same value.
    values: Vec<Vec<Option<u32>>>,
    /// By constraint and value: how many of a bin may have it, and how many have to.
    limits: Vec<Vec<(u8, u8)>>,
}

impl Constraints {
    /// The constraints of a draw among so many clubs; `fact` gives what a club has of a fact.
    pub(crate) fn new(
        draw: &Draw,
        clubs: usize,
        fact: impl Fn(&str, ClubId) -> Option<String>,
    ) -> Self {
        let mut constraints = Self {
            values: Vec::new(),
            limits: Vec::new(),
        };
        for apart in &draw.apart {
            let mut names: Vec<String> = Vec::new();
            let values = match &apart.by {
                ApartBy::Fact(name) => (0..clubs)
                    .map(|club| {
                        fact(name, ClubId::new(club)).map(|word| number_of(&mut names, word))
                    })
                    .collect(),
                ApartBy::Table(_) | ApartBy::Met(_) => vec![None; clubs],
            };
            constraints.limits.push(limits(apart, &names));
            constraints.values.push(values);
        }
        constraints
    }
}

/// A draw among clubs that are known: for each constraint the value of each entrant.
#[derive(Debug, Clone)]
pub(crate) struct Ballot<'a> {
    pub(super) draw: &'a Draw,
    constraints: &'a Constraints,
    /// By constraint and entrant.
    values: Vec<Vec<Option<u32>>>,
    /// By constraint: pairs of entrants that have met, where that is what is kept apart.
    met: Vec<Vec<[u16; 2]>>,
}

impl<'a> Ballot<'a> {
    /// A ballot of these clubs after a walk has come to the draw.
    pub(crate) fn new(
        draw: &'a Draw,
        constraints: &'a Constraints,
        clubs: &[ClubId],
        course: &Course,
        run: &Run,
    ) -> Self {
        let format = course.format();
        let table = |stage: StageId, club: ClubId| {
            let at = run.entered[stage.index() * format.clubs() + club.index()] as usize;
            let place = PlaceId::new(at.checked_sub(1)? + format.clubs());
            let (table, _) = format.source(place)?;
            Some(course.in_stage[table.index()] as u32)
        };
        let met = |stage: StageId, one: ClubId, other: ClubId| {
            format.units_of(stage).any(|(_, unit)| {
                let clubs = unit.entrants.iter().map(|place| run.places[place.index()]);
                let met = clubs.filter(|club| *club == one || *club == other);
                met.count() == 2
            })
        };
        let mut ballot = Self {
            draw,
            constraints,
            values: Vec::new(),
            met: Vec::new(),
        };
        for (number, apart) in draw.apart.iter().enumerate() {
            let facts = &constraints.values[number];
            let mut pairs = Vec::new();
            ballot.values.push(match &apart.by {
                ApartBy::Fact(_) => clubs.iter().map(|club| facts[club.index()]).collect(),
                ApartBy::Table(stage) => clubs.iter().map(|club| table(*stage, *club)).collect(),
                ApartBy::Met(stage) => {
                    for one in 0..clubs.len() {
                        for other in one + 1..clubs.len() {
                            if met(*stage, clubs[one], clubs[other]) {
                                pairs.push([one as u16, other as u16]);
                            }
                        }
                    }
                    vec![None; clubs.len()]
                }
            });
            ballot.met.push(pairs);
        }
        ballot
    }

    /// Draws: for each output an entrant. `pick(n)` gives a number below `n`, evenly. `None` if there is no valid
    /// outcome.
    pub(crate) fn hold(&self, mut pick: impl FnMut(usize) -> usize) -> Option<Vec<u16>> {
        match &self.draw.procedure {
            Procedure::Sequential(seats) => self.ball_by_ball(seats, &mut pick),
            Procedure::Uniform => self.evenly(&mut pick),
        }
    }

    fn ball_by_ball(
        &self,
        seats: &[u16],
        pick: &mut impl FnMut(usize) -> usize,
    ) -> Option<Vec<u16>> {
        let mut drawn: Vec<Option<u16>> = vec![None; self.draw.seats.len()];
        for seat in seats {
            let seat = usize::from(*seat);
            let pot = &self.draw.pots[usize::from(self.draw.seats[seat])];
            let mut left: Vec<u16> = pot
                .iter()
                .copied()
                .filter(|entrant| !drawn.contains(&Some(*entrant)))
                .collect();
            loop {
                if left.is_empty() {
                    return None;
                }
                let ball = left.swap_remove(pick(left.len()));
                drawn[seat] = Some(ball);
                // Drawing again whoever leaves no way to the end is an even draw among those that do.
                if self.is_valid(&drawn, seat)
                    && self.bins_whole(&drawn, seat)
                    && self.can_end(&mut drawn.clone())
                {
                    break;
                }
                drawn[seat] = None;
            }
        }
        drawn.into_iter().collect()
    }

    /// Draws whole outcomes until one is valid.
    fn evenly(&self, pick: &mut impl FnMut(usize) -> usize) -> Option<Vec<u16>> {
        if !self.can_end(&mut vec![None; self.draw.seats.len()]) {
            return None;
        }
        loop {
            let mut pots = self.draw.pots.clone();
            let mut drawn = vec![None; self.draw.seats.len()];
            let valid = (0..drawn.len()).all(|seat| {
                let pot = &mut pots[usize::from(self.draw.seats[seat])];
                drawn[seat] = Some(pot.swap_remove(pick(pot.len())));
                self.is_valid(&drawn, seat)
            });
            if valid && self.is_whole(&drawn) {
                return drawn.into_iter().collect();
            }
        }
    }

    /// Whether an outcome obeys every constraint.
    pub(crate) fn obeys(&self, order: &[u16]) -> bool {
        let drawn: Vec<Option<u16>> = order.iter().map(|entrant| Some(*entrant)).collect();
        let seats_right = order
            .iter()
            .zip(&self.draw.seats)
            .all(|(entrant, pot)| self.draw.pots[usize::from(*pot)].contains(entrant));
        seats_right
            && (0..order.len()).all(|seat| self.is_valid(&drawn, seat))
            && self.is_whole(&drawn)
    }

    /// Whether a seat that was just filled breaks no upper limit.
    pub(super) fn is_valid(&self, drawn: &[Option<u16>], seat: usize) -> bool {
        let Some(entrant) = drawn[seat] else {
            return true;
        };
        self.draw.apart.iter().enumerate().all(|(number, apart)| {
            let bin = apart.bins[seat];
            let of_bin = || {
                let seats = drawn.iter().enumerate();
                seats
                    .filter(|(other, _)| apart.bins[*other] == bin)
                    .filter_map(|(_, one)| *one)
            };
            let met = of_bin().any(|other| {
                self.met[number].iter().any(|pair| {
                    *pair == [entrant.min(other), entrant.max(other)] && entrant != other
                })
            });
            if met {
                return false;
            }
            let values = &self.values[number];
            let Some(value) = values[usize::from(entrant)] else {
                return true;
            };
            let same = of_bin()
                .filter(|other| values[usize::from(*other)] == Some(value))
                .count();
            let limit = self.constraints.limits[number].get(value as usize);
            same <= usize::from(limit.map_or(apart.most, |(most, _)| *most))
        })
    }

    /// Whether the lower limits hold in every bin of a finished draw.
    fn is_whole(&self, drawn: &[Option<u16>]) -> bool {
        (0..drawn.len()).all(|seat| self.bins_whole(drawn, seat))
    }

    /// Whether the lower limits hold in those bins of a seat that are full.
    pub(super) fn bins_whole(&self, drawn: &[Option<u16>], seat: usize) -> bool {
        self.draw.apart.iter().enumerate().all(|(number, apart)| {
            let of_bin = || {
                let seats = drawn.iter().zip(&apart.bins);
                seats.filter(|(_, bin)| **bin == apart.bins[seat])
            };
            let limits = self.constraints.limits[number].iter().enumerate();
            let mut wanted = limits.filter(|(_, (_, least))| *least > 0).peekable();
            if wanted.peek().is_none() || of_bin().any(|(one, _)| one.is_none()) {
                return true;
            }
            wanted.all(|(value, (_, least))| {
                let having = of_bin()
                    .filter_map(|(one, _)| *one)
                    .filter(|one| self.values[number][usize::from(*one)] == Some(value as u32));
                having.count() >= usize::from(*least)
            })
        })
    }

    /// Whether the empty seats can be filled: the seat with the fewest possible clubs first.
    fn can_end(&self, drawn: &mut Vec<Option<u16>>) -> bool {
        let mut tightest: Option<(usize, Vec<u16>)> = None;
        for seat in (0..drawn.len())
            .filter(|seat| drawn[*seat].is_none())
            .collect::<Vec<_>>()
        {
            let pot = &self.draw.pots[usize::from(self.draw.seats[seat])];
            let possible: Vec<u16> = pot
                .iter()
                .copied()
                .filter(|entrant| {
                    if drawn.contains(&Some(*entrant)) {
                        return false;
                    }
                    drawn[seat] = Some(*entrant);
                    let valid = self.is_valid(drawn, seat) && self.bins_whole(drawn, seat);
                    drawn[seat] = None;
                    valid
                })
                .collect();
            if tightest
                .as_ref()
                .is_none_or(|(_, fewest)| possible.len() < fewest.len())
            {
                tightest = Some((seat, possible));
            }
        }
        let Some((seat, possible)) = tightest else {
            return self.is_whole(drawn);
        };
        for entrant in possible {
            drawn[seat] = Some(entrant);
            if self.can_end(drawn) {
                return true;
            }
        }
        drawn[seat] = None;
        false
    }
}

fn number_of(names: &mut Vec<String>, word: String) -> u32 {
    let known = names.iter().position(|name| *name == word);
    known.unwrap_or_else(|| {
        names.push(word);
        names.len() - 1
    }) as u32
}

/// By value of a fact: how many of a bin may have it, and how many have to.
fn limits(apart: &Apart, names: &[String]) -> Vec<(u8, u8)> {
    let of = |list: &[(String, u8)], name: &String, usual: u8| {
        let found = list.iter().find(|(word, _)| word == name);
        found.map_or(usual, |(_, number)| *number)
    };
    names
        .iter()
        .map(|name| {
            (
                of(&apart.except, name, apart.most),
                of(&apart.least, name, 0),
            )
        })
        .collect()
}
