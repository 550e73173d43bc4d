//! Reads the knockout rounds and their ties, each by itself; `shape` judges how they fit together.

use super::clubs::check_name;
use super::planned;
use super::shape;
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located, Span, nearest};
use crate::ids::{RoundId, TieId};
use crate::tournament::{Bracket, Leg, Round, SecondLegHost, Side, Tie};

const KEYS: [&str; 6] = ["name", "short", "legs", "away_goals", "extra_time", "ties"];
const TIE_KEYS: [&str; 4] = ["name", "sides", "second_leg_host", "host"];

/// The most rounds: 64 group winners need six.
const MOST_ROUNDS: usize = 6;

/// The knockout stage of a file and where each tie stands.
pub(super) struct Rounds {
    /// The rounds and ties, as far as they could be read.
    pub(super) bracket: Bracket,
    /// Where the name of each tie stands; indexed by [`TieId`].
    pub(super) places: Vec<Span>,
    /// Whether all rounds and ties could be read.
    pub(super) sound: bool,
    /// How many seeds there are, where that is known.
    seeds: Option<usize>,
    /// The mistakes in seeds that there are not: the shape of the bracket can be judged in spite of them.
    beyond: Vec<Diagnostic>,
}

impl Rounds {
    /// Reads the `[[round]]` tables of a document; `qualified` clubs go on from the groups, where that is known.
    pub(super) fn read(
        document: &Table<'_>,
        qualified: Option<usize>,
        problems: &Problems,
    ) -> Self {
        let before = problems.count();
        let mut rounds = Self {
            bracket: Bracket {
                rounds: Vec::new(),
                ties: Vec::new(),
            },
            places: Vec::new(),
            sound: false,
            seeds: qualified.filter(|groups| shape::is_supported(*groups)),
            beyond: Vec::new(),
        };
        let mut shorts: Vec<Located<String>> = Vec::new();
        let mut spans = Vec::new();
        let tables = document.tables("round", "a round", &KEYS);
        if tables.len() > MOST_ROUNDS {
            problems.add(
                Diagnostic::error(
                    tables[MOST_ROUNDS].span(),
                    format!("{} rounds are not supported", tables.len()),
                )
                .help(format!("at most {MOST_ROUNDS} rounds lead to the final")),
            );
        }
        for table in tables.into_iter().take(MOST_ROUNDS) {
            spans.push(rounds.read_round(&table, &mut shorts, problems));
        }
        if spans.is_empty() && !document.has("round") {
            problems.add(
                Diagnostic::error(document.span(), "there is no knockout stage")
                    .label("no `[[round]]` in this file")
                    .help(
                        "add a `[[round]]` with its `ties` for each knockout round, the final last",
                    ),
            );
        }
        rounds.sound = problems.count() == before;
        if let (true, Some(qualified)) = (rounds.sound, qualified) {
            shape::check(&rounds, qualified, &spans, document, problems);
        }
        rounds.sound &= rounds.beyond.is_empty();
        for beyond in rounds.beyond.drain(..) {
            problems.add(beyond);
        }
        rounds
    }

