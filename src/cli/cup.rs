//! Cups of format 2 on the command line: opening them, and the commands that know them.

use super::Failure;
use super::basis::BasisArgs;
use super::forecast::SimulationArgs;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::setting::TournamentArgs;
use crate::cup::{Cup, Instant, Supposed};
use crate::forecast::Progress;
use crate::goals::{
    self, ActsOn, Deviation, DistributionChoice, GoalModel, Specification, Term, TermKind,
};
use crate::open;
use crate::play::units::{CupEngine, simulate};
use crate::report::cup::{self as reports, CupForecast};
use crate::report::rates;
use crate::state::{Reach, State};
use crate::text_file;
use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// How many tournaments are simulated when nobody says: played one by one, they take longer than those of a bracket of
/// seeded winners.
const DEFAULT_RUNS: u64 = 100_000;

/// A cup that was named, and the files that it was read from.
pub(crate) struct Named {
    /// The cup with everything in its files.
    pub(crate) cup: Cup,
    /// Those files.
    pub(crate) files: Vec<PathBuf>,
}

/// The cup that a name or path means, if it is one of format 2.
pub(crate) fn find(name: &str) -> Result<Option<Named>, Failure> {
    if let Some(bundled) = open::find_bundled(name) {
        let cup = open::open_bundled(bundled).map_err(mistakes)?;
        let files = Vec::new();
        return Ok(Some(Named { cup, files }));
    }
    let Ok(text) = std::fs::read_to_string(name) else {
        return Ok(None);
    };
    if !open::is_format_2(&text) {
        return Ok(None);
    }
    let folder = Path::new(name).parent().unwrap_or(Path::new("."));
    let files = RefCell::new(vec![PathBuf::from(name)]);
    let cup = open::read(name, &text, &|file| {
        let path = folder.join(file);
        let text = text_file::read(&path).map_err(|error| error.to_string())?;
        let called = path.display().to_string();
        files.borrow_mut().push(path);
        Ok((called, text))
    });
    Ok(Some(Named {
        cup: cup.map_err(mistakes)?,
        files: files.into_inner(),
    }))
}

/// Every bundled cup of format 2.
pub(crate) fn all() -> Result<Vec<Cup>, Failure> {
    let cups = open::BUNDLED
        .iter()
        .map(|cup| open::open_bundled(cup).map_err(mistakes));
    cups.collect()
}

