//! The archive begun by `init` and shown by `serve`, over real sockets.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server that ends with the test.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    /// Serves an archive on a free port.
    fn start(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hexapla"))
            .args(["serve", "--port", "0", "--quiet"])
            .current_dir(root)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().unwrap().starts_with("serving")).unwrap();
        // What else is said must be taken, or the server would wait for it.
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.unwrap().replace("serving http://", "");
        Self { child, address: address.split('/').next().unwrap().to_owned() }
    }

    /// The whole answer to a request, as text.
    fn ask(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to one who knows the address.
    fn get(&self, path: &str) -> String {
        self.ask(path, &self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An archive just begun.
fn begun(extra: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["init", "."])
        .args(extra)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

#[test]
fn a_new_archive_builds_at_once_and_joins_its_two_texts() {
    let folder = begun(&[]);
    let build = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["build", "--strict"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&build.stderr).into_owned();
    assert!(build.status.success(), "{said}");
    assert!(said.contains("2 documents, 1 statement, 2 languages"), "{said}");
}

#[test]
fn beginning_again_leaves_everything_alone() {
    let folder = begun(&["--pages"]);
    let workflow = fs::read_to_string(folder.path().join(".github/workflows/pages.yml")).unwrap();
    assert!(workflow.contains("uses: actions/deploy-pages@v"), "{workflow}");
    assert!(!workflow.contains("VERSION") && !workflow.contains("CHECKOUT"), "{workflow}");
    fs::write(folder.path().join("hexapla.yaml"), "title: Mine\n").unwrap();
    fs::remove_file(folder.path().join("seeds/harbour-fr.txt")).unwrap();
    let again = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["init", "."])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing was written"));
    assert_eq!(fs::read_to_string(folder.path().join("hexapla.yaml")).unwrap(), "title: Mine\n");
    assert!(!folder.path().join("seeds/harbour-fr.txt").exists());
}

#[test]
fn an_edit_is_served_after_the_next_build_and_its_faults_are_told() {
    let folder = begun(&[]);
    let served = Served::start(folder.path());
    let home = served.get("/");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("/.hexapla/live.js"), "{home}");
    assert!(served.get("/.hexapla/news.js?seen=").contains("hexaplaNews(1,\"\")"));

    // The same edit brings a new title and a key that nobody knows.
    let page = fs::read_dir(folder.path().join("content/en")).unwrap().next().unwrap().unwrap();
    let text = fs::read_to_string(page.path()).unwrap();
    fs::write(page.path(), text.replacen("title:", "colour: blue\ntitle:", 1)).unwrap();
    let news = served.get("/.hexapla/news.js?seen=1");
    assert!(news.contains("hexaplaNews(2,") && news.contains("colour"), "{news}");
}

#[test]
fn only_the_site_is_served_and_to_this_machine_only() {
    let folder = begun(&[]);
    let served = Served::start(folder.path());
    assert!(served.get("/style.css?v=1").contains("Content-Type: text/css"));
    let outside = ["/../hexapla.yaml", "/%2e%2e/hexapla.yaml", "/.hexapla-manifest", "/nothing"];
    for path in outside {
        let answer = served.get(path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("# The settings"), "{path}");
    }
    assert!(served.ask("/", "archive.example").starts_with("HTTP/1.1 403"));
    assert!(served.ask("/", "localhost").starts_with("HTTP/1.1 200"));
}
