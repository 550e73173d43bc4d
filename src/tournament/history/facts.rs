//! Compares what a tournament says of its clubs with the earlier editions: names, associations, zones, appearances.

use super::{Place, Remark};
use crate::ids::ClubId;
use crate::tournament::{BestFinish, Club, Edition, Links, Tournament, plain_name};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is wrong or odd about the facts of clubs; the last of `all` is the tournament's own edition.
pub(super) fn check(tournament: &Tournament, all: &[&Edition], links: &Links) -> Vec<Remark> {
    let book = Book::new(all, links);
    let clubs = tournament.club_ids();
    let mut remarks: Vec<Remark> = clubs
        .flat_map(|id| {
            let club = tournament.club(id);
            let found = [
                book.appearance(id, club),
                book.other_association(id, club),
                book.alike(id, club),
            ];
            found.into_iter().flatten()
        })
        .collect();
    remarks.extend(book.strange_words("association", |club| Some(&club.association)));
    remarks.extend(book.strange_words("zone", |club| club.zone.as_deref()));
    remarks.extend(book.nothing_before(tournament));
    remarks
}

/// Fills in what a file leaves out and the earlier editions tell: the edition a club last took part in.
pub fn fill_in(tournament: &mut Tournament, history: &[Edition]) {
    let current = tournament.to_edition();
    let all: Vec<&Edition> = history.iter().chain([&current]).collect();
    let Ok(links) = Links::new(&all) else {
        return;
    };
    let book = Book::new(&all, &links);
    for id in tournament.club_ids() {
        if tournament.club(id).last_appearance.is_none() {
            let last = book.last(id).map(|position| all[position].name.clone());
            tournament.clubs[id.index()].last_appearance = last;
        }
    }
}

/// The editions with their clubs linked.
struct Book<'a> {
    all: &'a [&'a Edition],
    links: &'a Links,
    /// The position of the tournament's own edition.
    current: usize,
}

