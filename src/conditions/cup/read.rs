//! Reads a what-if of a cup: a list of items, each resolved against the graph, with every mistake reported at once.

use super::super::item::wrong;
use super::super::{
    ConditionError, Departure, FactChange, Item, ItemError, ItemKind, Manner, StrengthChange,
};
use super::{Ground, WhatIf, rules};
use crate::cup::Cup;
use crate::format::Rules;
use crate::ids::{ClubId, StageId, UnitId};
use crate::state::{First, Reach, State};

impl WhatIf {
    /// Reads conditions in any order: rules first, since they say what there is to suppose, then results, since they say
    /// what is over, then all others; no two may contradict each other or say the same.
    ///
    /// # Errors
    /// Every item that cannot be understood, cannot be, or does not go with an earlier one; in their order.
    pub fn read(items: &[Item], known: &Cup) -> Result<Self, Vec<ItemError>> {
        let mut what_if = Self::default();
        let mut errors = Vec::new();
        let order = |item: &Item| match item.kind {
            ItemKind::Rule => 0,
            ItemKind::Fix => 1,
            _ => 2,
        };
        for turn in 0..3 {
            let cup = what_if.applied(known);
            let now = items.iter().enumerate();
            for (index, item) in now.filter(|(_, item)| order(item) == turn) {
                if let Err(error) = what_if.add(item, &cup, known) {
                    errors.push(ItemError { item: index, error });
                }
            }
        }
        errors.sort_by_key(|error| error.item);
        if errors.is_empty() {
            Ok(what_if)
        } else {
            Err(errors)
        }
    }

    fn add(&mut self, item: &Item, cup: &Cup, known: &Cup) -> Result<(), ConditionError> {
        let text = item.text.as_str();
        let clubs = cup.clubs();
        match item.kind {
            ItemKind::Rule => {
                let rule = rules::parse(text, known)?;
                add_once(&mut self.rules, rule, text)?;
            }
            ItemKind::Fix => {
                // What was fixed before may bring two clubs together.
                let cup = &self.applied(known);
                let result = cup.suppose(text)?;
                if !can_meet(cup, result.clubs, result.stage) {
                    let fact = "cannot be: these clubs cannot meet any more".to_owned();
                    let fact = match result.stage {
                        Some(stage) => {
                            format!("{fact} in the {}", cup.format().stage(stage).name)
                        }
                        None => fact,
                    };
                    return Err(wrong(
                        text,
                        fact,
                        "go back to an earlier moment with --as-of",
                    ));
                }
                let same = |one: &&crate::cup::Supposed| {
                    one.clubs == result.clubs && one.stage == result.stage
                };
                if self.results.iter().find(same).is_some() {
                    let fact = "fixes a match that an earlier fix has fixed already".to_owned();
                    return Err(wrong(text, fact, "give one result a match"));
                }
                self.results.push(result);
            }
            ItemKind::WinsGroup => self.add_first(text, true, cup)?,
            ItemKind::NotWinsGroup => self.add_first(text, false, cup)?,
            ItemKind::Eliminate => self.add_departure(text, Manner::Eliminated, cup)?,
            ItemKind::Withdraw => self.add_departure(text, Manner::Forfeited, cup)?,
            ItemKind::Annul => self.add_departure(text, Manner::Annulled, cup)?,
            ItemKind::Strength => {
                let change = StrengthChange::parse(text, clubs)?;
                change.check_against(text, &self.strengths)?;
                self.strengths.push(change);
            }
            ItemKind::Pot => {
                let change = FactChange::parse_pot(text, clubs, true)?;
                change.check_against(text, &self.facts)?;
                self.facts.push(change);
            }
            ItemKind::BestFinish => {
                let change = FactChange::parse_finish(text, clubs)?;
                change.check_against(text, &self.facts)?;
                self.facts.push(change);
            }
            ItemKind::Neutral => {
                let ground = Ground::parse(text, cup)?;
                add_once(&mut self.grounds, ground, text)?;
            }
            ItemKind::NoHomeAdvantage => add_once(&mut self.grounds, Ground::Everywhere, text)?,
        }
        Ok(())
    }

