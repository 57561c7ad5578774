//! The pages in a browser, opened from a folder as a reader would.
//!
//! Where no Chromium is found the tests say so and pass, unless `HEXAPLA_REQUIRE_BROWSER=1`.
//! `HEXAPLA_SCREENSHOTS=DIR cargo test pictures` takes a picture of each kind of page, in both directions,
//! light and dark, at three widths.

mod access;
mod bidi;
pub(crate) mod devtools;
mod firefox;
mod interface;
mod wire;

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::stand::{Stand, sample};
use devtools::Browser;

/// One page of each kind.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("home", "index.html"),
    ("documents", "documents.html"),
    ("document-ltr", "documents/en/harbour.html"),
    ("document-rtl", "documents/ar/maktab.html"),
    ("document-han", "documents/zh-hans/ganwu.html"),
    ("source", "sources/en/harbour.html"),
    ("statements", "statements.html"),
    ("statement", "statements/harbour-office.html"),
    ("languages", "languages.html"),
    ("language", "languages/en.html"),
    ("dates", "dates.html"),
    ("year", "dates/2023.html"),
    ("outlets", "outlets.html"),
    ("outlet", "outlets/harbour-gazette.html"),
    ("tags", "tags.html"),
    ("names", "names.html"),
    ("name", "names/brenov.html"),
    ("data", "data.html"),
    ("about", "about.html"),
    ("search", "search.html?q=quay&beside=ar"),
    ("not-found", "404.html"),
];

/// A browser; `None`, after saying so, where the machine has none.
pub(crate) fn browser() -> Option<Browser> {
    let found = devtools::find();
    if found.is_none() {
        let required = std::env::var_os("HEXAPLA_REQUIRE_BROWSER").is_some_and(|it| it == "1");
        assert!(!required, "no Chromium is found, and HEXAPLA_REQUIRE_BROWSER=1 asks for one");
        println!("skipped: no Chromium is found in PATH; set HEXAPLA_BROWSER to name one");
    }
    found.map(|program| Browser::start(&program))
}

/// Writes the sample site into a folder and gives the address of that folder.
pub(crate) fn publish(folder: &Path, interface: &str) -> String {
    let mut stand = sample();
    stand.options.interface = interface.into();
    write(&stand, folder)
}

