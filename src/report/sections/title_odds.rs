//! The section and picture of title odds: who wins the cup.

use super::{Material, error_note, odds_cell};
use crate::ids::ClubId;
use crate::odds::{Chance, Odds};
use crate::plot::{Bar, Bars, Picture, bars};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};
use crate::report::forecast_table::in_order;
use crate::report::number::{change, percent, plus_minus};

/// Clubs below this chance share the last bar of the picture (the table has them all).
const WORTH_A_BAR: f64 = 0.001;

/// Bars of the title odds, the likeliest champion first.
pub fn picture(material: &Material<'_>, width: f64) -> Picture {
    let odds = &material.forecast.odds.title;
    let order = in_order(material.tournament, material.forecast);
    let (worth, rest): (Vec<ClubId>, Vec<ClubId>) = order
        .into_iter()
        .partition(|club| odds[club.index()] >= WORTH_A_BAR);
    let mut rows: Vec<Bar> = worth.iter().map(|club| bar(material, *club)).collect();
    let together: f64 = rest.iter().map(|club| odds[club.index()]).sum();
    if together > 0.0 {
        rows.push(the_rest(&rest, together, material));
    }
    let tick = material.forecast.what_if.as_ref().map_or(
        "",
        |_| " The upright line is the chance without the what-if.",
    );
    let data = Bars {
        title: "Who wins the cup".to_owned(),
        note: format!("{}.{}{tick}", material.heading(), error_note(material)),
        description: describe(material, &worth),
        unit: "%".to_owned(),
        bars: rows,
    };
    bars(&data, width)
}

fn bar(material: &Material<'_>, club: ClubId) -> Bar {
    let forecast = material.forecast;
    let (value, error) = (
        forecast.odds.title[club.index()],
        forecast.standard_errors.title[club.index()],
    );
    let text = text(material, club);
    Bar {
        label: material.name(club).to_owned(),
        value: value * 100.0,
        error: error * 100.0,
        baseline: forecast
            .what_if
            .as_ref()
            .map(|what_if| what_if.baseline.title[club.index()] * 100.0),
        hint: format!("{} wins the cup: {text}", material.name(club)),
        text,
    }
}

/// `31.8% ± 0.05`.
fn text(material: &Material<'_>, club: ClubId) -> String {
    let chance = material.forecast.chance(|odds| odds.title[club.index()]);
    percent(chance) + &plus_minus(chance.standard_error)
}

fn the_rest(clubs: &[ClubId], together: f64, material: &Material<'_>) -> Bar {
    let possible = clubs
        .iter()
        .filter(|club| material.forecast.odds.title[club.index()] > 0.0);
    let label = match possible.count() {
        1 => "1 other club".to_owned(),
        count => format!("{count} other clubs"),
    };
    let names: Vec<&str> = clubs.iter().map(|club| material.name(*club)).collect();
    let errors = &material.forecast.standard_errors.title;
    let errors = clubs.iter().map(|club| errors[club.index()]);
    let error = errors.fold(0.0, f64::hypot);
    Bar {
        label,
        value: together * 100.0,
        error: 0.0,
        baseline: None,
        text: percent(Chance::estimate(together, error)),
        hint: names.join(", "),
    }
}

fn describe(material: &Material<'_>, clubs: &[ClubId]) -> String {
    let leaders: Vec<String> = clubs
        .iter()
        .take(5)
        .map(|club| format!("{} {}", material.name(*club), text(material, *club)))
        .collect();
    format!(
        "Bars of title odds. The likeliest champions: {}.",
        leaders.join(", ")
    )
}

/// The picture, and a table of every club's way to the title.
pub fn section(material: &Material<'_>) -> Section {
    Section {
        id: "title-odds".into(),
        title: "Title odds".into(),
        text: Vec::new(),
        picture: Some(PicturePair::draw(|width| picture(material, width))),
        tables: vec![table(material)],
    }
}

fn table(material: &Material<'_>) -> Table {
    let rounds = &material.tournament.bracket.rounds;
    let mut columns = vec![
        Column::words("club"),
        Column::words("association"),
        Column::words("group"),
        Column::numbers("wins group"),
    ];
    columns.extend(rounds.iter().map(|round| Column::numbers(&round.name)));
    columns.push(Column::numbers("title"));
    if material.forecast.what_if.is_some() {
        columns.push(Column::numbers("change, pp"));
    }
    let order = in_order(material.tournament, material.forecast);
    Table {
        caption: "How far each club gets: chance of winning its group, of playing in each round, and of the title".to_owned(),
        columns,
        rows: order.into_iter().map(|club| row(material, club)).collect(),
    }
}

fn row(material: &Material<'_>, club: ClubId) -> Vec<Cell> {
    let (tournament, forecast) = (material.tournament, material.forecast);
    let index = club.index();
    let odds = &forecast.odds;
    let cell = |of: &dyn Fn(&Odds) -> f64| odds_cell(forecast.chance(of));
    let group = &tournament.group(tournament.group_of(club)).name;
    let mut cells = vec![
        material.name(club).into(),
        tournament.club(club).association.as_str().into(),
        group.as_str().into(),
        cell(&|odds| odds.place[index][0]),
    ];
    let rounds = 0..odds.round[index].len();
    cells.extend(rounds.map(|round| cell(&|odds| odds.round[index][round])));
    cells.push(Cell::odds(text(material, club), odds.title[index]));
    if let Some(what_if) = &forecast.what_if {
        let error = what_if.change_standard_errors.title[index];
        let by = what_if.change.title[index];
        cells.push(change(by, error, forecast.method).into());
    }
    cells
}
