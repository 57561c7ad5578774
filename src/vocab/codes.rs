//! The table of diagnostics: one row a code. Codes are never reused.
//!
//! The first digit is the stage: 0 configuration and theme, 1 accession, 2 arrange, 3 collate,
//! 4 compose, 5 publish; 6 is what only `hexapla check` looks at, 7 what `hexapla verify` finds.

use serde::{Deserialize, Serialize};

/// How much weight a diagnostic has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A text was lost to the archive, or the site could not be made.
    Error,
    /// Something a curator should look at; the site is made all the same.
    Warning,
    /// Something worth knowing.
    Note,
}

impl Severity {
    /// The word that stands before the code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Declares the codes: id, name, severity and the page that `hexapla explain` prints.
macro_rules! codes {
    ($($variant:ident $id:literal $name:literal $severity:ident $why:literal)*) => {
        /// What a diagnostic is about.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code {
            $(#[doc = $why] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code itself, such as `HX101`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The name of the fault, such as `empty-seed`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much weight it has.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// Why it is said and what to do about it.
            pub fn why(self) -> &'static str {
                match self { $(Self::$variant => $why,)* }
            }
        }
    };
}

codes! {
    BadConfiguration "HX001" "bad-configuration" Error
        "`hexapla.yaml` cannot be read as configuration. Nothing is built until it is mended, because a build with other options than the ones you wrote would surprise you."
    UnknownSetting "HX002" "unknown-setting" Warning
        "`hexapla.yaml` holds a key that Hexapla does not know. It is ignored; look for a spelling mistake."
    BadTheme "HX010" "bad-theme" Error
        "A template of the theme cannot be read or rendered. `public/` is left as it was."
    NotText "HX101" "not-text" Error
        "A seed holds bytes that are no text in any known encoding or format: an image, a program, an archive. It gets no page. Convert it to text, or move it out of the seeds folder."
    EmptySeed "HX102" "empty-seed" Warning
        "A seed holds no text at all. It gets no page, and nothing is lost by that."
    NothingLeft "HX103" "nothing-left" Error
        "Everything in a seed was recognised as furniture, so that no statement is left. It gets no page. If the text is real, write a page for it by hand in the content folder."
    HugeLine "HX104" "huge-line" Warning
        "A seed holds a line longer than a mebibyte. Such lines are rarely prose; the page shows its beginning as text and the seed keeps the whole."
    UnknownLanguage "HX105" "unknown-language" Warning
        "The language of a text could not be told. The page says `lang: und`; write the tag into its front matter if you know it."
    KeptByHand "HX106" "kept-by-hand" Note
        "A page was edited by hand and its seed has changed since. The page is kept as it is; the hint shows what the seed says now."
    SeedGone "HX107" "seed-gone" Note
        "The seed of a page is no longer in the seeds folder. The page stays. Delete it by hand if it should go."
    DecodedWithLoss "HX108" "decoded-with-loss" Warning
        "Some bytes of a seed do not fit the encoding it is written in; they are shown as replacement characters. A side file can name another encoding."
    BadSideFile "HX109" "bad-side-file" Warning
        "A side file, `sources.csv` or the front matter of a seed cannot be read, names a seed that is not there, or says something that is not allowed. What could be read is used."
    SeedUnreadable "HX110" "seed-unreadable" Error
        "A seed is there but cannot be opened. Look at its permissions."
    PageTaken "HX111" "page-taken" Error
        "Two seeds claim one page. The second is not taken in until one of them is renamed."
    DigestDiffers "HX112" "digest-differs" Warning
        "A record of a web archive holds other bytes than the digest says that stands beside it. The file was damaged or altered after it was recorded. The page is made from what is there; get the archive anew, or say in its side file what you know."
    CutShort "HX113" "cut-short" Warning
        "A packed file or a record of a web archive ends before it is complete, or holds more than half a gibibyte. What could be read is used; get the file anew, or divide it."
    BrokenRecord "HX114" "broken-record" Warning
        "A line of JSON Lines is no JSON, a file that is called JSON is none, or a quotation mark in a table is never closed. What could be read is used: mend the file, or delete what is broken."
    RecordsLeftOut "HX115" "records-left-out" Note
        "A web archive holds records that are no text that can be read: pictures, scripts, PDF, answers that tell of an error. They get no page. Where one of them is a document, save its text as a file."
    BadFrontMatter "HX151" "bad-front-matter" Error
        "The front matter of a page cannot be read. The page is left out of the site until it is mended; it is never rewritten."
    UnknownField "HX152" "unknown-field" Warning
        "The front matter of a page holds a key that Hexapla does not know. It is kept; look for a spelling mistake."
    NoSuchPassage "HX153" "no-such-passage" Warning
        "`passages` in the front matter of a page names a passage that its text does not have. Passages are counted from 1; the number is that of the address `#p3` on the page of the document. What is named beyond the text has no effect."
    BadStatementName "HX201" "bad-statement-name" Warning
        "A page is pinned to a statement by a name that cannot stand in an address. Use lower-case letters, digits and hyphens. The page is arranged as if it were not pinned."
    StatementChanged "HX202" "statement-changed" Note
        "Since the last build documents joined or left a statement. Pin them with `statement:` if you disagree."
    BadAlignment "HX301" "bad-alignment" Warning
        "An alignment that a curator wrote names a passage or a document that is not there. The rest of it is used."
    BadName "HX302" "bad-name" Warning
        "`names.yaml` cannot be read, or names a form that the archive does not have. The rest of it is used. A form must stand in the file as it stands in the texts."
    BrokenLink "HX401" "broken-link" Warning
        "A text or a page of the site links to a file that the archive does not have, or to a place that is not in it. In a text, a link to another one is written as a relative path in the content folder, with the number of a passage where one is meant: `[the letter](../fr/letter.md#p3)`. Anything else without `https://` is shown as text."
    SiteTooLarge "HX501" "site-too-large" Warning
        "The site has nearly as many bytes as its host serves, or more: GitHub Pages serves 1 GB. The message says what each folder takes. The texts stand once more in the files of `data/`, and `exports` in hexapla.yaml names the formats you want; `search: false` leaves out the index of the search. Where the host serves more, say how many megabytes with `limit`; `limit: 0` says that it serves any number."
    UnknownTag "HX601" "unknown-tag" Warning
        "A page says that it is in a language by a tag that no language has. Write a tag after BCP 47, such as `pl`, `pt-BR` or `sr-Latn`; `und` where the language is not known."
    BackwardDate "HX602" "backward-date" Warning
        "The date of a page is an interval that ends before it begins."
    LonelyPin "HX603" "lonely-pin" Note
        "A page is pinned to a statement of which no other page is a version. Look for a spelling mistake; where it is to stand alone, `statement: none` says so."
    UnreviewedAlignment "HX604" "unreviewed-alignment" Warning
        "Rows of `align.csv` have the status `automatic`: nobody has looked at them, and they are not followed. Look at the passages, then write `reviewed` or `ignore`."
    SharedAddress "HX605" "shared-address" Warning
        "Several pages are to have one address by their names. All but the first get a longer one, and which is first may change when pages come or go, so that links from outside lead to another text. Rename all but one."
    NameClash "HX606" "name-clash" Warning
        "The names of two files differ in nothing but upper and lower case. On Windows and macOS, and on many memory sticks, one of them takes the place of the other. Rename one."
    RawChanged "HX701" "raw-changed" Error
        "A raw file holds other bytes than a page says it was made from: it was damaged, or changed after it was taken in. Get it back from a copy. Where the change is meant, `hexapla build` makes the page anew and records the new digest, unless you have edited the page."
    RawMissing "HX702" "raw-missing" Error
        "A page names a raw file that is not in the seeds folder any more, so that nobody can see what the page was made from. Get it back from a copy; where it was renamed, give it its name back."
    RawNew "HX703" "raw-new" Note
        "No page was made from a raw file: it was added since the last build, it holds no text, or its page was deleted by hand."
    RawUnrecorded "HX704" "raw-unrecorded" Warning
        "A page names a raw file and does not say which bytes it held, so that nobody can tell whether it has changed. Write its SHA-256 into the front matter if you know that the file is the right one."
    ManifestDiffers "HX705" "manifest-differs" Warning
        "The list of digests in the output folder does not fit the raw files, which are as the pages say. The site was built from others, or the list was changed after. Build again."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        assert!(Code::ALL.iter().all(|code| code.why().ends_with('.')));
    }
}
