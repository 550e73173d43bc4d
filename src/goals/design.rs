//! From a specification and dated matches to the rows of a regression: one row for each side of each match.

use super::book::Book;
use super::elo::{self, EloRatings};
use super::fit_error::FitError;
use super::specification::{ActsOn, Specification, TermKind};
use crate::ids::ClubId;
use crate::tournament::Edition;
use std::collections::{BTreeMap, BTreeSet};

/// One coefficient of a model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// The term: its position in the specification.
    pub term: usize,
    /// The edition, for an effect of one edition.
    pub edition: Option<String>,
    /// The zone, association or club, for a term that has a coefficient for each.
    pub level: Option<String>,
}

/// A sparse linear form in the coefficients: (position of the coefficient, factor), sorted, no zeros.
pub(super) type Linear = Vec<(usize, f64)>;

/// Goals of one side of one match, and the linear form of the logarithm of their expectation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The logarithm of the expected goals.
    pub(super) predictor: Linear,
    /// The goals scored.
    pub(super) goals: f64,
    /// How much the match counts.
    pub(super) weight: f64,
}

/// What a club brings to its own rate and takes from its opponent's, as linear forms.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ClubForms {
    pub(super) attack: Linear,
    pub(super) defence: Linear,
}

/// The regression: coefficients and rows.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// All coefficients: those of single editions first, the current edition's after the earlier ones',
    /// then those that all editions share.
    pub(super) parameters: Vec<Parameter>,
    /// How many coefficients at the beginning belong to earlier editions only.
    pub(super) past: usize,
    /// Two rows a match, home side first, in the order of the editions and their matches.
    pub(super) rows: Vec<Row>,
    /// For each club of the last edition, what it brings to a match that is not played yet.
    pub(super) clubs: Vec<ClubForms>,
    /// For each club of the last edition, whether any match that counts is one of its own.
    pub(super) has_played: Vec<bool>,
    /// Each coefficient's position by itself.
    positions: BTreeMap<Parameter, usize>,
}

impl Design {
    /// Builds the regression over all matches of all editions; the last edition is the current one.
    pub(super) fn new(
        specification: &Specification,
        editions: &[&Edition],
    ) -> Result<Self, FitError> {
        let mut design = Self {
            parameters: Vec::new(),
            past: 0,
            rows: Vec::new(),
            clubs: Vec::new(),
            has_played: Vec::new(),
            positions: BTreeMap::new(),
        };
        let book = Book::new(editions)?;
        design.number_parameters(specification, &book)?;
        let ratings = specification.terms.iter().find_map(|term| match term.kind {
            TermKind::Elo {
                step,
                home_advantage,
            } => Some(elo::rate(editions, &book.links, step, home_advantage)),
            _ => None,
        });
        let weights = Weights::new(specification, editions);
        for (index, edition) in editions.iter().enumerate() {
            let forms = design.forms_of(specification, &book, index)?;
            design.add_rows(
                specification,
                (index, edition),
                &forms,
                ratings.as_ref(),
                &weights,
            );
            if index + 1 == editions.len() {
                design.clubs = forms;
                design.has_played = book.has_played();
                if let Some(ratings) = &ratings {
                    let clubs = design.clubs.iter_mut().zip(&ratings.after[index]);
                    for (forms, rating) in clubs {
                        forms.add_elo(specification, &design.positions, *rating);
                    }
                }
            }
        }
        Ok(design)
    }

    /// Collects every coefficient and puts them in order.
    fn number_parameters(
        &mut self,
        specification: &Specification,
        book: &Book<'_>,
    ) -> Result<(), FitError> {
        let editions = book.editions;
        // The key: shared ones last, the rest by edition, then by term and level.
        let mut ordered = BTreeSet::new();
        for (place, edition) in editions.iter().enumerate() {
            for (index, term) in specification.terms.iter().enumerate() {
                let levels: Vec<Option<String>> = if term.kind.is_of_match() {
                    vec![None]
                } else {
                    let clubs = (0..edition.clubs.len()).map(ClubId::new);
                    let keys = clubs
                        .map(|club| Ok(book.covariate(term, place, club)?.map(|(level, _)| level)));
                    let keys: Result<Vec<_>, FitError> = keys.collect();
                    keys?.into_iter().flatten().collect()
                };
                let single = matches!(term.kind, TermKind::ClubEdition);
                for level in levels {
                    let parameter = Parameter {
                        term: index,
                        edition: single.then(|| edition.id.clone()),
                        level,
                    };
                    let block = if single { place } else { editions.len() };
                    ordered.insert((block, parameter));
                }
            }
        }
        let current = editions.len().saturating_sub(1);
        self.past = ordered.iter().filter(|(block, _)| *block < current).count();
        self.parameters = ordered
            .into_iter()
            .map(|(_, parameter)| parameter)
            .collect();
        let numbered = self.parameters.iter().cloned().enumerate();
        self.positions = numbered
            .map(|(index, parameter)| (parameter, index))
            .collect();
        Ok(())
    }

