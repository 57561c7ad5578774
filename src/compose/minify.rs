//! The site without idle bytes. minify-html lives here and nowhere else.

use std::borrow::Cow;

use minify_html::Cfg;

/// A template without idle bytes.
pub(super) fn template(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// A style sheet without idle bytes.
pub(super) fn style(text: &str) -> String {
    let cfg = Cfg { minify_css: true, ..Cfg::default() };
    inner(text, "style", &cfg)
}

/// A script without idle bytes.
pub(super) fn script(text: &str) -> String {
    let cfg = Cfg { minify_js: true, ..Cfg::default() };
    inner(text, "script", &cfg)
}

/// What stands in an element after minifying; the text itself where anything is odd.
fn inner(text: &str, element: &str, cfg: &Cfg) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let page = minify_html::minify(format!("{open}{text}{close}").as_bytes(), cfg);
    String::from_utf8(page)
        .ok()
        .and_then(|page| Some(page.strip_prefix(&open)?.strip_suffix(&close)?.to_owned()))
        .filter(|inner| !inner.is_empty())
        .unwrap_or_else(|| text.to_owned())
}
