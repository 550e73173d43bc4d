//! Groups that are drawn from pots: who may come into which, and how they were drawn if that is known.

use super::bind::StatedOutcome;
use super::clubs::in_file_order;
use super::stages::{Drawn, Making, StageHead};
use crate::diagnostic::{Diagnostic, Located, Span};
use crate::format::{Apart, ApartBy, Draw, Procedure, Rules};
use crate::ids::{ClubId, PlaceId};
use crate::tournament::file::walk::Table;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The keys of `draw_groups`.
const KEYS: [&str; 5] = ["pots", "fixed", "apart", "order", "names"];

/// Groups as they are drawn: a seat of each for each pot.
struct Plan {
    names: Vec<String>,
    pots: Vec<Vec<PlaceId>>,
    /// Clubs that are put into a group beforehand: the pot, the position in it, and the group.
    fixed: Vec<[usize; 3]>,
}

impl Plan {
    fn seats(&self) -> usize {
        self.names.len() * self.pots.len()
    }

    /// The seat of a group that is filled from a pot.
    fn seat(&self, group: usize, pot: usize) -> usize {
        group * self.pots.len() + pot
    }

    /// The entrants of the draw, pot after pot.
    fn entrants(&self) -> Vec<PlaceId> {
        self.pots.concat()
    }

    /// The pots of the draw: clubs that are put into a group beforehand have one of their own.
    fn rules(&self, apart: Vec<Apart>, evenly: bool) -> Draw {
        let groups = self.names.len();
        let mut pots: Vec<Vec<u16>> = vec![Vec::new(); self.pots.len()];
        let mut seats = vec![0; self.seats()];
        for (pot, members) in pots.iter_mut().enumerate() {
            let free = (0..groups).filter(|at| !self.fixed.iter().any(|it| it[..2] == [pot, *at]));
            members.extend(free.map(|at| (pot * groups + at) as u16));
            for group in 0..groups {
                seats[self.seat(group, pot)] = pot as u8;
            }
        }
        for [pot, at, group] in &self.fixed {
            seats[self.seat(*group, *pot)] = pots.len() as u8;
            pots.push(vec![(pot * groups + at) as u16]);
        }
        let by_pots = (0..self.pots.len())
            .flat_map(|pot| (0..groups).map(move |group| self.seat(group, pot) as u16));
        Draw {
            procedure: if evenly {
                Procedure::Uniform
            } else {
                Procedure::Sequential(by_pots.collect())
            },
            pots,
            seats,
            apart,
        }
    }
}

