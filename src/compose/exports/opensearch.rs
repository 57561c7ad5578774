//! How a browser can search the archive from its address bar: `OpenSearch` 1.1.

use crate::compose::press::Press;
use crate::compose::route::SEARCH;
use crate::compose::xml::{self, DECLARATION};

/// How long the short name may be, in characters.
const SHORT: usize = 16;

/// The description; only of use where the site's own address is known.
pub(super) fn opensearch(press: &Press) -> String {
    let title = &press.options.title;
    let description =
        if press.options.description.is_empty() { title } else { &press.options.description };
    let mut out = String::from(DECLARATION);
    let namespace = ("xmlns", "http://a9.com/-/spec/opensearch/1.1/");
    xml::open(&mut out, "OpenSearchDescription", &[namespace]);
    out.push('\n');
    xml::element(&mut out, "ShortName", &title.chars().take(SHORT).collect::<String>());
    xml::element(&mut out, "Description", &description.chars().take(1024).collect::<String>());
    let template = format!("{}?q={{searchTerms}}", press.routes.absolute(SEARCH));
    xml::empty(&mut out, "Url", &[("type", "text/html"), ("template", &template)]);
    xml::element(&mut out, "InputEncoding", "UTF-8");
    out.push_str("</OpenSearchDescription>\n");
    out
}
