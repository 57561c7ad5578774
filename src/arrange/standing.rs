//! The program's own word on what belongs together, as a file that people can read and compare.
//!
//! It stands as `statements.tsv` in the content folder, beside the pages and apart from what curators
//! write into them: one line a version, sorted. Slugs are taken from it, decisions never.

use super::{Archive, Standing};

/// The name of the file inside the content folder.
pub const FILE: &str = "statements.tsv";

/// The first lines of the file.
const HEADING: &str = "# What Hexapla found, written by every build. To overrule it, write `statement:` into a page.\n# statement\tdocument\trelation\tsure (of 100)\tby\n";

/// Reads the file as the last build left it.
pub fn read(text: &str) -> Standing {
    let line = |line: &str| {
        let mut fields = line.split('\t');
        let slug = fields.next().filter(|slug| crate::vocab::slug::is_slug(slug))?;
        Some((fields.next()?.to_owned(), slug.to_owned()))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
}

/// Writes the file.
pub fn write(archive: &Archive) -> String {
    let mut text = HEADING.to_owned();
    for statement in &archive.statements {
        for version in &statement.versions {
            let Some(document) = archive.documents.get(version.document.0 as usize) else {
                continue;
            };
            let by = if version.pinned { "curator" } else { "program" };
            let relation = version.relation.word();
            let fields =
                [&statement.slug, &document.name, relation, &version.confidence.to_string(), by];
            text.push_str(&fields.join("\t"));
            text.push('\n');
        }
    }
    text
}
