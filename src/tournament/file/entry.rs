//! Reads one line of the schedule: a match, played or not, of a group or of a knockout tie.

use super::clubs::Clubs;
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located, Span};
use crate::ids::ClubId;
use crate::tournament::{Goals, Score};
use jiff::civil::Date;

/// The most matchdays a group stage may have: more is a typing mistake.
const MOST_MATCHDAYS: u8 = 60;

/// One line of the schedule, as far as it could be read.
pub(super) struct Entry<'a> {
    /// The line itself.
    table: Table<'a>,
    /// The name of its group, in a group match.
    pub(super) group: Option<Located<String>>,
    /// The matchday, in a group match.
    pub(super) matchday: Option<Located<u8>>,
    /// The name of its tie, in a knockout match.
    pub(super) tie: Option<Located<String>>,
    /// The name of its round, in a knockout match of a past edition.
    pub(super) round: Option<Located<String>>,
    /// Which leg it is.
    pub(super) leg: Option<Located<u8>>,
    /// How many legs its tie has, in a past edition.
    pub(super) legs: Option<Located<u8>>,
    /// The day.
    pub(super) date: Option<Located<Date>>,
    /// The home club.
    pub(super) home: Option<Located<ClubId>>,
    /// The away club.
    pub(super) away: Option<Located<ClubId>>,
    /// The score after 90 minutes.
    pub(super) score: Option<Located<Goals>>,
    /// The full score after extra time.
    pub(super) after_extra_time: Option<Located<Goals>>,
    /// The goals of the shoot-out.
    pub(super) penalties: Option<Located<Goals>>,
    /// Whether the score was awarded rather than played.
    pub(super) awarded: bool,
    /// Whether everything that is written in it could be read.
    pub(super) sound: bool,
}

impl<'a> Entry<'a> {
    /// Reads the lines of `[schedule]`, whose tables may have these keys.
    pub(super) fn read_all(
        schedule: &Table<'a>,
        keys: &[&str],
        clubs: &Clubs,
        problems: &Problems,
    ) -> Vec<Self> {
        schedule
            .tables("matches", "a match", keys)
            .into_iter()
            .map(|table| Self::read(table, clubs, problems))
            .collect()
    }

    fn read(table: Table<'a>, clubs: &Clubs, problems: &Problems) -> Self {
        let before = problems.count();
        let club = |key| {
            let code = table.optional::<String>(key)?;
            clubs
                .find(&code, problems)
                .map(|id| Located::new(id, code.span))
        };
        let goals = |key| {
            let text = table.optional::<String>(key)?;
            read_goals(&text, problems)
        };
        let mut entry = Self {
            group: table.optional("group"),
            matchday: table.optional("matchday"),
            tie: table.optional("tie"),
            round: table.optional("round"),
            leg: table.optional("leg"),
            legs: table.optional("legs"),
            date: table.required("date", "the day, such as `date = 2013-08-06`"),
            home: club("home"),
            away: club("away"),
            score: goals("score"),
            after_extra_time: goals("after_extra_time"),
            penalties: goals("penalties"),
            awarded: table
                .optional::<bool>("awarded")
                .is_some_and(|awarded| awarded.value),
            sound: false,
            table,
        };
        entry.check(problems);
        let clubs_found =
            entry.home.is_some() == entry.has("home") && entry.away.is_some() == entry.has("away");
        entry.sound = clubs_found && problems.count() == before;
        entry
    }

    /// What is wrong with the line whatever the rest of the file says.
    fn check(&self, problems: &Problems) {
        if let (Some(home), Some(away)) = (&self.home, &self.away)
            && home.value == away.value
        {
            problems.add(
                Diagnostic::error(away.span.clone(), "a club cannot play against itself")
                    .related(home.span.clone(), "the same club")
                    .help("correct one of the two codes"),
            );
        }
        if let Some(matchday) = &self.matchday
            && !(1..=MOST_MATCHDAYS).contains(&matchday.value)
        {
            problems.add(
                Diagnostic::error(
                    matchday.span.clone(),
                    format!("there is no matchday {}", matchday.value),
                )
                .help("matchdays count from 1"),
            );
        }
        if let Some(date) = &self.date
            && !(1850..=2200).contains(&date.value.year())
        {
            problems.add(
                Diagnostic::error(
                    date.span.clone(),
                    format!("no football match is played in {}", date.value.year()),
                )
                .help("correct the year"),
            );
        }
        self.check_scores(problems);
    }

