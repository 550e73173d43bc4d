//! The odds of a cup of any format as text and CSV: a row a club, a column a milestone.

use super::about::{CupAbout, lines_with};
use super::has_places;
use super::what_if::change_text;
use crate::cup::Cup;
use crate::format::Rules;
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::play::units::CupTally;
use crate::report::number::figure;
use crate::report::percent;
use crate::report::rows::Rows;
use crate::state::Reach;
use crate::what_if::{CupComparison, Shift};

/// A forecast of a cup with what it rests on.
pub struct CupForecast<'a> {
    /// What it rests on.
    pub about: &'a CupAbout<'a>,
    /// The cup as it was known, with what is supposed of it.
    pub cup: &'a Cup,
    /// What was counted.
    pub tally: &'a CupTally,
    /// What is settled.
    pub reach: &'a Reach,
    /// The same beside its baseline, if anything is supposed.
    pub compared: Option<&'a CupComparison>,
}

impl CupForecast<'_> {
    /// The chance that a club reaches a milestone, by position.
    pub fn chance(&self, milestone: usize, club: ClubId) -> Chance {
        let milestone = &self.cup.format().milestones()[milestone];
        let hits = self.tally.reached(milestone, club);
        let settled = self.reach.settled(self.cup, milestone, club);
        Chance::of_hits(hits, self.tally.runs()).unless(settled)
    }

    /// The milestone that matters most: the title, else the last one.
    fn told_of(&self) -> Option<usize> {
        let milestones = self.cup.format().milestones();
        let title = milestones.iter().position(|one| one.key == "title");
        title.or(milestones.len().checked_sub(1))
    }

    /// What the what-if changes about a club's chance of it.
    fn shift(&self, club: ClubId) -> Option<Shift> {
        let (compared, number) = (self.compared?, self.told_of()?);
        let milestone = &self.cup.format().milestones()[number];
        Some(compared.shift(0, number, milestone, club))
    }

    /// The clubs from the likeliest to reach the last milestone that is not a fall to the least.
    pub fn ranking(&self) -> Vec<ClubId> {
        let milestones = self.cup.format().milestones();
        let title = self.told_of().unwrap_or(0);
        let mut clubs: Vec<ClubId> = self.cup.club_ids().collect();
        let key = |club: &ClubId| -> Vec<std::cmp::Reverse<u64>> {
            let order = std::iter::once(title).chain((0..title).rev());
            order
                .filter_map(|number| milestones.get(number))
                .map(|milestone| std::cmp::Reverse(self.tally.reached(milestone, *club)))
                .collect()
        };
        clubs.sort_by_key(|club| (key(club), self.sum_of_places(*club), *club));
        clubs
    }

    /// The places of a club in the first table, summed over all runs: fewer is better.
    fn sum_of_places(&self, club: ClubId) -> u64 {
        let format = self.cup.format();
        let table = format
            .units()
            .iter()
            .find(|unit| matches!(unit.rules, Rules::Table(_)));
        let places = table
            .into_iter()
            .flat_map(|unit| unit.outputs().enumerate());
        places
            .map(|(rank, place)| rank as u64 * self.tally.count(place, club))
            .sum()
    }

    /// The largest standard error of any milestone.
    fn largest_error(&self) -> f64 {
        let milestones = 0..self.cup.format().milestones().len();
        let errors = milestones.flat_map(|milestone| {
            self.cup
                .club_ids()
                .map(move |club| self.chance(milestone, club).standard_error)
        });
        errors.fold(0.0, f64::max)
    }
}

/// The lines above the table.
fn heading(forecast: &CupForecast<'_>) -> String {
    let error = format!(
        "error    largest standard error {:.3} percentage points",
        forecast.largest_error() * 100.0
    );
    let all = forecast.compared.map(|compared| compared.baseline.runs());
    let mut more = forecast.about.of_all(all.unwrap_or(0));
    more.push(error);
    lines_with(forecast.about, &more)
}

