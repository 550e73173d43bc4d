//! The bundled internationals: every national team with its confederation, and its results.

use super::material::{Facts, Material, Played};
use crate::tournament::plain_name;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const NATIONS: &str = include_str!("../../../models/nations.csv");
const RESULTS: &str = include_str!("../../../models/internationals.csv");

/// All national teams and their results.
#[derive(Debug)]
pub(super) struct Internationals {
    /// Teams by any of their names.
    by_name: BTreeMap<String, usize>,
    /// Confederations by number.
    pub(super) confederations: Vec<&'static str>,
    /// Every result, teams by number and confederations as groups.
    pub(super) material: Material,
}

/// The internationals, read once.
pub(super) fn internationals() -> &'static Internationals {
    static READ: OnceLock<Internationals> = OnceLock::new();
    READ.get_or_init(read)
}

impl Internationals {
    /// The number of the team with a name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&plain_name(name)).copied()
    }

    /// The number of the confederation with a name.
    pub(super) fn confederation(&self, name: &str) -> Option<usize> {
        self.confederations
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
    }
}

/// The cells of the lines below the first; no cell of these two files has a comma in it.
fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

fn read() -> Internationals {
    let mut found = Internationals {
        by_name: BTreeMap::new(),
        confederations: Vec::new(),
        material: Material::default(),
    };
    for cells in lines(NATIONS) {
        let confederation = Some(cells[1]).filter(|name| !name.is_empty()).map(|name| {
            found.confederation(name).unwrap_or_else(|| {
                found.confederations.push(name);
                found.confederations.len() - 1
            })
        });
        let team = found.material.add_team(confederation);
        let names = cells[2].split('|').filter(|name| !name.is_empty());
        for name in names.chain([cells[0]]) {
            found.by_name.insert(plain_name(name), team);
        }
    }
    // Teams are written in one way only, which spares making twenty thousand names plain.
    let exact: BTreeMap<&str, usize> = lines(NATIONS)
        .zip(0..)
        .map(|(cells, team)| (cells[0], team))
        .collect();
    let number = |text: &str| text.parse::<u8>().expect("the tests read every line");
    let results = lines(RESULTS).map(|cells| Played {
        date: cells[0].parse::<Date>().expect("the tests read every line"),
        teams: [exact[cells[1]], exact[cells[2]]],
        goals: [number(cells[3]), number(cells[4])],
        ground: if cells[5] == "1" { 0.0 } else { 1.0 },
        facts: [Facts::default(); 2],
    });
    found.material.played = results.collect();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_found_by_every_name() {
        let all = internationals();
        for (one, other) in [
            ("Türkiye", "Turkey"),
            ("Korea Republic", "South Korea"),
            ("cote d'ivoire", "Ivory Coast"),
        ] {
            assert!(all.find(one).is_some(), "{one}");
            assert_eq!(all.find(one), all.find(other));
        }
        assert_eq!(all.find("Atlantis"), None);
        assert_eq!(all.confederations.len(), 6);
    }

    #[test]
    fn results_are_in_order_and_of_different_teams() {
        let played = &internationals().material.played;
        assert!(played.len() > 11_000);
        assert!(played.is_sorted_by_key(|played| played.date));
        assert!(
            played
                .iter()
                .all(|played| played.teams[0] != played.teams[1])
        );
    }
}
