//! What publishing promises when things go wrong: a killed build, a full disk, a folder that cannot be
//! written to, two builds at once. A file is as it was or as it will be, and the next build heals.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::archive::{Scratch, stderr};

/// A small archive: one statement and a lone text of the sample.
fn archive() -> Scratch {
    let scratch = Scratch::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if ["016", "029", "041", "044"].iter().any(|it| name.starts_with(it)) {
            scratch.write(&format!("seeds/{name}"), fs::read(&path).unwrap());
        }
    }
    scratch
}

/// The files of an archive that people read or keep: pages and the site, without what is hidden.
fn files(scratch: &Scratch) -> BTreeMap<String, Vec<u8>> {
    let hidden = |name: &String| name.split('/').any(|part| part.starts_with('.'));
    let mut all = BTreeMap::new();
    for folder in ["seeds", "content", "public"] {
        let found = scratch.files_if_there(folder);
        let found = found.into_iter().filter(|(name, _)| name == ".nojekyll" || !hidden(name));
        all.extend(found.map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    }
    all
}

/// Changes an archive so that nearly every file of the site must change, one goes and one comes.
fn change(scratch: &Scratch) {
    scratch.write("hexapla.yaml", "title: Another title\nbase_url: https://example.org/a\n");
    let page = scratch.page_of("029");
    fs::remove_file(scratch.path(&page)).unwrap();
    scratch.write("content/en/new.md", "---\ntitle: New\nlang: en\n---\n\nBy hand.\n");
    scratch.write(
        "seeds/new.txt",
        "A new text.\n\nIt has a few words of its own, and then no more.\n",
    );
}

fn copy(from: &Scratch) -> Scratch {
    let to = Scratch::new();
    for (name, bytes) in from.files("") {
        to.write(&name, bytes);
    }
    to
}

fn command(scratch: &Scratch) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    command.current_dir(scratch.path("")).arg("build");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_heals() {
    let old = archive();
    assert!(old.build().status.success());
    let before = files(&old);
    let new = copy(&old);
    change(&new);
    let begun = Instant::now();
    assert!(new.build().status.success());
    let whole = begun.elapsed();
    let after = files(&new);
    let mut killed = 0;
    for step in 0..14 {
        let scratch = copy(&old);
        change(&scratch);
        let mut build = command(&scratch).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(step) / 12.0));
        build.kill().unwrap();
        killed += u32::from(!build.wait().unwrap().success());
        for (name, bytes) in files(&scratch) {
            let known = [before.get(&name), after.get(&name)].contains(&Some(&bytes));
            assert!(known, "step {step}: `{name}` is neither old nor new");
        }
        let healed = scratch.build();
        assert!(healed.status.success(), "step {step}: {}", stderr(&healed));
        assert!(files(&scratch) == after, "step {step}: not healed");
        let hidden = scratch.files("public").into_keys().filter(|it| it.starts_with('.'));
        let hidden: Vec<String> = hidden.collect();
        assert_eq!(hidden, [".hexapla-lock", ".hexapla-manifest", ".nojekyll"], "step {step}");
    }
    assert!(killed > 4, "no build was killed while it ran: {killed}");
}

/// A file system of its own in a folder, until it is dropped; `None` where this run may not mount one.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: PathBuf, options: &str) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&at).stderr(Stdio::null());
        let mounted = mount.status().is_ok_and(|it| it.success());
        if !mounted {
            eprintln!("skipped: this run may not mount a file system");
        }
        mounted.then_some(Self(at))
    }

    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        let done = Command::new("mount").args(["-o", &options]).arg(&self.0).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_named_and_nothing_is_lost() {
    let scratch = archive();
    let Some(disk) = Disk::mount(scratch.path("public"), "size=4m") else { return };
    assert!(scratch.build().status.success());
    let before = scratch.files("public");
    change(&scratch);
    let used: usize = before.values().map(|it| it.len().next_multiple_of(4096) + 4096).sum();
    disk.remount(&format!("size={}k", used / 1024));
    let full = scratch.build();
    assert_eq!(full.status.code(), Some(2), "{}", stderr(&full));
    assert!(stderr(&full).contains("cannot write `public/"), "{}", stderr(&full));
    assert!(stderr(&full).contains("No space left"), "{}", stderr(&full));
    let kept = scratch.files("public");
    assert!(before.iter().all(|(name, bytes)| kept.get(name) == Some(bytes)), "a file is lost");
    disk.remount("size=4m");
    assert!(scratch.build().status.success());
    assert!(String::from_utf8_lossy(&scratch.files("public")["index.html"]).contains("Another"));
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let scratch = archive();
    scratch.write("public", "a file where a folder should be");
    let output = scratch.build();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`public"), "{}", stderr(&output));
    fs::remove_file(scratch.path("public")).unwrap();
    let Some(disk) = Disk::mount(scratch.path("public"), "size=4m") else { return };
    disk.remount("ro");
    let output = scratch.build();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Read-only file system"), "{}", stderr(&output));
    disk.remount("rw");
    assert!(scratch.build().status.success());
}

#[test]
fn what_cannot_be_kept_between_builds_is_no_fault() {
    let scratch = archive();
    scratch.write(".hexapla", "a file where a folder should be");
    let output = scratch.build();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(scratch.path("public/index.html").is_file());
}

#[test]
fn of_two_builds_at_once_one_is_refused_and_nothing_is_wrong() {
    let scratch = archive();
    assert!(scratch.build().status.success());
    let lock = fs::File::options().write(true).open(scratch.path(".hexapla/lock")).unwrap();
    lock.lock().unwrap();
    let refused = scratch.build();
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("another build is at work"), "{}", stderr(&refused));
    drop(lock);
    change(&scratch);
    let alone = copy(&scratch);
    assert!(alone.build().status.success());
    let mut both: Vec<_> = (0..3).map(|_| command(&scratch).spawn().unwrap()).collect();
    let codes: Vec<_> = both.iter_mut().map(|it| it.wait().unwrap().code()).collect();
    assert!(codes.contains(&Some(0)), "{codes:?}");
    assert!(codes.iter().all(|it| [Some(0), Some(2)].contains(it)), "{codes:?}");
    assert!(files(&scratch) == files(&alone), "three at once are not as one");
}

/// After how long a build that has not begun counts as one that hangs.
const PATIENCE: Duration = Duration::from_mins(2);

#[test]
fn a_lock_that_a_killed_build_left_holds_nobody_up() {
    let scratch = archive();
    let begun = Instant::now();
    let mut build = command(&scratch).spawn().unwrap();
    while !scratch.path(".hexapla/lock").exists() && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
    build.kill().unwrap();
    build.wait().unwrap();
    assert!(scratch.build().status.success());
}