    fn read_round(
        &mut self,
        table: &Table<'_>,
        shorts: &mut Vec<Located<String>>,
        problems: &Problems,
    ) -> Span {
        let name = table.required::<String>("name", "`name = \"semifinal\"`, say");
        if let Some(name) = &name {
            check_name(name, problems);
        }
        if let Some(short) = table.required::<String>("short", "`short = \"sf\"`, say") {
            check_short(&short, shorts, problems);
            shorts.push(short);
        }
        let legs = table.required::<u8>("legs", "`legs = 2` or `legs = 1`");
        if let Some(legs) = legs.as_ref().filter(|legs| !(1..=2).contains(&legs.value)) {
            problems.add(
                Diagnostic::error(
                    legs.span.clone(),
                    format!("ties of {} legs are not supported", legs.value),
                )
                .help("a tie has one leg or two: write 1 or 2"),
            );
        }
        let legs = legs.map_or(2, |legs| legs.value.clamp(1, 2));
        let away_goals =
            table.required::<bool>("away_goals", "`away_goals = true` or `away_goals = false`");
        if legs == 1
            && let Some(away_goals) = away_goals.as_ref().filter(|rule| rule.value)
        {
            problems.add(
                Diagnostic::error(
                    away_goals.span.clone(),
                    "away goals cannot decide a tie of one leg",
                )
                .help("write `away_goals = false`"),
            );
        }
        let extra_time =
            table.required::<bool>("extra_time", "`extra_time = true` or `extra_time = false`");
        let round = RoundId::new(self.bracket.rounds.len());
        let earlier = self.bracket.ties.len();
        let tie_tables = table.tables("ties", "a tie", &TIE_KEYS);
        if tie_tables.is_empty() {
            let _: Vec<Located<String>> =
                table.required_list("ties", "`ties = [{ name = ..., sides = [..., ...] }]`");
        }
        for tie in &tie_tables {
            self.read_tie(tie, round, earlier, legs, problems);
        }
        let place = table.place_of("name");
        self.bracket.rounds.push(Round {
            name: name.map(|name| name.value).unwrap_or_default(),
            short: shorts
                .last()
                .map(|short| short.value.clone())
                .unwrap_or_default(),
            legs,
            away_goals: away_goals.is_some_and(|rule| rule.value),
            extra_time: extra_time.is_some_and(|rule| rule.value),
        });
        place
    }

    /// Reads one tie; only the first `earlier` ties can feed it.
    fn read_tie(
        &mut self,
        table: &Table<'_>,
        round: RoundId,
        earlier: usize,
        legs: u8,
        problems: &Problems,
    ) {
        let name = table.required::<String>("name", "the tie's name, such as `name = \"SF1\"`");
        if let Some(name) = &name {
            check_name(name, problems);
            if let Some(first) = self.find(&name.value) {
                problems.add(
                    Diagnostic::error(
                        name.span.clone(),
                        format!("tie `{}` is there twice", name.value),
                    )
                    .related(self.places[first.index()].clone(), "first named here")
                    .help("give each tie a name of its own"),
                );
            }
        }
        let example = "where its clubs come from, such as `sides = [\"seed 1\", \"seed 8\"]`";
        let kept_for_later = table
            .text("sides")
            .is_some_and(|text| planned::refuse_side(text, table.place_of("sides"), problems));
        let written = if kept_for_later {
            Vec::new()
        } else {
            table.required_list::<String>("sides", example)
        };
        let sides: Vec<Option<Side>> = written
            .iter()
            .map(|side| self.read_side(side, earlier, problems))
            .collect();
        if table.has("sides") && written.len() != 2 && !kept_for_later {
            problems.add(
                Diagnostic::error(table.place_of("sides"), "a tie has two sides")
                    .help("write two of \"seed N\" or \"winner TIE\""),
            );
        }
        for (written, side) in written.iter().zip(&sides) {
            self.check_seed(written, *side);
        }
        let host = read_host(table, &written, legs, problems);
        let side = |index: usize| sides.get(index).copied().flatten().unwrap_or(Side::Seed(1));
        self.places.push(table.place_of("name"));
        self.bracket.ties.push(Tie {
            name: name.map(|name| name.value).unwrap_or_default(),
            round,
            sides: [side(0), side(1)],
            second_leg_host: host.unwrap_or(SecondLegHost::Side(0)),
            legs: vec![
                Leg {
                    date: None,
                    played: None,
                };
                usize::from(legs)
            ],
        });
    }

