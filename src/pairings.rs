//! Who is likely to meet whom in a draw: exactly where its clubs are known, else over simulated cups that come to it.

use crate::cup::{Cup, Instant};
use crate::format::{Format, Rules};
use crate::goals::FitError;
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::odds::Chance;
use crate::outlook::Outlook;
use crate::play::units::{Observer, Runs};
use crate::state::draw::{Ballot, Constraints};
use crate::state::{Run, SharedOdds, State};

/// The odds of one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawOdds {
    /// The draw.
    pub unit: UnitId,
    /// The moment from which it is looked at.
    pub instant: Instant,
    /// How many valid outcomes there are, where they were all followed.
    pub outcomes: Option<f64>,
    /// The clubs of each pot, where they are known.
    pub pots: Option<Vec<Vec<ClubId>>>,
    /// Simulated cups; none where the odds are exact.
    pub runs: Option<u64>,
    /// Every pair that may meet, in the order of the clubs.
    pub pairs: Vec<PairOdds>,
}

/// The chance of two clubs to meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairOdds {
    /// The clubs.
    pub clubs: [ClubId; 2],
    /// The chance as the draw is held.
    pub chance: Chance,
    /// The chance if every valid outcome were equally likely, where they were all followed.
    pub evenly: Option<f64>,
    /// Whether the two were really drawn together; nothing if that is not known.
    pub really: Option<bool>,
}

/// The draws of a format that say who meets whom: not those of two that say who is at home.
pub fn draws(format: &Format) -> Vec<UnitId> {
    let says_who_meets = |id: &UnitId| {
        let unit = format.unit(*id);
        let mut bins: Vec<Option<UnitId>> =
            unit.outputs().map(|out| meets_in(format, out)).collect();
        bins.sort_unstable();
        bins.dedup();
        matches!(unit.rules, Rules::Draw(_)) && bins.len() > 1
    };
    format.unit_ids().filter(says_who_meets).collect()
}

/// The table or tie that a place leads to.
fn meets_in(format: &Format, place: PlaceId) -> Option<UnitId> {
    let (id, _) = format.fed_by(place)?;
    let unit = format.unit(id);
    match unit.rules {
        Rules::Table(_) | Rules::Tie(_) => Some(id),
        _ => meets_in(format, unit.output(0)),
    }
}

/// The moment before a draw: after the last stage with matches that leads to it.
pub fn before(format: &Format, draw: UnitId) -> Instant {
    let mut feeds = vec![false; format.units().len()];
    feeds[draw.index()] = true;
    let mut last: Option<StageId> = None;
    for id in format.unit_ids().rev().filter(|id| *id <= draw) {
        if !feeds[id.index()] {
            continue;
        }
        let unit = format.unit(id);
        if id != draw && matches!(unit.rules, Rules::Table(_) | Rules::Tie(_)) {
            last = last.max(Some(unit.stage));
        }
        for place in &unit.entrants {
            if let Some((from, _)) = format.source(*place) {
                feeds[from.index()] = true;
            }
        }
    }
    last.map_or(Instant::Start, Instant::Stage)
}

/// Whether the outcome of a draw is known at a moment.
pub fn is_held(cup: &Cup, draw: UnitId, instant: Instant) -> bool {
    let known = cup.known_at(instant);
    known.facts().held.iter().any(|held| held.unit == draw)
}

/// The odds of a draw as if it were still to be held at a moment. `progress` hears of simulated cups.
///
/// # Errors
/// A goal model that cannot be fitted, where cups have to be simulated.
pub fn odds(
    full: &Cup,
    draw: UnitId,
    instant: Instant,
    runs: Runs,
    progress: &(impl Fn(u64) + Sync),
) -> Result<DrawOdds, FitError> {
    let undrawn = full.undrawn(|unit| unit == draw);
    let known = undrawn.known_at(instant);
    let state = State::of(&known);
    let format = full.format();
    let unit = format.unit(draw);
    let clubs: Option<Vec<ClubId>> = unit
        .entrants
        .iter()
        .map(|place| state.run.club_at(*place))
        .collect();
    let bins: Vec<usize> = unit
        .outputs()
        .map(|out| meets_in(format, out).map_or(usize::MAX, UnitId::index))
        .collect();
    let exact = clubs
        .as_ref()
        .and_then(|clubs| exactly(&known, &state, draw, clubs, &bins));
    let real = together(full, draw, &bins);
    let mut found = DrawOdds {
        unit: draw,
        instant,
        outcomes: exact.as_ref().map(|odds| odds.outcomes),
        pots: clubs.as_ref().map(|clubs| pots(full, draw, clubs)),
        runs: None,
        pairs: Vec::new(),
    };
    let mut add = |pair: [ClubId; 2], chance: Chance, evenly: Option<f64>| {
        if chance.probability > 0.0 {
            let [one, other] = pair;
            found.pairs.push(PairOdds {
                clubs: pair,
                chance,
                evenly,
                really: real
                    .as_ref()
                    .map(|real| real.contains(&[one.min(other), one.max(other)])),
            });
        }
    };
    if let (Some(clubs), Some(odds)) = (&clubs, &exact) {
        for one in 0..clubs.len() {
            for other in one + 1..clubs.len() {
                let chance = Chance::exact(odds.held[one][other], 0.0);
                let evenly = Some(odds.evenly[one][other]);
                add([clubs[one], clubs[other]], chance, evenly);
            }
        }
    } else {
        let outlook = Outlook::new(&undrawn, instant)?;
        let outs: Vec<PlaceId> = unit.outputs().collect();
        let number = full.clubs().len();
        let seen = outlook.observe(runs, progress, &|| Meetings::new(number, &outs, &bins));
        for one in full.club_ids() {
            for other in full.club_ids().filter(|other| *other > one) {
                let hits = seen.counts[one.index() * number + other.index()];
                add([one, other], Chance::of_hits(hits, seen.runs), None);
            }
        }
        found.runs = Some(seen.runs);
    }
    Ok(found)
}