impl Making<'_> {
    /// Makes the draw of a stage of groups and gives the members of each group: its seats, by pot.
    pub(super) fn read_drawn_groups(
        &mut self,
        table: &Table<'_>,
        head: &StageHead,
    ) -> Vec<(String, Vec<PlaceId>, Span)> {
        let Some(draw) = table.table("draw_groups", "`draw_groups`", &KEYS) else {
            return Vec::new();
        };
        let groups = table.optional::<&DeTable<'_>>("groups");
        let groups = groups.map(|groups| in_file_order(groups.value));
        let Some(plan) = self.plan(&draw, groups.as_deref()) else {
            self.names.broken(&head.key);
            return Vec::new();
        };
        let bins: Vec<u8> = (0..plan.seats())
            .map(|seat| (seat / plan.pots.len()) as u8)
            .collect();
        let apart = self.read_limits(&draw, &bins);
        let evenly = match draw.text("order") {
            None | Some("pot by pot") => false,
            Some("even") => true,
            Some(other) => {
                let fact = format!("`{other}` is no order to draw groups in");
                self.problems.add(
                    Diagnostic::error(draw.place_of("order"), fact)
                        .help("write \"pot by pot\" or \"even\""),
                );
                false
            }
        };
        let hidden = StageHead {
            key: format!("{}-draw", head.key),
            name: format!("draw of the {}", head.name),
            shown: false,
            span: draw.span(),
        };
        let stage = self.add_stage(&hidden);
        let rules = Rules::Draw(plan.rules(apart, evenly));
        let key = format!("{}-draw", head.key);
        let unit = self.add_unit(
            stage,
            &key,
            &hidden.name,
            plan.entrants(),
            rules,
            &draw.span(),
        );
        if let Some(sides) = groups.and_then(|groups| self.as_drawn(&plan, &groups)) {
            self.group_draws.push(StatedOutcome {
                unit,
                sides,
                date: None,
                span: table.place_of("groups"),
            });
        }
        let outs: Vec<PlaceId> = self.builder.unit_at(unit).outputs().collect();
        plan.names
            .iter()
            .zip(outs.chunks(plan.pots.len()))
            .map(|(name, seats)| (name.clone(), seats.to_vec(), draw.span()))
            .collect()
    }

    /// The pots and the names of the groups.
    fn plan(&self, draw: &Table<'_>, groups: Option<&[Entry<'_>]>) -> Option<Plan> {
        let example = "pots = [[\"Qatar\", ...], ...]";
        let lists = draw.required_list::<&DeArray<'_>>("pots", example);
        let pots: Vec<Vec<PlaceId>> = lists
            .iter()
            .map(|list| {
                let items = list.value.iter().filter_map(|item| {
                    let text = item.get_ref().as_str()?.to_owned();
                    Some(Located::new(text, item.span()))
                });
                self.places(&items.collect::<Vec<_>>())
            })
            .collect();
        let count = pots.first()?.len();
        let names: Vec<String> = match groups {
            Some(groups) => groups
                .iter()
                .map(|(name, _)| name.get_ref().to_string())
                .collect(),
            None if draw.has("names") => {
                let names = draw.list::<String>("names");
                names.into_iter().map(|name| name.value).collect()
            }
            None => ('A'..='Z').take(count).map(String::from).collect(),
        };
        let are_clubs = pots
            .iter()
            .flatten()
            .all(|place| place.index() < self.clubs.list.len());
        if names.len() != count || pots.iter().any(|pot| pot.len() != count) || !are_clubs {
            let sizes: Vec<String> = pots.iter().map(|pot| pot.len().to_string()).collect();
            let fact = format!(
                "{} groups cannot be drawn from pots of {} clubs",
                names.len(),
                sizes.join(", ")
            );
            self.problems.add(
                Diagnostic::error(draw.place_of("pots"), fact)
                    .help("each pot has one club for each group"),
            );
            return None;
        }
        let fixed = self.read_fixed(draw, &names, &pots);
        Some(Plan { names, pots, fixed })
    }

    /// Clubs that are put into a group beforehand, such as hosts.
    fn read_fixed(
        &self,
        draw: &Table<'_>,
        names: &[String],
        pots: &[Vec<PlaceId>],
    ) -> Vec<[usize; 3]> {
        let Some(fixed) = draw.optional::<&DeTable<'_>>("fixed") else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, club) in in_file_order(fixed.value) {
            let group = names.iter().position(|one| one == name.get_ref());
            let place = club
                .get_ref()
                .as_str()
                .and_then(|text| self.place(text, &club.span()));
            let seat = pots.iter().enumerate().find_map(|(pot, members)| {
                let at = members.iter().position(|one| Some(*one) == place)?;
                Some([pot, at])
            });
            match (group, seat) {
                (Some(group), Some([pot, at])) => found.push([pot, at, group]),
                _ => self.problems.add(
                    Diagnostic::error(name.span(), "this is no group and a club of a pot")
                        .help("such as fixed = { A = \"Qatar\" }"),
                ),
            }
        }
        found
    }

    /// How many clubs of a group may share a fact, and how many have to.
    fn read_limits(&self, draw: &Table<'_>, bins: &[u8]) -> Vec<Apart> {
        let list = draw.optional::<&DeArray<'_>>("apart");
        let mut limits = Vec::new();
        for item in list.iter().flat_map(|list| list.value.iter()) {
            let table = item.get_ref().as_table();
            let text = |key: &str| table?.get(key)?.get_ref().as_str();
            let Some(fact) = item.get_ref().as_str().or_else(|| text("fact")) else {
                self.problems.add(
                    Diagnostic::error(item.span(), "this is no fact to keep apart by").help(
                        "write \"confederation\", or { fact = \"confederation\", most = 1, except = { UEFA = 2 }, least = { UEFA = 1 } }",
                    ),
                );
                continue;
            };
            let numbers = |key: &str| -> Vec<(String, u8)> {
                let inner = table.and_then(|table| table.get(key)?.get_ref().as_table());
                let entries = inner.into_iter().flat_map(|inner| inner.iter());
                let numbers = entries.filter_map(|(word, number)| {
                    let number = number.get_ref().as_integer()?.as_str().parse().ok()?;
                    Some((word.get_ref().to_string(), number))
                });
                numbers.collect()
            };
            let most = table.and_then(|table| {
                let number = table.get("most")?.get_ref().as_integer()?;
                number.as_str().parse::<u8>().ok()
            });
            limits.push(Apart {
                by: ApartBy::Fact(fact.to_owned()),
                bins: bins.to_vec(),
                most: most.unwrap_or(1),
                except: numbers("except"),
                least: numbers("least"),
            });
        }
        limits
    }

    /// The groups of the file as an outcome of the draw: for each group a club of each pot.
    fn as_drawn(&self, plan: &Plan, groups: &[Entry<'_>]) -> Option<Vec<Drawn>> {
        let mut sides = Vec::new();
        for (name, members) in groups {
            let span = name.span();
            let places = self.members(members.get_ref().as_array(), &span);
            for (number, pot) in plan.pots.iter().enumerate() {
                let of_pot: Vec<&PlaceId> =
                    places.iter().filter(|place| pot.contains(place)).collect();
                let [place] = of_pot.as_slice() else {
                    let fact = format!(
                        "group {} has {} clubs of pot {}",
                        name.get_ref(),
                        of_pot.len(),
                        number + 1
                    );
                    self.problems.add(
                        Diagnostic::error(span, fact)
                            .help("each group has one club of each pot of `draw_groups`"),
                    );
                    return None;
                };
                sides.push(Drawn::Club(ClubId::new(place.index())));
            }
        }
        Some(sides)
    }
}

/// A key and its value.
type Entry<'a> = (&'a Spanned<Cow<'a, str>>, &'a Spanned<DeValue<'a>>);
