//! A browser at the end of a wire: its process with a profile that goes when it goes, and messages of JSON
//! over a web socket, each call with a number that its answer repeats.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// How long a browser may take to start.
const PATIENCE: Duration = Duration::from_mins(2);

/// The first of some programs that is in `PATH`.
pub(super) fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut folders = std::env::split_paths(&path);
    folders.find_map(|folder| names.iter().map(|name| folder.join(name)).find(|it| it.is_file()))
}

/// A running browser. What it leaves behind on the disk stands in its profile.
pub(super) struct Process {
    child: Child,
    home: TempDir,
}

impl Process {
    /// Starts a browser with a fresh profile, which `arguments` are told the folder of.
    pub(super) fn start(program: &Path, arguments: &dyn Fn(&Path) -> Vec<String>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let scratch = home.path().join("scratch");
        std::fs::create_dir(&scratch).unwrap();
        let child = Command::new(program)
            .args(arguments(home.path()))
            .env("HOME", home.path())
            .env("TMPDIR", scratch)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, home }
    }

    /// Where the browser listens, as it tells in a file of its profile.
    pub(super) fn address(&mut self, file: &str, read: fn(&str) -> Option<String>) -> String {
        let begun = Instant::now();
        loop {
            let told = std::fs::read_to_string(self.home.path().join(file)).unwrap_or_default();
            if let Some(address) = read(&told) {
                return address;
            }
            assert!(begun.elapsed() < PATIENCE, "the browser does not answer");
            assert!(self.child.try_wait().unwrap().is_none(), "the browser ended");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The wire.
pub(super) struct Wire {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    last: u64,
}

impl Wire {
    /// Takes up the wire to a browser.
    pub(super) fn to(address: &str) -> Self {
        Self { socket: tungstenite::connect(address).unwrap().0, last: 0 }
    }

    /// Calls a method and waits for its answer; whatever comes before it is handed on. `more` is put into
    /// the call.
    pub(super) fn call(
        &mut self,
        (method, parameters): (&str, &Value),
        more: &[(&str, &str)],
        other: &mut dyn FnMut(Value),
    ) -> Value {
        self.last += 1;
        let mut call = json!({"id": self.last, "method": method, "params": parameters});
        for (key, value) in more {
            call[*key] = json!(value);
        }
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let message = self.receive();
            if message["id"] == json!(self.last) {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            other(message);
        }
    }

    /// The next message.
    pub(super) fn receive(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                return serde_json::from_str(text.as_str()).unwrap();
            }
        }
    }
}
