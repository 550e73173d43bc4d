//! Groups that are still to be drawn: a playbook with the scores of every group match that a draw can bring about.

use super::compile::ScoreList;
use super::{GroupMatchPlan, GroupPlan, Playbook, ScoreId, compile};
use crate::conditions::Conditions;
use crate::goals::{GoalModel, Occasion};
use crate::ids::ClubId;
use crate::tournament::{Moment, Tournament};

/// The playbook of a tournament before the draw of its groups: compiled once for all draws.
#[derive(Debug, Clone)]
pub struct OpenGroups {
    /// The playbook with the groups of the file and nothing played.
    pub playbook: Playbook,
    /// The score of a group match for every ordered pair (host, guest), the host's row first.
    scores: Vec<ScoreId>,
    /// For each group, from which pot the club at each position comes.
    pots: Vec<Vec<usize>>,
}

impl OpenGroups {
    /// Compiles a tournament whose clubs stand in these pots, in the order in which they are drawn.
    ///
    /// A drawn club takes over the matches of the club of its pot, as in `Tournament::with_groups`; in a group of
    /// the file without one club of each pot, those of the club at the same position.
    pub fn compile(tournament: &Tournament, pots: &[Vec<ClubId>], model: &dyn GoalModel) -> Self {
        let start = tournament.as_of(Moment::Start);
        let mut playbook = compile(&start, model, &Conditions::default());
        let scores = group_scores(&mut playbook, model);
        let pots = playbook
            .groups
            .iter()
            .map(|group| pots_of(&group.clubs, pots))
            .collect();
        Self {
            playbook,
            scores,
            pots,
        }
    }

    /// Writes the groups after a draw into `plans`: `drawn` holds the clubs of each group in order of pots.
    pub fn draw_into(&self, drawn: &[Vec<ClubId>], plans: &mut Vec<GroupPlan>) {
        plans.clone_from(&self.playbook.groups);
        for ((plan, drawn), pots) in plans.iter_mut().zip(drawn).zip(&self.pots) {
            for (club, pot) in plan.clubs.iter_mut().zip(pots) {
                *club = drawn[*pot];
            }
            for GroupMatchPlan {
                home, away, score, ..
            } in &mut plan.matches
            {
                let [host, guest] = [home, away].map(|side| plan.clubs[usize::from(*side)]);
                *score = self.scores[host.index() * self.playbook.clubs + guest.index()];
            }
        }
    }
}

/// Adds the scores of every possible group match to a playbook.
fn group_scores(playbook: &mut Playbook, model: &dyn GoalModel) -> Vec<ScoreId> {
    let clubs = playbook.clubs;
    let mut list = ScoreList::after(model, std::mem::take(&mut playbook.scores));
    let mut scores = vec![ScoreId(0); clubs * clubs];
    for host in (0..clubs).map(ClubId::new) {
        for guest in (0..clubs).map(ClubId::new).filter(|guest| *guest != host) {
            scores[host.index() * clubs + guest.index()] =
                list.open(model.rates(host, guest, Occasion::Group));
        }
    }
    playbook.scores = list.list;
    scores
}

/// The pot of each club of a group, or the positions themselves if it has not one club of each pot.
fn pots_of(clubs: &[ClubId], pots: &[Vec<ClubId>]) -> Vec<usize> {
    let pot_of = |club: &ClubId| pots.iter().position(|pot| pot.contains(club));
    let found: Option<Vec<usize>> = clubs.iter().map(pot_of).collect();
    match found {
        Some(found) if (0..clubs.len()).all(|pot| found.contains(&pot)) => found,
        _ => (0..clubs.len()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Drawing, Uniform};
    use crate::goals::{JointScores, Rates};
    use crate::rng::{Purpose, stream};
    use crate::tournament::bundled;

    /// Every pairing has rates of its own.
    struct ByPairing;

    impl GoalModel for ByPairing {
        fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
            let first_leg = f64::from(u8::from(occasion == Occasion::FirstLeg));
            Rates::nearest(
                1.0 + 0.03 * home.index() as f64 + 0.1 * first_leg,
                0.5 + 0.02 * away.index() as f64,
            )
        }
    }

    #[test]
    fn a_drawn_playbook_is_that_of_the_regrouped_tournament() {
        for name in ["ccl-2013-14", "ccl-2012-13"] {
            let tournament = bundled::open(name).unwrap();
            let drawing = Drawing::new(&tournament).unwrap();
            let open = OpenGroups::compile(&tournament, drawing.pots(), &ByPairing);
            let uniform = Uniform::new(&drawing).unwrap();
            let mut plans = Vec::new();
            for index in 0..20 {
                let drawn = uniform.sample(&mut stream(3, Purpose::Draw, index));
                open.draw_into(&drawn, &mut plans);
                let other = tournament.with_groups(&drawn).unwrap();
                let slow = compile(&other, &ByPairing, &Conditions::default());
                for (plan, expected) in plans.iter().zip(&slow.groups) {
                    assert_eq!(plan.clubs, expected.clubs);
                    for (one, other) in plan.matches.iter().zip(&expected.matches) {
                        assert_eq!((one.home, one.away), (other.home, other.away));
                        let scores = |book: &Playbook, id| -> Vec<f64> {
                            JointScores::iter(book.score(id)).map(|(_, p)| p).collect()
                        };
                        assert_eq!(
                            scores(&open.playbook, one.score),
                            scores(&slow, other.score)
                        );
                    }
                }
            }
        }
    }
}