    fn read_side(
        &self,
        side: &Located<String>,
        earlier: usize,
        problems: &Problems,
    ) -> Option<Side> {
        if let Some(number) = side.value.strip_prefix("seed ")
            && let Ok(number) = number.parse::<u8>()
            && number > 0
        {
            return Some(Side::Seed(number));
        }
        if planned::refuse_side(&side.value, side.span.clone(), problems) {
            return None;
        }
        let Some(name) = side.value.strip_prefix("winner ") else {
            problems.add(
                Diagnostic::error(side.span.clone(), format!("`{}` is no side of a tie", side.value))
                    .help("write \"seed 1\", counting from 1, or \"winner QF1\", the name of an earlier tie"),
            );
            return None;
        };
        let found = self.find(name).filter(|tie| tie.index() < earlier);
        if found.is_none() {
            let known: Vec<&str> = self.bracket.ties[..earlier]
                .iter()
                .map(|tie| tie.name.as_str())
                .collect();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean \"winner {near}\"?"),
                None if known.is_empty() => {
                    "ties of the first round take seeds: write \"seed N\"".to_owned()
                }
                None => format!("the ties of earlier rounds are {}", known.join(", ")),
            };
            problems.add(
                Diagnostic::error(
                    side.span.clone(),
                    format!("no earlier round has a tie `{name}`"),
                )
                .help(help),
            );
        }
        found.map(Side::Winner)
    }

    /// A seed has to be one of the group winners.
    fn check_seed(&mut self, written: &Located<String>, side: Option<Side>) {
        if let (Some(Side::Seed(number)), Some(seeds)) = (side, self.seeds)
            && usize::from(number) > seeds
        {
            self.beyond.push(
                Diagnostic::error(written.span.clone(), format!("there is no seed {number}"))
                    .help(format!("the {seeds} group winners are seeds 1 to {seeds}")),
            );
        }
    }

    /// The tie with a name.
    pub(super) fn find(&self, name: &str) -> Option<TieId> {
        let index = self.bracket.ties.iter().position(|tie| tie.name == name);
        index.map(TieId::new)
    }
}

fn check_short(short: &Located<String>, others: &[Located<String>], problems: &Problems) {
    let plain = short
        .value
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_matchday = short
        .value
        .strip_prefix("md")
        .is_some_and(|rest| rest.parse::<u8>().is_ok());
    let starts_well = short
        .value
        .starts_with(|first: char| first.is_ascii_lowercase());
    let reserved =
        ["draw", "start", "groups", "now"].contains(&short.value.as_str()) || is_matchday;
    if !plain || !starts_well || reserved || short.value.len() > 20 {
        problems.add(
            Diagnostic::error(short.span.clone(), format!("`{}` cannot be a short name", short.value))
                .help("use small plain letters such as \"qf\"; `draw`, `start`, `md1`, `groups` and `now` name other moments"),
        );
    }
    if let Some(first) = others.iter().find(|other| other.value == short.value) {
        problems.add(
            Diagnostic::error(
                short.span.clone(),
                format!("the short name `{}` is there twice", short.value),
            )
            .related(first.span.clone(), "first used here")
            .help("give each round a short name of its own"),
        );
    }
}

/// Who is at home in the last leg: one of the two sides as written there, or the higher seed.
fn read_host(
    table: &Table<'_>,
    sides: &[Located<String>],
    legs: u8,
    problems: &Problems,
) -> Option<SecondLegHost> {
    let (key, other) = if legs == 2 {
        ("second_leg_host", "host")
    } else {
        ("host", "second_leg_host")
    };
    if table.has(other) {
        problems.add(
            Diagnostic::error(
                table.place_of(other),
                format!("a tie of a round with `legs = {legs}` has no `{other}`"),
            )
            .help(format!("write `{key}` instead")),
        );
        return None;
    }
    let example = format!(
        "who is at home in the last leg, such as `{key} = \"higher seed\"` or one of its sides"
    );
    let written = table.required::<String>(key, &example)?;
    if written.value == "higher seed" {
        return Some(SecondLegHost::HigherSeed);
    }
    if planned::refuse_host(&written.value, written.span.clone(), problems) {
        return None;
    }
    let side = sides.iter().position(|side| side.value == written.value);
    if side.is_none() && sides.len() == 2 {
        problems.add(
            Diagnostic::error(
                written.span,
                format!("`{}` is not a side of this tie", written.value),
            )
            .help(format!(
                "write \"{}\", \"{}\" or \"higher seed\"",
                sides[0].value, sides[1].value
            )),
        );
    }
    side.map(|index| SecondLegHost::Side(index as u8))
}
