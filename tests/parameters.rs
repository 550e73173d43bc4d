//! Parameter uncertainty: intervals over draws of the model's parameters, and forecasts averaged over them.

use super::command::{json, refusal, stdout};
use cupcast::conditions::Conditions;
use cupcast::forecast::{
    Draws, Effort, Forecast, Headline, ModelNote, Request, Unwatched, averaged, with_intervals,
};
use cupcast::goals::{self, FittedModel, Specification, open_specification};
use cupcast::play::Engine;
use cupcast::playbook::compile;
use cupcast::rng::{Purpose, stream};
use cupcast::simulate::simulate_range;
use cupcast::tournament::{Moment, Tournament, bundled};
use std::num::NonZeroUsize;

/// The 2013-14 edition before its start, and the default model fitted to what was known.
fn before_the_start() -> (Tournament, FittedModel) {
    let full = bundled::open("ccl-2013-14").expect("a bundled tournament");
    let known = full.as_of(Moment::Start);
    let history = bundled::open_history(&full, None).expect("the earlier editions");
    let specification: Specification = open_specification("default").expect("a bundled model");
    let model = goals::fit(&specification, &history, &known.to_edition()).expect("a fit");
    (known, model)
}

/// A forecast averaged over draws.
fn average(
    (known, model): &(Tournament, FittedModel),
    count: u64,
    runs: u64,
    threads: usize,
) -> Forecast {
    let conditions = Conditions::default();
    let request = request((known, model), &conditions, runs, threads);
    averaged(&request, Draws { model, count }, &Unwatched)
}

fn request<'a>(
    (known, model): (&'a Tournament, &'a FittedModel),
    conditions: &'a Conditions,
    runs: u64,
    threads: usize,
) -> Request<'a> {
    Request {
        known,
        moment: Moment::Start,
        model,
        note: ModelNote {
            name: "default".to_owned(),
            matches: 373,
            editions: 5,
        },
        conditions,
        effort: Effort::Runs(runs),
        seed: 7,
        threads: NonZeroUsize::new(threads),
    }
}

/// The slow twin: one draw after the other, each a playbook of its own, and the mean taken by hand.
#[test]
fn the_average_is_that_of_separate_forecasts() {
    let before = before_the_start();
    let forecast = average(&before, 20, 10_000, 2);
    let (known, model) = &before;
    let club = known.find_club("Cruz Azul").expect("a club").index();
    let titles: Vec<f64> = (0..20)
        .map(|draw| {
            let strengths = model.draw(&mut stream(7, Purpose::Parameters, draw));
            let engine = Engine::new(&compile(known, &strengths, &Conditions::default()));
            let first = draw << 40;
            let tally = simulate_range(&engine, first..first + 500, 7, None, &|_| ());
            tally.odds().title[club]
        })
        .collect();
    let mean = titles.iter().sum::<f64>() / 20.0;
    assert!((forecast.odds.title[club] - mean).abs() < 1e-12);
    let variance: f64 = titles.iter().map(|p| p * (1.0 - p) / 500.0).sum();
    assert!((forecast.standard_errors.title[club] - variance.sqrt() / 20.0).abs() < 1e-12);
    let intervals = forecast.parameters.expect("intervals");
    assert_eq!((intervals.draws, intervals.runs_per_draw), (20, 500));
    assert_eq!(intervals.headline, Headline::Draws);
    let sum: f64 = forecast.odds.title.iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "one champion, not {sum}");
}

#[test]
fn the_number_of_threads_does_not_show() {
    let before = before_the_start();
    assert_eq!(
        average(&before, 20, 8_000, 1),
        average(&before, 20, 8_000, 3)
    );
}

