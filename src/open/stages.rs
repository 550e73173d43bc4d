//! From the stages of a file to the units of a format, stage by stage.

use super::clubs::{Clubs, in_file_order};
use super::references::{Names, is_reference, split_sides};
use super::rules::{self, RuleSheet};
use crate::diagnostic::{Diagnostic, Span};
use crate::format::{Builder, Carry, Rules, Side, Table as TableRules};
use crate::ids::{PlaceId, StageId, UnitId};
use crate::tournament::file::walk::{Problems, Table};
use std::collections::BTreeMap;
use toml::de::{DeArray, DeTable};

/// The keys of a `[[stage]]`.
pub(super) const KEYS: [&str; 22] = [
    "key",
    "name",
    "shown",
    "rounds",
    "groups",
    "table",
    "carry",
    "ties",
    "reseed",
    "order",
    "thirds",
    "conferences",
    "draw",
    "draw_groups",
    "played_if",
    rules::KEYS[0],
    rules::KEYS[1],
    rules::KEYS[2],
    rules::KEYS[3],
    rules::KEYS[4],
    rules::KEYS[5],
    rules::KEYS[6],
];

/// A format in the making.
pub(super) struct Making<'a> {
    pub(super) builder: Builder,
    pub(super) names: Names,
    pub(super) clubs: &'a Clubs,
    pub(super) numbers: Vec<String>,
    pub(super) sheet: &'a RuleSheet,
    pub(super) problems: &'a Problems,
    /// Round robins to be listed: (unit, how often everybody meets, ground).
    pub(super) round_robins: Vec<(UnitId, u8, Side)>,
    /// Draws of ties, by the unit of the draw.
    pub(super) draws: BTreeMap<UnitId, DrawnTies>,
    /// How groups came out of their draws.
    pub(super) group_draws: Vec<super::bind::StatedOutcome>,
    /// Slots of best thirds by the winner they meet, with the groups they may come from.
    pub(super) thirds: BTreeMap<String, (PlaceId, String)>,
    /// Whether the table of thirds has a mistake: nothing is said of sides that hang on it.
    pub(super) thirds_broken: bool,
    /// Where each unit is written.
    pub(super) spans: Vec<Span>,
    /// By place: the unit that has taken it.
    pub(super) taken: BTreeMap<PlaceId, UnitId>,
    /// Stages that make a milestone, with the places that enter them.
    pub(super) reached: Vec<(StageId, Vec<PlaceId>)>,
    /// Facts that were made for conferences: the number of each club's.
    pub(super) made_numbers: BTreeMap<String, Vec<Option<f64>>>,
}

/// What a file says of a draw that makes ties.
#[derive(Debug, Clone)]
pub(super) struct DrawnTies {
    /// The stage of the ties.
    pub(super) stage: StageId,
    /// The ties as they were drawn, the first side first.
    pub(super) held: Vec<([Drawn; 2], Span)>,
    pub(super) date: Option<jiff::civil::Date>,
}

/// A side of a tie that was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// By where it comes from: its club may not have been known.
    Place(PlaceId),
    /// By club.
    Club(crate::ids::ClubId),
}

/// A stage being read.
pub(super) struct StageHead {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) shown: bool,
    pub(super) span: Span,
}

/// A table as it was read: its key and name, its places and whether they are sound, and where it stands.
type ReadTable = (String, String, (Vec<PlaceId>, bool), Span);