/// The odds as text of at most `width` columns, where the numbers let it be; `most` rows.
pub fn text(forecast: &CupForecast<'_>, most: usize, width: usize) -> String {
    let cup = forecast.cup;
    let milestones = cup.format().milestones();
    let columns: Vec<usize> = milestones
        .iter()
        .map(|milestone| milestone.key.chars().count().clamp(6, 14))
        .collect();
    let last = if forecast.compared.is_some() { 15 } else { 7 };
    let numbers: usize = columns.iter().map(|column| column + 1).sum::<usize>() + last;
    let longest = cup
        .clubs()
        .iter()
        .map(|club| club.name.chars().count())
        .max();
    let name_width = longest
        .unwrap_or(4)
        .max(4)
        .min(width.saturating_sub(numbers).max(12));
    let mut out = heading(forecast) + "\n";
    let mut line = pad("club", name_width);
    for (milestone, column) in milestones.iter().zip(&columns) {
        line += &format!(
            " {:>column$}",
            cut(&milestone.key, *column),
            column = column
        );
    }
    out += &match forecast.compared {
        Some(_) => format!("{line}  change, pp\n"),
        None => format!("{line}   ± se\n"),
    };
    let ranking = forecast.ranking();
    for club in ranking.into_iter().take(most) {
        let mut line = pad(&cup.club(club).name, name_width);
        let mut error = 0.0;
        for (number, column) in columns.iter().enumerate() {
            let chance = forecast.chance(number, club);
            error = chance.standard_error;
            line += &format!(" {:>column$}", percent(chance), column = column);
        }
        if let Some(shift) = forecast.shift(club) {
            line += &format!("  {}", change_text(shift));
        } else if error > 0.0 {
            line += &format!("  ±{:.2}", error * 100.0);
        }
        out += line.trim_end();
        out.push('\n');
    }
    let words = milestones
        .iter()
        .map(|milestone| format!("{}: {}", milestone.key, milestone.words));
    let words = words.collect::<Vec<_>>().join("; ");
    let change = match (forecast.compared, milestones.last()) {
        (Some(_), Some(last)) => format!(
            "\nchange: of {} against the baseline on the same luck, ~0 if it may be luck alone\n",
            forecast
                .told_of()
                .map_or(&last.key, |told| &milestones[told].key)
        ),
        _ => "\n".to_owned(),
    };
    out + "\n" + &words + &change
}

/// The odds as CSV: a row a club in file order, a column a milestone and a place, each with its standard error.
pub fn csv(forecast: &CupForecast<'_>) -> String {
    let cup = forecast.cup;
    let format = cup.format();
    let stages: Vec<_> = format
        .stage_ids()
        .filter(|stage| has_places(format, *stage))
        .collect();
    let mut header: Vec<String> = ["code", "name", "association"].map(str::to_owned).to_vec();
    let mut columns = Vec::new();
    columns.extend(
        format
            .milestones()
            .iter()
            .map(|milestone| milestone.key.clone()),
    );
    for stage in &stages {
        let ranks = format
            .units_of(*stage)
            .map(|(_, unit)| unit.size())
            .max()
            .unwrap_or(0);
        columns.extend((1..=ranks).map(|rank| format!("{}_{rank}", format.stage(*stage).key)));
    }
    header.extend(columns.iter().cloned());
    header.extend(columns.iter().map(|column| format!("se_{column}")));
    let mut rows = Rows::new(&header);
    for club in cup.club_ids() {
        let about = cup.club(club);
        let milestones = (0..format.milestones().len()).map(|number| forecast.chance(number, club));
        let places = stages
            .iter()
            .flat_map(|stage| places_in(forecast, *stage, club));
        let chances: Vec<Chance> = milestones.chain(places).collect();
        let facts = [&about.code, &about.name, &about.association].map(Clone::clone);
        let numbers = chances.iter().map(|chance| figure(chance.probability));
        let errors = chances.iter().map(|chance| figure(chance.standard_error));
        let record = facts.into_iter().chain(numbers).chain(errors);
        rows.push(record);
    }
    rows.finish()
}

/// The chances of a club to stand at each place of a stage's tables or order.
pub(super) fn places_in(
    forecast: &CupForecast<'_>,
    stage: crate::ids::StageId,
    club: ClubId,
) -> Vec<Chance> {
    let format = forecast.cup.format();
    let ranks = format
        .units_of(stage)
        .map(|(_, unit)| unit.size())
        .max()
        .unwrap_or(0);
    (0..ranks)
        .map(|rank| {
            let outs = || {
                let units = format
                    .units_of(stage)
                    .filter(|(_, unit)| rank < unit.size());
                units.map(|(_, unit)| unit.output(rank))
            };
            let hits = outs().map(|out| forecast.tally.count(out, club)).sum();
            let can = outs().any(|out| forecast.reach.can(out, club));
            let chance = Chance::of_hits(hits, forecast.tally.runs());
            chance.unless((!can).then_some(false))
        })
        .collect()
}

/// A text cut or filled to a width in characters.
pub(super) fn pad(text: &str, width: usize) -> String {
    let cut = cut(text, width);
    let missing = width.saturating_sub(cut.chars().count());
    cut + &" ".repeat(missing)
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars()
        .take(width.saturating_sub(1))
        .chain(['…'])
        .collect()
}
