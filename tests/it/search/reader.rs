//! The index read as its script reads it, from the files of a site.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// The files of an index.
pub(crate) struct Reader {
    files: BTreeMap<String, String>,
    directory: Value,
    keys: Vec<String>,
}

/// A term as its shard lists it.
struct Listed {
    shard: String,
    list: Vec<u8>,
    /// Its place among the terms of the shard, and among those whose lists stand apart.
    order: usize,
    long: Option<usize>,
}

impl Reader {
    /// Opens an index.
    pub(crate) fn open(files: &BTreeMap<String, String>) -> Self {
        let directory = files["search/index.js"].as_str();
        let directory = directory.strip_prefix("hexapla.put(\"index\",").unwrap();
        let directory: Value =
            serde_json::from_str(directory.trim_end().trim_end_matches(')')).unwrap();
        let mut keys = Vec::new();
        for group in directory["groups"].as_array().unwrap() {
            let first = group[0].as_str().unwrap();
            let name = format!("k/{}", shard_name(first));
            let text = files[&format!("search/{name}.js")].as_str();
            let text = text.strip_prefix(&format!("hexapla.put(\"{name}\",")).unwrap();
            let text: String = serde_json::from_str(text.trim_end().trim_end_matches(')')).unwrap();
            let own = unfold(&text);
            assert_eq!((own[0].as_str(), own.len() as u64), (first, group[1].as_u64().unwrap()));
            keys.extend(own);
        }
        assert!(keys.is_sorted());
        Self { files: files.clone(), directory, keys }
    }

    /// The bytes of a file.
    fn bytes(&self, name: &str) -> Vec<u8> {
        let text = &self.files[&format!("search/{name}.js")];
        let rest = text.strip_prefix(&format!("hexapla.put(\"{name}\",\"")).unwrap();
        STANDARD.decode(rest.strip_suffix("\")\n").unwrap()).unwrap()
    }

    /// A term of the index.
    fn find(&self, term: &str) -> Option<Listed> {
        let at = self.keys.iter().rposition(|it| it.as_str() <= term)?;
        let shard = shard_name(&self.keys[at]);
        let bytes = self.bytes(&format!("t/{shard}"));
        let mut rest = bytes.as_slice();
        let (length, named) = (number(&mut rest) as usize, number(&mut rest) as usize);
        let (mut dictionary, rest) = rest.split_at(length);
        let mut lists = &rest[named..];
        let (mut before, mut order, mut apart) = (Vec::<u8>::new(), 0, 0);
        while !dictionary.is_empty() {
            let (same, more) = (dictionary[0] as usize, dictionary[1] as usize);
            before.truncate(same);
            before.extend(&dictionary[2..2 + more]);
            dictionary = &dictionary[2 + more..];
            let size = number(&mut dictionary) as usize;
            let long = (size & 1 == 1).then_some(apart);
            let list =
                if long.is_none() { lists.split_at(size >> 1).0.to_vec() } else { Vec::new() };
            if before == term.as_bytes() {
                let list = long.map_or(list, |it| self.bytes(&format!("t/{shard}-{it}")));
                return Some(Listed { shard, list, order, long });
            }
            lists = &lists[list.len()..];
            order += 1;
            apart += usize::from(long.is_some());
        }
        None
    }

    /// The number of the first document of each language.
    fn firsts(&self) -> Vec<usize> {
        let languages = self.directory["languages"].as_array().unwrap();
        let counts = languages.iter().map(|it| it["n"].as_u64().unwrap() as usize);
        counts.scan(0, |sum, count| Some(std::mem::replace(sum, *sum + count))).collect()
    }

    /// The documents of a term with their weights.
    pub(crate) fn documents(&self, term: &str) -> Vec<(usize, u32)> {
        self.find(term).map_or_else(Vec::new, |it| self.walk(&it.list))
    }