impl Making<'_> {
    /// Reads all stages in order.
    pub(super) fn read(&mut self, stages: &[Table<'_>]) {
        for table in stages {
            self.read_stage(table);
        }
    }

    fn read_stage(&mut self, table: &Table<'_>) {
        let Some(name) =
            table.required::<String>("name", "`name = \"...\"`, such as \"group stage\"")
        else {
            return;
        };
        let key = table.optional::<String>("key").map(|key| key.value);
        let head = StageHead {
            key: key.unwrap_or_else(|| usual_key(&name.value)),
            name: name.value,
            shown: table
                .optional::<bool>("shown")
                .is_none_or(|shown| shown.value),
            span: table.span(),
        };
        let mut sheet = self.sheet.clone();
        sheet.override_by(table, &self.numbers, self.problems);
        let kinds = [
            "groups",
            "table",
            "ties",
            "reseed",
            "order",
            "thirds",
            "conferences",
            "draw",
            "draw_groups",
        ];
        let there: Vec<&str> = kinds.into_iter().filter(|kind| table.has(kind)).collect();
        match there.as_slice() {
            ["groups" | "table" | "draw_groups"] | ["groups", "draw_groups"] => {
                self.read_tables(table, &head, &sheet);
            }
            ["ties"] => self.read_ties(table, &head, &sheet),
            ["reseed"] => self.read_reseeded(table, &head, &sheet),
            ["draw"] => self.read_drawn(table, &head, &sheet),
            ["order"] => self.read_order(table, &head, &sheet),
            ["thirds"] => self.read_thirds(table, &head, &sheet),
            ["conferences"] => self.read_conferences(table, &head),
            [] => self.problems.add(
                Diagnostic::error(head.span, format!("the stage `{}` has nothing in it", head.name))
                    .help("add [stage.groups], or ties = [...], order = {...}, thirds = {...}, draw = {...}"),
            ),
            several => self.problems.add(
                Diagnostic::error(
                    head.span,
                    format!("the stage `{}` has {} at once", head.name, several.join(" and ")),
                )
                .help("write a [[stage]] for each"),
            ),
        }
    }

    /// Adds the stage itself; its key has to be its own.
    pub(super) fn add_stage(&mut self, head: &StageHead) -> StageId {
        let id = self.builder.stage(&head.key, &head.name, head.shown);
        if !self.names.stage(&head.key, id) {
            self.problems.add(
                Diagnostic::error(
                    head.span.clone(),
                    format!("there are two stages `{}`", head.key),
                )
                .help("give one of them another `key`"),
            );
        }
        id
    }

    /// Adds a unit; its key has to be its own.
    pub(super) fn add_unit(
        &mut self,
        stage: StageId,
        key: &str,
        name: &str,
        entrants: Vec<PlaceId>,
        rules: Rules,
        span: &Span,
    ) -> UnitId {
        let id = self.builder.unit(stage, key, name, entrants, rules);
        self.spans.push(span.clone());
        self.take(id, span);
        if !self.names.unit(key, id) {
            self.problems.add(
                Diagnostic::error(span.clone(), format!("`{key}` is the name of two units"))
                    .help("groups and ties need names of their own"),
            );
        }
        id
    }

    /// Notes which places a unit takes; one leads to one unit only.
    fn take(&mut self, id: UnitId, span: &Span) {
        let unit = self.builder.unit_at(id).clone();
        for place in &unit.entrants {
            let Some(by) = self.taken.insert(*place, id) else {
                continue;
            };
            let by = &self.builder.unit_at(by).name;
            let whom = match self.clubs.list.get(place.index()) {
                Some(club) => club.name.clone(),
                None => self.builder.place_words(*place),
            };
            let fact = if *by == unit.name {
                format!("{whom} is in {by} twice")
            } else {
                format!("{whom} is in {by} and in {}", unit.name)
            };
            self.problems.add(Diagnostic::error(span.clone(), fact).help(
                "a place leads to one tie or table only: correct one of the two, or name the place that the club has reached by then",
            ));
        }
    }

    /// The place that a text means; what is wrong with it is noted.
    pub(super) fn place(&self, text: &str, span: &Span) -> Option<PlaceId> {
        self.note(self.names.place(text, &self.builder, self.clubs), span)
    }

    /// The places that the items of a list mean.
    pub(super) fn places(&self, items: &[crate::diagnostic::Located<String>]) -> Vec<PlaceId> {
        let found = items.iter().filter_map(|item| {
            let places = self.names.places(&item.value, &self.builder, self.clubs);
            self.note(places, &item.span)
        });
        found.flatten().collect()
    }

    pub(super) fn note<T>(&self, found: Result<T, String>, span: &Span) -> Option<T> {
        found
            .map_err(|why| {
                // Nothing is said of what hangs on another mistake.
                if !why.is_empty() {
                    self.problems.add(Diagnostic::error(span.clone(), why));
                }
            })
            .ok()
    }

    fn read_tables(&mut self, table: &Table<'_>, head: &StageHead, sheet: &RuleSheet) {
        let drawn = self.read_drawn_groups(table, head);
        let stage = self.add_stage(head);
        let carry = self.read_carry(table);
        let rounds = table.optional::<u8>("rounds").map_or(1, |rounds| {
            if rounds.value > 4 {
                self.problems.add(
                    Diagnostic::error(rounds.span, "everybody meets at most four times")
                        .help("write 1, 2, 3 or 4; or 0 for only those matches that are listed"),
                );
            }
            rounds.value
        });
        let mut tables: Vec<ReadTable> = Vec::new();
        if table.has("draw_groups") {
            tables.extend(drawn.into_iter().map(|(key, members, span)| {
                (key.clone(), format!("group {key}"), (members, true), span)
            }));
        } else if table.has("table") {
            let before = self.problems.count();
            let members = self.places(&table.required_list::<String>("table", "the clubs"));
            let members = (members, self.problems.count() == before);
            let span = table.place_of("table");
            tables.push((head.key.clone(), head.name.clone(), members, span));
        } else if let Some(groups) = table.optional::<&DeTable<'_>>("groups") {
            for (name, members) in in_file_order(groups.value) {
                let span = name.span();
                let key = name.get_ref().to_string();
                let before = self.problems.count();
                let members = self.members(members.get_ref().as_array(), &span);
                let members = (members, self.problems.count() == before);
                tables.push((key.clone(), format!("group {key}"), members, span));
            }
        }
        for (key, name, (members, sound), span) in tables {
            if !sound {
                self.names.broken(&key);
                self.names.broken(&head.key);
            }
            let rules = Rules::Table(TableRules {
                points: sheet.points,
                rank: sheet.table_ranking(),
                carry,
            });
            let unit = self.add_unit(stage, &key, &name, members, rules, &span);
            self.round_robins.push((unit, rounds, sheet.ground));
        }
    }

    pub(super) fn members(&self, list: Option<&DeArray<'_>>, span: &Span) -> Vec<PlaceId> {
        let Some(list) = list else {
            self.problems.add(
                Diagnostic::error(span.clone(), "a group has to be a list of clubs")
                    .help("such as A = [\"Qatar\", \"Ecuador\"]"),
            );
            return Vec::new();
        };
        let items: Vec<_> = list
            .iter()
            .filter_map(|item| {
                let text = item.get_ref().as_str()?.to_owned();
                Some(crate::diagnostic::Located::new(text, item.span()))
            })
            .collect();
        if items.len() < list.len() {
            self.problems.add(Diagnostic::error(
                span.clone(),
                "the members of a group have to be texts in quotes",
            ));
        }
        self.places(&items)
    }

    fn read_carry(&self, table: &Table<'_>) -> Option<Carry> {
        let keys = ["from", "among", "halved", "points_only"];
        let carry = table.table("carry", "`carry`", &keys)?;
        let from = carry.required::<String>("from", "the stage, such as from = \"first\"")?;
        let found = self.names.find_stage(&from.value);
        if found.is_none() {
            self.problems.add(
                Diagnostic::error(
                    from.span,
                    format!("there is no stage `{}` before this", from.value),
                )
                .help("name a stage of tables that stands before this one by its key"),
            );
        }
        let flag = |key: &str| carry.optional::<bool>(key).is_some_and(|flag| flag.value);
        Some(Carry {
            from: found?,
            among: flag("among"),
            halved: flag("halved"),
            points_only: flag("points_only"),
        })
    }
}

