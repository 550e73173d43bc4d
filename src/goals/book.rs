//! What a goal model reads of clubs: their facts in every edition, with clubs, associations and zones linked from one to another.

use super::Covariate;
use super::fit_error::FitError;
use super::specification::{Term, TermKind};
use crate::ids::ClubId;
use crate::tournament::{Club, Edition, Links, plain_name};
use std::collections::BTreeMap;

/// All editions, with clubs linked from one to another and one spelling for each association and zone.
pub(super) struct Book<'a> {
    pub(super) editions: &'a [&'a Edition],
    pub(super) links: Links,
    /// The spelling of the latest edition by the plain name.
    spellings: BTreeMap<String, &'a str>,
}

impl<'a> Book<'a> {
    pub(super) fn new(editions: &'a [&'a Edition]) -> Result<Self, FitError> {
        let links = Links::new(editions).map_err(|found| {
            let (rivals, [first, second]) = found.rivals;
            let (other, between) = found.between;
            let name =
                |edition: usize, club: ClubId| editions[edition].clubs[club.index()].name.clone();
            FitError::Ambiguous {
                club: name(other, between),
                edition: editions[other].name.clone(),
                first: name(rivals, first),
                second: name(rivals, second),
                rivals: editions[rivals].name.clone(),
            }
        })?;
        let clubs = editions.iter().flat_map(|edition| &edition.clubs);
        let words = clubs.flat_map(|club| [Some(&club.association), club.zone.as_ref()]);
        let spellings = words
            .flatten()
            .map(|word| (plain_name(word), word.as_str()));
        Ok(Self {
            editions,
            links,
            spellings: spellings.collect(),
        })
    }

    /// The spelling of an association or a zone that all editions share.
    fn spelling(&self, word: &str) -> String {
        let latest = self.spellings.get(&plain_name(word));
        latest.map_or(word, |latest| *latest).to_owned()
    }

    /// For each club of the last edition whether any known match of any edition is one of its own.
    pub(super) fn has_played(&self) -> Vec<bool> {
        let mut seen = vec![false; self.links.clubs()];
        for (place, edition) in self.editions.iter().enumerate() {
            for played in &edition.matches {
                for club in [played.home, played.away] {
                    seen[self.links.number(place, club)] = true;
                }
            }
        }
        let last = self.editions.len() - 1;
        let clubs = (0..self.editions[last].clubs.len()).map(ClubId::new);
        clubs
            .map(|club| seen[self.links.number(last, club)])
            .collect()
    }

    /// The level a club belongs to in a term and its value there; `None` where the term leaves it out.
    /// Elo values are not known here, as they change from match to match.
    pub(super) fn covariate(
        &self,
        term: &Term,
        place: usize,
        id: ClubId,
    ) -> Result<Option<(Option<String>, f64)>, FitError> {
        let edition = self.editions[place];
        let club = &edition.clubs[id.index()];
        let missing = |column: &str| FitError::MissingFact {
            term: term.name(),
            fact: column.to_owned(),
            club: club.name.clone(),
            edition: edition.name.clone(),
        };
        let found = match &term.kind {
            TermKind::Level | TermKind::Home | TermKind::FirstLeg => None,
            TermKind::BestFinish => Covariate::BestFinish
                .value(club, edition)
                .map(|value| (None, value)),
            TermKind::Pot => {
                let value = Covariate::Pot.value(club, edition);
                Some((None, value.ok_or_else(|| missing("pot"))?))
            }
            TermKind::Zone { reference } => match &club.zone {
                // A cup may have no zones at all; then nobody differs by zone.
                None if edition.clubs.iter().all(|club| club.zone.is_none()) => None,
                None => return Err(missing("zone")),
                Some(zone) if reference.as_deref().map(plain_name) == Some(plain_name(zone)) => {
                    None
                }
                Some(zone) => Some((Some(self.spelling(zone)), 1.0)),
            },
            TermKind::Association => Some((Some(self.spelling(&club.association)), 1.0)),
            TermKind::Club | TermKind::ClubEdition => {
                Some((Some(self.links.name(place, id).to_owned()), 1.0))
            }
            TermKind::Appearances => {
                let all = club.appearances.ok_or_else(|| missing("appearances"))?;
                Some((None, f64::from(all.saturating_sub(1))))
            }
            TermKind::Elo { .. } => Some((None, 0.0)),
            TermKind::Column(column) => {
                let code = plain_name(&club.code);
                let of = |edition: &str| {
                    let names = self.links.called(place, id).iter().chain([&code]);
                    let mut keys = names.map(|name| (name.clone(), edition.to_owned()));
                    keys.find_map(|key| column.values.get(&key))
                };
                let value = of(&edition.name).or_else(|| of(""));
                Some((None, *value.ok_or_else(|| missing(&column.name))?))
            }
        };
        Ok(found)
    }
}

impl Covariate {
    /// The number that stands for it in the linear form of a club. Best finish: its share of the title, 0 to 1
    /// ([`BestFinish::level`](crate::tournament::BestFinish::level) over 5). Pot: +1 for the strongest, -1 for the
    /// weakest, evenly between; 0 in an edition without comparable pots, and `None` for a club without a pot where others
    /// have one.
    pub fn value(self, club: &Club, edition: &Edition) -> Option<f64> {
        match self {
            Self::BestFinish => Some(club.best_finish.level() / 5.0),
            Self::Pot => pot_value(club, edition),
        }
    }
}

/// +1 for the pot of the strongest clubs, -1 for that of the weakest, evenly between (of three: 1, 0, -1), and 0 in an
/// edition without comparable pots; `None` for a club without a pot where others have one.
fn pot_value(club: &Club, edition: &Edition) -> Option<f64> {
    let pots = &edition.pots;
    if pots.is_empty() {
        return Some(0.0);
    }
    let own = club.pot.as_ref()?;
    let position = pots.iter().position(|pot| pot == own)?;
    let steps = pots.len().saturating_sub(1).max(1);
    let middle = if pots.len() == 1 { 0.0 } else { 1.0 };
    Some(middle - 2.0 * position as f64 / steps as f64)
}
