//! The forecast from before the draw for people: the odds, and how lucky each club's real draw was.

use super::about::fit;
use super::forecast_table::in_order;
use super::forecast_text::error_words;
use super::number::{change, grouped, percent};
use crate::draw::DrawnBy;
use crate::forecast::{BeforeDraw, Method, RealDraw};
use crate::ids::ClubId;
use crate::odds::Odds;
use crate::tournament::Tournament;

/// The width of the columns of pot, odds and luck.
const NUMBERS_WIDTH: usize = 50;

/// How the table is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The width to fill at most, in characters.
    pub width: usize,
    /// How many clubs at most.
    pub most: usize,
}

/// What was assumed, then a row a club, the likeliest champion first.
pub fn text(tournament: &Tournament, before: &BeforeDraw, shown: Shown) -> String {
    let mut text = heading(tournament, before) + "\n";
    let longest = tournament
        .clubs
        .iter()
        .map(|club| club.name.chars().count());
    let names = longest.max().unwrap_or(0).max(8);
    let names = names.min(shown.width.saturating_sub(NUMBERS_WIDTH)).max(8);
    let luck =
        ["luck, pp"; 2].map(|title| Some(title.to_owned()).filter(|_| before.real.is_some()));
    let words = [fit("club", names), "pot".to_owned()];
    text.push_str(&line(
        words,
        ["1st", "final", "title"].map(str::to_owned),
        luck,
    ));
    let clubs = in_order(tournament, &before.forecast);
    for club in clubs.into_iter().take(shown.most) {
        text.push_str(&row(tournament, before, club, names));
    }
    if before.real.is_some() {
        text.push_str(FOOTER);
    }
    text
}

/// What the columns mean.
const FOOTER: &str = "
luck  the odds given the real draw minus those before it;
      ~0 is within two standard errors of zero
";

/// The lines above the table.
fn heading(tournament: &Tournament, before: &BeforeDraw) -> String {
    let forecast = &before.forecast;
    let seed = match forecast.method {
        Method::Simulated { seed, .. } => format!(", seed {seed}"),
        Method::Exact { .. } => String::new(),
    };
    let by = match before.by {
        DrawnBy::Sequential => "pot by pot, each club to the first group without a dead end",
        DrawnBy::Uniform => "every valid draw equally likely",
    };
    let lines = [
        format!("{} {}", tournament.competition, tournament.edition),
        format!("as of    {}", forecast.as_of.words(tournament)),
        format!("draw     {}: {by}", before.by.word()),
        format!(
            "model    {}, fitted to {} matches of {} editions",
            forecast.model.name, forecast.model.matches, forecast.model.editions
        ),
        format!(
            "method   {} random draws, {} simulated tournaments each{seed}",
            grouped(before.draws),
            before.runs_per_draw
        ),
        format!("error    {}, clustered by draw", error_words(forecast)),
    ];
    lines.join("\n") + "\n"
}

fn row(tournament: &Tournament, before: &BeforeDraw, id: ClubId, names: usize) -> String {
    let club = tournament.club(id);
    let index = id.index();
    let cell = |of: &dyn Fn(&Odds) -> f64| percent(before.forecast.chance(of));
    let pot = club.pot.as_deref().unwrap_or("-");
    let last_round = before.forecast.odds.round[index].len().checked_sub(1);
    let luck = |by: f64, error: f64| change(by, error, before.forecast.method);
    let cells = [
        cell(&|odds| odds.place[index][0]),
        last_round.map_or_else(String::new, |last| cell(&|odds| odds.round[index][last])),
        cell(&|odds| odds.title[index]),
    ];
    let lucks = match &before.real {
        Some(RealDraw {
            luck: by,
            luck_standard_errors: error,
            ..
        }) => [
            Some(luck(by.place[index][0], error.place[index][0])),
            Some(luck(by.title[index], error.title[index])),
        ],
        None => [None, None],
    };
    line([fit(&club.name, names), pot.to_owned()], cells, lucks)
}

/// A line: club and pot, the chances to win the group, to play the final and to win the title, and the luck in the first
/// and the last of them.
fn line(
    words: [String; 2],
    [first, last_round, title]: [String; 3],
    lucks: [Option<String>; 2],
) -> String {
    let [first_luck, title_luck] =
        lucks.map(|luck| luck.map_or_else(String::new, |luck| format!("{luck:>13}")));
    let [club, pot] = words;
    format!("{club} {pot:<3}{first:>7}{first_luck}{last_round:>7}{title:>6}{title_luck}\n")
}