    fn add_first(&mut self, text: &str, is_first: bool, cup: &Cup) -> Result<(), ConditionError> {
        let club = cup.find_club(text)?;
        let name = &cup.club(club).name;
        let state = State::of(cup);
        let Some(table) = table_of(cup, &state, club) else {
            let fact = format!("names {name}, which plays in no table");
            return Err(wrong(text, fact, "leave it out"));
        };
        let first = First {
            club,
            table,
            is_first,
        };
        if self.firsts.iter().any(|other| other.club == club) {
            let fact = format!("is about {name}, of which an earlier condition speaks");
            return Err(wrong(text, fact, "leave one of the two out"));
        }
        if is_first && self.departure(club).is_some() {
            let fact = "is about a club that is out".to_owned();
            return Err(wrong(text, fact, "leave one of the two out"));
        }
        self.firsts.push(first);
        let reach = Reach::under(cup, &state, &self.premises());
        let winner = cup.format().unit(table).output(0);
        let mut clubs = cup.club_ids();
        if !clubs.any(|club| reach.can(winner, club)) {
            self.firsts.pop();
            let unit = &cup.format().unit(table).name;
            let fact = format!("cannot be: nobody can come first in {unit} then");
            return Err(wrong(
                text,
                fact,
                "leave it out, or fix results that bring it about",
            ));
        }
        Ok(())
    }

    fn add_departure(
        &mut self,
        text: &str,
        manner: Manner,
        cup: &Cup,
    ) -> Result<(), ConditionError> {
        let club = cup.find_club(text)?;
        let name = &cup.club(club).name;
        if self.departure(club).is_some() {
            let fact = format!("is about {name}, which is out already");
            return Err(wrong(text, fact, "leave one of the two out"));
        }
        if self
            .firsts
            .iter()
            .any(|one| one.club == club && one.is_first)
        {
            let fact = format!("cannot be: it is given that {name} comes first");
            return Err(wrong(text, fact, "leave one of the two out"));
        }
        let state = State::of(cup);
        let reach = Reach::of(cup, &state);
        let format = cup.format();
        let mut units = format.unit_ids();
        let plays_on = units.any(|id| {
            let unit = format.unit(id);
            let mut entrants = unit.entrants.iter();
            let plays = matches!(unit.rules, Rules::Table(_) | Rules::Tie(_));
            plays && !state.is_over(id) && entrants.any(|place| reach.can(*place, club))
        });
        if !plays_on {
            let fact = format!("cannot be: {name} has no match left to play");
            return Err(wrong(
                text,
                fact,
                "go back to an earlier moment with --as-of",
            ));
        }
        self.departures.push(Departure { club, manner });
        Ok(())
    }
}

/// Whether two clubs may meet, or have met, in a stage or in any.
fn can_meet(cup: &Cup, clubs: [ClubId; 2], stage: Option<StageId>) -> bool {
    let reach = Reach::of(cup, &State::of(cup));
    let format = cup.format();
    format.units().iter().any(|unit| {
        let plays = matches!(unit.rules, Rules::Table(_) | Rules::Tie(_));
        let ways = |club: ClubId| -> Vec<usize> {
            let entrants = unit.entrants.iter().enumerate();
            entrants
                .filter(|(_, place)| reach.can(**place, club))
                .map(|(entrant, _)| entrant)
                .collect()
        };
        let here = stage.is_none_or(|stage| stage == unit.stage);
        plays && here && {
            let [one, other] = clubs.map(ways);
            one.iter()
                .any(|entrant| other.iter().any(|its| its != entrant))
        }
    })
}

/// The table that a club plays in, or may play in: the first that is not over, else its last.
fn table_of(cup: &Cup, state: &State, club: ClubId) -> Option<UnitId> {
    let reach = Reach::of(cup, state);
    let format = cup.format();
    let tables: Vec<UnitId> = format
        .unit_ids()
        .filter(|id| {
            let unit = format.unit(*id);
            let mut entrants = unit.entrants.iter();
            matches!(unit.rules, Rules::Table(_)) && entrants.any(|place| reach.can(*place, club))
        })
        .collect();
    let open = tables.iter().find(|id| !state.is_over(**id));
    open.or(tables.last()).copied()
}

fn add_once<T: PartialEq>(list: &mut Vec<T>, one: T, text: &str) -> Result<(), ConditionError> {
    if list.contains(&one) {
        let fact = "is there twice".to_owned();
        return Err(wrong(text, fact, "leave one of the two out"));
    }
    list.push(one);
    Ok(())
}
