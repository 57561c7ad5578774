//! A small archive in memory: invented texts in five languages and three scripts.

use std::collections::BTreeMap;
use std::sync::Arc;

use hexapla::arrange::{
    Archive, Document, DocumentId, Reason, Related, Relation, Shared, SharedKind, Statement,
    StatementId, Version,
};
use hexapla::collate::names::{Form, Name, Names, Place};
use hexapla::collate::{Cell, Finding, Kind, Line, Part, Synopsis, Unit};
use hexapla::compose::{Material, Options, Site, ThemeFiles, compose, default_theme};
use hexapla::daybook::Daybook;
use hexapla::error::Error;
use hexapla::vocab::date::{Basis, Date};
use hexapla::vocab::digest;
use hexapla::vocab::lang::Lang;
use hexapla::vocab::page::{Head, Page, Removed, Role};
use hexapla::vocab::prose::passages;

/// How the page of a document is fetched.
type Fetch<'a> = &'a (dyn Fn(DocumentId) -> Option<Page> + Sync);

/// An archive with everything that composing needs.
pub(crate) struct Stand {
    pub(crate) archive: Archive,
    pub(crate) synopses: Vec<Synopsis>,
    pub(crate) names: Names,
    pub(crate) pages: Vec<Page>,
    pub(crate) seeds: BTreeMap<String, Vec<u8>>,
    pub(crate) theme: ThemeFiles,
    pub(crate) options: Options,
}

impl Stand {
    /// Documents without a statement, in the order of their names.
    pub(crate) fn of(mut pages: Vec<(&str, Page)>) -> Self {
        pages.sort_by_key(|(name, _)| (*name).to_owned());
        let document = |(name, page): &(&str, Page)| Document {
            name: (*name).to_owned(),
            head: Arc::new(page.head.clone()),
            digest: String::new(),
            statement: None,
        };
        Self {
            archive: Archive {
                documents: pages.iter().map(document).collect(),
                statements: Vec::new(),
            },
            synopses: Vec::new(),
            names: Names::default(),
            pages: pages.into_iter().map(|(_, page)| page).collect(),
            seeds: BTreeMap::new(),
            theme: default_theme().iter().map(|(a, b)| ((*a).into(), (*b).into())).collect(),
            options: Options { title: "Test archive".into(), ..Options::default() },
        }
    }

    /// Plans the site and hands it on.
    pub(crate) fn site<T>(&self, then: impl FnOnce(Site) -> T) -> T {
        self.planned(&|id| self.page(id), |site| then(site.unwrap()))
    }

    /// The page of a document.
    pub(crate) fn page(&self, id: DocumentId) -> Option<Page> {
        self.pages.get(id.0 as usize).cloned()
    }

    /// Plans the site with pages that are fetched in some way, and hands on what comes of it.
    pub(crate) fn planned<T>(&self, page: Fetch, then: impl FnOnce(Result<Site, Error>) -> T) -> T {
        let seed = |name: &str| self.seeds.get(name).cloned();
        let (archive, synopses) = (&self.archive, self.synopses.as_slice());
        let names = &self.names;
        let kept = Daybook::default().drawer("none");
        let material = Material {
            archive,
            synopses,
            names,
            page,
            seed: &seed,
            seed_digest: &|_| None,
            text: &|_| None,
            kept: &kept,
            leads_on: &|_| false,
        };
        then(compose(material, &self.theme, &self.options))
    }

    /// Every file of the site.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        self.site(|site| {
            let render = |path: &str| match site.render(path) {
                Ok(bytes) => String::from_utf8(bytes).unwrap(),
                Err(fault) => panic!("{fault:?}"),
            };
            site.paths().into_iter().map(|path| (path.to_owned(), render(path))).collect()
        })
    }

    /// Binds documents, by name, into a statement whose passages stand in the rows that are given: for
    /// each row and version the passages, `!` before a moved and `=` before a repeated one.
    pub(crate) fn bind(&mut self, slug: &str, names: &[&str], rows: &[&[&str]]) {
        let id = StatementId(self.archive.statements.len() as u32);
        let find = |name: &str| self.archive.documents.iter().position(|it| it.name == name);
        let places: Vec<usize> = names.iter().map(|name| find(name).unwrap()).collect();
        let units = rows.iter().map(|row| Unit {
            cells: row.iter().zip(&places).map(|(cell, &at)| self.cell(cell, at)).collect(),
            confidence: 80,
            lines: Vec::new(),
            reviewed: false,
        });
        let units = units.collect();
        self.synopses.push(Synopsis { units, findings: Vec::new() });
        let version = |&at: &usize| Version {
            document: DocumentId(at as u32),
            confidence: 90,
            pinned: false,
            reason: Some(reason(places[0], 3)),
            relation: Relation::Translation,
        };
        self.archive.statements.push(Statement {
            slug: slug.into(),
            title: self.pages[places[0]].head.title.clone(),
            versions: places.iter().map(version).collect(),
            related: Vec::new(),
        });
        for at in places {
            self.archive.documents[at].statement = Some(id);
        }
    }

    /// A cell from the numbers of its passages, with `/` and a half for a half of one.
    fn cell(&self, text: &str, at: usize) -> Cell {
        let page = &self.pages[at];
        let title = std::iter::once(page.head.title.clone());
        let all: Vec<String> =
            title.chain(passages(&page.body).into_iter().map(|it| it.text)).collect();
        let part = |word: &str| {
            let again = word.starts_with('=');
            let (number, half) = word.trim_start_matches(['=', '!']).split_once('/').map_or_else(
                || (word.trim_start_matches(['=', '!']), ""),
                |(number, half)| (number, half),
            );
            let passage: usize = number.parse().unwrap();
            let length = all[passage].len();
            let middle = all[passage].find(". ").map_or(length, |it| it + 2);
            let (from, to) = match half {
                "1" => (0, middle),
                "2" => (middle, length),
                _ => (0, length),
            };
            Part { passage: passage as u32, from: from as u32, to: to as u32, again }
        };
        Cell {
            parts: text.split_whitespace().map(part).collect(),
            moved: text.contains('!'),
            confidence: 90,
        }
    }
}

