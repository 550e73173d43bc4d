//! Scenarios of a cup side by side as text, JSON and CSV.

use super::about::{AboutForm, CupAbout, lines};
use super::forecast::pad;
use crate::format::Milestone;
use crate::ids::ClubId;
use crate::odds::{Chance, clear_of_zero};
use crate::outlook::Outlook;
use crate::report::number::{percent, percentage_points};
use crate::report::what_if::{Row, rows_csv};
use crate::state::Reach;
use crate::visible;
use crate::what_if::{CupComparison, Shift};
use serde::Serialize;

/// What is compared.
pub struct CupScenarios<'a> {
    /// What the baseline rests on.
    pub about: &'a CupAbout<'a>,
    /// The names of the scenarios.
    pub names: &'a [String],
    /// The outlook of each, in the same order.
    pub outlooks: &'a [Outlook],
    /// What was counted.
    pub comparison: &'a CupComparison,
    /// The positions of the milestones that are compared.
    pub milestones: &'a [usize],
    /// How many clubs a table has at most.
    pub most: usize,
    /// The width to fill.
    pub width: usize,
}

/// The width of the columns of a scenario: its odds and their change.
const SCENARIO_WIDTH: usize = 7 + 14;

/// The width of the column of the baseline.
const BASELINE_WIDTH: usize = 9;

/// A change in percentage points with its standard error; `~0` where it may be luck alone.
pub(super) fn change_text(shift: Shift) -> String {
    let clear = clear_of_zero(shift.change, shift.standard_error).map(percentage_points);
    let change = clear.unwrap_or_else(|| "~0".to_owned());
    format!("{change} ±{:.2}", shift.standard_error * 100.0)
}

