//! A report of a cup of any format: the lead, title odds, every club's way, stage by stage, the model, how it was made.

use super::games::{Game, games};
use super::material::{CupMaterial, chance_cell};
use super::{lead, pictures, stages, tree};
use crate::format::StageKind;
use crate::goals::GoalModel;
use crate::ids::ClubId;
use crate::report::document::{Cell, Column, Document, PicturePair, Section, Table};
use crate::report::number::grouped;
use crate::report::sections::making::of_facts;
use crate::report::sections::timeline;

/// How many of the next matches are shown.
const NEXT: usize = 24;

/// Orders and tables of at least so many clubs have a picture of their places.
const WORTH_A_MAP: usize = 9;

/// The whole report, in reading order.
pub fn document(material: &CupMaterial<'_>) -> Document {
    let cup = material.forecast.cup;
    let played = games(cup, material.state, material.model);
    let mut sections = vec![odds_picture(material), odds_table(material)];
    sections.extend(next_matches(material, &played));
    sections.extend(bracket(material));
    for stage in cup.format().stage_ids() {
        let found = stages::section(material, &played, stage);
        sections.extend(found.map(|section| with_map(material, stage, section)));
    }
    sections.extend(titles_so_far(material));
    sections.push(model(material));
    sections.push(making(material));
    let (tables, ties) = cup.known_matches();
    Document {
        title: material.cup(),
        subtitle: format!(
            "Forecast {}, {} matches known",
            cup.instant_words(material.forecast.about.outlook.instant()),
            tables + ties
        ),
        lead: lead::sentences(material),
        sections,
    }
}

fn odds_picture(material: &CupMaterial<'_>) -> Section {
    Section {
        id: "title-odds".into(),
        title: "Who wins".into(),
        text: Vec::new(),
        picture: Some(PicturePair::draw(|width| {
            pictures::title_odds(material, width)
        })),
        tables: Vec::new(),
    }
}

/// A row a club, a column a milestone.
fn odds_table(material: &CupMaterial<'_>) -> Section {
    let forecast = material.forecast;
    let milestones = forecast.cup.format().milestones();
    let words = milestones
        .iter()
        .map(|milestone| format!("{}: {}", milestone.key, milestone.words));
    let words: Vec<String> = words.collect();
    let mut columns = vec![Column::words("club")];
    columns.extend(
        milestones
            .iter()
            .map(|milestone| Column::numbers(&milestone.key)),
    );
    let row = |club: ClubId| -> Vec<Cell> {
        let chances =
            (0..milestones.len()).map(|number| chance_cell(forecast.chance(number, club)));
        std::iter::once(material.name(club).into())
            .chain(chances)
            .collect()
    };
    Section {
        id: "odds".into(),
        title: "How far each club gets".into(),
        text: vec![format!(
            "In percent; ✓ is certain, – cannot be. {}.",
            words.join("; ")
        )],
        picture: None,
        tables: vec![Table {
            caption: "Odds of every club".to_owned(),
            columns,
            rows: forecast.ranking().into_iter().map(row).collect(),
        }],
    }
}

