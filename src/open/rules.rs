//! The rules of a file: those of its preset, overridden by `[rules]` and again by each stage.

use super::criteria;
use super::presets::{self, PRESETS, Preset};
use crate::diagnostic::{Diagnostic, Located, nearest};
use crate::format::{Criterion, Side, Step, TablePoints};
use crate::tournament::file::walk::{Problems, Table};

/// The keys that `[rules]` and every stage may have.
pub(super) const KEYS: [&str; 7] = [
    "points",
    "tiebreakers",
    "across",
    "home",
    "ground",
    "legs",
    "decide",
];

/// Rules that hold for a stage.
#[derive(Debug, Clone)]
pub(super) struct RuleSheet {
    pub(super) points: TablePoints,
    /// After points.
    pub(super) tiebreakers: Vec<Criterion>,
    /// Points included.
    pub(super) across: Vec<Criterion>,
    /// Who is at home in matches of tables.
    pub(super) ground: Side,
    /// Who is at home in ties.
    pub(super) home: Home,
    pub(super) legs: u8,
    /// Who is at home in each leg, where the file says so leg by leg.
    pub(super) sides: Vec<Side>,
    /// What decides ties that are level on goals.
    pub(super) decide: Vec<Step>,
}

/// Who is at home in the only or last leg of a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Home {
    /// A side as it is written.
    Side(Side),
    /// A draw of two.
    Drawn,
    /// Whoever stands better in this unit.
    Place(String),
    /// Whoever is better by these criteria over the matches of these stages.
    Record(Vec<Criterion>, Vec<String>),
}

/// A step in the words of a file.
pub(super) fn step(words: &str) -> Option<Step> {
    match words {
        "away goals" => Some(Step::AwayGoals),
        "extra time" => Some(Step::ExtraTime),
        "shoot-out" => Some(Step::ShootOut),
        "first" => Some(Step::First),
        "points" => Some(Step::Points),
        _ => None,
    }
}

impl RuleSheet {
    /// The rules of a preset.
    pub(super) fn of(preset: &Preset, numbers: &[String]) -> Self {
        let read = |list: &[&str]| {
            let found = criteria::parse_all(list.iter().copied(), numbers);
            found.expect("the lists of presets are tested")
        };
        let [win, draw, loss] = preset.points;
        Self {
            points: TablePoints {
                win,
                draw,
                loss,
                shoot_out: preset.shoot_out.map(|[winner, loser]| (winner, loser)),
            },
            tiebreakers: read(preset.tiebreakers),
            across: read(preset.across),
            ground: if preset.ground == "neutral" {
                Side::Nobody
            } else {
                Side::First
            },
            home: Home::Side(if preset.home == "nobody" {
                Side::Nobody
            } else {
                Side::First
            }),
            legs: preset.legs,
            sides: Vec::new(),
            decide: preset
                .decide
                .iter()
                .filter_map(|words| step(words))
                .collect(),
        }
    }