impl<'a> Book<'a> {
    fn new(all: &'a [&'a Edition], links: &'a Links) -> Self {
        Self {
            all,
            links,
            current: all.len() - 1,
        }
    }

    /// The club in an earlier edition, if it took part.
    fn then(&self, position: usize, club: ClubId) -> Option<&'a Club> {
        let number = self.links.number(self.current, club);
        let found = self.links.find(position, number)?;
        Some(&self.all[position].clubs[found.index()])
    }

    /// Earlier editions of the same competition by position.
    fn same_competition(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let own = self.all[self.current];
        (0..self.current).filter(|position| self.all[*position].is_of_same_competition(own))
    }

    /// The last earlier edition of the competition that a club took part in.
    fn last(&self, club: ClubId) -> Option<usize> {
        let mut latest_first = self.same_competition().rev();
        latest_first.find(|position| self.then(*position, club).is_some())
    }

    /// What a club's `last_appearance` has against it.
    fn appearance(&self, id: ClubId, club: &Club) -> Option<Remark> {
        let written = club.last_appearance.as_deref()?;
        let name = &club.name;
        let own = &self.all[self.current].name;
        let is = |edition: &str| plain_name(edition) == plain_name(written);
        if is(own) {
            return Some(Remark::error(
                Place::Club(id),
                format!("the last appearance of {name} before {own} cannot be {own}"),
                format!("`last_appearance` is \"{written}\""),
                "write the edition it last took part in before this one, or leave the key out",
            ));
        }
        let mut editions = self.same_competition();
        let named = editions.find(|position| is(&self.all[*position].name));
        let last = self.last(id);
        if let (Some(_), Some(last)) = (named, last)
            && last > named?
        {
            let last = &self.all[last].name;
            return Some(Remark::error(
                Place::Club(id),
                format!("{name} took part in {last}, after {written}"),
                format!("`last_appearance` is \"{written}\""),
                "write the edition it last took part in, or leave the key out: it follows from the history",
            ));
        }
        let help = match (named, last) {
            (Some(named), _) if Some(named) != last => {
                "correct one of the two files, or link its names by an alias".to_owned()
            }
            (None, _) => {
                let names = self
                    .same_competition()
                    .map(|position| self.all[position].name.as_str());
                format!("did you mean \"{}\"?", near(written, names)?)
            }
            _ => return None,
        };
        Some(Remark::warning(
            Place::Club(id),
            format!("no edition `{written}` in the history has {name}"),
            "its `last_appearance`".to_owned(),
            &help,
        ))
    }

    /// A club that was of another association when it last took part.
    fn other_association(&self, id: ClubId, club: &Club) -> Option<Remark> {
        let mut latest_first = (0..self.current).rev();
        let (position, before) =
            latest_first.find_map(|position| Some((position, self.then(position, id)?)))?;
        let differs = plain_name(&before.association) != plain_name(&club.association);
        differs.then(|| {
            Remark::warning(
                Place::Club(id),
                format!(
                    "{} is of {} here, and {} was of {} in {}",
                    club.name,
                    club.association,
                    before.name,
                    before.association,
                    self.all[position].name
                ),
                "taken as one club".to_owned(),
                "write the association alike in both files; two clubs of one name need names that tell them apart",
            )
        })
    }

    /// A club without a past whose name is like that of one without a present.
    fn alike(&self, id: ClubId, club: &Club) -> Option<Remark> {
        if (0..self.current).any(|position| self.then(position, id).is_some()) {
            return None;
        }
        let own_names: Vec<String> = self
            .links
            .called(self.current, id)
            .iter()
            .cloned()
            .collect();
        let earlier = (0..self.current).rev().flat_map(|position| {
            let clubs = self.all[position].clubs.iter().enumerate();
            clubs.map(move |(index, club)| (position, ClubId::new(index), club))
        });
        let (position, _, other) = earlier
            .filter(|(_, _, other)| plain_name(&other.association) == plain_name(&club.association))
            .filter(|(position, other, _)| {
                let number = self.links.number(*position, *other);
                self.links.find(self.current, number).is_none()
            })
            .find(|(position, other, _)| {
                let names = self.links.called(*position, *other);
                names
                    .iter()
                    .any(|name| own_names.iter().any(|own| are_alike(own, name)))
            })?;
        Some(Remark::warning(
            Place::Club(id),
            format!(
                "no earlier edition has {}, but {} has {}",
                club.name, self.all[position].name, other.name
            ),
            "taken as two clubs".to_owned(),
            &format!(
                "if they are one, add the other name as an alias: `aliases = [{:?}]`",
                other.name
            ),
        ))
    }

    /// Words of clubs (associations, zones) that no earlier edition has, where one of theirs is near; each word once.
    fn strange_words(&self, what: &str, of: impl Fn(&Club) -> Option<&str>) -> Vec<Remark> {
        let earlier = self.all[..self.current].iter().flat_map(|past| &past.clubs);
        let known: BTreeMap<String, &str> = earlier
            .filter_map(|club| of(club).map(|word| (plain_name(word), word)))
            .collect();
        let mut told = BTreeSet::new();
        let clubs = self.all[self.current].clubs.iter().enumerate();
        let strange = clubs.filter_map(|(index, club)| {
            let word = of(club)?;
            let plain = plain_name(word);
            let is_new = !known.contains_key(&plain) && told.insert(plain);
            let near = is_new.then(|| near(word, known.values().copied()))??;
            Some(Remark::warning(
                Place::Club(ClubId::new(index)),
                format!("no earlier edition has the {what} `{word}`"),
                format!("the {what} of this club"),
                &format!("did you mean \"{near}\"? Each {what} has an effect of its own on expected goals"),
            ))
        });
        strange.collect()
    }

    /// Clubs that are said never to have taken part, and did.
    fn nothing_before(&self, tournament: &Tournament) -> Option<Remark> {
        let seen = |id: &ClubId| {
            tournament.club(*id).best_finish == BestFinish::None && self.last(*id).is_some()
        };
        let clubs: Vec<ClubId> = tournament.club_ids().filter(seen).collect();
        let names: Vec<&str> = clubs
            .iter()
            .map(|id| tournament.club(*id).name.as_str())
            .collect();
        Some(Remark::warning(
            Place::Club(*clubs.first()?),
            format!(
                "`best_finish` is \"none\", but earlier editions have {}",
                names.join(", ")
            ),
            "said never to have taken part".to_owned(),
            "write how far each got at best in any earlier edition",
        ))
    }
}

/// The digits of a text: names whose numbers differ are no slip of the pen.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The nearest of some words, but for those with other numbers.
fn near<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written_digits = digits(written);
    crate::diagnostic::nearest(written, words.filter(|word| digits(word) == written_digits))
}

/// Whether two plain names may be spellings of one: all words of one in the other, or few letters that differ.
fn are_alike(one: &str, other: &str) -> bool {
    const FEWEST_LETTERS: usize = 5;
    if digits(one) != digits(other) {
        return false;
    }
    let words = |name: &str| {
        name.split_whitespace()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let (a, b) = (words(one), words(other));
    let letters = one.chars().count().min(other.chars().count());
    let is_part = letters >= FEWEST_LETTERS && (a.is_subset(&b) || b.is_subset(&a));
    is_part || strsim::damerau_levenshtein(one, other) <= letters / FEWEST_LETTERS
}