/// Writes a site into a folder and gives the address of that folder.
pub(crate) fn write(stand: &Stand, folder: &Path) -> String {
    for (path, text) in stand.files() {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    format!("file://{}", folder.display())
}

/// A browser of a width with a page of the sample site open, and the folder of that site; `None` where the
/// machine has no browser.
pub(crate) fn opened(path: &str, width: u32) -> Option<(Browser, TempDir)> {
    let mut browser = browser()?;
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.size(width, 900);
    browser.open(&format!("{home}/{path}"));
    Some((browser, folder))
}

/// What a page must not do: complain, or ask for anything outside its folder.
pub(crate) fn faults(events: &[Value], home: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for event in events {
        let parameters = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "Log.entryAdded" => faults.push(parameters["entry"]["text"].to_string()),
            "Runtime.exceptionThrown" => faults.push(parameters["exceptionDetails"].to_string()),
            "Runtime.consoleAPICalled" => faults.push(parameters["args"].to_string()),
            "Network.requestWillBeSent" => {
                let url = parameters["request"]["url"].as_str().unwrap_or_default();
                if !url.starts_with(home) {
                    faults.push(format!("asks for {url}"));
                }
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn every_kind_of_page_opens_from_a_folder_with_and_without_scripts() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    for (off, interface) in [(true, "en"), (false, "en"), (false, "ar")] {
        let home = publish(&folder.path().join(interface), interface);
        browser.call("Emulation.setScriptExecutionDisabled", &json!({"value": off}));
        for (kind, path) in KINDS {
            for width in [320, 1440] {
                browser.size(width, 900);
                let events = browser.open(&format!("{home}/{path}"));
                let asked = events.iter().filter(|it| it["method"] == "Network.requestWillBeSent");
                assert!(asked.count() > 0, "{kind}: the browser told of no request");
                assert_eq!(faults(&events, &home), Vec::<String>::new(), "{kind}");
                let wide = browser.eval("document.documentElement.scrollWidth - innerWidth");
                assert!(
                    wide.as_i64().unwrap() <= 0,
                    "{kind} scrolls sideways, {interface}, {width}: {wide}"
                );
            }
        }
    }
}

#[test]
fn columns_are_chosen_and_directions_kept_without_scripts() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.size(1440, 900);
    browser.open(&format!("{home}/statements/harbour-office.html"));
    let shown = "[1,2,3,4].filter(n => getComputedStyle(document.querySelector('#u1 .c' + n)).display !== 'none').join()";
    assert_eq!(browser.eval(shown), json!("1,2"));
    browser.eval("document.querySelector('label:has(#v3)').click()");
    browser.eval("document.querySelector('label:has(#v2)').click()");
    assert_eq!(browser.eval(shown), json!("1,3"));
    let cell = "getComputedStyle(document.querySelector('#u1 .c3 .said')).direction";
    assert_eq!(browser.eval(cell), json!("rtl"));
    let level = "document.querySelector('#u1 .c1').getBoundingClientRect().top === document.querySelector('#u1 .c3').getBoundingClientRect().top";
    assert_eq!(browser.eval(level), json!(true));
    let first = "document.querySelector('#u1 .c3').getBoundingClientRect().left < document.querySelector('#u1 .c1').getBoundingClientRect().left";
    assert_eq!(browser.eval(first), json!(false));
    browser.eval("document.querySelector('#o3').selectedIndex = 1");
    assert_eq!(browser.eval(first), json!(true), "the third version is put to the first place");
    browser.eval("document.querySelector('label:has(#interleaved)').click()");
    assert_eq!(browser.eval(level), json!(false));
    let label = "document.querySelector('#u1 .c3 .who').getBoundingClientRect().width > 20";
    assert_eq!(browser.eval(label), json!(true));
}

#[test]
fn a_row_that_says_how_sure_it_is_keeps_its_columns() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut stand = sample();
    for (at, unit) in stand.synopses.iter_mut().flat_map(|it| &mut it.units).enumerate() {
        (unit.reviewed, unit.confidence) = (at % 2 == 0, 10);
    }
    let home = write(&stand, folder.path());
    browser.size(1440, 900);
    browser.open(&format!("{home}/statements/harbour-office.html"));
    let boxes = "[...document.querySelectorAll('.row:has(.state)')].map(row => [...row.querySelectorAll('.c, .state')].map(it => it.getBoundingClientRect()).filter(it => it.width))";
    let odd = format!(
        "{boxes}.filter(([a, b, note]) => a.top !== b.top || a.right > b.left || a.width < 400 || b.width < 400 || note.top < a.top + 20).length"
    );
    assert_eq!(browser.eval(&format!("{boxes}.length > 2")), json!(true));
    assert_eq!(browser.eval(&odd), json!(0));
    browser.size(400, 900);
    let stacked = boxes.replace(".c, .state", ".c")
        + ".every(([a, b]) => !b || a.bottom <= b.top + 1 && Math.abs(a.left - b.left) < 1)";
    assert_eq!(browser.eval(&stacked), json!(true));
}

#[test]
fn every_mark_of_the_overview_is_seen_at_once_on_a_phone() {
    let Some((mut browser, _folder)) = opened("statements/harbour-office.html", 360) else {
        return;
    };
    let more = "for (const strip of document.querySelectorAll('.strips ol')) while (strip.children.length < 30) strip.append(strip.lastElementChild.cloneNode(true))";
    browser.eval(more);
    let hidden = "[...document.querySelectorAll('.strips li')].map(it => it.getBoundingClientRect()).filter(it => it.right > innerWidth || it.left < 0 || it.width < 24).length";
    assert_eq!(browser.eval(hidden), json!(0));
}

#[test]
fn the_choice_of_columns_stands_in_the_address() {
    let Some((mut browser, _folder)) = opened("statements/harbour-office.html?v=3.4", 1440) else {
        return;
    };
    let checked = "[...document.querySelectorAll('.choose [type=checkbox]')].filter(it => it.checked).map(it => it.id).join()";
    assert_eq!(browser.eval(checked), json!("v3,v4"));
    browser.eval("document.querySelector('label:has(#v1)').click()");
    assert_eq!(browser.eval("location.search"), json!("?v=1.3.4"));
    // Who follows a link to what a version says is shown that version.
    browser.eval("document.querySelector('.strips tr:nth-child(2) li a').click()");
    assert_eq!(browser.eval("location.search"), json!("?v=1.2.3.4"));
}

#[test]
fn text_has_contrast_in_light_and_dark() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    for scheme in ["light", "dark"] {
        scheme_of(&mut browser, scheme);
        for (kind, path) in KINDS {
            browser.open(&format!("{home}/{path}"));
            let weak = browser.eval(CONTRAST);
            assert_eq!(weak, json!([]), "{kind}, {scheme}");
        }
    }
}