    /// The linear forms of every club of an edition, without Elo, which changes from match to match.
    fn forms_of(
        &self,
        specification: &Specification,
        book: &Book<'_>,
        place: usize,
    ) -> Result<Vec<ClubForms>, FitError> {
        let edition = book.editions[place];
        let clubs = (0..edition.clubs.len()).map(ClubId::new);
        let forms = clubs.map(|club| {
            let mut forms = ClubForms::default();
            for (index, term) in specification.terms.iter().enumerate() {
                if term.kind.is_of_match() || matches!(term.kind, TermKind::Elo { .. }) {
                    continue;
                }
                if let Some((level, value)) = book.covariate(term, place, club)? {
                    let single = matches!(term.kind, TermKind::ClubEdition);
                    let parameter = Parameter {
                        term: index,
                        edition: single.then(|| edition.id.clone()),
                        level,
                    };
                    forms.add(term.acts_on, self.positions[&parameter], value);
                }
            }
            Ok(forms)
        });
        forms.collect()
    }

    /// Adds both rows of every match of an edition.
    fn add_rows(
        &mut self,
        specification: &Specification,
        (index, edition): (usize, &Edition),
        forms: &[ClubForms],
        ratings: Option<&EloRatings>,
        weights: &Weights,
    ) {
        for (number, played) in edition.matches.iter().enumerate() {
            let mut home = forms[played.home.index()].clone();
            let mut away = forms[played.away.index()].clone();
            if let Some(ratings) = ratings {
                let [home_rating, away_rating] = ratings.before[index][number];
                home.add_elo(specification, &self.positions, home_rating);
                away.add_elo(specification, &self.positions, away_rating);
            }
            let weight = weights.of(played.date);
            let first_leg = played.stage.is_first_leg();
            let sides = [
                (0.5, &home, &away, played.goals.home),
                (-0.5, &away, &home, played.goals.away),
            ];
            for (at_home, own, other, goals) in sides {
                let mut predictor = self.match_form(specification, at_home, first_leg);
                predictor.extend(&own.attack);
                predictor.extend(other.defence.iter().map(|(place, value)| (*place, -value)));
                self.rows.push(Row {
                    predictor: tidy(predictor),
                    goals: f64::from(goals),
                    weight,
                });
            }
        }
    }

    /// The part of a side's linear form that does not depend on the clubs: `at_home` is 1/2 for the home
    /// side, -1/2 for the away side and 0 on neutral ground.
    pub(super) fn match_form(
        &self,
        specification: &Specification,
        at_home: f64,
        first_leg: bool,
    ) -> Linear {
        let terms = specification.terms.iter().enumerate();
        let entries = terms.filter_map(|(index, term)| {
            let value = match term.kind {
                TermKind::Level => 1.0,
                TermKind::Home => at_home,
                TermKind::FirstLeg => f64::from(u8::from(first_leg)),
                _ => return None,
            };
            let parameter = Parameter {
                term: index,
                edition: None,
                level: None,
            };
            Some((self.positions[&parameter], value))
        });
        entries.collect()
    }

    /// For each coefficient the first one that it shares a row with: the envelope of the Hessian.
    pub(super) fn envelope(&self) -> Vec<usize> {
        let mut first: Vec<usize> = (0..self.parameters.len()).collect();
        for row in &self.rows {
            if let Some((lowest, _)) = row.predictor.first() {
                for (index, _) in &row.predictor {
                    first[*index] = first[*index].min(*lowest);
                }
            }
        }
        first
    }
}

impl ClubForms {
    /// Adds a factor of a coefficient to the side of play it acts on.
    fn add(&mut self, acts_on: ActsOn, position: usize, value: f64) {
        if matches!(acts_on, ActsOn::Strength | ActsOn::Attack) {
            self.attack.push((position, value));
        }
        if matches!(acts_on, ActsOn::Strength | ActsOn::Defence) {
            self.defence.push((position, value));
        }
    }

    /// Adds the Elo term, if the specification has one.
    fn add_elo(
        &mut self,
        specification: &Specification,
        positions: &BTreeMap<Parameter, usize>,
        rating: f64,
    ) {
        for (index, term) in specification.terms.iter().enumerate() {
            if matches!(term.kind, TermKind::Elo { .. }) {
                let parameter = Parameter {
                    term: index,
                    edition: None,
                    level: None,
                };
                self.add(term.acts_on, positions[&parameter], rating);
            }
        }
    }
}

/// Sorts a linear form, adds up what stands there twice and drops what cancels.
fn tidy(mut form: Linear) -> Linear {
    form.sort_by_key(|(index, _)| *index);
    let merged = form.chunk_by(|a, b| a.0 == b.0).map(|same| {
        let total: f64 = same.iter().map(|(_, value)| value).sum();
        (same[0].0, total)
    });
    merged.filter(|(_, value)| *value != 0.0).collect()
}

/// How much matches count by their age.
struct Weights {
    latest: Option<jiff::civil::Date>,
    half_life_days: Option<f64>,
}

impl Weights {
    /// Ages are counted from the latest known match.
    fn new(specification: &Specification, editions: &[&Edition]) -> Self {
        let matches = editions.iter().flat_map(|edition| &edition.matches);
        Self {
            latest: matches.map(|played| played.date).max(),
            half_life_days: specification.half_life_days,
        }
    }

    /// The weight of a match on a day.
    fn of(&self, date: jiff::civil::Date) -> f64 {
        match (self.latest, self.half_life_days) {
            (Some(latest), Some(half_life)) => {
                let days = (latest - date).get_days();
                0.5f64.powf(f64::from(days) / half_life)
            }
            _ => 1.0,
        }
    }
}
