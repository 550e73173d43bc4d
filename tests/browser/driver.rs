//! A headless Chromium to test with: starts the browser's driver and speaks the `WebDriver` protocol to it.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the page may take for anything; far more than it needs, since test machines are busy.
const PATIENCE: Duration = Duration::from_secs(180);

/// The key under which `WebDriver` hands out elements (W3C `WebDriver`, section 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that are not characters (W3C `WebDriver`, section 15.3.1).
pub(super) mod key {
    pub(crate) const TAB: &str = "\u{e004}";
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const CONTROL: &str = "\u{e009}";
    pub(crate) const ESCAPE: &str = "\u{e00c}";
    pub(crate) const LEFT: &str = "\u{e012}";
    pub(crate) const RIGHT: &str = "\u{e014}";
    pub(crate) const UP: &str = "\u{e013}";
    pub(crate) const DOWN: &str = "\u{e015}";
}

/// An open browser; closed and cleaned up when dropped.
pub(super) struct Browser {
    driver: Child,
    session: String,
    agent: ureq::Agent,
    /// Where downloads end up, and the browser's own files.
    folder: tempfile::TempDir,
}

/// Says that a test is skipped, and why.
#[allow(
    clippy::print_stderr,
    reason = "whoever runs the tests should know what they leave out"
)]
pub(super) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// The program of a name on the search path.
fn program(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

impl Browser {
    /// Opens a browser; `None`, with a line that says so, where there is none.
    pub(super) fn open() -> Option<Self> {
        let (Some(chromium), Some(driver)) = (program("chromium"), program("chromedriver")) else {
            skipped("`chromium` and `chromedriver` are not both installed");
            return None;
        };
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let port = port_of(&mut driver);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .new_agent();
        let address = format!("http://127.0.0.1:{port}/session");
        let answer = send(&agent, &address, &capabilities(&chromium, folder.path()));
        let id = answer["sessionId"].as_str().expect("a session");
        Some(Self {
            session: format!("{address}/{id}"),
            driver,
            agent,
            folder,
        })
    }

    /// The folder of downloads.
    pub(super) fn downloads(&self) -> &Path {
        self.folder.path()
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        send(&self.agent, &format!("{}/{command}", self.session), body)
    }

    /// Runs a script in the page: the body of a function, which returns the answer.
    pub(super) fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// Runs a command of the browser's developer tools.
    pub(super) fn tools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.post("goog/cdp/execute", &body)
    }

    /// Goes to an address and waits until the odds are shown.
    pub(super) fn visit(&self, address: &str) {
        self.open_page(address);
        self.settle();
    }

    /// Goes to an address, whatever it shows.
    pub(super) fn open_page(&self, address: &str) {
        // A blank page in between makes sure that the page is loaded afresh, whatever was there before.
        self.post("url", &json!({"url": "about:blank"}));
        self.post("url", &json!({"url": address}));
    }

    /// Waits until the odds of what the address says are shown.
    pub(super) fn settle(&self) {
        self.wait(
            "return document.body.dataset.shown === location.hash && !document.body.ariaBusy",
        );
    }

    /// Waits until a script returns true.
    pub(super) fn wait(&self, script: &str) {
        let began = Instant::now();
        while self.run(script) != json!(true) {
            assert!(
                began.elapsed() < PATIENCE,
                "the page never came to: {script}"
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Clicks on an element, scrolled into the middle of the window first, as a person would do.
    pub(super) fn click(&self, selector: &str) {
        let script = format!(
            "document.querySelector({selector:?}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
        );
        self.run(&script);
        let found = self.post(
            "element",
            &json!({"using": "css selector", "value": selector}),
        );
        let id = found[ELEMENT].as_str().expect("an element");
        self.post(&format!("element/{id}/click"), &json!({}));
    }

    /// Presses keys one after another, whatever has the focus; `held` is held down meanwhile.
    pub(super) fn press(&self, keys: &[&str], held: Option<&str>) {
        let event = |kind: &str, key: &str| json!({"type": kind, "value": key});
        let strokes = keys
            .iter()
            .flat_map(|key| [event("keyDown", key), event("keyUp", key)]);
        let before = held.map(|key| event("keyDown", key));
        let after = held.map(|key| event("keyUp", key));
        let actions: Vec<Value> = before.into_iter().chain(strokes).chain(after).collect();
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]});
        self.post("actions", &body);
    }

    /// The text of an element as it is shown.
    pub(super) fn text(&self, selector: &str) -> String {
        let answer = self.run(&format!(
            "return document.querySelector({selector:?}).innerText"
        ));
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// What the browser's console and network say since the last time: `browser` or `performance`.
    pub(super) fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.post("se/log", &json!({"type": kind}));
        entries.as_array().cloned().unwrap_or_default()
    }

    /// Makes the window as wide and high as that of a device, in a colour scheme.
    pub(super) fn screen(&self, width: u32, height: u32, scheme: &str) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.tools("Emulation.setDeviceMetricsOverride", &size);
        let scheme = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.tools("Emulation.setEmulatedMedia", &scheme);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that is gone already needs no closing.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The port that the driver says it listens on.
fn port_of(driver: &mut Child) -> u16 {
    let output = driver.stdout.take().expect("the driver's output is piped");
    let mut lines = BufReader::new(output).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split("successfully on port ")
                .nth(1)?
                .trim_end_matches('.')
                .parse()
                .ok()
        })
        .expect("the driver says its port");
    // Whatever it says later has to be read, or it would wait for us.
    std::thread::spawn(move || lines.for_each(drop));
    port
}

fn capabilities(chromium: &Path, folder: &Path) -> Value {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        &profile,
    ];
    json!({"capabilities": {"alwaysMatch": {
        "browserName": "chrome",
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        "goog:chromeOptions": {
            "binary": chromium,
            "args": arguments,
            "prefs": {"download.default_directory": folder},
        },
    }}})
}

/// Sends a command to the driver; its answer, which must not be an error.
fn send(agent: &ureq::Agent, address: &str, body: &Value) -> Value {
    let answer = agent.post(address).send_json(body);
    let mut answer = answer.expect("the driver answers");
    let document: Value = answer
        .body_mut()
        .read_json()
        .expect("the driver speaks JSON");
    assert!(
        answer.status().is_success(),
        "{address}: {}",
        document["value"]["message"]
    );
    document["value"].clone()
}