impl CupScenarios<'_> {
    fn milestone(&self, number: usize) -> &Milestone {
        &self.about.outlook.known().format().milestones()[number]
    }

    fn chance(&self, scenario: usize, reach: &Reach, number: usize, club: ClubId) -> Chance {
        let milestone = self.milestone(number);
        let tally = &self.comparison.scenarios[scenario].tally;
        let settled = reach.settled(self.outlooks[scenario].known(), milestone, club);
        Chance::of_hits(tally.reached(milestone, club), tally.runs()).unless(settled)
    }

    fn baseline(&self, reach: &Reach, number: usize, club: ClubId) -> Chance {
        let milestone = self.milestone(number);
        let tally = &self.comparison.baseline;
        let settled = reach.settled(self.about.outlook.known(), milestone, club);
        Chance::of_hits(tally.reached(milestone, club), tally.runs()).unless(settled)
    }

    fn reaches(&self) -> (Reach, Vec<Reach>) {
        let cup = self.about.outlook.known();
        let baseline = Reach::of(cup, &crate::state::State::of(cup));
        (baseline, self.outlooks.iter().map(Outlook::reach).collect())
    }

    /// The comparison as tables: what each scenario takes for granted, then for each milestone a row a club.
    pub fn text(&self) -> String {
        let mut text = lines(self.about) + "\n";
        for (index, (name, outlook)) in self.names.iter().zip(self.outlooks).enumerate() {
            text.push_str(&format!("{}  {}\n", letter(index), visible::in_line(name)));
            let conditions = outlook.conditions();
            if conditions.is_empty() {
                text.push_str("   nothing taken for granted: the baseline\n");
            }
            for line in conditions {
                text.push_str(&format!("   {line}\n"));
            }
            let (counted, all) = (
                self.comparison.scenarios[index].tally.runs(),
                self.comparison.baseline.runs(),
            );
            if counted < all {
                let counted = crate::report::grouped(counted);
                text.push_str(&format!(
                    "   what is given came true in {counted} runs: those count\n"
                ));
            }
        }
        let reaches = self.reaches();
        let beside = (self.width.saturating_sub(12 + BASELINE_WIDTH) / SCENARIO_WIDTH).max(1);
        let scenarios: Vec<usize> = (0..self.outlooks.len()).collect();
        for number in self.milestones {
            for some in scenarios.chunks(beside) {
                text.push('\n');
                text.push_str(&self.table(&reaches, *number, some));
            }
        }
        text.push_str(
            "\nchange  against the baseline in percentage points, with its standard error; all\n        \
             play the same luck. ~0 is within two standard errors of zero\n",
        );
        text
    }

    fn table(&self, reaches: &(Reach, Vec<Reach>), number: usize, scenarios: &[usize]) -> String {
        let cup = self.about.outlook.known();
        let columns = BASELINE_WIDTH + scenarios.len() * SCENARIO_WIDTH;
        let longest = cup
            .clubs()
            .iter()
            .map(|club| club.name.chars().count())
            .max();
        let names = longest
            .unwrap_or(4)
            .min(self.width.saturating_sub(columns).max(12));
        let mut text = format!(
            "{}\n{}{:>BASELINE_WIDTH$}",
            self.milestone(number).words,
            pad("club", names),
            "baseline"
        );
        for index in scenarios {
            text.push_str(&format!("{:>7}{:>14}", letter(*index), "change, pp"));
        }
        text.push('\n');
        let clubs = self.ranking(number);
        for club in clubs.iter().take(self.most) {
            text.push_str(&pad(&cup.club(*club).name, names));
            let baseline = percent(self.baseline(&reaches.0, number, *club));
            text.push_str(&format!("{baseline:>BASELINE_WIDTH$}"));
            for index in scenarios {
                let chance = percent(self.chance(*index, &reaches.1[*index], number, *club));
                let shift = self.shift(*index, number, *club);
                let change = if self.outlooks[*index].what_if().is_empty() {
                    "-".to_owned()
                } else {
                    change_text(shift)
                };
                text.push_str(&format!("{chance:>7}{change:>14}"));
            }
            text.push('\n');
        }
        if clubs.len() > self.most {
            let hidden = clubs.len() - self.most;
            text.push_str(&format!("... and {hidden} more clubs; see --top\n"));
        }
        text
    }

    fn shift(&self, scenario: usize, number: usize, club: ClubId) -> Shift {
        self.comparison
            .shift(scenario, number, self.milestone(number), club)
    }

    /// Clubs by their chance in the baseline.
    fn ranking(&self, number: usize) -> Vec<ClubId> {
        let milestone = self.milestone(number);
        let mut clubs: Vec<ClubId> = self.about.outlook.known().club_ids().collect();
        clubs.sort_by_key(|club| {
            std::cmp::Reverse(self.comparison.baseline.reached(milestone, *club))
        });
        clubs
    }

    /// The rows of a scenario, or of the baseline: milestone by milestone, clubs in file order.
    fn rows(&self, reaches: &(Reach, Vec<Reach>), scenario: Option<usize>) -> Vec<Row> {
        let row = |number: usize, club: ClubId| {
            let baseline = self.baseline(&reaches.0, number, club);
            let (chance, shift) = match scenario {
                None => (baseline, None),
                Some(index) => (
                    self.chance(index, &reaches.1[index], number, club),
                    Some(self.shift(index, number, club)),
                ),
            };
            let (change, error) = shift.map_or((0.0, 0.0), |one| (one.change, one.standard_error));
            Row {
                club: self.about.outlook.known().club(club).code.clone(),
                quantity: self.milestone(number).key.clone(),
                probability: chance.probability,
                standard_error: chance.standard_error,
                baseline: baseline.probability,
                change,
                change_standard_error: error,
                clear: clear_of_zero(change, error).is_some(),
            }
        };
        let milestones = self.milestones.iter();
        milestones
            .flat_map(|number| {
                self.about
                    .outlook
                    .known()
                    .club_ids()
                    .map(move |club| (*number, club))
            })
            .map(|(number, club)| row(number, club))
            .collect()
    }

    /// The comparison as a JSON document.
    pub fn document(&self) -> WhatIfDocument {
        let reaches = self.reaches();
        let form = |name: &str, scenario: Option<usize>| ScenarioForm {
            name: name.to_owned(),
            conditions: scenario
                .map(|index| self.outlooks[index].conditions())
                .unwrap_or_default(),
            runs: scenario.map_or(self.comparison.baseline.runs(), |index| {
                self.comparison.scenarios[index].tally.runs()
            }),
            odds: self.rows(&reaches, scenario),
        };
        let scenarios = self.names.iter().enumerate();
        let scenarios = scenarios.map(|(index, name)| form(name, Some(index)));
        WhatIfDocument {
            about: self.about.form(),
            scenarios: [form("baseline", None)]
                .into_iter()
                .chain(scenarios)
                .collect(),
        }
    }

    /// The comparison as tidy CSV: a row for each scenario, milestone and club.
    pub fn csv(&self) -> String {
        let scenarios = self.document().scenarios.into_iter();
        rows_csv(scenarios.map(|scenario| (scenario.name, scenario.odds)))
    }
}

/// The letter of a scenario: A to Z, then A1, B1 and so on.
fn letter(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// Scenarios side by side.
#[derive(Debug, Serialize)]
pub struct WhatIfDocument {
    #[serde(flatten)]
    about: AboutForm,
    scenarios: Vec<ScenarioForm>,
}

#[derive(Debug, Serialize)]
struct ScenarioForm {
    name: String,
    conditions: Vec<String>,
    /// The runs that count: those in which what is given came true.
    runs: u64,
    odds: Vec<Row>,
}