/// The key of a stage that has only a name: `r16` of `round of 16`, `qf` of `quarterfinals`.
pub(super) fn usual_key(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    if let Some(number) = lower.strip_prefix("round of ") {
        return format!("r{}", number.trim());
    }
    let usual = [
        ("group stage", "group"),
        ("groups", "group"),
        ("quarterfinal", "qf"),
        ("quarter-final", "qf"),
        ("semifinal", "sf"),
        ("semi-final", "sf"),
        ("third place", "3p"),
        ("third-place match", "3p"),
        ("match for third place", "3p"),
        ("league phase", "league"),
    ];
    let singular = lower.trim_end_matches('s');
    for (words, key) in usual {
        if lower == words || singular == words {
            return key.to_owned();
        }
    }
    let dashed: String = lower
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    dashed.trim_matches('-').to_owned()
}

/// The keys of all units and stages that a file will have, for telling places from clubs before any is made.
pub(super) fn keys_to_come(stages: &[Table<'_>]) -> Vec<String> {
    let mut keys = Vec::new();
    for table in stages {
        let name = table.text("name").unwrap_or_default();
        let key = table
            .text("key")
            .map_or_else(|| usual_key(name), str::to_owned);
        let ties = table
            .inner_list("ties")
            .map_or(0, |list| list.len())
            .max(64);
        keys.extend((1..=ties).map(|number| format!("{}-{number}", key.to_uppercase())));
        if let Some(groups) = table.inner("groups") {
            keys.extend(groups.iter().map(|(name, _)| name.get_ref().to_string()));
        }
        if let Some(draw) = table.inner("draw_groups") {
            let names = draw
                .get("names")
                .and_then(|names| names.get_ref().as_array());
            match names {
                Some(names) => {
                    let names = names.iter().filter_map(|name| name.get_ref().as_str());
                    keys.extend(names.map(str::to_owned));
                }
                None => keys.extend(('A'..='Z').map(String::from)),
            }
        }
        if let Some(cut) = table.inner("conferences") {
            let names = cut
                .get("order")
                .and_then(|order| order.get_ref().as_array());
            let names = names
                .into_iter()
                .flatten()
                .filter_map(|name| name.get_ref().as_str());
            keys.extend(names.map(str::to_owned));
        }
        if key == "seeds" {
            keys.push("seed".to_owned());
        }
        keys.push(key);
    }
    keys
}

/// Every text of a file's stages that stands where a club may stand and is written as no place.
pub(super) fn named_clubs(stages: &[Table<'_>], keys: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    let mut meet = |text: &str| {
        if !is_reference(text, keys) && !text.trim().is_empty() {
            names.push(text.trim().to_owned());
        }
    };
    for table in stages {
        let groups = table
            .inner("groups")
            .map(in_file_order)
            .into_iter()
            .flatten();
        let lists = groups.filter_map(|(_, list)| list.get_ref().as_array());
        let lists = lists.chain(table.inner_list("table"));
        for item in lists.flatten() {
            if let Some(text) = item.get_ref().as_str() {
                meet(text);
            }
        }
        for item in table.inner_list("ties").into_iter().flatten() {
            let sides = item
                .get_ref()
                .as_str()
                .or_else(|| item.get_ref().as_table()?.get("sides")?.get_ref().as_str());
            for side in sides.into_iter().flat_map(split_sides) {
                meet(side);
            }
        }
        let draws = ["draw", "draw_groups"].map(|key| table.inner(key));
        let pots = draws
            .into_iter()
            .flatten()
            .filter_map(|draw| draw.get("pots"));
        let pots = pots.filter_map(|pots| pots.get_ref().as_array());
        for pot in pots.flatten() {
            for item in pot.get_ref().as_array().into_iter().flatten() {
                if let Some(text) = item.get_ref().as_str() {
                    meet(text);
                }
            }
        }
    }
    names
}
