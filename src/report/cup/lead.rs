//! What a forecast says in a sentence or two: the favourites, and what is settled already.

use super::material::CupMaterial;
use crate::format::Milestone;
use crate::ids::ClubId;
use crate::odds::Chance;

/// How many favourites are named at most.
const NAMED: usize = 4;

/// How many clubs are named of which something is settled; more are counted.
const LISTED: usize = 8;

/// The sentences, the most important first.
pub(super) fn sentences(material: &CupMaterial<'_>) -> Vec<String> {
    let forecast = material.forecast;
    let when = capitalised(&forecast.cup.instant_words(forecast.about.outlook.instant()));
    let mut sentences = vec![format!("{when}: {}.", favourites(material))];
    sentences.extend(settled(material));
    sentences
}

/// `Brazil 24%, France 15%; nobody else above 12%`.
pub(super) fn favourites(material: &CupMaterial<'_>) -> String {
    let mut clubs: Vec<(ClubId, Chance)> = material
        .forecast
        .cup
        .club_ids()
        .map(|club| (club, material.title_chance(club)))
        .collect();
    clubs.sort_by(|a, b| b.1.probability.total_cmp(&a.1.probability));
    let Some((first, best)) = clubs.first().copied() else {
        return "nobody is left".to_owned();
    };
    if best == Chance::settled(true) {
        return format!("{} {}", material.name(first), title_words(material));
    }
    let is_named = |index: usize, chance: Chance| {
        index < NAMED && chance.probability > 0.55 * best.probability || index == 0
    };
    let named = clubs
        .iter()
        .enumerate()
        .take_while(|(index, (_, chance))| is_named(*index, *chance))
        .map(|(_, (club, chance))| format!("{} {}", material.name(*club), whole(*chance)));
    let named: Vec<String> = named.collect();
    let rest = clubs.get(named.len()).map(|(_, chance)| *chance);
    let names = named.join(", ");
    match rest.filter(|rest| rest.probability > 0.0) {
        None => format!("{names}; nobody else can win"),
        Some(rest) if rest.probability < 0.01 => format!("{names}; nobody else above 1%"),
        Some(rest) => {
            let most = (rest.probability * 100.0 - 1e-9).ceil();
            format!("{names}; nobody else above {most:.0}%")
        }
    }
}

fn title_words<'a>(material: &'a CupMaterial<'_>) -> &'a str {
    let milestones = material.forecast.cup.format().milestones();
    material
        .title()
        .map_or("wins the title", |title| milestones[title].words.as_str())
}

/// A chance in whole percent, honest at the ends.
pub(super) fn whole(chance: Chance) -> String {
    let percent = chance.probability * 100.0;
    if percent < 1.0 {
        "<1%".to_owned()
    } else if percent > 99.0 {
        ">99%".to_owned()
    } else {
        format!("{percent:.0}%")
    }
}

/// Who is certain of the next milestone that is still open, and who is out of the race for the title.
fn settled(material: &CupMaterial<'_>) -> Option<String> {
    let forecast = material.forecast;
    let milestones = forecast.cup.format().milestones();
    let title = material.title()?;
    let with = |number: usize, happens: bool| -> Vec<ClubId> {
        let clubs = forecast.cup.club_ids();
        clubs
            .filter(|club| forecast.chance(number, *club) == Chance::settled(happens))
            .collect()
    };
    let next = (0..milestones.len()).find(|number| {
        let sure = with(*number, true).len();
        milestones[*number].key != "first" && sure < milestones[*number].places.len()
    })?;
    let (sure, out) = (with(next, true), with(title, false));
    let mut parts = Vec::new();
    if !sure.is_empty() {
        let words = certain_words(&milestones[next]);
        parts.push(format!("{words}: {}", listed(material, &sure)));
    }
    if !out.is_empty() {
        parts.push(format!("Out of the race: {}", listed(material, &out)));
    }
    (!parts.is_empty()).then(|| parts.join(". ") + ".")
}

/// `Certain to be in the round of 16`.
fn certain_words(milestone: &Milestone) -> String {
    match milestone.words.strip_prefix("plays in ") {
        Some(stage) => format!("Certain of {stage}"),
        None => format!("Certain ({})", milestone.words),
    }
}

fn listed(material: &CupMaterial<'_>, clubs: &[ClubId]) -> String {
    if clubs.len() > LISTED {
        return format!("{} of {}", clubs.len(), material.forecast.cup.clubs().len());
    }
    let names: Vec<&str> = clubs.iter().map(|club| material.name(*club)).collect();
    names.join(", ")
}

/// A sentence with a capital letter at its beginning.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