    /// What is wrong with its scores, taken together.
    fn check_scores(&self, problems: &Problems) {
        let Some(score) = &self.score else {
            if self.awarded && !self.has("score") {
                problems.add(
                    Diagnostic::error(self.table.place_of("awarded"), "nothing was awarded")
                        .label("this match has no score")
                        .help("add the score that counts, or drop `awarded`"),
                );
            }
            for late in self.after_extra_time.iter().chain(&self.penalties) {
                problems.add(
                    Diagnostic::error(
                        late.span.clone(),
                        "there is no score after 90 minutes to go with this",
                    )
                    .help("add `score = \"...\"`, the score after 90 minutes"),
                );
            }
            return;
        };
        if let Some(extra) = &self.after_extra_time
            && (extra.value.home < score.value.home || extra.value.away < score.value.away)
        {
            problems.add(
                Diagnostic::error(
                    extra.span.clone(),
                    format!(
                        "extra time cannot take goals away: it was {} before",
                        score.value
                    ),
                )
                .help("write the full score after extra time, the 90 minutes included"),
            );
        }
        if let Some(shoot_out) = &self.penalties
            && !possible_shoot_out(shoot_out.value)
        {
            problems.add(
                Diagnostic::error(shoot_out.span.clone(), format!("no shoot-out ends {}", shoot_out.value))
                    .help("it ends when one side leads by more than the other has kicks left of five, or by one after more than five each"),
            );
        }
    }

    /// The score as a whole, where there is one.
    pub(super) fn full_score(&self) -> Option<Score> {
        Some(Score {
            ninety: self.score.as_ref()?.value,
            after_extra_time: self.after_extra_time.as_ref().map(|goals| goals.value),
            penalties: self.penalties.as_ref().map(|goals| goals.value),
        })
    }

    /// Where the line stands.
    pub(super) fn span(&self) -> Span {
        self.table.span()
    }

    /// Whether the line has a key, with whatever value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.has(key)
    }

    /// Reports those keys that the line needs and lacks.
    pub(super) fn require(&self, keys: &[&str], what: &str, problems: &Problems) {
        for key in keys.iter().filter(|key| !self.has(key)) {
            problems.add(
                Diagnostic::error(self.span(), format!("{what} needs the key `{key}`"))
                    .label(format!("`{key}` is missing")),
            );
        }
    }

    /// Reports those keys that mean nothing in this line.
    pub(super) fn refuse(&self, keys: &[&str], why: &str, help: &str, problems: &Problems) {
        for key in keys.iter().filter(|key| self.has(key)) {
            problems.add(
                Diagnostic::error(self.table.place_of(key), why)
                    .label(format!("`{key}` means nothing here"))
                    .help(help),
            );
        }
    }
}

fn read_goals(text: &Located<String>, problems: &Problems) -> Option<Located<Goals>> {
    let found = text.value.parse::<Goals>();
    if let Err(error) = &found {
        let error = error.to_string();
        let (fact, help) = error
            .split_once("; ")
            .unwrap_or((&error, "correct the number"));
        problems.add(
            Diagnostic::error(text.span.clone(), fact)
                .label("impossible score")
                .help(help),
        );
    }
    found
        .ok()
        .map(|goals| Located::new(goals, text.span.clone()))
}

/// Whether a shoot-out (Law 10 of the game) can end like this: five kicks each, over as soon as one side
/// cannot be caught; then one each until they differ.
fn possible_shoot_out(goals: Goals) -> bool {
    let (most, least) = (goals.home.max(goals.away), goals.home.min(goals.away));
    let margin = most - least;
    match most {
        0..=3 => margin > 0,
        4 => (1..=3).contains(&margin),
        5 => (1..=2).contains(&margin),
        _ => margin == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every score at which some order of kicks ends a shoot-out, found by playing them all.
    fn all_endings() -> std::collections::BTreeSet<(u8, u8)> {
        fn kick(
            taken: [u8; 2],
            scored: [u8; 2],
            endings: &mut std::collections::BTreeSet<(u8, u8)>,
        ) {
            if taken[0] > 8 {
                return;
            }
            let side = usize::from(taken[0] > taken[1]);
            for goal in 0..=1 {
                let (mut taken, mut scored) = (taken, scored);
                taken[side] += 1;
                scored[side] += goal;
                let left = |side: usize| 5u8.saturating_sub(taken[side]);
                let five_over = taken[0] >= 5 && taken[1] >= 5;
                let over = if five_over {
                    taken[0] == taken[1] && scored[0] != scored[1]
                } else {
                    scored[0] > scored[1] + left(1) || scored[1] > scored[0] + left(0)
                };
                if over {
                    endings.insert((scored[0], scored[1]));
                    endings.insert((scored[1], scored[0]));
                } else {
                    kick(taken, scored, endings);
                }
            }
        }
        let mut endings = std::collections::BTreeSet::new();
        kick([0, 0], [0, 0], &mut endings);
        endings
    }

    #[test]
    fn possible_shoot_outs_are_those_that_some_order_of_kicks_gives() {
        let endings = all_endings();
        // Eight kicks each are enough for every score up to 8.
        for home in 0..=8u8 {
            for away in 0..=8u8 {
                let possible = possible_shoot_out(Goals { home, away });
                assert_eq!(possible, endings.contains(&(home, away)), "{home}-{away}");
            }
        }
    }
}
