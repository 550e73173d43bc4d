//! Reports, pictures and the server of cups of any format, as a user asks for them.

use crate::command::{refusal, stdout as printed};
use cupcast::open::{find_bundled, open_bundled};
use std::fs;

/// Elements of HTML that have no end.
const VOID: [&str; 3] = ["meta", "link", "input"];

/// Asserts that every tag of a page is closed in its turn.
fn assert_well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for rest in page.split('<').skip(1) {
        let tag = rest.split('>').next().expect("a tag ends");
        if tag.starts_with('!') {
            continue;
        }
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "</{closed}>");
            continue;
        }
        let word = tag.split([' ', '\n', '/']).next().unwrap_or(tag);
        if !tag.ends_with('/') && !VOID.contains(&word) {
            open.push(word);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

/// The clubs and milestones of a bundled cup.
fn names(cup: &str) -> Vec<String> {
    let cup = open_bundled(find_bundled(cup).expect("a cup")).expect("a sound file");
    let clubs = cup.clubs().iter().map(|club| club.name.clone());
    let milestones = cup.format().milestones().iter();
    clubs
        .chain(milestones.map(|milestone| milestone.key.clone()))
        .collect()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

#[test]
fn a_report_of_any_cup_is_one_page_with_every_club() {
    for (cup, moment) in [
        ("world-cup-2022", "md1"),
        ("liga-mx-apertura-2024", "start"),
    ] {
        let args = ["report", cup, "--as-of", moment, "--sims", "60"];
        let page = printed(&args);
        assert_well_formed(&page);
        for name in names(cup) {
            assert!(page.contains(&escaped(&name)), "{cup}: {name}");
        }
        for part in ["title-odds", "odds", "bracket", "model", "making"] {
            assert!(
                page.contains(&format!("<section id=\"{part}\"")),
                "{cup}: {part}"
            );
        }
        for outside in [
            "http://", "https://", "<script", "<link", "<img", "url(", "@import",
        ] {
            assert!(!page.contains(outside), "{cup}: {outside}");
        }
        let command = format!("cupcast report {cup} --as-of {moment} --sims 60 --seed 1");
        assert!(page.contains(&command), "{cup}: {command}");
    }
}

#[test]
fn a_report_of_a_cup_is_markdown_too() {
    let args = ["report", "liga-mx-apertura-2024", "--sims", "40"];
    let text = printed(&[&args[..], &["--format", "md"]].concat());
    assert!(text.starts_with("# "), "{text}");
    assert!(text.contains("nobody else"), "{text}");
}

#[test]
fn names_that_look_like_html_stay_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cup.toml");
    let file = "format = 2\n[tournament]\nid = \"odd\"\ncompetition = \"Cup <i>& Co\"\nedition = \"1\"\n\
                [[stage]]\nname = \"group stage\"\n[stage.groups]\n\
                A = [\"A & <b>B</b>\", \"C\", \"D\"]\nB = [\"E\", \"F\", \"G\"]\n\
                [[stage]]\nname = \"final\"\nties = [\"1A - 1B\"]\n";
    fs::write(&path, file).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let page = printed(&["report", path, "--sims", "50"]);
    assert_well_formed(&page);
    assert!(
        page.contains("A &amp; &lt;b>B&lt;/b>") || page.contains("A &amp; &lt;b&gt;B&lt;/b&gt;")
    );
    assert!(!page.contains("<b>") && !page.contains("<i>"));
}

#[test]
fn every_picture_of_a_cup_is_one_svg() {
    for (kind, cup, moment) in [
        ("title-odds", "world-cup-2022", "md2"),
        ("places", "premier-league-2023-24", "md20"),
        ("places", "ucl-2024-25", "md4"),
        ("seeds", "euro-2024", "md2"),
        ("bracket", "world-cup-2022", "r16"),
        ("timeline", "copa-america-2024", "md2"),
    ] {
        let args = ["plot", kind, cup, "--as-of", moment, "--sims", "40"];
        let picture = printed(&args);
        assert!(picture.starts_with("<svg xmlns="), "{kind} of {cup}");
        assert!(picture.ends_with("</svg>\n"), "{kind} of {cup}");
    }
    let said = refusal(&["plot", "bracket", "premier-league-2023-24", "--sims", "40"]);
    assert!(said.contains("`places` draws its tables"), "{said}");
    let said = refusal(&["plot", "leverage", "world-cup-2022", "--sims", "40"]);
    assert!(said.contains("not there yet for cups"), "{said}");
}

#[cfg(feature = "serve")]
mod server {
    use crate::command::json as printed;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode, header};
    use cupcast::open::{find_bundled, open_bundled};
    use cupcast::serve::{Desk, Limits, router};
    use serde_json::{Value, json};
    use std::sync::Arc;
    use tower::ServiceExt;

    fn server() -> Router {
        let cups = ["world-cup-2022", "champions-cup-2024"];
        let cups = cups.map(|name| open_bundled(find_bundled(name).unwrap()).unwrap());
        let desk = Desk::new(Vec::new(), Limits::default());
        let desk = desk.with_cups(cups.into()).opening_with("world-cup-2022");
        router(Arc::new(desk))
    }

    async fn send(request: Request<Body>) -> (StatusCode, String) {
        let response = server().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn get(path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(header::HOST, "127.0.0.1:8000");
        send(request.body(Body::empty()).unwrap()).await
    }

    async fn post(path: &str, question: &Value) -> (StatusCode, Value) {
        let request = Request::post(path).header(header::HOST, "127.0.0.1:8000");
        let request = request.body(Body::from(question.to_string())).unwrap();
        let (status, text) = send(request).await;
        (status, serde_json::from_str(&text).unwrap())
    }

    #[tokio::test]
    async fn it_answers_with_the_numbers_of_the_command_line() {
        let fixes = ["group POL-ARG 2-0", "KSA-MEX draw"];
        let question = json!({"tournament": "world-cup-2022", "as_of": "md2", "fixes": fixes, "sims": 300, "seed": 7});
        let (status, answer) = post("/api/forecast", &question).await;
        assert_eq!(status, StatusCode::OK);
        let mut args = vec![
            "forecast",
            "world-cup-2022",
            "--as-of",
            "md2",
            "--sims",
            "300",
        ];
        args.extend(["--seed", "7", "--format", "json"]);
        args.extend(fixes.iter().flat_map(|fix| ["--fix", fix]));
        assert_eq!(answer, printed(&args));
        let question = json!({"tournament": "world-cup-2022", "as_of": "md2"});
        let (_, answer) = post("/api/table", &question).await;
        let args = [
            "table",
            "world-cup-2022",
            "--as-of",
            "md2",
            "--format",
            "json",
        ];
        assert_eq!(answer, printed(&args));
        let (_, answer) = get("/api/rates?tournament=world-cup-2022&as_of=md2").await;
        let args = [
            "rates",
            "world-cup-2022",
            "--as-of",
            "md2",
            "--format",
            "json",
        ];
        assert_eq!(
            serde_json::from_str::<Value>(&answer).unwrap(),
            printed(&args)
        );
    }

    #[tokio::test]
    async fn what_is_fixed_shows_who_meets_whom() {
        // After the groups Argentina met Australia; whoever wins meets the winner of Netherlands - United States.
        let fixes = ["r16 ARG-AUS 0-1", "r16 NED-USA 1-1 pens 3-4"];
        let question = json!({"tournament": "world-cup-2022", "as_of": "group", "fixes": fixes});
        let (status, state) = post("/api/cup", &question).await;
        assert_eq!(status, StatusCode::OK, "{state}");
        let games = state["games"].as_array().unwrap();
        let quarterfinal = games.iter().find(|game| game["stage"] == "qf");
        let mut clubs: Vec<&str> = quarterfinal.unwrap()["clubs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        clubs.sort_unstable();
        assert_eq!(clubs, ["AUS", "USA"]);
        let odds = &quarterfinal.unwrap()["odds"]["results"];
        let sum: f64 = (0..3).map(|result| odds[result].as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{odds}");
    }

    #[tokio::test]
    async fn it_refuses_with_a_sentence() {
        let ask = |question: Value| async move { post("/api/cup", &question).await };
        let (status, said) = ask(json!({"tournament": "nowhere"})).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(said["error"].as_str().unwrap().contains("no cup `nowhere`"));
        let (status, said) = ask(json!({"tournament": "world-cup-2022", "as_of": "md9"})).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            said["error"]
                .as_str()
                .unwrap()
                .contains("`md9` is no moment")
        );
        let question =
            json!({"tournament": "world-cup-2022", "fixes": ["ARG-XYZ 1-0", "ARG-KSA 1-0"]});
        let (status, said) = ask(question).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(said["mistakes"].as_array().unwrap().len(), 1);
        assert_eq!(said["mistakes"][0]["value"], "ARG-XYZ 1-0");
    }

    #[tokio::test]
    async fn the_front_door_leads_to_the_page_of_the_cup() {
        let (status, _) = get("/").await;
        assert_eq!(status, StatusCode::TEMPORARY_REDIRECT);
        let (status, page) = get("/cups/world-cup-2022").await;
        assert_eq!(status, StatusCode::OK);
        super::assert_well_formed(&page);
        for file in ["/cup.js", "/cup_stages.js", "/cup.css", "/editions"] {
            assert_eq!(get(file).await.0, StatusCode::OK, "{file}");
        }
        let (_, list) = get("/api/cups").await;
        assert!(list.contains("champions-cup-2024"), "{list}");
    }
}
