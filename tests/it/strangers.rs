//! What somebody meets who does not know the program: empty folders, wrong words, odd names.

use std::fs;

use crate::archive::{Scratch, stderr, stdout};

/// Status and standard error of a run.
fn run(scratch: &Scratch, arguments: &[&str]) -> (Option<i32>, String) {
    let output = scratch.run(arguments);
    (output.status.code(), stderr(&output))
}

#[test]
fn nothing_is_made_where_there_is_no_archive() {
    let scratch = Scratch::new();
    let said = "error: there is no archive here, neither `seeds` nor `content`; `hexapla init DIR` begins one\n";
    for verb in ["build", "check", "verify"] {
        assert_eq!(run(&scratch, &[verb]), (Some(2), said.to_owned()), "{verb}");
    }
    assert!(scratch.files("").is_empty());
}

#[test]
fn no_site_is_written_among_what_it_is_made_from() {
    let scratch = Scratch::new();
    scratch.write("seeds/a.txt", "The ferry came in late and nobody was hurt.\n");
    for out in ["seeds", ".", "content/site", "seeds/../content"] {
        let (status, said) = run(&scratch, &["build", "--out", out]);
        let told = said.starts_with(&format!("error: the site cannot be written to `{out}`"));
        assert!(status == Some(2) && told, "{out}: {said}");
    }
    // And no page among the raw texts, where the next build would take it for one.
    for content in ["seeds", "seeds/pages"] {
        let (status, said) = run(&scratch, &["build", "--content", content]);
        let told = said.starts_with(&format!("error: pages cannot be written to `{content}`"));
        assert!(status == Some(2) && told, "{content}: {said}");
    }
    assert_eq!(scratch.files("").len(), 1);
}

#[test]
fn what_is_not_there_or_of_another_kind_is_named() {
    let scratch = Scratch::new();
    scratch.write("seeds/a.txt", "The ferry came in late and nobody was hurt.\n");
    scratch.write("file", "");
    for (arguments, said) in [
        (["build", "--seeds", "nowhere"], "there is no folder `nowhere`"),
        (["build", "--seeds", "file"], "`file` is not a folder"),
        (["build", "--content", "file"], "`file` is not a folder"),
        (["build", "--out", "file"], "`file` is not a folder"),
        (
            ["build", "--base-url", "a.example"],
            "the address of the site must begin with `https://`, not `a.example`",
        ),
    ] {
        assert_eq!(
            run(&scratch, &arguments),
            (Some(2), format!("error: {said}\n")),
            "{arguments:?}"
        );
    }
}

#[test]
fn every_command_says_what_it_is_for() {
    let scratch = Scratch::new();
    let all = stdout(&scratch.run(&["--help"]));
    let verbs = ["build", "init", "serve", "check", "verify", "group", "align", "lang", "explain"];
    let places: Vec<usize> =
        verbs.iter().map(|verb| all.find(&format!("\n  {verb} ")).unwrap()).collect();
    assert!(places.is_sorted(), "{all}");
    for verb in verbs {
        let help = stdout(&scratch.run(&[verb, "--help"]));
        assert!(help.contains(&format!("Usage: hexapla {verb}")), "{help}");
    }
    assert_eq!(scratch.run(&[]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn odd_names_are_taken_in_once_and_stay() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let scratch = Scratch::new();
    scratch.write("seeds/with space.txt", "The ferry came in late and nobody was hurt.\n");
    scratch.write("seeds/new\nline.txt", "The master thanked the crews for their patience.\n");
    scratch.write("seeds/tab\there.txt", "Forty ships are waiting outside the quay tonight.\n");
    std::os::unix::fs::symlink(".", scratch.path("seeds/loop")).unwrap();
    let built = scratch.build();
    assert!(stderr(&built).starts_with(
        "error[HX110]: cannot be read: the links go round in a circle\n --> seeds/loop\n"
    ));
    let register = fs::read_to_string(scratch.path("content/register.tsv")).unwrap();
    assert_eq!(register.lines().count(), 4, "{register}");
    fs::remove_file(scratch.path("seeds/loop")).unwrap();
    let again = scratch.run(&["build", "--fresh"]);
    assert!(
        stderr(&again).contains("3 documents") && !stderr(&again).contains("HX"),
        "{}",
        stderr(&again)
    );
    let groups = stdout(&scratch.run(&["group", "seeds"]));
    assert_eq!(groups.lines().map(|it| it.matches('\t').count()).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(stderr(&scratch.run(&["verify"])), "raw files: 3 unchanged: nothing is wrong\n");
    for byte in [0xfe, 0xff] {
        let name = [b"bad", &[byte][..], b".txt"].concat();
        let path = scratch.path("seeds").join(OsStr::from_bytes(&name));
        // Some file systems take no such names, and then there is nothing to tell apart.
        if fs::write(path, "Twelve dogs sleep beside the eastern gate of the town.\n").is_err() {
            return;
        }
    }
    for verb in ["build", "verify"] {
        let (status, said) = run(&scratch, &[verb, "--message-format", "short"]);
        assert!(
            said.contains("HX110") && said.contains("looks like that of another file"),
            "{said}"
        );
        assert_eq!(status, Some(1), "{verb}");
    }
}