/// Elements with text of their own whose contrast (WCAG 2.2, 1.4.3) with the nearest opaque ground is
/// below 4.5.
const CONTRAST: &str = r"(() => {
    const parse = text => text.match(/[\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
        const part = it => (it /= 255) <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const ground = element => {
        for (let it = element; it; it = it.parentElement) {
            const colour = parse(getComputedStyle(it).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const weak = [];
    for (const element of document.body.querySelectorAll('*')) {
        const own = [...element.childNodes].some(it => it.nodeType === 3 && it.data.trim());
        if (!own || element.closest('.vh') || !element.checkVisibility({visibilityProperty: true})) continue;
        const pair = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
        const ratio = (pair[0] + 0.05) / (pair[1] + 0.05) * 1;
        let opacity = 1;
        for (let it = element; it; it = it.parentElement) opacity *= getComputedStyle(it).opacity;
        if (ratio * opacity < 4.5) weak.push(element.className + ': ' + element.textContent.trim().slice(0, 30) + ' ' + (ratio * opacity).toFixed(2));
    }
    return weak;
})()";

/// Takes a picture of each kind of page where a folder for them is named.
#[test]
fn pictures() {
    let Some(folder) = std::env::var_os("HEXAPLA_SCREENSHOTS") else {
        println!("skipped: HEXAPLA_SCREENSHOTS names no folder");
        return;
    };
    let Some(mut browser) = browser() else { return };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    for (direction, interface) in [("ltr", "en"), ("rtl", "ar")] {
        let site = tempfile::tempdir().unwrap();
        let home = publish(site.path(), interface);
        for scheme in ["light", "dark"] {
            scheme_of(&mut browser, scheme);
            for (kind, path) in KINDS {
                for width in [1440, 768, 360] {
                    browser.size(width, 900);
                    browser.open(&format!("{home}/{path}"));
                    let name = folder.join(format!("{kind}-{direction}-{width}-{scheme}.png"));
                    std::fs::write(name, decode(&browser.picture(width))).unwrap();
                }
            }
        }
    }
}

/// Lets pages see that the reader prefers light or dark.
pub(crate) fn scheme_of(browser: &mut Browser, scheme: &str) {
    let feature = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
    browser.call("Emulation.setEmulatedMedia", &feature);
}

/// Bytes from base64 (RFC 4648), without regard to anything outside its alphabet.
fn decode(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(digit).map(u32::from).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for chunk in digits.chunks(4) {
        let word = chunk.iter().fold(0, |word, digit| word << 6 | digit) << (6 * (4 - chunk.len()));
        bytes.extend(word.to_be_bytes().into_iter().skip(1).take(chunk.len() - 1));
    }
    bytes
}
