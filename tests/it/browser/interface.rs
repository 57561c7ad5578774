//! The language of the interface, as a reader chooses it; and what is copied.

use serde_json::{Value, json};

use super::devtools::Browser;
use super::{browser, faults, publish};

/// Pages on which every kind of message is said.
const PAGES: &[&str] = &[
    "index.html",
    "statements/harbour-office.html",
    "documents/en/harbour.html",
    "sources/en/harbour.html",
    "dates/2023.html",
    "about.html",
    "search.html?q=quay&beside=fr",
];

/// Waits until the page speaks the language that its address asks for.
pub(super) const SPOKEN: &str = "new Promise(then => (function wait() {
    const asked = new URLSearchParams(location.search).get('ui') || hexapla.lang;
    document.documentElement.lang === asked ? then() : setTimeout(wait, 20);
})())";

/// Opens a page, and waits until what it searches for is found.
fn open(browser: &mut Browser, address: &str) -> Vec<Value> {
    let events = browser.open(address);
    browser.eval(SPOKEN);
    if address.contains("search.html") {
        browser.eval("new Promise(then => (function wait() { document.querySelector('#hits li') ? then() : setTimeout(wait, 20); })())");
    }
    events
}

/// What a reader is told on a page: its words and the labels that are read out, without the list of
/// languages to choose from.
const TOLD: &str = "(() => {
    const page = document.body.cloneNode(true);
    page.querySelectorAll('.tongue, noscript').forEach(it => it.remove());
    const labels = [...page.querySelectorAll('[aria-label], [title]')].map(it => (it.ariaLabel || '') + (it.title || ''));
    return [document.dir, document.documentElement.lang, page.textContent.replace(/\\s+/g, ' '), labels.join('|')];
})()";

#[test]
fn a_page_says_the_same_in_a_chosen_language_as_if_it_were_set_in_it() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let english = publish(&folder.path().join("en"), "en");
    for (name, _) in hexapla::compose::default_theme() {
        let Some(lang) = name.strip_prefix("messages/").and_then(|it| it.strip_suffix(".yaml"))
        else {
            continue;
        };
        let set = publish(&folder.path().join(lang), lang);
        for path in PAGES {
            open(&mut browser, &format!("{set}/{path}"));
            let wanted = browser.eval(TOLD);
            let sign = if path.contains('?') { '&' } else { '?' };
            let events = open(&mut browser, &format!("{english}/{path}{sign}ui={lang}"));
            let chosen = browser.eval(TOLD);
            assert_eq!(chosen, wanted, "{lang}, {path}");
            assert_eq!(faults(&events, &english), Vec::<String>::new(), "{lang}, {path}");
        }
    }
}

#[test]
fn the_chosen_language_goes_along_and_changes_no_text() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.open(&format!("{home}/documents/fr/bureau.html"));
    let text = "document.querySelector('.body').outerHTML";
    let before = browser.eval(text);
    let choose = "(() => { const it = document.querySelector('.tongue'); it.value = 'ar'; it.dispatchEvent(new Event('change')); })()";
    browser.eval(choose);
    browser.eval(SPOKEN);
    assert_eq!(browser.eval("document.dir + location.search"), json!("rtl?ui=ar"));
    assert_eq!(browser.eval(text), before);
    let href = "document.querySelector('.go').getAttribute('href')";
    assert_eq!(browser.eval(href), json!("../../statements/harbour-office.html?ui=ar"));
}

#[test]
fn what_is_copied_carries_where_it_is_from() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.open(&format!("{home}/documents/en/harbour.html"));
    browser.eval("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");
    browser.eval("document.querySelector('.copy button').click()");
    let copied = browser.eval("copied");
    let copied = copied.as_str().unwrap();
    assert!(
        copied.starts_with("Harbour Gazette, “Harbour Office on the closing of the northern quay”, 3 April 2023. Test archive, documents/en/harbour.html, SHA-256 "),
        "{copied}"
    );
    browser.eval("document.querySelector('#p2 .n').focus()");
    browser.eval("document.querySelector('#p2 .clip').click()");
    let passage = browser.eval("copied");
    let passage = passage.as_str().unwrap();
    assert!(
        passage
            .starts_with("“The office thanks the crews for their patience.” ¶2. Harbour Gazette, "),
        "{passage}"
    );
}
