//! What reports and pictures of a cup of any format draw on, and how they name clubs and print chances.

use super::forecast::CupForecast;
use crate::format::{StageKind, Unit};
use crate::goals::GoalModel;
use crate::ids::{ClubId, PlaceId, StageId};
use crate::odds::Chance;
use crate::report::document::Cell;
use crate::report::sections::brief;
use crate::report::sections::timeline::TimelineData;
use crate::state::State;

/// Everything a report of a cup can draw on.
pub struct CupMaterial<'a> {
    /// The forecast.
    pub forecast: &'a CupForecast<'a>,
    /// How the cup stood at the moment of the forecast.
    pub state: &'a State,
    /// The goal model behind the forecast.
    pub model: &'a dyn GoalModel,
    /// Title odds from moment to moment, where there were several.
    pub timeline: Option<&'a TimelineData>,
    /// The command that makes this report again.
    pub command: &'a str,
}

impl CupMaterial<'_> {
    /// The name of a club.
    pub(super) fn name(&self, club: ClubId) -> &str {
        &self.forecast.cup.club(club).name
    }

    /// `FIFA World Cup 2022`.
    pub(super) fn cup(&self) -> String {
        let cup = self.forecast.cup;
        format!("{} {}", cup.competition(), cup.edition())
    }

    /// `FIFA World Cup 2022, after matchday 2 of the group stage`.
    pub(super) fn heading(&self) -> String {
        let when = self
            .forecast
            .cup
            .instant_words(self.forecast.about.outlook.instant());
        format!("{}, {when}", self.cup())
    }

    /// The stages of one kind that are shown, in the order of play.
    pub(super) fn stages(&self, kind: StageKind) -> impl Iterator<Item = StageId> {
        let format = self.forecast.cup.format();
        let of_kind = move |stage: &StageId| format.kind(*stage) == kind;
        let shown = move |stage: &StageId| format.stage(*stage).shown;
        format.stage_ids().filter(of_kind).filter(shown)
    }

    /// The position of the milestone that everybody asks about: the title, or the last there is.
    pub(super) fn title(&self) -> Option<usize> {
        let milestones = self.forecast.cup.format().milestones();
        let title = milestones.iter().position(|one| one.key == "title");
        title.or(milestones.len().checked_sub(1))
    }

    /// The chance of a club to win the title.
    pub(super) fn title_chance(&self, club: ClubId) -> Chance {
        let nothing = Chance::settled(false);
        self.title()
            .map_or(nothing, |title| self.forecast.chance(title, club))
    }

    /// The chance of a club to stand at one of some places, which exclude one another.
    pub(super) fn chance_at(&self, places: &[PlaceId], club: ClubId) -> Chance {
        let tally = self.forecast.tally;
        let hits = places.iter().map(|place| tally.count(*place, club)).sum();
        let can = |place: &PlaceId| self.forecast.reach.can(*place, club);
        let never = !places.iter().any(can);
        let chance = Chance::of_hits(hits, tally.runs());
        chance.unless(never.then_some(false))
    }

    /// The same among the outputs of a unit, of which one is surely the club's if `is_in_it`: what no other place is
    /// left for is certain.
    pub(super) fn chance_in(&self, unit: &Unit, places: &[PlaceId], club: ClubId) -> Chance {
        let reach = self.forecast.reach;
        let elsewhere = |out: PlaceId| !places.contains(&out) && reach.can(out, club);
        let is_in_it = unit
            .entrants
            .iter()
            .any(|place| self.state.run.club_at(*place) == Some(club));
        let certain = is_in_it && !unit.outputs().any(elsewhere);
        self.chance_at(places, club).unless(certain.then_some(true))
    }

    /// The mean place of a club in a unit over all runs; infinite where it was never in it.
    pub(super) fn mean_place(&self, unit: &Unit, club: ClubId) -> f64 {
        let tally = self.forecast.tally;
        let counts = unit.outputs().map(|out| tally.count(out, club));
        let (mut runs, mut sum) = (0, 0);
        for (rank, count) in counts.enumerate() {
            runs += count;
            sum += count * (rank as u64 + 1);
        }
        sum as f64 / runs as f64
    }

    /// The clubs that ever stood at a place, likeliest first.
    pub(super) fn standing(&self, place: PlaceId) -> Vec<(ClubId, Chance)> {
        let clubs = self.forecast.cup.club_ids();
        let mut found: Vec<(ClubId, Chance)> = clubs
            .map(|club| (club, self.chance_at(&[place], club)))
            .filter(|(_, chance)| chance.probability > 0.0)
            .collect();
        found.sort_by(|a, b| b.1.probability.total_cmp(&a.1.probability));
        if let [(_, only)] = found.as_mut_slice() {
            *only = only.unless((only.probability >= 1.0).then_some(true));
        }
        found
    }
}

/// A cell with a chance in as few characters as tell enough: a number of percent, a tick for what is certain, a dash for
/// what cannot be.
pub(super) fn chance_cell(chance: Chance) -> Cell {
    Cell::odds(chance_words(chance), chance.probability)
}

/// The same as words.
pub(super) fn chance_words(chance: Chance) -> String {
    if chance == Chance::settled(true) {
        "✓".to_owned()
    } else if chance == Chance::settled(false) {
        "–".to_owned()
    } else {
        brief(chance)
    }
}
