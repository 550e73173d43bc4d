//! The tournament as it stands, for people: plain tables that fit a terminal, a pipe and a file.

use super::explain::{capitalised, sentences};
use super::tie::TieText;
use crate::ids::{ClubId, RoundId};
use crate::knockout::BracketState;
use crate::seeding::SeedList;
use crate::standings::{Record, Standings};
use crate::tournament::{Tie, Tournament};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// The group tables, the seed list and the bracket as they stand, in lines of at most `width` columns;
/// with `explain`, also what separated every pair of clubs level on points.
///
/// Tables of groups in progress are ranked by the rules on the matches played so far, and as long as a seed
/// is not settled, the club is marked as provisional.
pub fn text(tournament: &Tournament, explain: bool, width: u16) -> String {
    let bracket = BracketState::of(tournament);
    let mut parts = vec![
        heading(tournament),
        groups(tournament, width),
        seeds(tournament, &bracket.seeds, width),
    ];
    for round in tournament.bracket.round_ids() {
        parts.push(ties(tournament, &bracket, round, width));
    }
    if explain {
        parts.push(reasons(tournament, width));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// The competition, the edition, and how much of it is known.
fn heading(tournament: &Tournament) -> String {
    let (groups, legs) = tournament.known_matches();
    let all_groups = tournament.fixtures.len();
    let all_legs: usize = tournament
        .bracket
        .ties
        .iter()
        .map(|tie| tie.legs.len())
        .sum();
    format!(
        "{} {}\nResults: {groups} of {all_groups} group matches, {legs} of {all_legs} knockout matches",
        tournament.competition, tournament.edition
    )
}

/// A list of names and what is to be said about each, in two columns, of which the second wraps.
fn list(rows: impl Iterator<Item = [String; 2]>, width: u16) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .add_rows(rows);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((u16::from(index > 0) * 2, 0));
    }
    table.trim_fmt()
}

/// A table without lines in which the columns from `first_number` on are numbers.
fn plain_table(width: u16, header: &[&str], first_number: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(header);
    for (index, column) in table.column_iter_mut().enumerate() {
        let outer = u16::from(index > 0);
        column.set_padding((outer, 0));
        if index >= first_number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The tables of all groups, one below the other with common columns.
fn groups(tournament: &Tournament, width: u16) -> String {
    let header = ["", "", "P", "W", "D", "L", "Goals", "GD", "Away", "Pts"];
    let mut table = plain_table(width, &header, 2);
    let mut any_level = false;
    for id in tournament.group_ids() {
        let standings = Standings::of_group(tournament, id);
        let name = format!("Group {}", tournament.group(id).name);
        if id.index() > 0 {
            table.add_row([""]);
        }
        table.add_row(["", name.as_str()]);
        for row in &standings.rows {
            any_level |= standings.is_level(row.club);
            table.add_row(group_row(tournament, &standings, row));
        }
    }
    let mut text = table.trim_fmt();
    for deduction in tournament.deductions_in_words() {
        text.push_str(&format!("\n{deduction}"));
    }
    if any_level {
        text.push_str("\n= level on every criterion; only lots could separate these clubs");
    }
    text
}

/// The place of a club as a table shows it: `1`, or `1=` for clubs that nothing separates.
fn place(standings: &Standings, club: ClubId) -> String {
    let position = |club| standings.rows.iter().position(|row| row.club == club);
    let level = standings.level.iter().find(|set| set.contains(&club));
    let first = level.map_or(club, |set| set[0]);
    let place = position(first).map_or(0, |index| index + 1);
    let mark = if level.is_some() { "=" } else { "" };
    format!("{place}{mark}")
}

fn group_row(tournament: &Tournament, standings: &Standings, row: &Record) -> Vec<String> {
    vec![
        place(standings, row.club),
        tournament.club(row.club).name.clone(),
        row.played.to_string(),
        row.won.to_string(),
        row.drawn.to_string(),
        row.lost.to_string(),
        format!("{}-{}", row.goals_for, row.goals_against),
        difference(row),
        row.away_goals.to_string(),
        row.points.to_string(),
    ]
}

/// A goal difference with its sign.
fn difference(row: &Record) -> String {
    match row.goal_difference() {
        0 => "0".to_owned(),
        value => format!("{value:+}"),
    }
}

/// The seed list: settled, or as it stands.
fn seeds(tournament: &Tournament, seeds: &SeedList, width: u16) -> String {
    if tournament.known_matches().0 == 0 {
        return "Seeds: none before the first group match".to_owned();
    }
    let settled = seeds.settled.iter().all(|settled| *settled);
    let header = [
        "",
        "",
        "Group",
        "Pts",
        "GD",
        "Goals",
        "Away",
        "Wins",
        "Away wins",
        "",
    ];
    let mut table = plain_table(width, &header, 3);
    for (index, record) in seeds.seeding.seeds.iter().enumerate() {
        let group = tournament.group_of(record.club);
        let mark = if seeds.settled[index] {
            ""
        } else {
            "provisional"
        };
        table.add_row([
            (index + 1).to_string(),
            tournament.club(record.club).name.clone(),
            tournament.group(group).name.clone(),
            record.points.to_string(),
            difference(record),
            format!("{}-{}", record.goals_for, record.goals_against),
            record.away_goals.to_string(),
            record.won.to_string(),
            record.away_wins.to_string(),
            mark.to_owned(),
        ]);
    }
    let title = if settled {
        "Seeds"
    } else if tournament.groups_are_over() {
        "Seeds (lots that are not recorded would have to decide)"
    } else {
        "Seeds as they stand (the leaders of groups that are not over)"
    };
    format!("{title}\n{}", table.trim_fmt())
}

/// One round of the bracket: each tie with its legs and how it was decided.
fn ties(tournament: &Tournament, bracket: &BracketState, id: RoundId, width: u16) -> String {
    let round = tournament.bracket.round(id);
    let row = |(tie_id, tie): (_, &Tie)| {
        let tie_text = TieText {
            tournament,
            seeds: &bracket.seeds,
            round,
            tie,
            state: bracket.tie(tie_id),
        };
        let lines = [tie_text.summary()].into_iter().chain(tie_text.legs());
        [tie.name.clone(), lines.collect::<Vec<_>>().join("\n")]
    };
    let rows = tournament.bracket.ties_of(id).map(row);
    format!("{}\n{}", capitalised(&round.name), list(rows, width))
}

/// Why each club level on points with another is above it.
fn reasons(tournament: &Tournament, width: u16) -> String {
    let title = "What separates clubs level on points";
    let sentences = sentences(tournament);
    if sentences.is_empty() {
        return format!("{title}\nNo two clubs that have begun are level on points.");
    }
    let rows = sentences
        .into_iter()
        .map(|(place, sentence)| [place, sentence]);
    format!("{title}\n{}", list(rows, width))
}