    /// The rules of the preset that a file names, overridden by its `[rules]`.
    pub(super) fn read(
        name: Option<&Located<String>>,
        table: Option<&Table<'_>>,
        numbers: &[String],
        problems: &Problems,
    ) -> Self {
        let preset = match name {
            None => presets::find("usual"),
            Some(name) => {
                let found = presets::find(&name.value);
                if found.is_none() {
                    let names = PRESETS.iter().map(|preset| preset.name);
                    let help = match nearest(&name.value, names.clone()) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
                    };
                    problems.add(
                        Diagnostic::error(
                            name.span.clone(),
                            format!("there are no rules called `{}`", name.value),
                        )
                        .help(help),
                    );
                }
                found
            }
        };
        let mut sheet = Self::of(preset.unwrap_or(&PRESETS[0]), numbers);
        if let Some(table) = table {
            sheet.override_by(table, numbers, problems);
        }
        sheet
    }

    /// Takes over what a table says.
    pub(super) fn override_by(
        &mut self,
        table: &Table<'_>,
        numbers: &[String],
        problems: &Problems,
    ) {
        self.read_points(table, problems);
        for (key, list) in [
            ("tiebreakers", &mut self.tiebreakers),
            ("across", &mut self.across),
        ] {
            if table.has(key) {
                *list = read_criteria(table, key, numbers, problems);
            }
        }
        if let Some(ground) = table.optional::<String>("ground") {
            match ground.value.as_str() {
                "home" => self.ground = Side::First,
                "neutral" => self.ground = Side::Nobody,
                other => problems.add(
                    Diagnostic::error(ground.span, format!("`{other}` is no ground"))
                        .help("write \"home\" (the side named first is at home) or \"neutral\""),
                ),
            }
        }
        if table.has("legs") {
            self.read_legs(table, problems);
        }
        if table.has("decide") {
            self.decide = read_steps(table, problems);
        }
        if table.has("home") {
            self.read_home(table, numbers, problems);
        }
    }

    /// `legs = 2`, or who is at home in each: `legs = ["first", "first", "second"]`.
    fn read_legs(&mut self, table: &Table<'_>, problems: &Problems) {
        let help = "write 1, 2, or 3, 5 or 7 for a series that ends when one cannot be caught; or who is at home in each, such as [\"first\", \"first\", \"second\"]";
        self.sides.clear();
        if table.inner_list("legs").is_some() {
            for leg in table.list::<String>("legs") {
                match leg.value.as_str() {
                    "first" => self.sides.push(Side::First),
                    "second" => self.sides.push(Side::Second),
                    "nobody" => self.sides.push(Side::Nobody),
                    other => problems.add(
                        Diagnostic::error(leg.span, format!("`{other}` is no side of a tie"))
                            .help("write \"first\", \"second\" or \"nobody\" for each leg"),
                    ),
                }
            }
            self.legs = self.sides.len() as u8;
            if !matches!(self.legs, 0 | 1 | 2 | 3 | 5 | 7) {
                let fact = format!("a tie cannot have {} legs", self.legs);
                problems.add(Diagnostic::error(table.place_of("legs"), fact).help(help));
            }
            return;
        }
        let Some(legs) = table.optional::<u8>("legs") else {
            return;
        };
        if matches!(legs.value, 1 | 2 | 3 | 5 | 7) {
            self.legs = legs.value;
        } else {
            let fact = format!("a tie cannot have {} legs", legs.value);
            problems.add(Diagnostic::error(legs.span, fact).help(help));
        }
    }

    fn read_points(&mut self, table: &Table<'_>, problems: &Problems) {
        let keys = ["win", "draw", "loss", "shoot_out"];
        let Some(points) = table.table("points", "`points`", &keys) else {
            return;
        };
        let take = |key: &str, value: &mut u8| {
            if let Some(found) = points.optional::<u8>(key) {
                *value = found.value;
            }
        };
        take("win", &mut self.points.win);
        take("draw", &mut self.points.draw);
        take("loss", &mut self.points.loss);
        let shoot_out = points.list::<u8>("shoot_out");
        match shoot_out.as_slice() {
            [] => {}
            [winner, loser] => self.points.shoot_out = Some((winner.value, loser.value)),
            _ => problems.add(
                Diagnostic::error(
                    points.place_of("shoot_out"),
                    "`shoot_out` has to be two numbers",
                )
                .help("points of the winner and of the loser, such as shoot_out = [2, 1]"),
            ),
        }
        if self.points.win < self.points.draw || self.points.draw < self.points.loss {
            problems.add(
                Diagnostic::error(points.span(), "a better result has to give more points")
                    .help("such as { win = 3, draw = 1, loss = 0 }"),
            );
        }
    }

    fn read_home(&mut self, table: &Table<'_>, numbers: &[String], problems: &Problems) {
        let Some(words) = table.text("home") else {
            let keys = ["better", "counting"];
            if let Some(record) = table.table("home", "`home`", &keys) {
                let by = read_criteria(&record, "better", numbers, problems);
                let counting = record.list::<String>("counting");
                self.home =
                    Home::Record(by, counting.into_iter().map(|stage| stage.value).collect());
            }
            return;
        };
        self.home = match words {
            "first" => Home::Side(Side::First),
            "second" => Home::Side(Side::Second),
            "nobody" => Home::Side(Side::Nobody),
            "drawn" => Home::Drawn,
            other => {
                let Some(unit) = other.strip_prefix("better in ") else {
                    problems.add(
                        Diagnostic::error(
                            table.place_of("home"),
                            format!("`{other}` does not say who is at home"),
                        )
                        .help(
                            "write \"first\", \"second\", \"nobody\", \"drawn\", \"better in seeds\", or \
                             { better = [\"points\", \"goal difference\"], counting = [\"r16\"] }",
                        ),
                    );
                    return;
                };
                Home::Place(unit.trim().to_owned())
            }
        };
    }

    /// The ranking of a table: points first.
    pub(super) fn table_ranking(&self) -> Vec<Criterion> {
        let points = Criterion::figure(crate::format::Figure::Points);
        std::iter::once(points)
            .chain(self.tiebreakers.iter().cloned())
            .collect()
    }

    /// All steps that decide a tie.
    pub(super) fn steps(&self) -> Vec<Step> {
        let start = if self.legs > 2 {
            Step::Wins
        } else {
            Step::Goals
        };
        let away_goals_count = self.legs == 2;
        let rest = self.decide.iter().copied();
        let rest = rest.filter(|step| away_goals_count || *step != Step::AwayGoals);
        let rest = rest.filter(|step| self.legs < 3 || *step != Step::Points);
        let mut steps: Vec<Step> = std::iter::once(start).chain(rest).collect();
        // Points instead of goals: whoever has more goes on before goals are looked at.
        if let Some(at) = steps.iter().position(|step| *step == Step::Points) {
            steps.remove(at);
            steps.insert(0, Step::Points);
        }
        if !matches!(steps.last(), Some(Step::ShootOut | Step::First)) {
            steps.push(Step::ShootOut);
        }
        steps
    }
}

/// A list of criteria.
pub(super) fn read_criteria(
    table: &Table<'_>,
    key: &str,
    numbers: &[String],
    problems: &Problems,
) -> Vec<Criterion> {
    let list = table.list::<String>(key);
    let mut sound = Vec::new();
    for item in &list {
        match criteria::parse(&item.value, numbers) {
            Ok(_) => sound.push(item.value.as_str()),
            Err(why) => problems.add(Diagnostic::error(item.span.clone(), why)),
        }
    }
    criteria::parse_all(sound, numbers).expect("each of them was read")
}

fn read_steps(table: &Table<'_>, problems: &Problems) -> Vec<Step> {
    let list = table.list::<String>("decide");
    let steps = list.into_iter().filter_map(|item| {
        let found = step(&item.value);
        if found.is_none() {
            problems.add(
                Diagnostic::error(item.span, format!("`{}` decides nothing", item.value)).help(
                    "write \"away goals\", \"extra time\", \"shoot-out\", \"points\", or \"first\" (the side named first goes on)",
                ),
            );
        }
        found
    });
    steps.collect()
}
