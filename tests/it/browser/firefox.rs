//! The pages in Firefox, opened from a folder. Where there is none the tests say so and pass.

use super::bidi::{self, Firefox};
use super::interface::SPOKEN;
use super::{KINDS, publish};

/// Firefox; `None`, after saying so, where the machine has none.
fn firefox(scripts: bool) -> Option<Firefox> {
    let found = bidi::find();
    if found.is_none() {
        println!("skipped: no Firefox is found in PATH");
    }
    found.map(|program| Firefox::start(&program, scripts))
}

#[test]
fn firefox_opens_every_kind_of_page_without_a_complaint() {
    let Some(mut browser) = firefox(true) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    let outside = format!(
        "performance.getEntriesByType('resource').map(it => it.name).filter(it => !it.startsWith('{home}')).join()"
    );
    for (kind, path) in KINDS {
        browser.open(&format!("{home}/{path}"));
        assert_eq!(browser.eval("document.documentElement.className"), "js", "{kind}");
        assert_eq!(browser.eval(&outside), "", "{kind} asks for something outside");
        assert_eq!(browser.complaints, Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn in_firefox_columns_are_chosen_and_the_interface_language_too() {
    let Some(mut browser) = firefox(true) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.open(&format!("{home}/statements/harbour-office.html"));
    let shown = "[1,2,3,4].filter(n => getComputedStyle(document.querySelector('#u1 .c' + n)).display !== 'none').join()";
    assert_eq!(browser.eval(shown), "1,2");
    browser.eval("document.querySelector('label:has(#v3)').click()");
    assert_eq!(browser.eval(shown), "1,2,3");
    assert_eq!(browser.eval("location.search"), "?v=1.2.3");
    browser.open(&format!("{home}/statements/harbour-office.html?ui=ar"));
    browser.eval(SPOKEN);
    let told = "document.dir + ' ' + document.querySelector('#synopsis').textContent";
    assert_eq!(browser.eval(told), "rtl جنبًا إلى جنب");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn in_firefox_a_question_is_answered_from_disk() {
    let Some(mut browser) = firefox(true) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = publish(folder.path(), "en");
    browser.open(&format!("{home}/search.html?q=quay&beside=ar"));
    let hit = "new Promise(then => (function wait() { document.querySelector('#hits .beside') ? then() : setTimeout(wait, 20); })()).then(() => document.querySelector('#hits h3 a').getAttribute('href') + ' ' + document.querySelector('#hits .beside p:last-child').textContent)";
    assert_eq!(
        browser.eval(hit),
        "documents/en/harbour.html#p1 أغلق الرصيف الشمالي اعتبارا من الاثنين."
    );
    assert_eq!(browser.complaints, Vec::<String>::new());
}
