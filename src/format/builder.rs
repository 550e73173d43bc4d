//! Puts a format together unit by unit; places are numbered as units come.

use super::{Format, FormatError, Milestone, Rules, Stage, Unit};
use crate::ids::{PlaceId, StageId, UnitId};

/// A format that is being put together.
#[derive(Debug, Clone)]
pub struct Builder {
    clubs: usize,
    places: usize,
    stages: Vec<Stage>,
    units: Vec<Unit>,
    milestones: Vec<Milestone>,
}

impl Builder {
    /// A format of so many clubs, without units yet.
    pub fn new(clubs: usize) -> Self {
        Self {
            clubs,
            places: clubs,
            stages: Vec::new(),
            units: Vec::new(),
            milestones: Vec::new(),
        }
    }

    /// Adds a stage; units that follow name it.
    pub fn stage(&mut self, key: &str, name: &str, shown: bool) -> StageId {
        self.stages.push(Stage {
            key: key.to_owned(),
            name: name.to_owned(),
            shown,
        });
        StageId::new(self.stages.len() - 1)
    }

    /// Adds a unit, whose outputs get the next places.
    pub fn unit(
        &mut self,
        stage: StageId,
        key: &str,
        name: &str,
        entrants: Vec<PlaceId>,
        rules: Rules,
    ) -> UnitId {
        let first_out = PlaceId::new(self.places);
        self.places += entrants.len();
        self.units.push(Unit {
            key: key.to_owned(),
            name: name.to_owned(),
            stage,
            entrants,
            first_out,
            rules,
        });
        UnitId::new(self.units.len() - 1)
    }

    /// Adds a milestone.
    pub fn milestone(&mut self, key: &str, words: &str, places: Vec<PlaceId>) {
        self.milestones.push(Milestone {
            key: key.to_owned(),
            words: words.to_owned(),
            places,
        });
    }

    /// The stages so far.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The units so far.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit behind an id.
    pub fn unit_at(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The place of an output of a unit so far, 0 the first.
    pub fn output(&self, unit: UnitId, rank: usize) -> PlaceId {
        self.units[unit.index()].output(rank)
    }

    /// A place of a unit so far in words, such as `the winner of SF-1` or `place 2 of group A`.
    pub fn place_words(&self, place: PlaceId) -> String {
        let of = self.units.iter().rfind(|unit| unit.first_out <= place);
        of.map_or_else(
            || "a club".to_owned(),
            |unit| unit.place_words(place.index() - unit.first_out.index()),
        )
    }

    /// Every place that feeds no unit yet: one for each club.
    pub fn open(&self) -> Vec<PlaceId> {
        let mut open = vec![true; self.places];
        for unit in &self.units {
            for entrant in &unit.entrants {
                if let Some(open) = open.get_mut(entrant.index()) {
                    *open = false;
                }
            }
        }
        let places = (0..self.places).filter(|place| open[*place]);
        places.map(PlaceId::new).collect()
    }

    /// The format, if it is sound.
    ///
    /// # Errors
    /// What is wrong with it, unit by unit.
    pub fn finish(self) -> Result<Format, Vec<FormatError>> {
        let format = Format {
            clubs: self.clubs,
            stages: self.stages,
            units: self.units,
            milestones: self.milestones,
        };
        let found = format.check();
        if found.is_empty() {
            Ok(format)
        } else {
            Err(found)
        }
    }
}
