//! A thin client of `WebDriver BiDi`, the protocol that Firefox speaks: one browser, one page at a time.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::wire::{self, Process, Wire};

/// Names under which Firefox is found.
const NAMES: &[&str] = &["firefox-esr", "firefox"];

/// A running Firefox with one open page.
pub(crate) struct Firefox {
    wire: Wire,
    page: Value,
    /// What the page wrote to the console, and what went wrong in it.
    pub(crate) complaints: Vec<String>,
    _process: Process,
}

/// Where Firefox is; `None` where the machine has none.
pub(crate) fn find() -> Option<PathBuf> {
    wire::find(NAMES)
}

/// The address in the file that Firefox writes.
fn address(told: &str) -> Option<String> {
    let told: Value = serde_json::from_str(told).ok()?;
    Some(format!("ws://127.0.0.1:{}/session", told["ws_port"].as_u64()?))
}

impl Firefox {
    /// Starts a browser with a fresh profile; with `scripts` false no page may run any.
    pub(crate) fn start(program: &Path, scripts: bool) -> Self {
        let mut process = Process::start(program, &|home| {
            let settings = format!("user_pref(\"javascript.enabled\", {scripts});\n");
            std::fs::write(home.join("user.js"), settings).unwrap();
            let fixed = ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"];
            let mut arguments = fixed.map(str::to_owned).to_vec();
            arguments.push(home.display().to_string());
            arguments.push("about:blank".to_owned());
            arguments
        });
        let wire = Wire::to(&process.address("WebDriverBiDiServer.json", address));
        let mut browser =
            Self { wire, page: Value::Null, complaints: Vec::new(), _process: process };
        browser.call("session.new", &json!({"capabilities": {}}));
        browser.call("session.subscribe", &json!({"events": ["log.entryAdded"]}));
        let tree = browser.call("browsingContext.getTree", &json!({}));
        browser.page = tree["contexts"][0]["context"].clone();
        browser
    }

    /// Calls a method and waits for its answer; complaints that come before it are kept.
    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        let complaints = &mut self.complaints;
        self.wire.call((method, parameters), &[], &mut |event| {
            if event["method"] == "log.entryAdded" {
                complaints.push(event["params"]["text"].to_string());
            }
        })
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) fn open(&mut self, address: &str) {
        let target = json!({"context": self.page, "url": address, "wait": "complete"});
        self.call("browsingContext.navigate", &target);
    }

    /// The value of an expression in the page, brought to text.
    pub(crate) fn eval(&mut self, expression: &str) -> String {
        let call = json!({
            "expression": format!("Promise.resolve({expression}).then(String)"),
            "target": {"context": self.page},
            "awaitPromise": true,
        });
        let answer = self.call("script.evaluate", &call);
        assert!(answer["type"] == "success", "{expression}: {answer}");
        answer["result"]["value"].as_str().unwrap_or_default().to_owned()
    }
}
