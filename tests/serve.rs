//! Tests the server's routes: every answer, and every refusal with its sentence.

use super::command::stdout;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use cupcast::conditions::{Conditions, Item, ItemKind};
use cupcast::forecast::{Effort, ModelNote, Request as ForecastRequest, Unwatched, simulated};
use cupcast::goals::{Specification, fit, open_specification};
use cupcast::report::{forecast_csv, forecast_json};
use cupcast::serve::{Desk, Limits, Shelf, router};
use cupcast::tournament::{Moment, bundled};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that the server refused with this status and a sentence that has these words.
    fn is_refusal(&self, status: StatusCode, words: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/json");
        let document = self.json();
        let sentence = document["error"].as_str().expect("a sentence");
        assert!(sentence.contains(words), "`{words}` is not in `{sentence}`");
    }
}

fn shelf(name: &str) -> Shelf {
    let tournament = bundled::open(name).unwrap();
    let history = bundled::open_history(&tournament, None).unwrap();
    Shelf {
        tournament,
        history,
    }
}

fn server(limits: Limits) -> Router {
    let shelves = vec![shelf("ccl-2013-14"), shelf("ccl-2012-13")];
    router(Arc::new(Desk::new(shelves, limits)))
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

async fn get(router: &Router, path: &str) -> Answer {
    let request = Request::get(path).header(header::HOST, "127.0.0.1:8000");
    send(router, request.body(Body::empty()).unwrap()).await
}

async fn post(router: &Router, path: &str, question: &Value) -> Answer {
    post_text(router, path, question.to_string()).await
}

async fn post_text(router: &Router, path: &str, body: String) -> Answer {
    let request = Request::post(path).header(header::HOST, "127.0.0.1:8000");
    send(router, request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let server = server(Limits::default());
    let page = get(&server, "/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let files = page
        .text
        .split(['"', '\''])
        .filter(|part| part.starts_with('/') && part.len() > 1 && !part.starts_with("/api"));
    let mut count = 0;
    for file in files {
        assert_eq!(get(&server, file).await.status, StatusCode::OK, "{file}");
        count += 1;
    }
    assert_eq!(count, 4, "icon, style, script and the page of other cups");
}

/// A script asks for its parts by name; a part that is not served would only show in a browser.
#[tokio::test]
async fn every_part_a_script_imports_is_served() {
    let server = server(Limits::default());
    let mut waiting = vec!["main.js".to_owned()];
    let mut seen = Vec::new();
    while let Some(name) = waiting.pop() {
        if seen.contains(&name) {
            continue;
        }
        let script = get(&server, &format!("/{name}")).await;
        assert_eq!(script.status, StatusCode::OK, "{name}");
        assert_eq!(
            script.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        let imports = script
            .text
            .lines()
            .filter_map(|line| line.split("from \"./").nth(1));
        waiting.extend(imports.map(|rest| rest.trim_end_matches("\";").to_owned()));
        seen.push(name);
    }
    assert!(seen.len() > 8, "{seen:?}");
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let server = server(Limits::default());
    for path in ["/", "/main.js", "/api", "/api/tournaments", "/nothing"] {
        let answer = get(&server, path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_description_names_every_route() {
    let server = server(Limits::default());
    let answer = get(&server, "/api").await;
    assert_eq!(answer.status, StatusCode::OK);
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    let routes = [
        "/api",
        "/api/bracket",
        "/api/cup",
        "/api/cups",
        "/api/forecast",
        "/api/leverage",
        "/api/rates",
        "/api/table",
        "/api/tournaments",
        "/api/tournaments/{id}",
    ];
    let mut sorted = paths.clone();
    sorted.sort();
    assert_eq!(sorted, routes);
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.replace("{id}", "ccl-2013-14");
        let answer = if methods.get("get").is_some() {
            get(&server, &path).await
        } else {
            post(&server, &path, &json!({})).await
        };
        assert_ne!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

#[tokio::test]
async fn tournaments_are_listed_and_described() {
    let server = server(Limits::default());
    let list = get(&server, "/api/tournaments").await.json();
    let ids: Vec<&str> = list["tournaments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["ccl-2013-14", "ccl-2012-13"]);

    let one = get(&server, "/api/tournaments/ccl-2013-14").await.json();
    assert_eq!(one["clubs"].as_array().unwrap().len(), 24);
    assert_eq!(one["groups"].as_array().unwrap().len(), 8);
    assert_eq!(one["fixtures"].as_array().unwrap().len(), 48);
    assert_eq!(one["ties"].as_array().unwrap().len(), 7);
    assert_eq!(one["ties"][0]["sides"], json!([{"seed": 1}, {"seed": 8}]));
    // Toluca - San Jose, quarterfinal leg 2: 1-1, 1-1 after extra time, 5-4 on penalties for Toluca.
    let leg = &one["ties"][0]["legs"][1];
    assert_eq!((&leg["home"], &leg["away"]), (&json!("TOL"), &json!("SJ")));
    assert_eq!(
        leg["score"],
        json!({"ninety_minutes": "1-1", "after_extra_time": "1-1", "penalties": "5-4"})
    );
    let moments: Vec<&str> = one["moments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|moment| moment["key"].as_str().unwrap())
        .collect();
    assert_eq!(moments[0], "start");
    assert!(moments.contains(&"md3") && moments.contains(&"qf-leg1"));
}

/// The same forecast, made from the library as the command line does.
fn by_the_library(as_of: &str, fixes: &[&str], runs: u64, seed: u64) -> (String, String) {
    let Shelf {
        tournament,
        history,
    } = shelf("ccl-2013-14");
    let moment = Moment::parse(as_of, &tournament).unwrap();
    let known = tournament.as_of(moment);
    let current = known.to_edition();
    let model = fit(&Specification::default_model(), &history, &current).unwrap();
    let fixes = fixes.iter().map(|text| Item::new(ItemKind::Fix, text));
    let conditions = Conditions::read(&fixes.collect::<Vec<_>>(), &known).unwrap();
    let request = ForecastRequest {
        known: &known,
        moment,
        model: &model,
        note: ModelNote {
            name: "default".to_owned(),
            matches: history
                .iter()
                .map(|edition| edition.matches.len())
                .sum::<usize>()
                + current.matches.len(),
            editions: history.len() + usize::from(!current.matches.is_empty()),
        },
        conditions: &conditions,
        effort: Effort::Runs(runs),
        seed,
        threads: None,
    };
    let forecast = simulated(&request, &Unwatched);
    (
        forecast_json::render(&known, &forecast),
        forecast_csv::render(&known, &forecast),
    )
}

#[tokio::test]
async fn a_forecast_is_the_same_document_as_on_the_command_line() {
    let server = server(Limits::default());
    for (as_of, fixes) in [
        ("start", vec![]),
        ("md2", vec!["TOL-CAL 0-3", "HER-CA 4-0"]),
        ("groups", vec!["qf TOL-SJ 1-1 aet 1-1 pens 3-4"]),
    ] {
        let mut question = json!({
            "tournament": "ccl-2013-14", "as_of": as_of, "fixes": fixes, "sims": 5000, "seed": 7,
        });
        let (json_text, csv_text) = by_the_library(as_of, &fixes, 5000, 7);
        let answer = post(&server, "/api/forecast", &question).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.text, json_text, "{as_of}");

        question["format"] = json!("csv");
        let answer = post(&server, "/api/forecast", &question).await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(answer.text, csv_text, "{as_of}");
    }
}

#[tokio::test]
async fn another_model_answers_as_on_the_command_line() {
    let model = open_specification("association").unwrap();
    let desk = Desk::new(vec![shelf("ccl-2013-14")], Limits::default());
    let server = router(Arc::new(desk.with_model("association", &model)));
    let question = json!({"tournament": "ccl-2013-14", "as_of": "md2", "sims": 5000, "seed": 7});
    let answer = post(&server, "/api/forecast", &question).await;
    let printed = stdout(&[
        "forecast",
        "--as-of",
        "md2",
        "--model",
        "association",
        "--sims",
        "5000",
        "--seed",
        "7",
        "--format",
        "json",
    ]);
    assert_eq!(answer.text, printed);
    assert_eq!(answer.json()["model"]["name"], "association");
}

fn club<'a>(document: &'a Value, code: &str) -> &'a Value {
    let clubs = document["clubs"].as_array().unwrap();
    clubs.iter().find(|club| club["code"] == code).unwrap()
}

/// After leg 1 of the final (Cruz Azul 0-0 Toluca) with leg 2 fixed at 1-1, away goals make Cruz Azul
/// champion; without them extra time and penalties decide, so that both have a chance.
#[tokio::test]
async fn changed_rules_change_the_odds_and_are_named() {
    let server = server(Limits::default());
    let mut question = json!({
        "tournament": "ccl-2013-14", "as_of": "final-leg1", "fixes": ["final TOL-CA 1-1"], "sims": 10_000,
    });
    let answer = post(&server, "/api/forecast", &question).await.json();
    assert_eq!(club(&answer, "CA")["title"], 1.0);

    question["rules"] = json!({"away_goals": false});
    let answer = post(&server, "/api/forecast", &question).await.json();
    let title = club(&answer, "TOL")["title"].as_f64().unwrap();
    let error = club(&answer, "TOL")["standard_error"]["title"]
        .as_f64()
        .unwrap();
    assert!(
        title > 4.0 * error && title < 1.0,
        "10,000 runs, seed 1: {title} ± {error}"
    );
    let words: Vec<&str> = answer["fixes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap())
        .collect();
    assert_eq!(words.last(), Some(&"away goals do not count"));
    // The baseline keeps the edition's own rules and the open result.
    let baseline = club(&answer, "TOL")["baseline"]["title"].as_f64().unwrap();
    assert!(
        baseline > 0.0 && (baseline - title).abs() > 4.0 * error,
        "10,000 runs, seed 1"
    );
}

/// A rule that is the edition's own anyway is no what-if.
#[tokio::test]
async fn rules_as_they_are_change_nothing() {
    let server = server(Limits::default());
    let plain = json!({"tournament": "ccl-2013-14", "as_of": "groups", "sims": 2000});
    let mut ruled = plain.clone();
    ruled["rules"] = json!({"away_goals": true, "extra_time": true});
    let plain = post(&server, "/api/forecast", &plain).await.text;
    assert_eq!(post(&server, "/api/forecast", &ruled).await.text, plain);
}

/// Had San Jose (8) beaten Toluca (1), the regulations would have it at home in the last leg of SF1, as the
/// winner of QF1; by seeds its opponent Alajuelense (5) would be.
#[tokio::test]
async fn hosts_of_last_legs_can_be_changed() {
    let server = server(Limits::default());
    let mut question = json!({
        "tournament": "ccl-2013-14", "as_of": "qf", "fixes": ["qf TOL-SJ 0-1"],
    });
    let tie = |answer: &Value| answer["ties"][4].clone();
    let by_rule = tie(&post(&server, "/api/table", &question).await.json());
    assert_eq!(by_rule["name"], "SF1");
    assert_eq!(by_rule["legs"][1]["home"], "SJ");
    question["rules"] = json!({"second_leg_host": "higher seed"});
    let by_seed = tie(&post(&server, "/api/table", &question).await.json());
    assert_eq!(by_seed["legs"][1]["home"], "ALA");
}

#[tokio::test]
async fn tables_show_what_is_known_and_what_is_fixed() {
    let server = server(Limits::default());
    let question = json!({"tournament": "ccl-2013-14", "as_of": "groups"});
    let answer = post(&server, "/api/table", &question).await.json();
    // Group 8: LA Galaxy, then Cartaginés ahead of Isidro Metapán on head-to-head.
    let group = &answer["groups"][7];
    let codes: Vec<&str> = group["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes[..2], ["LA", "CAR"]);
    assert!(
        group["notes"][0]
            .as_str()
            .unwrap()
            .starts_with("Cartaginés above Isidro Metapán on head-to-head")
    );
    // The seeds of the real edition: Toluca, Cruz Azul, Tijuana ... San Jose.
    let seeds = answer["seeds"].as_array().unwrap();
    assert!(seeds.iter().all(|seed| seed["settled"] == true));
    assert_eq!(seeds[0]["code"], "TOL");
    assert_eq!(seeds[7]["code"], "SJ");
    assert_eq!(answer["ties"][0]["clubs"], json!(["TOL", "SJ"]));
    assert_eq!(answer["ties"][0]["to_play"], "legs");

    let question = json!({
        "tournament": "ccl-2013-14", "as_of": "md1", "fixes": ["TOL-CAL 0-3"],
    });
    let answer = post(&server, "/api/table", &question).await.json();
    let fixtures = answer["groups"][5]["fixtures"].as_array().unwrap();
    let fixed = fixtures
        .iter()
        .find(|one| one["home"] == "TOL" && one["away"] == "CAL")
        .unwrap();
    assert_eq!(fixed["score"], "0-3");
    assert_eq!(answer["seeds"][0]["settled"], false);
    assert_eq!(answer["ties"][0]["clubs"], json!([null, null]));
}

#[tokio::test]
async fn a_fixed_leg_moves_the_bracket_on() {
    let server = server(Limits::default());
    let mut question = json!({
        "tournament": "ccl-2013-14", "as_of": "qf-leg1", "fixes": ["qf TOL-SJ 1-1"],
    });
    let first = |answer: Value| answer["ties"][0].clone();
    let tie = first(post(&server, "/api/table", &question).await.json());
    assert_eq!(tie["to_play"], "extra time");
    assert_eq!(tie["legs"][1]["known"], Value::Null);

    question["fixes"] = json!(["qf TOL-SJ 1-1 aet 1-1"]);
    let tie = first(post(&server, "/api/table", &question).await.json());
    assert_eq!(tie["to_play"], "penalties");

    question["fixes"] = json!(["qf TOL-SJ 1-1 aet 1-1 pens 3-4"]);
    let answer = post(&server, "/api/table", &question).await.json();
    assert_eq!(answer["ties"][0]["winner"], "SJ");
    assert_eq!(answer["ties"][0]["decided_by"], "penalties");
    assert_eq!(answer["ties"][4]["clubs"][0], "SJ");
}

#[tokio::test]
async fn rates_are_those_of_the_forecast() {
    let server = server(Limits::default());
    let answer = get(&server, "/api/rates?tournament=ccl-2013-14&as_of=start")
        .await
        .json();
    let pairings = answer["pairings"].as_array().unwrap();
    assert_eq!(pairings.len(), 24 * 23);
    // Cruz Azul - Herediano before the edition: 2.6957 : 0.6971.
    let pair = pairings
        .iter()
        .find(|pair| pair["home"] == "CA" && pair["away"] == "HER")
        .unwrap();
    assert!((pair["home_goals"].as_f64().unwrap() - 2.6957).abs() < 5e-4);
    assert!((pair["away_goals"].as_f64().unwrap() - 0.6971).abs() < 5e-4);
    let csv = get(
        &server,
        "/api/rates?tournament=ccl-2013-14&as_of=start&format=csv",
    )
    .await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text.lines().count(), 1 + 24 * 23);
}

#[tokio::test]
async fn leverage_names_the_matches_that_matter() {
    let server = server(Limits::default());
    let question = json!({"tournament": "ccl-2013-14", "as_of": "md4", "sims": 500});
    let answer = post(&server, "/api/leverage", &question).await.json();
    let fixtures = answer["fixtures"].as_array().unwrap();
    assert_eq!(
        fixtures.len(),
        16 + 14,
        "two matchdays and seven ties of two legs"
    );
    let values = fixtures.iter().map(|fixture| fixture["leverage"].as_f64());
    assert!(
        values.is_sorted_by(|a, b| a >= b),
        "the most important first"
    );
    let group = |fixture: &&Value| fixture["stage"] == "group";
    let first = fixtures.iter().find(group).unwrap();
    assert_eq!(first["home"], "Herediano");
    assert_eq!(first["away"], "Cruz Azul");
    // A match that is taken for granted is no longer open, and is named.
    let fixed =
        json!({"tournament": "ccl-2013-14", "as_of": "md4", "sims": 500, "fixes": ["HER-CA 0-1"]});
    let answer = post(&server, "/api/leverage", &fixed).await.json();
    assert_eq!(answer["fixes"].as_array().unwrap().len(), 1);
    let fixtures = answer["fixtures"].as_array().unwrap();
    let of_it = |one: &&Value| one["home"] == "Herediano" && one["away"] == "Cruz Azul";
    let moves = fixtures.iter().find(of_it).map(|one| &one["leverage"]);
    assert!(moves.is_none_or(|value| value == 0.0), "{moves:?}");
    let many = json!({"tournament": "ccl-2013-14", "sims": 200_001});
    let refused = post(&server, "/api/leverage", &many).await;
    refused.is_refusal(StatusCode::UNPROCESSABLE_ENTITY, "between 1 and 200000");
}

#[tokio::test]
async fn places_of_the_bracket_have_their_clubs() {
    let server = server(Limits::default());
    let question = json!({"tournament": "ccl-2013-14", "as_of": "qf-leg1", "sims": 2000});
    let answer = post(&server, "/api/bracket", &question).await.json();
    let ties = answer["ties"].as_array().unwrap();
    assert_eq!(ties.len(), 7);
    assert_eq!(
        ties[0]["sides"],
        json!([
            [{"code": "TOL", "probability": 1.0, "standard_error": 0.0}],
            [{"code": "SJ", "probability": 1.0, "standard_error": 0.0}]
        ])
    );
    for tie in ties {
        for side in tie["sides"].as_array().unwrap() {
            let clubs = side.as_array().unwrap().iter();
            let total: f64 = clubs.map(|one| one["probability"].as_f64().unwrap()).sum();
            assert!((total - 1.0).abs() < 1e-9, "{side}");
        }
    }
}

#[tokio::test]
async fn foreign_hosts_and_origins_are_refused() {
    let server = server(Limits::default());
    let ask = async |host: Option<&str>, origin: Option<&str>| {
        let mut request = Request::get("/api/tournaments");
        if let Some(host) = host {
            request = request.header(header::HOST, host);
        }
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        send(&server, request.body(Body::empty()).unwrap()).await
    };
    let own = ask(Some("localhost:8000"), Some("http://localhost:8000")).await;
    assert_eq!(own.status, StatusCode::OK);
    ask(Some("evil.example:8000"), None).await.is_refusal(
        StatusCode::FORBIDDEN,
        "this machine only: use `127.0.0.1` or `localhost`",
    );
    ask(None, None)
        .await
        .is_refusal(StatusCode::FORBIDDEN, "this machine only");
    for origin in ["https://evil.example", "http://localhost:9000", "null"] {
        ask(Some("localhost:8000"), Some(origin))
            .await
            .is_refusal(StatusCode::FORBIDDEN, "its own page only");
    }
}

#[tokio::test]
async fn questions_that_cannot_be_answered_get_a_sentence() {
    let server = server(Limits {
        most_runs: 10_000,
        most_fixes: 2,
        ..Limits::default()
    });
    let cases = [
        (
            json!({"as_of": "start"}),
            StatusCode::BAD_REQUEST,
            "missing field `tournament`",
        ),
        (
            json!({"tournament": "ccl-2013-14", "fixs": []}),
            StatusCode::BAD_REQUEST,
            "unknown field `fixs`",
        ),
        (
            json!({"tournament": "ccl-2013-14", "rules": {"host": 1}}),
            StatusCode::BAD_REQUEST,
            "unknown field `host`",
        ),
        (
            json!({"tournament": "ccl-2031"}),
            StatusCode::NOT_FOUND,
            "there is no tournament `ccl-2031` here; there is ccl-2013-14, ccl-2012-13",
        ),
        (
            json!({"tournament": "ccl-2013-14", "as_of": "md9"}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "`md9` is no moment of ccl-2013-14; did you mean `md1`? write one of start, md1",
        ),
        (
            json!({"tournament": "ccl-2013-14", "fixes": ["TOL-XXX 1-0"]}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "no club is called `XXX`",
        ),
        (
            json!({"tournament": "ccl-2013-14", "fixes": ["TOL-CAL 1-99"]}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "more than 30 goals",
        ),
        (
            json!({"tournament": "ccl-2013-14", "fixes": ["TOL-CAL 1-0", "TOL-CAL 2-0"]}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "give one result a match",
        ),
        (
            json!({"tournament": "ccl-2013-14", "fixes": ["TOL-CAL 1-0", "CAL-TOL 2-0", "COM-TOL 0-0"]}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "3 results are fixed, and the server takes at most 2",
        ),
        (
            json!({"tournament": "ccl-2013-14", "rules": {"extra_time": false}, "fixes": ["final TOL-CA 1-1 aet 2-1"]}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "this round has no extra time",
        ),
        (
            json!({"tournament": "ccl-2013-14", "sims": 0}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "between 1 and 10000",
        ),
        (
            json!({"tournament": "ccl-2013-14", "sims": 10_001}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "`sims` is 10001",
        ),
        (
            json!({"tournament": "ccl-2013-14", "sims": -1}),
            StatusCode::BAD_REQUEST,
            "invalid value",
        ),
    ];
    for (question, status, words) in cases {
        post(&server, "/api/forecast", &question)
            .await
            .is_refusal(status, words);
    }
    let not_json = post_text(&server, "/api/forecast", "{".to_owned()).await;
    not_json.is_refusal(StatusCode::BAD_REQUEST, "no question this server knows");
}

#[tokio::test]
async fn a_refusal_names_the_parts_to_blame() {
    let server = server(Limits::default());
    let blamed = [
        (
            json!({"tournament": "ccl-2031"}),
            json!([["tournament", "ccl-2031"]]),
        ),
        (
            json!({"tournament": "ccl-2013-14", "as_of": "md9"}),
            json!([["as_of", "md9"]]),
        ),
        (
            json!({"tournament": "ccl-2013-14", "fixes": ["TOL-XXX 1-0", "nonsense"]}),
            json!([["fixes", "TOL-XXX 1-0"], ["fixes", "nonsense"]]),
        ),
        (json!({"tournament": "ccl-2013-14", "sims": 0}), Value::Null),
    ];
    for (question, parts) in blamed {
        let answer = post(&server, "/api/table", &question).await.json();
        let Some(mistakes) = answer["mistakes"].as_array() else {
            assert_eq!(parts, Value::Null, "{answer}");
            continue;
        };
        let found: Vec<Value> = mistakes
            .iter()
            .map(|mistake| json!([mistake["part"], mistake["value"]]))
            .collect();
        assert_eq!(json!(found), parts);
        let first = mistakes[0]["error"].as_str().unwrap();
        assert!(answer["error"].as_str().unwrap().starts_with(first));
    }
}

#[tokio::test]
async fn bodies_have_a_limit() {
    let server = server(Limits::default());
    for path in ["/api/forecast", "/api/table"] {
        let body = format!("{{\"tournament\": \"{}\"}}", "x".repeat(70_000));
        post_text(&server, path, body)
            .await
            .is_refusal(StatusCode::PAYLOAD_TOO_LARGE, "more than 65536 bytes");
    }
}

#[tokio::test]
async fn addresses_that_lead_nowhere_are_refused() {
    let server = server(Limits::default());
    get(&server, "/api/nothing")
        .await
        .is_refusal(StatusCode::NOT_FOUND, "nothing at `/api/nothing`");
    get(&server, "/nothing.js")
        .await
        .is_refusal(StatusCode::NOT_FOUND, "nothing at `/nothing.js`");
    get(&server, "/../Cargo.toml")
        .await
        .is_refusal(StatusCode::NOT_FOUND, "nothing at");
    get(&server, "/api/tournaments/none")
        .await
        .is_refusal(StatusCode::NOT_FOUND, "no tournament `none`");
    get(&server, "/api/forecast")
        .await
        .is_refusal(StatusCode::METHOD_NOT_ALLOWED, "does not take that method");
    get(&server, "/api/rates")
        .await
        .is_refusal(StatusCode::BAD_REQUEST, "tournament");
    get(&server, "/api/rates?tournament=ccl-2013-14&as_off=md1")
        .await
        .is_refusal(StatusCode::BAD_REQUEST, "as_off");
}

/// One at work, none may wait: of two at once the second is told to come back.
#[tokio::test(flavor = "multi_thread")]
async fn too_many_at_once_are_refused() {
    let server = server(Limits {
        at_once: 1,
        waiting: 0,
        ..Limits::default()
    });
    let long = json!({"tournament": "ccl-2013-14", "as_of": "start", "sims": 400_000});
    let asked = (0..4).map(|_| {
        let (server, long) = (server.clone(), long.clone());
        tokio::spawn(async move { post(&server, "/api/forecast", &long).await })
    });
    let mut answers = Vec::new();
    for one in asked.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    let (done, refused): (Vec<_>, Vec<_>) = answers
        .iter()
        .partition(|answer| answer.status == StatusCode::OK);
    assert!(!done.is_empty() && !refused.is_empty());
    for answer in refused {
        answer.is_refusal(StatusCode::SERVICE_UNAVAILABLE, "too many forecasts");
        assert_eq!(answer.header("retry-after"), "1");
    }
    // The place is free again afterwards.
    let short = json!({"tournament": "ccl-2013-14", "sims": 100});
    assert_eq!(
        post(&server, "/api/forecast", &short).await.status,
        StatusCode::OK
    );
}

/// A service manager ends programs with SIGTERM, a person with Ctrl-C: both are an orderly end.
#[cfg(unix)]
#[test]
fn both_signals_end_the_program_in_good_order() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    for signal in ["-TERM", "-INT"] {
        let mut server = Command::new(assert_cmd::cargo::cargo_bin("cupcast"))
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = server.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        assert!(
            line.starts_with("cupcast is at http://127.0.0.1:"),
            "{line}"
        );
        let id = server.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        let ended = server.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0), "{signal}");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    }
}

#[tokio::test]
async fn moments_have_their_dates() {
    let server = server(Limits::default());
    let one = get(&server, "/api/tournaments/ccl-2013-14").await.json();
    let moments = one["moments"].as_array().unwrap();
    let date = |key: &str| {
        let found = moments.iter().find(|moment| moment["key"] == key);
        found.map(|moment| moment["date"].as_str().unwrap())
    };
    assert_eq!(date("start"), Some("2013-08-06"), "the first match");
    assert_eq!(date("md4"), Some("2013-09-19"));
    assert_eq!(date("final"), Some("2014-04-23"));
    let question = json!({"tournament": "ccl-2013-14", "as_of": "2013-08-25"});
    let table = post(&server, "/api/table", &question).await.json();
    let moment = json!({"key": "2013-08-25", "words": "after the matches of 2013-08-25", "date": "2013-08-25"});
    assert_eq!(table["moment"], moment);
    let now = json!({"tournament": "ccl-2013-14", "as_of": "now"});
    let table = post(&server, "/api/table", &now).await.json();
    assert_eq!(table["moment"]["date"], Value::Null);
}
