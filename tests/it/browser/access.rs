//! What readers who cannot see or point rely on: axe-core finds nothing on any kind of page, and everything
//! can be reached by the keyboard.

use std::path::PathBuf;

use serde_json::json;

use super::{KINDS, browser, opened, publish, scheme_of};

/// The rules of WCAG 2.2 at the levels A and AA.
const RULES: &str = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}";

/// axe-core as a script; `None`, after saying so, where `HEXAPLA_AXE` names none.
fn axe() -> Option<String> {
    let Some(path) = std::env::var_os("HEXAPLA_AXE").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_AXE names no axe.min.js (npm package axe-core)");
        return None;
    };
    Some(std::fs::read_to_string(path).unwrap())
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page() {
    let (Some(mut browser), Some(axe)) = (browser(), axe()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let check = format!(
        "axe.run(document, {RULES}).then(it => it.violations.map(it => it.id + ': ' + it.nodes.map(it => it.target + ' ' + it.failureSummary).join(' | ')))"
    );
    for (interface, scheme, width) in
        [("en", "light", 1440), ("en", "dark", 320), ("ar", "light", 320), ("ar", "dark", 1440)]
    {
        let home = publish(&folder.path().join(interface), interface);
        scheme_of(&mut browser, scheme);
        browser.size(width, 900);
        for (kind, path) in KINDS {
            browser.open(&format!("{home}/{path}"));
            browser.eval(&axe);
            let found = browser.eval(&check);
            assert_eq!(found, json!([]), "{kind}, {interface}, {scheme}, {width}");
        }
    }
}

/// Presses a key.
fn press(browser: &mut super::devtools::Browser, key: &str, code: u32) {
    for kind in ["rawKeyDown", "keyUp"] {
        let event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
        browser.call("Input.dispatchKeyEvent", &event);
    }
}

#[test]
fn the_keyboard_reaches_everything_and_shows_where_it_is() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.size(1440, 900);
    for path in ["statements/harbour-office.html", "documents/en/harbour.html"] {
        browser.open(&format!("{home}/{path}"));
        press(&mut browser, "Tab", 9);
        assert_eq!(browser.eval("document.activeElement.className"), json!("skip"), "{path}");
        let all = "[...document.querySelectorAll('a[href], button, select, input, summary, [tabindex=\"0\"]')].filter(it => it.checkVisibility({visibilityProperty: true}) && !(it.type === 'radio' && !it.checked))";
        let count = browser.eval(&format!("{all}.length")).as_u64().unwrap();
        let mut seen = 1;
        let mut weak = Vec::new();
        for _ in 0..count * 2 {
            press(&mut browser, "Tab", 9);
            let here = browser.eval("(() => { const it = document.activeElement, style = getComputedStyle(it); return [it === document.body || it.className === 'skip', style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, it.outerHTML.slice(0, 80)]; })()");
            if here[0] == json!(true) {
                break;
            }
            seen += 1;
            if here[1] != json!(true) {
                weak.push(here[2].clone());
            }
        }
        // The button that copies a passage comes along from one to the next, so there are more stops.
        assert!(seen >= count, "{path}: {seen} of {count} are reached");
        assert!(weak.is_empty(), "{path}: focus is not seen on {weak:?}");
    }
}

#[test]
fn sentences_that_say_the_same_light_up_together() {
    let Some((mut browser, _folder)) = opened("statements/harbour-office.html", 1440) else {
        return;
    };
    let lit = "[...document.querySelectorAll('#u3 [class^=l]')].filter(it => getComputedStyle(it).backgroundColor !== 'rgba(0, 0, 0, 0)').map(it => it.closest('.c').classList[1] + it.className).join()";
    assert_eq!(browser.eval(lit), json!(""));
    browser.eval("document.querySelector('#u3 .num').focus()");
    press(&mut browser, "ArrowRight", 39);
    assert_eq!(browser.eval(lit), json!("c1l1,c2l1"));
    browser.eval("document.querySelector('#u3 .c2 .l2').focus()");
    assert_eq!(browser.eval(lit), json!("c1l2,c2l2"));
}
