//! The tournament as it stands, for people: plain tables that fit a terminal, a pipe and a file.

use super::explain::sentences;
use crate::ids::{ClubId, RoundId};
use crate::knockout::{
    BracketState, DecidedBy, SideGoals, TieOutcome, TieSide, TieState, Undecided,
};
use crate::seeding::SeedList;
use crate::standings::{Record, Standings};
use crate::tournament::{Leg, Round, Side, Tie, Tournament};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use std::fmt::Write;

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

/// A table without lines in which the columns from `first_number` on are numbers.
fn plain_table(width: u16, header: &[&str], first_number: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .force_no_tty()
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
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .force_no_tty()
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    for (tie_id, tie) in tournament.bracket.ties_of(id) {
        let state = bracket.tie(tie_id);
        let tie_text = TieText {
            tournament,
            seeds: &bracket.seeds,
            round,
            tie,
            state,
        };
        let lines = [tie_text.summary()].into_iter().chain(tie_text.legs());
        let lines: Vec<String> = lines.collect();
        table.add_row([tie.name.clone(), lines.join("\n")]);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((u16::from(index > 0) * 2, 0));
    }
    format!("{}\n{}", capitalised(&round.name), table.trim_fmt())
}

/// A tie about to be put into words.
struct TieText<'a> {
    tournament: &'a Tournament,
    seeds: &'a SeedList,
    round: &'a Round,
    tie: &'a Tie,
    state: &'a TieState,
}

impl TieText<'_> {
    /// Who plays, or who beat whom and how.
    fn summary(&self) -> String {
        match (self.state.pair(), self.state.outcome) {
            (Some(clubs), Ok(outcome)) => self.decided(clubs, outcome),
            (Some(clubs), Err(missing)) => self.open(clubs, missing),
            (None, _) => self.unknown(),
        }
    }

    /// `Toluca (1) beat San Jose Earthquakes (8) 5-4 on penalties, 2-2 on aggregate`.
    fn decided(&self, clubs: [ClubId; 2], outcome: TieOutcome) -> String {
        let winner = self.with_seed(clubs[outcome.winner.index()]);
        let loser = self.with_seed(clubs[outcome.winner.other().index()]);
        let Some(scores) = self.state.scores() else {
            return format!("{winner} beat {loser}");
        };
        let figures = |goals: SideGoals| by_winner(goals, outcome.winner);
        let two_legs = self.round.legs > 1;
        let after = if two_legs {
            format!("{} on aggregate", figures(scores.aggregate()))
        } else {
            format!("{} after 90 minutes", figures(scores.aggregate()))
        };
        let how = match outcome.decided_by {
            DecidedBy::Aggregate if two_legs => after,
            DecidedBy::Aggregate => figures(scores.aggregate()),
            DecidedBy::AwayGoals => {
                format!("{} on away goals, {after}", figures(scores.away_goals()))
            }
            DecidedBy::ExtraTime => {
                let goals = scores.extra_time().unwrap_or_default();
                format!("{} in extra time, {after}", figures(goals))
            }
            DecidedBy::Penalties => {
                let goals = scores.penalties().unwrap_or_default();
                format!("{} on penalties, {after}", figures(goals))
            }
        };
        format!("{winner} beat {loser} {how}")
    }

    /// `Toluca (1) v San Jose Earthquakes (8), 1-1 after the first leg`.
    fn open(&self, clubs: [ClubId; 2], missing: Undecided) -> String {
        let pair = format!(
            "{} v {}",
            self.with_seed(clubs[0]),
            self.with_seed(clubs[1])
        );
        let aggregate = self.state.aggregate();
        let figures = aggregate.map(|goals| format!("{}-{}", goals.first, goals.second));
        match (figures, missing) {
            (None, _) => pair,
            (Some(figures), Undecided::LegsToPlay) => {
                format!("{pair}, {figures} after the first leg")
            }
            (Some(figures), Undecided::ExtraTimeToPlay) => {
                format!("{pair}, level at {figures}: extra time to play")
            }
            (Some(figures), Undecided::PenaltiesToPlay) => {
                format!("{pair}, level at {figures}: penalties to take")
            }
        }
    }

    /// `seed 1 v seed 8`, with the clubs that hold these seeds at the moment.
    fn unknown(&self) -> String {
        let side = |index: usize| match (self.state.clubs[index], self.tie.sides[index]) {
            (Some(club), _) => self.with_seed(club),
            (None, Side::Seed(seed)) => format!("seed {seed}"),
            (None, Side::Winner(feeder)) => {
                format!("winner of {}", self.tournament.bracket.tie(feeder).name)
            }
        };
        let pair = format!("{} v {}", side(0), side(1));
        let begun = self.tournament.known_matches().0 > 0;
        match self.as_it_stands().filter(|_| begun) {
            Some([first, second]) => format!("{pair} (as it stands, {first} v {second})"),
            None => pair,
        }
    }

    /// The names of the clubs that hold the two seeds of this tie provisionally.
    fn as_it_stands(&self) -> Option<[&str; 2]> {
        let club = |side: Side| match side {
            Side::Seed(seed) => {
                let index = usize::from(seed).checked_sub(1)?;
                let record = self.seeds.seeding.seeds.get(index)?;
                Some(self.name(record.club))
            }
            Side::Winner(_) => None,
        };
        Some([club(self.tie.sides[0])?, club(self.tie.sides[1])?])
    }

    /// One line a leg, as soon as it is known who plays.
    fn legs(&self) -> impl Iterator<Item = String> {
        let legs = self.tie.legs.iter().enumerate();
        legs.filter_map(|(index, leg)| self.leg(index, leg))
    }

    fn leg(&self, index: usize, leg: &Leg) -> Option<String> {
        let date = leg.date.map_or(String::new(), |date| format!("{date}  "));
        if let Some(played) = leg.played {
            let (home, away) = (self.name(played.home), self.name(played.away));
            let score = played.score;
            let mut text = format!("{date}{home} {} {away}", score.ninety);
            if let Some(goals) = score.after_extra_time {
                let _ = write!(text, ", {goals} after extra time");
            }
            if let Some(goals) = score.penalties {
                let _ = write!(text, ", {goals} on penalties");
            }
            return Some(text);
        }
        let (home, away) = (self.state.host(index)?, self.state.guest(index)?);
        Some(format!("{date}{} - {}", self.name(home), self.name(away)))
    }

    fn name(&self, club: ClubId) -> &str {
        &self.tournament.club(club).name
    }

    fn with_seed(&self, club: ClubId) -> String {
        match self.seeds.seeding.seed(club) {
            Some(seed) => format!("{} ({seed})", self.name(club)),
            None => self.name(club).to_owned(),
        }
    }
}

/// Goals with the winner's first.
fn by_winner(goals: SideGoals, winner: TieSide) -> String {
    match winner {
        TieSide::First => format!("{}-{}", goals.first, goals.second),
        TieSide::Second => format!("{}-{}", goals.second, goals.first),
    }
}

/// Why each club level on points with another is above it.
fn reasons(tournament: &Tournament, width: u16) -> String {
    let title = "What separates clubs level on points";
    let sentences = sentences(tournament);
    if sentences.is_empty() {
        return format!("{title}\nNo two clubs are level on points.");
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .force_no_tty()
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    for (place, sentence) in sentences {
        table.add_row([place, sentence]);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((u16::from(index > 0) * 2, 0));
    }
    format!("{title}\n{}", table.trim_fmt())
}

/// The same words with a capital first.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