    /// The documents of a list with their weights.
    fn walk(&self, mut list: &[u8]) -> Vec<(usize, u32)> {
        let firsts = self.firsts();
        let mut found = Vec::new();
        while !list.is_empty() {
            let head = number(&mut list) as usize;
            let length = if head & 1 == 1 { number(&mut list) as usize } else { list.len() };
            let (mut group, rest) = list.split_at(length);
            let mut next = firsts[head >> 1];
            while !group.is_empty() {
                let posting = number(&mut group);
                let document = next + (posting >> 3) as usize;
                found.push((document, posting & 7));
                next = document + 1;
            }
            list = rest;
        }
        found
    }

    /// Where a term stands in a document.
    pub(crate) fn positions(&self, term: &str, document: usize) -> Vec<u32> {
        let listed = self.find(term).unwrap_or_else(|| panic!("no term {term}"));
        let all = if let Some(at) = listed.long {
            self.bytes(&format!("p/{}-{at}", listed.shard))
        } else {
            let bytes = self.bytes(&format!("p/{}", listed.shard));
            let terms = self.terms(&listed.shard);
            let mut rest = bytes.as_slice();
            let sizes: Vec<usize> = (0..terms).map(|_| number(&mut rest) as usize).collect();
            let from: usize = sizes[..listed.order].iter().sum();
            rest[from..from + sizes[listed.order]].to_vec()
        };
        let mut rest = all.as_slice();
        for (number_of, _) in self.walk(&listed.list) {
            let (mut position, mut places) = (0, Vec::new());
            loop {
                let next = number(&mut rest);
                position += next >> 1;
                places.push(position);
                if next & 1 == 1 {
                    break;
                }
            }
            if number_of == document {
                return places;
            }
        }
        Vec::new()
    }

    /// How many terms a shard has.
    fn terms(&self, shard: &str) -> usize {
        let bytes = self.bytes(&format!("t/{shard}"));
        let mut rest = bytes.as_slice();
        let length = number(&mut rest) as usize;
        number(&mut rest);
        let (mut dictionary, mut count) = (&rest[..length], 0);
        while !dictionary.is_empty() {
            dictionary = &dictionary[2 + dictionary[1] as usize..];
            number(&mut dictionary);
            count += 1;
        }
        count
    }

    /// The text of a document, by its number.
    pub(crate) fn text(&self, document: usize) -> Value {
        let firsts = self.firsts();
        let language = firsts.partition_point(|&it| it <= document) - 1;
        let tag = self.directory["languages"][language]["tag"].as_str().unwrap();
        let at = document - firsts[language];
        let size = self.directory["places"].as_u64().unwrap() as usize;
        let bytes = self.bytes(&format!("c/{}-{}", tag.to_ascii_lowercase(), at / size));
        let mut rest = bytes.as_slice();
        let places: Vec<u32> = (0..(at % size + 1) * 3).map(|_| number(&mut rest)).collect();
        let [file, group, member] = places[at % size * 3..] else { panic!("no place") };
        let bytes = self.bytes(&format!("d/{file:x}"));
        let text = miniz_oxide::inflate::decompress_to_vec(&bytes).unwrap();
        let groups: Value = serde_json::from_slice(&text).unwrap();
        groups[group as usize]["v"][member as usize].clone()
    }
}

/// Reads a number of seven bits a byte and moves on behind it.
fn number(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return number;
        }
    }
}

/// The name of the shard that begins with a key.
fn shard_name(key: &str) -> String {
    if key.is_empty() {
        "0".to_owned()
    } else {
        hexapla::vocab::digest::hexadecimal(key.as_bytes())
    }
}

/// Keys from lines that say how many characters each shares with the one before.
fn unfold(text: &str) -> Vec<String> {
    let mut before: Vec<char> = Vec::new();
    let lines = text.lines().map(|line| {
        let mut rest = line.chars();
        before.truncate(rest.next().unwrap() as usize - 'a' as usize);
        before.extend(rest);
        before.iter().collect()
    });
    lines.collect()
}