/// A hedge that two versions have and the third lacks.
fn hedge() -> Finding {
    let readings = vec![(0, "About".into()), (1, "Environ".into()), (2, String::new())];
    Finding { unit: 2, kind: Kind::Hedge, readings, confidence: 80 }
}

/// A row of two sentences, in the first two versions.
fn lines() -> Vec<Line> {
    vec![
        Line { parts: vec![(0, stretch(2, 0, 10)), (1, stretch(2, 0, 9))] },
        Line { parts: vec![(0, stretch(2, 10, 47)), (1, stretch(2, 9, 34))] },
    ]
}

/// Some bytes of a passage.
fn stretch(passage: u32, from: u32, to: u32) -> Part {
    Part { passage, from, to, again: false }
}

/// A page.
pub(crate) fn page(lang: &str, title: &str, body: &str) -> Page {
    Page { head: Head::new(title, Lang::parse(lang).unwrap()), body: body.to_owned() }
}

/// A name that three versions have in the third unit.
fn brenov() -> Name {
    let form = |tag: &str, written: &str, version: u32| Form {
        lang: Lang::parse(tag).unwrap(),
        written: written.into(),
        places: vec![Place { statement: 0, version, unit: 2 }],
    };
    Name {
        slug: "brenov".into(),
        heading: ("Brenov".into(), Lang::parse("en")),
        forms: vec![form("ar", "برينوف", 2), form("en", "Brenov", 0), form("fr", "Brenov", 1)],
        kin: Vec::new(),
    }
}

/// A reason to stand beside a document: some names.
pub(crate) fn reason(with: usize, names: u32) -> Reason {
    let examples = vec!["Brenov".to_owned()];
    let shared = vec![Shared { kind: SharedKind::Names, count: names, examples }];
    Reason { with: DocumentId(with as u32), shared, agree: 0, of: 4 }
}

/// The sample: one statement in four versions, one related text and one lone document.
pub(crate) fn sample() -> Stand {
    let mut english = page(
        "en",
        "Harbour Office on the closing of the northern quay",
        "The northern quay is closed from Monday. About 40 ships are waiting.\n\nThe office thanks the crews for their *patience*.\n\n| quay | ships |\n|---|--:|\n| north | 40 |\n\n```rust\nfn main() {}\n```\n\nSee [the notice](../fr/bureau.md) and [outside](https://a.example/x).",
    );
    english.head.outlet = Some("Harbour Gazette".into());
    english.head.date = Date::parse("2023-04-03");
    english.head.date_basis = Some(Basis::Text);
    english.head.seed = Some("en.txt".into());
    english.head.tags = vec!["harbour".into()];
    english.head.frame = vec!["The office said on Monday:".into()];
    english.head.role = Some(Role::Original);
    let seed = "Harbour Gazette\n\nHarbour Office on the closing of the northern quay\n\nThe office said on Monday:\nThe northern quay is closed from Monday. About 40 ships are waiting.\n\nThe office thanks the crews for their patience.\nShare\u{202e} this\n";
    english.head.sha256 = Some(digest::sha256(seed.as_bytes()));
    english.head.removed =
        vec![Removed { line: 9, rule: "share-line".into(), text: "Share\u{202e} this".into() }];
    let french = page(
        "fr",
        "Le bureau du port sur la fermeture du quai nord",
        "Le quai nord est fermé à partir de lundi. Environ 40 navires attendent.\n\nLe bureau remercie les équipages.",
    );
    let mut arabic = page(
        "ar",
        "مكتب الميناء حول إغلاق الرصيف الشمالي",
        "يشكر المكتب الطواقم.\n\nأغلق الرصيف الشمالي اعتبارا من الاثنين. وتنتظر 40 سفينة.\n\nيشكر المكتب الطواقم مرة أخرى.",
    );
    arabic.head.date = Date::parse("2023-04");
    let chinese = page("zh-Hans", "港务局关于关闭北码头的说明", "北码头自星期一起关闭。");
    let related = page("en", "Fishermen protest at the quay", "Some protested.");
    let mut stand = Stand::of(vec![
        ("ar/maktab", arabic),
        ("en/harbour", english),
        ("en/protest", related),
        ("fr/bureau", french),
        ("zh-hans/ganwu", chinese),
    ]);
    stand.seeds.insert("en.txt".into(), seed.as_bytes().to_vec());
    stand.bind(
        "harbour-office",
        &["en/harbour", "fr/bureau", "ar/maktab", "zh-hans/ganwu"],
        &[
            &["0", "0", "0", "0"],
            &["1/1", "1/1", "2/1", "1"],
            &["1/2", "1/2", "2/2", ""],
            &["2", "2", "!1 =3", ""],
            &["3 4", "", "", ""],
        ],
    );
    stand.synopses[0].units[3].lines = lines();
    stand.synopses[0].findings = vec![hedge()];
    stand.names.entries = vec![brenov()];
    stand.archive.statements[0].related =
        vec![Related { document: DocumentId(2), reason: reason(1, 1) }];
    stand
}
