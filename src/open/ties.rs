//! Stages of ties: as they are written, re-seeded, or drawn.

use super::bind::StatedOutcome;
use super::references::{is_third_of, split_sides};
use super::rules::{Home, RuleSheet};
use super::stages::{Drawn, DrawnTies, Making, StageHead};
use crate::diagnostic::{Diagnostic, Located, Span};
use crate::format::{
    Apart, ApartBy, By, Condition, Criterion, Draw, Order, Procedure, Rules, Side, Tie,
};
use crate::ids::{PlaceId, StageId, UnitId};
use crate::tournament::file::walk::Table;
use jiff::civil::Date;
use toml::de::{DeArray, DeTable};

/// A tie as it is written.
struct Written {
    sides: [PlaceId; 2],
    key: String,
    /// It is played only then.
    when: Option<Condition>,
    span: Span,
}

impl Making<'_> {
    pub(super) fn read_ties(&mut self, table: &Table<'_>, head: &StageHead, sheet: &RuleSheet) {
        let Some(list) = table.optional::<&DeArray<'_>>("ties") else {
            return;
        };
        let when = self.read_condition(table);
        let (mut written, mut broken) = (Vec::new(), Vec::new());
        for (number, item) in list.value.iter().enumerate() {
            let usual = tie_key(&head.key, number);
            let (text, key) = match item.get_ref().as_str() {
                Some(text) => (Some(text.to_owned()), usual),
                None => self.read_named_tie(item.get_ref().as_table(), &item.span(), usual),
            };
            let sides = text.and_then(|text| self.sides(&text, &item.span()));
            let Some(sides) = sides else {
                self.names.broken(&key);
                self.names.broken(&head.key);
                broken.push(number);
                continue;
            };
            written.push(Written {
                sides,
                key,
                when,
                span: item.span(),
            });
        }
        self.add_ties(head, sheet, &written);
        if !broken.is_empty() {
            self.names.ties(vec![None; list.value.len()]);
        }
    }

    /// `played_if = "level in league"`, `"first is not apertura 1"`: otherwise the first side goes on.
    fn read_condition(&self, table: &Table<'_>) -> Option<Condition> {
        let text = table.optional::<String>("played_if")?;
        let unit = |key: &str| {
            let found = self.names.find_unit(key);
            found.ok_or_else(|| format!("there is no table `{key}` before this stage"))
        };
        let place = |entrant: u8, text: &str| {
            let place = self.names.place(text, &self.builder, self.clubs)?;
            Ok(Condition::Unless { entrant, place })
        };
        let words = text.value.trim();
        let found = if let Some(key) = words.strip_prefix("level in ") {
            unit(key).map(|of| Condition::LevelOnPoints { of })
        } else if let Some(text) = words.strip_prefix("first is not ") {
            place(0, text)
        } else if let Some(text) = words.strip_prefix("second is not ") {
            place(1, text)
        } else {
            Err(format!(
                "`{words}` is no condition; write \"level in league\" (on points in a table), \"first is not apertura 1\" or \"second is not apertura 1\" (a side by where it comes from)"
            ))
        };
        self.note(found, &text.span)
    }

    fn read_named_tie(
        &self,
        table: Option<&DeTable<'_>>,
        span: &Span,
        usual: String,
    ) -> (Option<String>, String) {
        let text = |key: &str| {
            let value = table?.get(key)?;
            value.get_ref().as_str().map(str::to_owned)
        };
        if text("sides").is_none() {
            self.problems.add(
                Diagnostic::error(span.clone(), "a tie has to be a text with two sides")
                    .help("such as \"1A - 2B\", or { sides = \"1A - 2B\", name = \"QF1\" }"),
            );
        }
        (text("sides"), text("name").unwrap_or(usual))
    }

    /// The places of the two sides of a tie.
    fn sides(&self, text: &str, span: &Span) -> Option<[PlaceId; 2]> {
        let parts = split_sides(text);
        let [first, second] = parts.as_slice() else {
            self.problems.add(
                Diagnostic::error(span.clone(), format!("`{text}` has not two sides"))
                    .help("write them with a dash between, such as \"1A - 2B\""),
            );
            return None;
        };
        let side = |own: &str, other: &str| {
            if !is_third_of(own) || self.names.find_unit(&own[1..]).is_some() {
                return self.place(own, span);
            }
            let slot = self.thirds.get(&other.to_uppercase());
            if let Some((_, groups)) = slot
                && *groups != own[1..]
            {
                self.problems.add(
                    Diagnostic::error(
                        span.clone(),
                        format!("by the allocation table `{other}` does not meet `{own}`"),
                    )
                    .help(format!("it meets `3{groups}`")),
                );
            }
            if slot.is_none() && !self.thirds_broken {
                self.problems.add(
                    Diagnostic::error(
                        span.clone(),
                        format!("no third meets `{other}` in the allocation table"),
                    )
                    .help(
                        "a stage with thirds = { best = ..., table = \"...\" } has to stand before",
                    ),
                );
            }
            slot.map(|(place, _)| *place)
        };
        let (first, second) = (side(first, second), side(second, first));
        Some([first?, second?])
    }

    /// Makes the units of a stage of ties.
    fn add_ties(&mut self, head: &StageHead, sheet: &RuleSheet, written: &[Written]) -> StageId {
        let places: Vec<PlaceId> = written.iter().flat_map(|tie| tie.sides).collect();
        let hosts = self.add_hosts(head, sheet, written);
        let stage = self.add_stage(head);
        let legs = legs(sheet);
        let mut ties = Vec::new();
        for (number, tie) in written.iter().enumerate() {
            let entrants = match hosts.get(number) {
                Some(host) => self.builder.unit_at(*host).outputs().collect(),
                None => tie.sides.to_vec(),
            };
            let rules = Rules::Tie(Tie {
                legs: legs.clone(),
                decide: sheet.steps(),
                when: tie.when,
            });
            let name = tie_name(&head.name, number, written.len());
            ties.push(Some(
                self.add_unit(stage, &tie.key, &name, entrants, rules, &tie.span),
            ));
        }
        self.reached.push((stage, places));
        self.names.ties(ties);
        stage
    }

    /// The units of two that say who is at home last in each tie, if the wire does not.
    fn add_hosts(
        &mut self,
        head: &StageHead,
        sheet: &RuleSheet,
        written: &[Written],
    ) -> Vec<UnitId> {
        let rules = match &sheet.home {
            Home::Side(_) => return Vec::new(),
            Home::Drawn => Rules::Draw(Draw {
                pots: vec![vec![0, 1]],
                seats: vec![0, 0],
                apart: Vec::new(),
                procedure: Procedure::Sequential(vec![0, 1]),
            }),
            Home::Place(unit) => {
                let Some(of) = self.names.find_unit(unit) else {
                    self.problems.add(
                        Diagnostic::error(
                            head.span.clone(),
                            format!("`home`: there is no unit `{unit}` before this stage"),
                        )
                        .help("name an order or a table by its key, such as \"better in seeds\""),
                    );
                    return Vec::new();
                };
                Rules::Order(Order {
                    by: vec![
                        Criterion::of(By::Place { of, first: None }),
                        Criterion::lots(),
                    ],
                    counting: Vec::new(),
                    best: None,
                })
            }
            Home::Record(by, stages) => {
                let counting = stages.iter().filter_map(|key| {
                    let found = self.names.find_stage(key);
                    if found.is_none() {
                        self.problems.add(Diagnostic::error(
                            head.span.clone(),
                            format!("`counting`: there is no stage `{key}` before this one"),
                        ));
                    }
                    found
                });
                Rules::Order(Order {
                    by: by.clone(),
                    counting: counting.collect(),
                    best: None,
                })
            }
        };
        let before = StageHead {
            key: format!("{}-home", head.key),
            name: format!("who is at home in the {}", head.name),
            shown: false,
            span: head.span.clone(),
        };
        let stage = self.add_stage(&before);
        let units = written.iter().map(|tie| {
            let key = format!("{}-home", tie.key);
            let name = format!("host of {}", tie.key);
            self.add_unit(
                stage,
                &key,
                &name,
                tie.sides.to_vec(),
                rules.clone(),
                &tie.span,
            )
        });
        units.collect()
    }

    /// Ties of the best against the last: `reseed = { of = ["winners qf"], by = "seeds" }`.
    pub(super) fn read_reseeded(&mut self, table: &Table<'_>, head: &StageHead, sheet: &RuleSheet) {
        let Some(reseed) = table.table("reseed", "`reseed`", &["of", "by"]) else {
            return;
        };
        let entrants = self.places(&reseed.required_list::<String>("of", "of = [\"winners qf\"]"));
        let by = reseed.required::<String>("by", "the order to seed by, such as by = \"seeds\"");
        let Some(by) = by else { return };
        let Some(of) = self.names.find_unit(&by.value) else {
            self.problems.add(Diagnostic::error(
                by.span,
                format!("there is no unit `{}` before this stage", by.value),
            ));
            return;
        };
        if entrants.len() < 2 || !entrants.len().is_multiple_of(2) {
            self.problems.add(Diagnostic::error(
                reseed.place_of("of"),
                format!("{} clubs cannot be paired", entrants.len()),
            ));
            return;
        }
        let before = StageHead {
            key: format!("{}-seeds", head.key),
            name: format!("seeds of the {}", head.name),
            shown: false,
            span: head.span.clone(),
        };
        let stage = self.add_stage(&before);
        let rules = Rules::Order(Order {
            by: vec![
                Criterion::of(By::Place { of, first: None }),
                Criterion::lots(),
            ],
            counting: Vec::new(),
            best: None,
        });
        let count = entrants.len();
        let seeds = self.add_unit(
            stage,
            &before.key,
            &before.name,
            entrants,
            rules,
            &head.span,
        );
        let written: Vec<Written> = (0..count / 2)
            .map(|number| Written {
                sides: [
                    self.builder.output(seeds, number),
                    self.builder.output(seeds, count - 1 - number),
                ],
                key: tie_key(&head.key, number),
                when: None,
                span: head.span.clone(),
            })
            .collect();
        self.add_ties(head, sheet, &written);
    }

    /// Ties that are drawn: `draw = { pots = [["firsts group"], ["seconds group"]], apart = ["group", "association"] }`.
    pub(super) fn read_drawn(&mut self, table: &Table<'_>, head: &StageHead, sheet: &RuleSheet) {
        let keys = ["pots", "apart", "order", "date", "held"];
        let Some(draw) = table.table("draw", "`draw`", &keys) else {
            return;
        };
        let Some((entrants, pots)) = self.read_pots(&draw) else {
            return;
        };
        let seats: Vec<u8> = (0..entrants.len())
            .map(|seat| if pots.len() == 2 { (seat % 2) as u8 } else { 0 })
            .collect();
        let bins: Vec<u8> = (0..entrants.len()).map(|seat| (seat / 2) as u8).collect();
        let rules = Draw {
            apart: self.read_apart(&draw, &bins),
            procedure: self.read_procedure(&draw, pots.len(), entrants.len()),
            pots,
            seats,
        };
        let before = StageHead {
            key: format!("{}-draw", head.key),
            name: format!("draw of the {}", head.name),
            shown: false,
            span: head.span.clone(),
        };
        let drawn_stage = self.add_stage(&before);
        let count = entrants.len() / 2;
        let key = before.key.clone();
        let unit = self.add_unit(
            drawn_stage,
            &key,
            &before.name,
            entrants,
            Rules::Draw(rules),
            &head.span,
        );
        let written: Vec<Written> = (0..count)
            .map(|number| Written {
                sides: [
                    self.builder.output(unit, 2 * number),
                    self.builder.output(unit, 2 * number + 1),
                ],
                key: tie_key(&head.key, number),
                when: None,
                span: head.span.clone(),
            })
            .collect();
        let stage = self.add_ties(head, sheet, &written);
        let held = draw.list::<String>("held");
        let held = held.into_iter().filter_map(|tie| {
            let sides = self.drawn_sides(&tie.value);
            Some((self.note(sides, &tie.span)?, tie.span))
        });
        let held = held.collect();
        self.draws.insert(
            unit,
            DrawnTies {
                stage,
                held,
                date: draw.optional::<Date>("date").map(|date| date.value),
            },
        );
    }

    /// The two sides of a tie that was drawn.
    fn drawn_sides(&self, text: &str) -> Result<[Drawn; 2], String> {
        let sides = split_sides(text);
        let [first, second] = sides.as_slice() else {
            return Err(format!("`{text}` has not two sides"));
        };
        Ok([self.drawn(first)?, self.drawn(second)?])
    }

    /// One side of an outcome that is stated: a club, or where it comes from.
    fn drawn(&self, name: &str) -> Result<Drawn, String> {
        if let Some(club) = self.clubs.find(name.trim()) {
            return Ok(Drawn::Club(club));
        }
        let place = self.names.place(name, &self.builder, self.clubs)?;
        Ok(Drawn::Place(place))
    }

    /// Reads every `[[held]]`: the outcome of a unit that is known whatever the rules say.
    pub(super) fn read_held(&self, document: &Table<'_>) -> Vec<StatedOutcome> {
        let tables = document.tables("held", "a [[held]]", &["unit", "clubs", "date"]);
        let held = tables.iter().filter_map(|table| {
            let key = table.required::<String>("unit", "the unit, such as unit = \"R16-1\"")?;
            let unit = self.names.find_unit(&key.value);
            let unit = unit.ok_or_else(|| format!("there is no unit `{}`", key.value));
            let sides = table.required_list::<String>("clubs", "the clubs as they come out");
            let sides = sides
                .iter()
                .filter_map(|side| self.note(self.drawn(&side.value), &side.span));
            Some(StatedOutcome {
                sides: sides.collect(),
                unit: self.note(unit, &key.span)?,
                date: table.optional::<Date>("date").map(|date| date.value),
                span: table.span(),
            })
        });
        held.collect()
    }

    /// The entrants of a draw, pot after pot, and the numbers of each pot.
    fn read_pots(&self, draw: &Table<'_>) -> Option<(Vec<PlaceId>, Vec<Vec<u16>>)> {
        let lists = draw.required_list::<&DeArray<'_>>(
            "pots",
            "pots = [[\"firsts group\"], [\"seconds group\"]]",
        );
        let mut entrants = Vec::new();
        let mut pots: Vec<Vec<u16>> = Vec::new();
        for list in &lists {
            let items: Vec<Located<String>> = list
                .value
                .iter()
                .filter_map(|item| {
                    let text = item.get_ref().as_str()?;
                    Some(Located::new(text.to_owned(), item.span()))
                })
                .collect();
            let places = self.places(&items);
            let first = entrants.len();
            entrants.extend(places);
            pots.push(
                (first..entrants.len())
                    .map(|entrant| entrant as u16)
                    .collect(),
            );
        }
        let fits = match pots.as_slice() {
            [pot] => !pot.is_empty() && pot.len().is_multiple_of(2),
            [one, other] => !one.is_empty() && one.len() == other.len(),
            _ => false,
        };
        if !fits {
            let sizes: Vec<String> = pots.iter().map(|pot| pot.len().to_string()).collect();
            self.problems.add(
                Diagnostic::error(
                    draw.place_of("pots"),
                    format!("pots of {} clubs make no ties", sizes.join(" and ")),
                )
                .help("a draw of ties has two pots of the same size, or one of an even size"),
            );
            return None;
        }
        Some((entrants, pots))
    }

    fn read_apart(&self, draw: &Table<'_>, bins: &[u8]) -> Vec<Apart> {
        let words = draw.list::<String>("apart");
        let apart = words.into_iter().map(|word| {
            let stage = match word.value.as_str() {
                "group" | "table" => self.last_tables(),
                _ => None,
            };
            let met = word
                .value
                .strip_prefix("met in ")
                .and_then(|key| self.names.find_stage(key));
            let by = match (stage, met) {
                (Some(stage), _) => ApartBy::Table(stage),
                (_, Some(stage)) => ApartBy::Met(stage),
                _ => ApartBy::Fact(word.value),
            };
            Apart {
                by,
                bins: bins.to_vec(),
                most: 1,
                except: Vec::new(),
                least: Vec::new(),
            }
        });
        apart.collect()
    }

    /// The last stage with tables.
    pub(super) fn last_tables(&self) -> Option<StageId> {
        let mut units = self.builder.units().iter().rev();
        let table = units.find(|unit| matches!(unit.rules, Rules::Table(_)));
        table.map(|unit| unit.stage)
    }

    fn read_procedure(&self, draw: &Table<'_>, pots: usize, seats: usize) -> Procedure {
        let pairs = |first: usize| {
            let order = (0..seats / 2).flat_map(move |pair| {
                let seats = [2 * pair + first, 2 * pair + 1 - first];
                seats.into_iter().map(|seat| seat as u16)
            });
            Procedure::Sequential(order.collect())
        };
        match draw.text("order") {
            None if pots == 2 => pairs(1),
            None | Some("first pot first") => pairs(0),
            Some("last pot first") => pairs(1),
            Some("even") => Procedure::Uniform,
            Some(other) => {
                self.problems.add(
                    Diagnostic::error(
                        draw.place_of("order"),
                        format!("`{other}` is no order to draw in"),
                    )
                    .help("write \"last pot first\", \"first pot first\" or \"even\""),
                );
                Procedure::Uniform
            }
        }
    }
}

/// Who is at home in each leg: in two legs the first side last.
fn legs(sheet: &RuleSheet) -> Vec<Side> {
    if !sheet.sides.is_empty() {
        return sheet.sides.clone();
    }
    let last = match &sheet.home {
        Home::Side(side) => *side,
        _ => Side::First,
    };
    let other = match last {
        Side::First => Side::Second,
        Side::Second => Side::First,
        Side::Nobody => Side::Nobody,
    };
    match sheet.legs {
        2 if last == Side::Nobody => vec![Side::Second, Side::First],
        2 => vec![other, last],
        // A series begins and ends at the first side.
        count => (0..count)
            .map(|leg| if leg % 2 == 0 { last } else { other })
            .collect(),
    }
}

fn tie_key(stage: &str, number: usize) -> String {
    format!("{}-{}", stage.to_uppercase(), number + 1)
}

fn tie_name(stage: &str, number: usize, of: usize) -> String {
    if of == 1 {
        stage.to_owned()
    } else {
        format!("{stage} {}", number + 1)
    }
}
