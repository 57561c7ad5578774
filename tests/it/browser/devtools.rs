//! A thin client of the `DevTools` protocol: one browser, one page at a time.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::wire::{self, Process, Wire};

/// Names under which Chromium is found.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A running browser with one open page.
pub(crate) struct Browser {
    wire: Wire,
    session: String,
    events: VecDeque<Value>,
    _process: Process,
}

/// Where Chromium is; `None` where the machine has none.
pub(crate) fn find() -> Option<PathBuf> {
    let named = std::env::var_os("HEXAPLA_BROWSER").map(PathBuf::from);
    named.or_else(|| wire::find(NAMES))
}

/// How Chromium is started with a profile.
fn arguments(home: &Path) -> Vec<String> {
    let fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--hide-scrollbars",
        "--disable-component-update",
        "--disable-sync",
        "--remote-debugging-port=0",
    ];
    let mut arguments = fixed.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", home.display()));
    arguments.push("about:blank".to_owned());
    arguments
}

/// The address in the file that Chromium writes: port and path.
fn address(told: &str) -> Option<String> {
    let (port, path) = told.trim().split_once('\n')?;
    Some(format!("ws://127.0.0.1:{port}{path}"))
}

impl Browser {
    /// Starts a browser with a fresh profile.
    pub(crate) fn start(program: &Path) -> Self {
        let mut process = Process::start(program, &arguments);
        let wire = Wire::to(&process.address("DevToolsActivePort", address));
        let mut browser =
            Self { wire, session: String::new(), events: VecDeque::new(), _process: process };
        let target = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = browser.call("Target.attachToTarget", &attach);
        session["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// Calls a method and waits for its answer; events that come before it are kept.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        let session = [("sessionId", self.session.as_str())];
        let more = if self.session.is_empty() { &[][..] } else { &session };
        self.wire.call((method, parameters), more, &mut |event| self.events.push_back(event))
    }

    /// Opens an address and waits until it is loaded; gives what happened on the way.
    pub(crate) fn open(&mut self, address: &str) -> Vec<Value> {
        self.events.clear();
        self.call("Page.navigate", &json!({"url": address}));
        let loaded = |event: &Value| event["method"] == "Page.loadEventFired";
        while !self.events.iter().any(loaded) {
            let event = self.wire.receive();
            self.events.push_back(event);
        }
        // A round trip, so that everything the page said so far has come.
        self.eval("0");
        self.events.drain(..).collect()
    }

    /// What happened since a page was opened.
    pub(crate) fn heard(&mut self) -> Vec<Value> {
        self.events.drain(..).collect()
    }

    /// The value of an expression in the page.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let call = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.call("Runtime.evaluate", &call);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Sets the size of the window.
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// A picture of the whole page in a window of some width, as PNG in base64. The window is made as high
    /// as the page: a picture that reaches beyond it would shift pages that run from right to left.
    pub(crate) fn picture(&mut self, width: u32) -> String {
        let height = self.eval("document.documentElement.scrollHeight").as_u64().unwrap();
        self.size(width, u32::try_from(height).unwrap());
        self.call("Page.captureScreenshot", &json!({"format": "png"}))["data"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}
