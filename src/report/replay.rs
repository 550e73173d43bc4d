//! One simulated tournament as a score sheet for people: tables, seeds, every leg.

use crate::ids::ClubId;
use crate::play::{ScoreSheet, SheetGroup, SheetLeg, SheetTie};
use crate::tournament::Tournament;
use std::fmt::Write;

/// The score sheet as text, at most 80 columns wide.
pub fn text(tournament: &Tournament, sheet: &ScoreSheet, seed: u64, run: u64) -> String {
    let mut text = format!(
        "{} {}: simulated tournament number {run} of seed {seed}\n",
        tournament.competition, tournament.edition
    );
    for group in &sheet.groups {
        group_text(&mut text, tournament, group);
    }
    text.push_str("\nSeeds\n");
    for (index, club) in sheet.seeds.iter().enumerate() {
        let _ = writeln!(text, "{:>3}  {}", index + 1, name(tournament, *club));
    }
    if sheet.seeding_lots {
        text.push_str("     (lots decided among level seeds)\n");
    }
    let mut round = None;
    for tie in &sheet.ties {
        if round != Some(tie.round) {
            round = Some(tie.round);
            let _ = writeln!(
                text,
                "\n{}",
                capitalised(&tournament.bracket.round(tie.round).name)
            );
        }
        tie_text(&mut text, tournament, tie);
    }
    let _ = writeln!(text, "\nChampion: {}", name(tournament, sheet.champion));
    text
}

fn name(tournament: &Tournament, club: ClubId) -> &str {
    &tournament.club(club).name
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn group_text(text: &mut String, tournament: &Tournament, group: &SheetGroup) {
    let _ = writeln!(text, "\nGroup {}", tournament.group(group.group).name);
    for (index, row) in group.table.iter().enumerate() {
        let goals = format!("{}-{}", row.goals_for, row.goals_against);
        let _ = writeln!(
            text,
            "{:>3}  {:<24}{goals:>6}  {:>2} {}",
            index + 1,
            name(tournament, row.club),
            row.points,
            if row.points == 1 { "point" } else { "points" }
        );
    }
    for game in &group.matches {
        let (home, away) = (name(tournament, game.home), name(tournament, game.away));
        let _ = writeln!(text, "     {home} {} {away}", game.goals);
    }
    if group.lots {
        text.push_str("     (lots decided between level clubs)\n");
    }
}

fn tie_text(text: &mut String, tournament: &Tournament, tie: &SheetTie) {
    let title = &tournament.bracket.tie(tie.tie).name;
    let winner = name(tournament, tie.winner);
    let _ = writeln!(text, "{title}: {winner} go on{}", how(tie));
    for leg in &tie.legs {
        let line = leg_text(tournament, leg);
        // The longest legs, with extra time and a shoot-out, go on in a second line.
        let _ = match line.split_once(", ").filter(|_| line.chars().count() > 75) {
            Some((ninety, rest)) => writeln!(text, "     {ninety},\n       {rest}"),
            None => writeln!(text, "     {line}"),
        };
    }
}

/// What decided a tie of two legs, with the goals of both as its winner sees them.
fn how(tie: &SheetTie) -> String {
    let [_, last] = tie.legs.as_slice() else {
        return String::new();
    };
    let (mut own, mut other) = (0, 0);
    for leg in &tie.legs {
        let goals = leg.after_extra_time.unwrap_or(leg.ninety);
        let (home, away) = (u32::from(goals.home), u32::from(goals.away));
        let is_home = leg.home == tie.winner;
        own += if is_home { home } else { away };
        other += if is_home { away } else { home };
    }
    let why = if last.shoot_out.is_some() {
        " and a shoot-out"
    } else if last.after_extra_time.is_some() {
        " after extra time"
    } else if own == other {
        " and away goals"
    } else {
        ""
    };
    format!(", {own}-{other} on aggregate{why}")
}

fn leg_text(tournament: &Tournament, leg: &SheetLeg) -> String {
    let (home, away) = (name(tournament, leg.home), name(tournament, leg.away));
    let mut text = format!("{home} {} {away}", leg.ninety);
    if let Some(goals) = leg.after_extra_time {
        let _ = write!(text, ", {goals} after extra time");
    }
    if let Some(winner) = leg.shoot_out {
        let _ = write!(text, ", {} win the shoot-out", name(tournament, winner));
    }
    text
}
