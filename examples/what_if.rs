//! Asks what one result would change: the same luck is played with it and without it.
//!
//! Run it with `cargo run --release --example what_if`.

use cupcast::conditions::{Conditions, Item, ItemKind};
use cupcast::forecast::{Effort, ModelNote, Request, Unwatched, simulated};
use cupcast::goals::{self, Specification};
use cupcast::tournament::{Moment, bundled};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tournament = bundled::open("ccl-2013-14")?;
    let moment = Moment::Matchday(4);
    let known = tournament.as_of(moment);
    let history = bundled::open_history(&tournament, None)?;
    let model = goals::fit(
        &Specification::default_model(),
        &history,
        &known.to_edition(),
    )?;
    let items = [Item::new(ItemKind::Fix, "TOL-COM 0-3")];
    let conditions = Conditions::read(&items, &known).map_err(|errors| errors[0].clone())?;
    let request = Request {
        known: &known,
        moment,
        model: &model,
        note: ModelNote {
            name: "default".to_owned(),
            matches: model.summary().training_matches,
            editions: history.len() + 1,
        },
        conditions: &conditions,
        effort: Effort::Runs(100_000),
        seed: 1,
        threads: None,
    };
    let forecast = simulated(&request, &Unwatched);
    let what_if = forecast.what_if.ok_or("a what-if has a baseline")?;
    for club in known.club_ids() {
        let change = what_if.change.title[club.index()] * 100.0;
        let error = what_if.change_standard_errors.title[club.index()] * 100.0;
        if change.abs() > 2.0 * error {
            let name = &known.club(club).name;
            println!("{name:<24}{change:>+7.2} ± {error:.2} points");
        }
    }
    Ok(())
}