/// The matches between known clubs that come next.
fn next_matches(material: &CupMaterial<'_>, games: &[Game]) -> Option<Section> {
    let cup = material.forecast.cup;
    let open = || games.iter().filter(|game| game.odds.is_some());
    let first = open().next()?.stage;
    let mut next: Vec<&Game> = open().filter(|game| game.stage == first).collect();
    next.sort_by_key(|game| (game.date.is_none(), game.date, game.number));
    let left = next.len().saturating_sub(NEXT);
    let percent = |share: f64| Cell::odds(format!("{:.0}", share * 100.0), share);
    let rows = next.iter().take(NEXT).filter_map(|game| {
        let odds = game.odds?;
        let [home, away] = game.clubs.map(|club| material.name(club));
        let mut cells: Vec<Cell> = vec![format!("{home} – {away}").into()];
        cells.extend(odds.results.map(percent));
        cells.push(odds.likeliest.to_string().replace('-', "–").into());
        cells.push(format!("{:.1}–{:.1}", odds.goals[0], odds.goals[1]).into());
        cells.push(
            game.date
                .map_or_else(String::new, |date| date.strftime("%-d %b").to_string())
                .into(),
        );
        Some(cells)
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let columns = [
        Column::words("match"),
        Column::numbers("1"),
        Column::numbers("draw"),
        Column::numbers("2"),
        Column::numbers("likeliest"),
        Column::numbers("goals"),
        Column::words("date"),
    ];
    let more = match left {
        0 => String::new(),
        left => format!(" {left} more follow in this stage."),
    };
    Some(Section {
        id: "next".into(),
        title: "The next matches".into(),
        text: vec![format!(
            "Chances in percent that the club named first wins, of a draw and that the other wins, after 90 minutes; the likeliest score \
             and expected goals.{more}"
        )],
        picture: None,
        tables: vec![Table {
            caption: cup.format().stage(first).name.clone(),
            columns: columns.to_vec(),
            rows,
        }],
    })
}

fn bracket(material: &CupMaterial<'_>) -> Option<Section> {
    Some(Section {
        id: "bracket".into(),
        title: "The knockout".into(),
        text: Vec::new(),
        picture: Some(PicturePair::draw_if(|width| {
            tree::picture(material, width)
        })?),
        tables: Vec::new(),
    })
}

/// A stage of one large table begins with a picture of its places; its numbers stay open beside it.
fn with_map(material: &CupMaterial<'_>, stage: crate::ids::StageId, section: Section) -> Section {
    let format = material.forecast.cup.format();
    let largest = format.units_of(stage).map(|(_, unit)| unit.size()).max();
    let is_table = format.kind(stage) == StageKind::Tables;
    if !is_table || largest.unwrap_or(0) < WORTH_A_MAP {
        return section;
    }
    Section {
        picture: Some(
            PicturePair::draw(|width| pictures::places_of(material, stage, width)).beside_tables(),
        ),
        ..section
    }
}

fn titles_so_far(material: &CupMaterial<'_>) -> Option<Section> {
    let data = material.timeline?;
    Some(Section {
        title: "How the odds moved".into(),
        picture: PicturePair::draw_if(|width| pictures::title_lines(material, width)),
        ..timeline::section_of(material.forecast.cup.clubs(), data)
    })
}

/// What the goal model is, and how strong it thinks each club.
fn model(material: &CupMaterial<'_>) -> Section {
    let cup = material.forecast.cup;
    let strengths = strengths(&cup.club_ids().collect::<Vec<_>>(), material.model);
    let row = |(club, scores, concedes): (ClubId, f64, f64)| -> Vec<Cell> {
        vec![
            material.name(club).into(),
            format!("{scores:.2}").into(),
            format!("{concedes:.2}").into(),
            format!("{:+.2}", scores - concedes)
                .replace('-', "−")
                .into(),
        ]
    };
    Section {
        id: "model".into(),
        title: "The model".into(),
        text: vec![format!(
            "Goals are drawn match by match: {}. The table shows what it expects of a match on neutral ground, averaged over all opponents.",
            material.forecast.about.outlook.model_words()
        )],
        picture: None,
        tables: vec![Table {
            caption: "Strength by expected goals".to_owned(),
            columns: vec![
                Column::words("club"),
                Column::numbers("scores"),
                Column::numbers("concedes"),
                Column::numbers("balance"),
            ],
            rows: strengths.into_iter().map(row).collect(),
        }],
    }
}

/// The goals that each club scores and concedes against the mean of the others on neutral ground, the strongest first.
fn strengths(clubs: &[ClubId], model: &dyn GoalModel) -> Vec<(ClubId, f64, f64)> {
    let of = |club: &ClubId| {
        let others = clubs.iter().filter(|other| *other != club);
        let (mut scores, mut concedes) = (0.0, 0.0);
        for other in others {
            let rates = model.neutral_rates(*club, *other, crate::goals::Occasion::LastLeg);
            scores += rates.home.get();
            concedes += rates.away.get();
        }
        let count = clubs.len().saturating_sub(1).max(1) as f64;
        (*club, scores / count, concedes / count)
    };
    let mut all: Vec<(ClubId, f64, f64)> = clubs.iter().map(of).collect();
    all.sort_by(|a, b| (b.1 - b.2).total_cmp(&(a.1 - a.2)));
    all
}

fn making(material: &CupMaterial<'_>) -> Section {
    let forecast = material.forecast;
    let cup = forecast.cup;
    let (tables, ties) = cup.known_matches();
    let mut facts = vec![
        ("edition", format!("{} ({})", material.cup(), cup.id())),
        ("as of", cup.instant_words(forecast.about.outlook.instant())),
        (
            "known results",
            format!("{tables} matches in tables, {ties} in ties"),
        ),
        ("model", forecast.about.outlook.model_words().to_owned()),
        (
            "method",
            format!(
                "{} simulated tournaments, seed {}",
                grouped(forecast.tally.runs()),
                forecast.about.seed
            ),
        ),
    ];
    let conditions = forecast.about.outlook.conditions();
    facts.extend(conditions.into_iter().map(|one| ("what if", one)));
    facts.extend(
        forecast
            .about
            .notes
            .iter()
            .map(|note| ("note", note.clone())),
    );
    let text = "The same command gives the same file, byte for byte. Percentages say what the model believes.";
    of_facts(facts, material.command, text)
}
