//! The elements of HTML, as far as the reading of pages must tell them apart.

/// Elements whose content is no text of the page.
pub(super) const SILENT: &[&str] =
    &["script", "style", "iframe", "title", "head", "noembed", "noframes"];

/// Elements around the text, or shown instead of something else: their content is furniture wherever it
/// stands.
pub(super) const ASIDE: &[&str] = &[
    "nav", "aside", "footer", "form", "dialog", "menu", "template", "noscript", "object", "svg",
    "canvas", "select", "textarea", "audio", "video", "button", "datalist",
];

/// Elements in which a paragraph may stand that does not end the one around them.
pub(super) const CONTAINERS: &[&str] = &[
    "div",
    "td",
    "th",
    "li",
    "dd",
    "article",
    "section",
    "main",
    "body",
    "blockquote",
    "figure",
    "figcaption",
    "details",
    "aside",
    "header",
    "footer",
    "form",
    "fieldset",
    "template",
    "noscript",
    "object",
    "button",
];

/// Elements that have no end.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that stand inside a line.
pub(super) const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input",
    "nobr", "math", "mi", "mn", "mo", "mrow", "ms", "msub", "msup", "mtext", "option",
];
