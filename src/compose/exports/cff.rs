//! How to cite the archive: the Citation File Format, version 1.2.0.

use std::fmt::Write as _;

use serde_json::json;

use super::one_line;
use crate::compose::press::Press;

/// The file. A string of JSON is one of YAML, too, so nothing in a title can be misread.
pub(super) fn cff(press: &Press) -> String {
    let title = json!(one_line(&press.options.title));
    let mut out = format!(
        "cff-version: 1.2.0\nmessage: Please cite this archive as given here.\ntype: dataset\ntitle: {title}\nauthors:\n  - name: {title}\n"
    );
    let abstracts = one_line(&press.options.description);
    if !abstracts.is_empty() {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "abstract: {}", json!(abstracts));
    }
    if press.routes.is_public() {
        let _ = writeln!(out, "url: {}", json!(press.routes.absolute("index.html")));
    }
    out
}