/// The exact odds, by entrant.
fn exactly(
    known: &Cup,
    state: &State,
    draw: UnitId,
    clubs: &[ClubId],
    bins: &[usize],
) -> Option<SharedOdds> {
    let Rules::Draw(rules) = &known.format().unit(draw).rules else {
        return None;
    };
    let constraints = Constraints::new(rules, known.clubs().len(), |name, club| {
        known.word(name, club).map(str::to_owned)
    });
    let ballot = Ballot::new(rules, &constraints, clubs, &state.course, &state.run);
    ballot.shared(bins)
}

/// The clubs of each pot.
fn pots(cup: &Cup, draw: UnitId, clubs: &[ClubId]) -> Vec<Vec<ClubId>> {
    let Rules::Draw(rules) = &cup.format().unit(draw).rules else {
        return Vec::new();
    };
    let pots = rules.pots.iter().map(|pot| {
        let clubs = pot.iter().map(|entrant| clubs[usize::from(*entrant)]);
        clubs.collect()
    });
    pots.collect()
}

/// The pairs that were really drawn together, the earlier club first, if that is known.
fn together(full: &Cup, draw: UnitId, bins: &[usize]) -> Option<Vec<[ClubId; 2]>> {
    let held = full.facts().held.iter().find(|held| held.unit == draw)?;
    let state = State::of(full);
    let entrants = &full.format().unit(draw).entrants;
    let clubs: Option<Vec<ClubId>> = held
        .order
        .iter()
        .map(|entrant| state.run.club_at(entrants[usize::from(*entrant)]))
        .collect();
    let clubs = clubs?;
    let mut pairs = Vec::new();
    for one in 0..clubs.len() {
        for other in one + 1..clubs.len() {
            if bins[one] == bins[other] {
                let (one, other) = (clubs[one], clubs[other]);
                pairs.push([one.min(other), one.max(other)]);
            }
        }
    }
    Some(pairs)
}

/// Counts who meets whom.
struct Meetings {
    clubs: usize,
    /// The outputs of the draw, bin by bin.
    bins: Vec<Vec<PlaceId>>,
    counts: Vec<u64>,
    runs: u64,
}

impl Meetings {
    fn new(clubs: usize, outs: &[PlaceId], bins: &[usize]) -> Self {
        let mut names = bins.to_vec();
        names.sort_unstable();
        names.dedup();
        let bins = names.iter().map(|name| {
            let of_bin = outs.iter().zip(bins).filter(|(_, bin)| *bin == name);
            of_bin.map(|(out, _)| *out).collect()
        });
        Self {
            clubs,
            bins: bins.collect(),
            counts: vec![0; clubs * clubs],
            runs: 0,
        }
    }
}

impl Observer for Meetings {
    fn see(&mut self, _: u64, run: &Run) {
        self.runs += 1;
        for bin in &self.bins {
            for (at, one) in bin.iter().enumerate() {
                for other in &bin[at + 1..] {
                    if let (Some(one), Some(other)) = (run.club_at(*one), run.club_at(*other)) {
                        let (first, second) = (one.min(other), one.max(other));
                        self.counts[first.index() * self.clubs + second.index()] += 1;
                    }
                }
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.runs += other.runs;
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open;

    /// The odds of the round of 16 of the Champions League 2018-19, once its groups were over.
    fn round_of_16() -> (Cup, DrawOdds) {
        let bundled = open::find_bundled("ucl-2018-19").expect("a bundled cup");
        let cup = open::open_bundled(bundled).expect("a sound file");
        let draw = draws(cup.format())[0];
        let instant = before(cup.format(), draw);
        assert_eq!(cup.instant_key(instant), "group");
        let odds = odds(&cup, draw, instant, Runs::default(), &|_| ()).expect("known clubs");
        (cup, odds)
    }

    #[test]
    fn a_draw_ball_by_ball_is_not_uniform_over_its_outcomes() {
        // Manchester City and Ajax: 20.8 % ball by ball, 20.0 % over the 3,694 valid outcomes (pairs without an order:
        // each is counted in the 8! orders in which runners-up may come).
        let (cup, odds) = round_of_16();
        let [city, ajax] = ["Manchester City", "AFC Ajax"].map(|name| cup.find_club(name));
        let pair = [city.expect("a club"), ajax.expect("a club")];
        let found = odds
            .pairs
            .iter()
            .find(|one| one.clubs == pair || one.clubs == [pair[1], pair[0]]);
        let found = found.expect("they may meet");
        assert!((found.chance.probability - 0.208).abs() < 5e-4, "{found:?}");
        assert!(
            (found.evenly.expect("followed") - 0.200).abs() < 5e-4,
            "{found:?}"
        );
        assert_eq!(odds.outcomes.map(|all| all / 40_320.0), Some(3694.0));
        assert_eq!(odds.runs, None);
        // Everybody meets one club.
        for club in cup.club_ids() {
            let its = odds.pairs.iter().filter(|one| one.clubs.contains(&club));
            let sum: f64 = its.clone().map(|one| one.chance.probability).sum();
            assert!(its.count() == 0 || (sum - 1.0).abs() < 1e-9, "{sum}");
        }
        let really = odds.pairs.iter().filter(|one| one.really == Some(true));
        assert_eq!(really.count(), 8);
    }
}
