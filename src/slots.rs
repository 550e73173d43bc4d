//! Who may stand where in the bracket: the probability of each club on each side of each tie, counted over simulated tournaments.

use crate::conditions::Conditions;
use crate::goals::GoalModel;
use crate::ids::{ClubId, TieId};
use crate::odds::Chance;
use crate::play::{Engine, Outcome};
use crate::playbook;
use crate::settled::Settled;
use crate::simulate::{Threads, simulate_with};
use crate::tournament::{Side, Tournament};

/// For every side of every tie the probability of each club.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotOdds {
    /// `sides[tie][side][club]`: the club plays on this side of this tie; each list adds up to 1.
    pub sides: Vec<[Vec<Chance>; 2]>,
    /// How many tournaments were simulated.
    pub runs: u64,
}

/// What to count, from what knowledge, how often.
#[derive(Clone, Copy)]
pub struct SlotRequest<'a> {
    /// The tournament with the results known.
    pub known: &'a Tournament,
    /// The goal model.
    pub model: &'a dyn GoalModel,
    /// What is taken for granted.
    pub conditions: &'a Conditions,
    /// How many tournaments to simulate.
    pub runs: u64,
    /// The seed of the random streams; the forecast of the same seed plays the same tournaments.
    pub seed: u64,
    /// How many threads to use; the result is the same for any number.
    pub threads: Threads,
}

/// Simulates and counts who stands where.
pub fn simulated(request: &SlotRequest<'_>) -> SlotOdds {
    let book = playbook::compile(request.known, request.model, request.conditions);
    let engine = Engine::new(&book);
    let ties: Vec<[Side; 2]> = book.ties.iter().map(|tie| tie.sides).collect();
    let clubs = book.clubs;
    let counts = simulate_with(
        &engine,
        0..request.runs,
        request.seed,
        request.threads,
        || vec![0_u64; ties.len() * 2 * clubs],
        |counts, outcome| count(counts, &ties, clubs, outcome),
        |mut one, other| {
            for (mine, theirs) in one.iter_mut().zip(other) {
                *mine += theirs;
            }
            one
        },
    );
    let settled = Settled::of(&book);
    let slot = |tie: usize, side: usize| -> Vec<Chance> {
        let index = 2 * tie + side;
        let counts = &counts[index * clubs..(index + 1) * clubs];
        let counts = counts.iter().enumerate();
        let chance = |(club, count): (usize, &u64)| {
            let verdict = settled.stands(ClubId::new(club), TieId::new(tie), side);
            Chance::of_hits(*count, request.runs).unless(verdict)
        };
        counts.map(chance).collect()
    };
    SlotOdds {
        sides: (0..ties.len())
            .map(|tie| [0, 1].map(|side| slot(tie, side)))
            .collect(),
        runs: request.runs,
    }
}

/// Counts the clubs of one outcome.
fn count(counts: &mut [u64], ties: &[[Side; 2]], clubs: usize, outcome: &Outcome) {
    for (index, side) in ties.iter().flatten().enumerate() {
        let club = match side {
            Side::Seed(seed) => outcome.seeds[usize::from(*seed) - 1],
            Side::Winner(tie) => outcome.ties[tie.index()].winner(),
        };
        counts[index * clubs + club.index()] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::{self, Specification};
    use crate::simulate::simulate;
    use crate::tally::Tally;
    use crate::tournament::{Moment, bundled};

    /// Slots and the ordinary tally of the same runs, 20,000 of them at seed 5.
    fn both(moment: &str) -> (Tournament, SlotOdds, Tally) {
        let full = bundled::open("ccl-2013-14").expect("a bundled edition");
        let moment = Moment::parse(moment, &full).expect("a moment");
        let known = full.as_of(moment);
        let history = bundled::open_history(&full, None).expect("bundled editions");
        let model = goals::fit(
            &Specification::default_model(),
            &history,
            &known.to_edition(),
        )
        .expect("the bundled data fit");
        let conditions = Conditions::default();
        let slots = simulated(&SlotRequest {
            known: &known,
            model: &model,
            conditions: &conditions,
            runs: 20_000,
            seed: 5,
            threads: None,
        });
        let engine = Engine::new(&playbook::compile(&known, &model, &conditions));
        let tally = simulate(&engine, 20_000, 5, None, &|_| ());
        (known, slots, tally)
    }

    #[test]
    fn slots_agree_with_the_forecast_of_the_same_runs() {
        let (tournament, slots, tally) = both("start");
        let odds = tally.odds();
        for (tie, sides) in tournament.bracket.ties.iter().zip(&slots.sides) {
            for (side, of) in tie.sides.iter().zip(sides) {
                let shares = of.iter().map(|chance| chance.probability);
                assert!((shares.sum::<f64>() - 1.0).abs() < 1e-9);
                if let Side::Seed(seed) = side {
                    let seeds = odds.seed.iter().map(|seeds| seeds[usize::from(*seed) - 1]);
                    assert!(
                        seeds.eq(of.iter().map(|chance| chance.probability)),
                        "{}",
                        tie.name
                    );
                }
            }
        }
        // Whoever plays in a round stands in exactly one of its slots.
        for club in tournament.club_ids() {
            for round in tournament.bracket.round_ids() {
                let ties = tournament.bracket.ties_of(round);
                let total: f64 = ties
                    .flat_map(|(id, _)| &slots.sides[id.index()])
                    .map(|of| of[club.index()].probability)
                    .sum();
                assert!((total - odds.round[club.index()][round.index()]).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn what_is_known_is_certain() {
        // Before the final of 2013-14: Cruz Azul and Toluca, from the published bracket.
        let (tournament, slots, _) = both("sf");
        let last = slots.sides.last().expect("a final");
        let finalists = last.clone().map(|of| {
            let sure = of
                .iter()
                .position(|chance| *chance == Chance::settled(true))
                .expect("one club for certain");
            tournament.clubs[sure].name.clone()
        });
        assert_eq!(finalists, ["Toluca", "Cruz Azul"]);
    }
}
