//! Says in a sentence what separated two clubs that were level on points.

use crate::ids::ClubId;
use crate::seeding::SeedList;
use crate::standings::{Separation, Standings, Step, Verdict};
use crate::tournament::{GroupCriterion, SeedingCriterion, Tournament};

/// For every pair of clubs level on points in a group, and for every pair of seeds level on the first
/// seeding criterion: where (such as `Group 5`), and one sentence with the figures of every comparison made.
/// Groups that have not begun are passed over: there is nothing to compare. Of seeds that are provisional
/// only neighbours are told apart, because leaders early on are level by the dozen.
pub fn sentences(tournament: &Tournament) -> Vec<(String, String)> {
    let groups = tournament.group_ids().flat_map(|id| {
        let standings = Standings::of_group(tournament, id);
        let place = format!("Group {}", tournament.group(id).name);
        let begun = standings.rows.iter().any(|row| row.played > 0);
        let pairs = standings.separations.iter().filter(|_| begun);
        let sentences: Vec<_> = pairs
            .map(|pair| (place.clone(), in_group(tournament, &standings, pair)))
            .collect();
        sentences
    });
    let seeds = SeedList::of(tournament);
    let begun = seeds.seeding.seeds.iter().any(|record| record.played > 0);
    let settled = seeds.settled.iter().all(|settled| *settled);
    let seed = |club| seeds.seeding.seed(club).unwrap_or(0);
    let are_neighbours = |pair: &&Separation<_>| seed(pair.worse) == seed(pair.better) + 1;
    let pairs = seeds.seeding.separations.iter();
    let pairs = pairs.filter(|pair| begun && (settled || are_neighbours(pair)));
    let of_seeds = pairs.map(|pair| ("Seeds".to_owned(), of_seeds(tournament, &seeds, pair)));
    groups.chain(of_seeds).collect()
}

/// The sentence about two clubs of a group.
pub(super) fn in_group(
    tournament: &Tournament,
    standings: &Standings,
    pair: &Separation<GroupCriterion>,
) -> String {
    let row = standings.rows.iter().find(|row| row.club == pair.better);
    let points = row.map_or(0, |row| row.points);
    let mut text = opening(tournament, pair, &format!("both on {points} points"));
    let mut scope: Option<&Option<Vec<ClubId>>> = None;
    for step in &pair.steps {
        if scope == Some(&step.among) {
            text.push_str(", ");
        } else {
            let first = scope.is_none();
            let words = scope_in_words(tournament, step.among.as_deref());
            text.push_str(if first { ". " } else { "; then " });
            text.push_str(&if first { capitalised(&words) } else { words });
            text.push_str(": ");
        }
        scope = Some(&step.among);
        text.push_str(&figures(name_of(step.criterion), step));
    }
    text.push_str(&ending(pair));
    text
}

/// The sentence about two clubs of the seed list.
pub(super) fn of_seeds(
    tournament: &Tournament,
    seeds: &SeedList,
    pair: &Separation<SeedingCriterion>,
) -> String {
    let first = tournament.rules.seeding.first();
    let level_on = match first {
        Some(SeedingCriterion::Points) => {
            let list = &seeds.seeding.seeds;
            let record = list.iter().find(|record| record.club == pair.better);
            format!(
                "both on {} points",
                record.map_or(0, |record| record.points)
            )
        }
        Some(SeedingCriterion::Lots) | None => "with nothing to compare but lots".to_owned(),
        Some(criterion) => format!("level on {}", criterion.words()),
    };
    let mut text = opening(tournament, pair, &level_on);
    let steps = pair.steps.iter();
    let figures: Vec<String> = steps
        .map(|step| figures(step.criterion.words(), step))
        .collect();
    if !figures.is_empty() {
        text.push_str(". Over all group matches: ");
        text.push_str(&figures.join(", "));
    }
    text.push_str(&ending(pair));
    text
}

/// `Montreal Impact above Heredia, both on 6 points`.
fn opening<C: Copy>(tournament: &Tournament, pair: &Separation<C>, level_on: &str) -> String {
    let better = &tournament.club(pair.better).name;
    let worse = &tournament.club(pair.worse).name;
    match pair.verdict {
        Verdict::Figures | Verdict::Lots => format!("{better} above {worse}, {level_on}"),
        Verdict::Level => format!("{better} and {worse}, {level_on}"),
    }
}

/// What decided in the end.
fn ending<C: Copy>(pair: &Separation<C>) -> String {
    match pair.verdict {
        Verdict::Figures => " decides".to_owned(),
        Verdict::Lots => "; lots decided".to_owned(),
        Verdict::Level => "; only lots could separate them".to_owned(),
    }
}

/// The clubs whose matches count.
fn scope_in_words(tournament: &Tournament, among: Option<&[ClubId]>) -> String {
    match among {
        None => "over all group matches".to_owned(),
        Some([_, _]) => "between the two alone".to_owned(),
        Some(clubs) => {
            let names: Vec<&str> = clubs
                .iter()
                .map(|club| tournament.club(*club).name.as_str())
                .collect();
            let (last, before) = names.split_last().expect("a comparison is between clubs");
            format!("among {} and {last}", before.join(", "))
        }
    }
}

/// `points 6 each`, or `goal difference +1 against -1`.
fn figures<C>(name: &str, step: &Step<C>) -> String {
    let signed = name == "goal difference";
    let figure = |value: i64| {
        if signed && value > 0 {
            format!("+{value}")
        } else {
            value.to_string()
        }
    };
    let better = figure(step.better);
    if step.better == step.worse {
        format!("{name} {better} each")
    } else {
        format!("{name} {better} against {}", figure(step.worse))
    }
}

/// What a criterion counts, without saying over which matches: the sentence says that once.
fn name_of(criterion: GroupCriterion) -> &'static str {
    match criterion {
        GroupCriterion::HeadToHeadPoints => "points",
        GroupCriterion::HeadToHeadGoalDifference => GroupCriterion::GoalDifference.words(),
        GroupCriterion::HeadToHeadGoals => GroupCriterion::Goals.words(),
        GroupCriterion::HeadToHeadAwayGoals => GroupCriterion::AwayGoals.words(),
        other => other.words(),
    }
}

/// The same words with a capital first.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
