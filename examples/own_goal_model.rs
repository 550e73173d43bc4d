//! Plugs a goal model of one's own into the simulator: fixed strengths and a rule of thumb, no fit at all.
//!
//! Run it with `cargo run --release --example own_goal_model`.

use cupcast::conditions::Conditions;
use cupcast::goals::{GoalModel, Occasion, Rates};
use cupcast::ids::ClubId;
use cupcast::play::Engine;
use cupcast::playbook::compile;
use cupcast::simulate::simulate;
use cupcast::tournament::{Moment, Tournament, bundled};

/// One strength a club: how many goals more than an average club it scores against one.
struct RuleOfThumb {
    strengths: Vec<f64>,
}

impl GoalModel for RuleOfThumb {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let edge = self.strengths[home.index()] - self.strengths[away.index()];
        // First legs are played with care.
        let level = if occasion == Occasion::FirstLeg {
            1.2
        } else {
            1.35
        };
        Rates::nearest(
            (level + 0.35 + edge / 2.0).max(0.2),
            (level - 0.35 - edge / 2.0).max(0.2),
        )
    }
}

/// Pot A is half a goal better than pot B, which is half a goal better than pot C.
fn by_pot(tournament: &Tournament) -> RuleOfThumb {
    let strengths = tournament
        .clubs
        .iter()
        .map(|club| match club.pot.as_deref() {
            Some("A") => 0.5,
            Some("C") => -0.5,
            _ => 0.0,
        });
    RuleOfThumb {
        strengths: strengths.collect(),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tournament = bundled::open("ccl-2013-14")?.as_of(Moment::Start);
    let model = by_pot(&tournament);
    let engine = Engine::new(&compile(&tournament, &model, &Conditions::default()));
    let odds = simulate(&engine, 100_000, 1, None, &|_| {}).odds();
    for (club, title) in tournament.clubs.iter().zip(&odds.title) {
        println!("{:<24}{:>6.1}%", club.name, title * 100.0);
    }
    Ok(())
}
