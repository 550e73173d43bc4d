//! Which clubs of several editions are the same club: linked by name and aliases, whatever their case, accents and spaces.

use super::{Club, Edition, plain_name};
use crate::ids::ClubId;
use std::collections::{BTreeMap, BTreeSet};

/// The clubs of several editions, linked. Two clubs are one if they share a name or an alias, or if each shares one with a
/// third: a club known by a new name is linked to its old self by an alias in either file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// For each edition and each of its clubs the number of the club.
    numbers: Vec<Vec<usize>>,
    /// What each numbered club is called in the latest edition that has it.
    names: Vec<String>,
    /// Everything each numbered club is called, in plain names.
    called: Vec<BTreeSet<String>>,
}

/// Two clubs of one edition that names link into one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguity {
    /// The position of the edition both play in, and the two clubs.
    pub rivals: (usize, [ClubId; 2]),
    /// The position of the edition and the club that may be either, or is at one end of the chain that links them.
    pub between: (usize, ClubId),
}

/// Everything a club is called, as plain names; codes are an edition's own and link nothing.
fn plain_names(club: &Club) -> impl Iterator<Item = String> {
    let names = club.aliases.iter().chain([&club.name]);
    names
        .map(|name| plain_name(name))
        .filter(|name| !name.is_empty())
}

impl Links {
    /// Links the clubs of these editions, oldest first.
    ///
    /// # Errors
    /// Names that make one club of two that play in the same edition.
    pub fn new(editions: &[&Edition]) -> Result<Self, Ambiguity> {
        let clubs: Vec<(usize, &Club)> = editions
            .iter()
            .enumerate()
            .flat_map(|(position, edition)| edition.clubs.iter().map(move |club| (position, club)))
            .collect();
        // The club each club stands for, by position in the list; following it leads to the first of its kind.
        let mut stands_for: Vec<usize> = (0..clubs.len()).collect();
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for (own, (_, club)) in clubs.iter().enumerate() {
            for name in plain_names(club) {
                let other = *owners.entry(name).or_insert(own);
                let (low, high) = {
                    let (a, b) = (first(&stands_for, own), first(&stands_for, other));
                    (a.min(b), a.max(b))
                };
                stands_for[high] = low;
            }
        }
        let mut links = Self {
            numbers: vec![Vec::new(); editions.len()],
            names: Vec::new(),
            called: Vec::new(),
        };
        let mut number_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (own, (position, club)) in clubs.iter().enumerate() {
            let next = number_of.len();
            let number = *number_of.entry(first(&stands_for, own)).or_insert(next);
            if number == next {
                links.names.push(String::new());
                links.called.push(BTreeSet::new());
            }
            links.names[number].clone_from(&club.name);
            links.called[number].extend(plain_names(club));
            links.numbers[*position].push(number);
        }
        links.ambiguity(editions).map_or(Ok(links), Err)
    }

    /// The first two clubs of one edition that became one.
    fn ambiguity(&self, editions: &[&Edition]) -> Option<Ambiguity> {
        let doubled = self.numbers.iter().enumerate().find_map(|(position, own)| {
            let (second, number) = own
                .iter()
                .enumerate()
                .find(|(index, number)| own[..*index].contains(number))?;
            let first = own.iter().position(|other| other == number)?;
            Some((position, [first, second], *number))
        });
        let (position, rivals, number) = doubled?;
        let names: Vec<String> = plain_names(&editions[position].clubs[rivals[1]]).collect();
        // A third club shares a name with the second: that is how the two were linked. The latest is the likeliest culprit.
        let elsewhere = (0..editions.len()).rev().filter(|other| *other != position);
        let between = elsewhere.into_iter().find_map(|other| {
            let mut clubs = editions[other].clubs.iter().enumerate();
            let (index, _) = clubs.find(|(index, club)| {
                self.numbers[other][*index] == number
                    && plain_names(club).any(|name| names.contains(&name))
            })?;
            Some((other, ClubId::new(index)))
        });
        Some(Ambiguity {
            rivals: (position, rivals.map(ClubId::new)),
            between: between.unwrap_or((position, ClubId::new(rivals[1]))),
        })
    }

    /// The number of a club, the same in every edition it plays in.
    pub fn number(&self, edition: usize, club: ClubId) -> usize {
        self.numbers[edition][club.index()]
    }