/// Whether a name or path means a cup of format 2.
pub(crate) fn is_one(name: &str) -> bool {
    let text = || std::fs::read_to_string(name).unwrap_or_default();
    open::find_bundled(name).is_some() || open::is_format_2(&text())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn mistakes(found: crate::diagnostic::Diagnostics) -> Failure {
    Failure::Mistakes(found.render(super::failure::colours()))
}

/// A cup as of a moment.
pub(crate) struct CupSetting {
    known: Cup,
    instant: Instant,
    /// The moment as the command line calls it.
    as_of: String,
    notes: Vec<String>,
}

impl CupSetting {
    /// Goes to the moment that is asked for; without one to the start of a finished cup if `looks_ahead`.
    pub(crate) fn new(
        full: &Cup,
        named: &TournamentArgs,
        looks_ahead: bool,
    ) -> Result<Self, Failure> {
        let mut notes = Vec::new();
        let instant = match &named.as_of {
            Some(text) => full.instant(text).map_err(Failure::input)?,
            None if looks_ahead && full.is_finished() => {
                notes.push(
                    "every result is known, so this looks back to the start; see --as-of"
                        .to_owned(),
                );
                Instant::Start
            }
            None => Instant::Now,
        };
        let named = full.instants().into_iter().find(|(one, _)| *one == instant);
        let as_of = match (named, instant) {
            (Some((_, key)), _) => key,
            (None, Instant::Date(date)) => date.to_string(),
            (None, _) => "now".to_owned(),
        };
        Ok(Self {
            known: full.as_of(instant),
            instant,
            as_of,
            notes,
        })
    }
}

/// The goal model of a cup and what it is in words: by its ratings if every club has one, else fitted to its own matches.
fn model_of(cup: &Cup) -> Result<(Box<dyn GoalModel>, String), Failure> {
    let ratings: Option<Vec<f64>> = cup
        .club_ids()
        .map(|club| cup.number("rating", club))
        .collect();
    if let Some(ratings) = ratings {
        return Ok((
            Box::new(goals::rated(&ratings)),
            "ratings of the file, on the scale of Elo".to_owned(),
        ));
    }
    let edition = cup.to_edition();
    let term = |kind, deviation| Term {
        kind,
        acts_on: ActsOn::Strength,
        deviation: Deviation::Fixed(deviation),
    };
    let specification = Specification {
        name: "season".to_owned(),
        title: "The cup's own matches so far".to_owned(),
        terms: vec![
            term(TermKind::Level, 3.0),
            term(TermKind::Home, 1.0),
            term(TermKind::Club, 0.3),
        ],
        distribution: DistributionChoice::IndependentPoisson,
        half_life_days: None,
        training: None,
    };
    let words = format!(
        "fitted to the {} matches of the cup so far",
        edition.matches.len()
    );
    let model = goals::fit(&specification, &[], &edition).map_err(Failure::input)?;
    Ok((Box::new(model), words))
}

/// `cupcast forecast` of a cup.
pub(crate) fn forecast(
    found: &Named,
    basis: &BasisArgs,
    simulation: &SimulationArgs,
    top: usize,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let full = &found.cup;
    let output = output.open(&found.files)?;
    let mut setting = CupSetting::new(full, &basis.tournament, true)?;
    let fixes = basis.conditions.only_fixes().map_err(|option| {
        Failure::input(format!(
            "{option} is not there yet for cups of format 2; --fix is"
        ))
    })?;
    let supposed = fixes
        .iter()
        .map(|text| setting.known.suppose(text).map_err(Failure::input));
    let supposed = supposed.collect::<Result<Vec<Supposed>, Failure>>()?;
    setting
        .notes
        .extend(fixes.iter().map(|text| format!("what if {text}")));
    let (model, words) = model_of(&setting.known)?;
    let engine = CupEngine::supposing(&setting.known, model.as_ref(), &supposed);
    let runs = simulation.sims.unwrap_or(DEFAULT_RUNS);
    let bar = Bar::new();
    bar.expect(runs);
    let threads = simulation.threads.map(NonZeroUsize::get);
    let tally = simulate(&engine, runs, simulation.seed, threads, &|done| {
        bar.done(done);
    });
    bar.finish();
    let state = State::of(&setting.known);
    let reach = if supposed.is_empty() {
        Reach::of(&setting.known, &state)
    } else {
        Reach::anything(&setting.known)
    };
    let forecast = CupForecast {
        cup: &setting.known,
        instant: setting.instant,
        model: &words,
        seed: simulation.seed,
        tally: &tally,
        reach: &reach,
        notes: &setting.notes,
    };
    let text = match output.format {
        Format::Text => reports::forecast_text(&forecast, top, output.width()),
        Format::Json => as_json(&reports::forecast_document(
            &forecast,
            &state,
            &setting.as_of,
        )),
        Format::Csv => reports::forecast_csv(&forecast),
    };
    output.write(&text)
}

/// `cupcast table` of a cup.
pub(crate) fn table(
    found: &Named,
    named: &TournamentArgs,
    explain: bool,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let full = &found.cup;
    let output = output.open(&found.files)?;
    let setting = CupSetting::new(full, named, false)?;
    let state = State::of(&setting.known);
    let text = match output.format {
        Format::Text => {
            let heading = full.instant_words(setting.instant);
            reports::table_text(&setting.known, &state, &heading, explain)
        }
        Format::Json => as_json(&reports::table_document(
            &setting.known,
            &state,
            &setting.as_of,
        )),
        Format::Csv => reports::table_csv(&setting.known, &state),
    };
    output.write(&text)
}

/// `cupcast rates` of a cup.
pub(crate) fn rates(
    found: &Named,
    named: &TournamentArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let full = &found.cup;
    let output = output.open(&found.files)?;
    let setting = CupSetting::new(full, named, true)?;
    let (model, words) = model_of(&setting.known)?;
    let of = rates::Of {
        id: full.id(),
        clubs: full.clubs(),
        as_of: &setting.as_of,
        name: &words,
        model: model.as_ref(),
    };
    let text = match output.format {
        Format::Text => {
            let when = full.instant_words(setting.instant);
            let title = format!("{} {}, {when}", full.competition(), full.edition());
            rates::text(&of, &title)
        }
        Format::Json => rates::json(&of),
        Format::Csv => rates::csv(&of),
    };
    output.write(&text)
}

/// `cupcast check` of a cup: what it is, in a line, and its rules spelt out if that is asked for.
pub(crate) fn check(full: &Cup, name: &str, show_rules: bool) -> String {
    let (tables, ties) = full.known_matches();
    let rules = if show_rules {
        reports::rules_text(full)
    } else {
        String::new()
    };
    let sound = format!(
        "{name}: sound. {} {}: {} clubs, {} stages, {} matches with a result\n",
        full.competition(),
        full.edition(),
        full.clubs().len(),
        full.format()
            .stages()
            .iter()
            .filter(|stage| stage.shown)
            .count(),
        tables + ties
    );
    sound + &rules
}

fn as_json(document: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(document);
    text.expect("plain numbers and strings serialize") + "\n"
}