/// A separate calculation, in another language, gave 0.09 to 0.52 for Cruz Azul before the start.
///
/// n = 200 draws of 4,000 runs, seed 7. The draws' standard deviation is about (0.52 - 0.09) / 3.29 = 0.13, and the standard error
/// of a 5% or 95% point sqrt(0.05 * 0.95 / n) / f = 0.149 standard deviations = 0.020, with f = 0.103 the normal density
/// there; the other calculation's draws and its two digits have errors as large. Within 4 standard errors of one sample: 0.078.
#[test]
fn cruz_azul_is_between_a_tenth_and_a_half() {
    let (known, model) = before_the_start();
    let conditions = Conditions::default();
    let request = request((&known, &model), &conditions, 1, 2);
    let plain = cupcast::forecast::simulated(&request, &Unwatched);
    let draws = Draws {
        model: &model,
        count: 200,
    };
    let forecast = with_intervals(plain.clone(), &request, draws, 4_000, &Unwatched);
    assert_eq!(forecast.odds, plain.odds, "the headline stays");
    let intervals = forecast.parameters.expect("intervals");
    let club = known.find_club("Cruz Azul").expect("a club").index();
    let (low, high) = (intervals.low.title[club], intervals.high.title[club]);
    assert!((low - 0.09).abs() < 0.078, "{low}");
    assert!((high - 0.52).abs() < 0.078, "{high}");
}

#[test]
fn json_csv_and_text_show_the_intervals() {
    let base = [
        "forecast",
        "--as-of",
        "qf",
        "--sims",
        "20000",
        "--intervals",
    ];
    let document = json(&[&base[..], &["--format", "json"]].concat());
    let parameters = &document["parameters"];
    assert_eq!(parameters["headline"], "mode");
    assert_eq!(parameters["draws"], 200);
    assert_eq!(parameters["runs_per_draw"], 20_000);
    assert_eq!(parameters["interval"], serde_json::json!([0.05, 0.95]));
    assert_eq!(document["sims"], 20_000, "the headline's own runs");
    let mut open = 0;
    for club in document["clubs"].as_array().expect("clubs") {
        let title = &club["interval"]["title"];
        let (low, high) = (title[0].as_f64(), title[1].as_f64());
        let odds = club["title"].as_f64();
        assert!(low <= odds && odds <= high, "{club}");
        assert_eq!(
            club["interval"]["group_place"].as_array().map(Vec::len),
            Some(3)
        );
        open += usize::from(low < high);
    }
    assert_eq!(open, 4, "four semifinalists can win");
    let csv = stdout(&[&base[..], &["--format", "csv"]].concat());
    let header = csv.lines().next().expect("a header");
    assert!(header.contains(",low_title,") && header.ends_with(",high_title"));
    let text = stdout(&base);
    assert!(text.contains("Monte Carlo alone"), "{text}");
    assert!(text.contains("interval 5-95% over 200 draws of the model's parameters"));
    assert!(text.contains("  title         5-95%"), "{text}");
    // Below the table stands the interval of every probability; what is decided has none.
    let (_, intervals) = text
        .split_once("\n5-95% of each probability, over 200 draws of the model's parameters\n")
        .expect("intervals of all probabilities");
    let lines: Vec<&str> = intervals.lines().collect();
    assert_eq!(
        lines[0],
        "club                              qf          sf       final       title"
    );
    assert_eq!(lines.len(), 25);
    assert!(lines.iter().all(|line| line.chars().count() <= 80));
    let club = stdout(&[&base[..], &["--club", "TOL"]].concat());
    assert!(
        club.contains("over 200 draws of the model's parameters\n  place 1"),
        "{club}"
    );
}

#[test]
fn an_average_over_draws_says_so() {
    let arguments = [
        "forecast",
        "--as-of",
        "sf",
        "--parameters",
        "draws=40",
        "--sims",
        "40_000",
        "--format",
        "json",
    ];
    let document = json(&arguments);
    assert_eq!(document["parameters"]["headline"], "draws");
    assert_eq!(document["parameters"]["draws"], 40);
    assert_eq!(document["parameters"]["runs_per_draw"], 1_000);
    assert_eq!(document["sims"], 40_000);
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let rates = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("parameters-rates.csv");
    std::fs::write(&rates, stdout(&["rates", "--format", "csv"])).expect("a file");
    let rates = rates.to_str().expect("a path");
    let message = refusal(&["forecast", "--rates", rates, "--intervals"]);
    assert_eq!(
        message,
        "error: a table of rates has no parameters to draw; leave out --rates to fit a model, or \
         --intervals and --parameters\n"
    );
    let message = refusal(&["forecast", "--parameters", "draws", "--exact"]);
    assert_eq!(
        message,
        "error: an average over draws is simulated; leave out --exact, or take --parameters mode\n"
    );
    let message = refusal(&["forecast", "--parameters", "draws=5"]);
    assert!(message.contains("5 draws say nothing about the outer 5%"));
}