    /// How many clubs there are.
    pub fn clubs(&self) -> usize {
        self.names.len()
    }

    /// What a club is called in the latest edition that has it.
    pub fn name(&self, edition: usize, club: ClubId) -> &str {
        &self.names[self.number(edition, club)]
    }

    /// Everything a club is called in any edition, in plain names.
    pub fn called(&self, edition: usize, club: ClubId) -> &BTreeSet<String> {
        &self.called[self.number(edition, club)]
    }

    /// The club of an edition that has a number.
    pub fn find(&self, edition: usize, number: usize) -> Option<ClubId> {
        let own = self.numbers[edition].iter();
        own.clone()
            .position(|other| *other == number)
            .map(ClubId::new)
    }
}

/// The first of the clubs that one stands for.
fn first(stands_for: &[usize], mut club: usize) -> usize {
    while stands_for[club] != club {
        club = stands_for[club];
    }
    club
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An edition of clubs by name, aliases after it.
    fn edition(clubs: &[&[&str]]) -> Edition {
        let clubs = clubs.iter().map(|names| Club {
            code: String::new(),
            name: names[0].to_owned(),
            aliases: names[1..].iter().map(|name| (*name).to_owned()).collect(),
            association: String::new(),
            zone: None,
            pot: None,
            berth: None,
            appearances: None,
            last_appearance: None,
            best_finish: super::super::BestFinish::None,
        });
        Edition {
            id: String::new(),
            competition: String::new(),
            name: String::new(),
            clubs: clubs.collect(),
            pots: Vec::new(),
            matches: Vec::new(),
        }
    }

    /// The numbers of all clubs of some editions.
    fn numbers(editions: &[&[&[&str]]]) -> Result<Vec<Vec<usize>>, Ambiguity> {
        let editions: Vec<Edition> = editions.iter().map(|clubs| edition(clubs)).collect();
        Links::new(&editions.iter().collect::<Vec<_>>()).map(|links| links.numbers)
    }

    #[test]
    fn case_accents_spaces_and_the_way_an_accent_is_written_do_not_matter() {
        let spellings = [
            "Am\u{e9}rico FC",
            "Ame\u{301}rico  FC",
            "AMERICO\u{a0}FC",
            "americo fc",
        ];
        for other in spellings {
            assert_eq!(
                numbers(&[&[&[spellings[0]]], &[&["Rest"], &[other]]]),
                Ok(vec![vec![0], vec![1, 0]])
            );
        }
        // A mark that makes another letter is no accent.
        assert_eq!(
            numbers(&[&[&["\u{304b}"]], &[&["\u{304c}"]]]),
            Ok(vec![vec![0], vec![1]])
        );
    }

    #[test]
    fn an_alias_in_either_edition_links_and_chains() {
        let linked = Ok(vec![vec![0], vec![0], vec![0]]);
        assert_eq!(
            numbers(&[&[&["Old"]], &[&["New", "Old"]], &[&["New"]]]),
            linked
        );
        assert_eq!(
            numbers(&[&[&["Old", "New"]], &[&["Old"]], &[&["New"]]]),
            linked
        );
        assert_eq!(
            numbers(&[&[&["Old", "Both"]], &[&["New", "Both"]], &[&["NEW"]]]),
            linked
        );
    }

    #[test]
    fn a_club_that_may_be_either_of_two_is_an_ambiguity() {
        let found = numbers(&[&[&["Santos"], &["Real"]], &[&["Club", "Santos", "Real"]]]);
        let ambiguity = Ambiguity {
            rivals: (0, [ClubId(0), ClubId(1)]),
            between: (1, ClubId(0)),
        };
        assert_eq!(found, Err(ambiguity));
    }

    #[test]
    fn the_latest_name_is_the_name() {
        let old = edition(&[&["Old"], &["Rest"]]);
        let new = edition(&[&["New", "Old"]]);
        let links = Links::new(&[&old, &new]).expect("nothing is ambiguous");
        assert_eq!(links.name(0, ClubId(0)), "New");
        assert_eq!(links.name(0, ClubId(1)), "Rest");
        assert_eq!(links.find(1, links.number(0, ClubId(0))), Some(ClubId(0)));
        assert_eq!(links.find(1, links.number(0, ClubId(1))), None);
        assert!(links.called(1, ClubId(0)).contains("old"));
    }
}
