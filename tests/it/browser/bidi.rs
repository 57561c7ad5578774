//! A thin client of `WebDriver BiDi`, the protocol that Firefox speaks: one browser, one page at a time.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// Names under which Firefox is found.
const NAMES: &[&str] = &["firefox-esr", "firefox"];

/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running Firefox with one open page.
pub(crate) struct Firefox {
    child: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    page: Value,
    last: u64,
    /// What the page wrote to the console, and what went wrong in it.
    pub(crate) complaints: Vec<String>,
    _home: tempfile::TempDir,
}

/// Where Firefox is; `None` where the machine has none.
pub(crate) fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut folders = std::env::split_paths(&path);
    folders.find_map(|folder| NAMES.iter().map(|name| folder.join(name)).find(|it| it.is_file()))
}

impl Firefox {
    /// Starts a browser with a fresh profile; with `scripts` false no page may run any.
    pub(crate) fn start(program: &Path, scripts: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let settings = format!("user_pref(\"javascript.enabled\", {scripts});\n");
        std::fs::write(home.path().join("user.js"), settings).unwrap();
        let mut child = Command::new(program)
            .args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"])
            .arg(home.path())
            .arg("about:blank")
            .env("HOME", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let address = address(home.path(), &mut child);
        let (socket, _) = tungstenite::connect(address).unwrap();
        let mut browser =
            Self { child, socket, page: Value::Null, last: 0, complaints: Vec::new(), _home: home };
        browser.call("session.new", &json!({"capabilities": {}}));
        browser.call("session.subscribe", &json!({"events": ["log.entryAdded"]}));
        let tree = browser.call("browsingContext.getTree", &json!({}));
        browser.page = tree["contexts"][0]["context"].clone();
        browser
    }

    /// Calls a method and waits for its answer; complaints that come before it are kept.
    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let call = json!({"id": self.last, "method": method, "params": parameters});
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else { continue };
            let answer: Value = serde_json::from_str(text.as_str()).unwrap();
            if answer["method"] == "log.entryAdded" {
                self.complaints.push(answer["params"]["text"].to_string());
            } else if answer["id"] == json!(self.last) {
                assert!(answer["type"] == "success", "{method}: {answer}");
                return answer["result"].clone();
            }
        }
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

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the browser listens: it writes host and port into its profile.
fn address(home: &Path, child: &mut Child) -> String {
    let begun = Instant::now();
    loop {
        let told = std::fs::read_to_string(home.join("WebDriverBiDiServer.json"));
        let told: Value = serde_json::from_str(&told.unwrap_or_default()).unwrap_or_default();
        if let Some(port) = told["ws_port"].as_u64() {
            return format!("ws://127.0.0.1:{port}/session");
        }
        assert!(begun.elapsed() < PATIENCE, "Firefox does not answer");
        assert!(child.try_wait().unwrap().is_none(), "Firefox ended");
        std::thread::sleep(Duration::from_millis(50));
    }
}
