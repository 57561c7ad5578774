//! Web archives (WARC, ISO 28500): every document that is text becomes a draft.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _};

use flate2::read::{GzDecoder, MultiGzDecoder, ZlibDecoder};

use super::html;
use super::plain::{self, Markup};
use crate::accession::draft::Draft;
use crate::vocab::codes::Code;
use crate::vocab::decode::decode;
use crate::vocab::digest;

/// The most that is unpacked of one record, or of one file that is no archive, in bytes.
const MOST: u64 = 1 << 27;

/// Whether a file that `gzip` packed is a web archive.
pub(crate) fn is_packed(bytes: &[u8]) -> bool {
    let mut start = [0; 5];
    MultiGzDecoder::new(bytes).read_exact(&mut start).is_ok() && &start == b"WARC/"
}

/// Reads a web archive that `gzip` packed, member by member; tells whether all of it could be unpacked.
pub(crate) fn read_packed(bytes: &[u8]) -> (Vec<Draft>, bool) {
    read(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(bytes)))
}

/// Unpacks a file that `gzip` packed, member by member; tells whether all of it could be unpacked. What
/// could be read before a fault is used.
pub(crate) fn unpack(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(MOST).read_to_end(&mut unpacked);
    let whole = read.is_ok() && (unpacked.len() as u64) < MOST;
    (unpacked, whole)
}

/// Reads the records of an archive, of which one at a time is in memory; tells whether all of it could be
/// read.
pub(crate) fn read(archive: impl BufRead) -> (Vec<Draft>, bool) {
    let mut drafts = Vec::new();
    let mut left_out: BTreeMap<String, u32> = BTreeMap::new();
    let mut archive = Archive { input: archive, line: 1, whole: true };
    while let Some(head) = archive.head() {
        let first = archive.line - newlines(&head) - 1;
        let Some(length) = field(&head, "content-length").and_then(|it| it.parse().ok()) else {
            break;
        };
        let below = archive.line;
        let content = archive.content(length);
        let mut draft = record(&head, &content, below);
        if let Some(draft) = draft.as_mut().filter(|_| (content.len() as u64) < length) {
            let message =
                format!("{} of the {length} bytes that the record states were read", content.len());
            draft.notes.push((Code::CutShort, first, message));
        }
        match draft {
            Some(draft) => drafts.push(draft),
            None => *left_out.entry(kind_of(&head, &content)).or_default() += 1,
        }
    }
    left_out.remove("");
    if !left_out.is_empty() {
        let kinds: Vec<String> =
            left_out.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        let message = format!("records that are no text: {}", kinds.join(", "));
        let notes = vec![(Code::RecordsLeftOut, 1, message)];
        drafts.push(Draft { notes, ..Draft::default() });
    }
    (drafts, archive.whole)
}

/// An archive that is read from front to back.
struct Archive<R> {
    input: R,
    /// The line that comes next, from 1.
    line: u32,
    /// Whether nothing has failed so far.
    whole: bool,
}

impl<R: BufRead> Archive<R> {
    /// The header of the next record, without the empty line behind it; `None` at the end.
    fn head(&mut self) -> Option<Vec<u8>> {
        let mut head = Vec::new();
        loop {
            let from = head.len();
            let room = MOST.saturating_sub(from as u64);
            let read = self.input.by_ref().take(room).read_until(b'\n', &mut head);
            self.whole &= read.is_ok();
            let line = head.get(from..).unwrap_or_default();
            let is_blank = line.trim_ascii().is_empty();
            if !line.ends_with(b"\n") {
                return None;
            }
            self.line += 1;
            match is_blank {
                // Empty lines part the records.
                true if from == 0 => head.clear(),
                true => {
                    head.truncate(from);
                    return Some(head);
                }
                false => {}
            }
        }
    }

    /// The content of a record of so many bytes, of which no more than [`MOST`] are kept.
    fn content(&mut self, length: u64) -> Vec<u8> {
        let mut content = Vec::new();
        let read = self.input.by_ref().take(length.min(MOST)).read_to_end(&mut content);
        self.whole &= read.is_ok();
        self.line += newlines(&content);
        let mut left = length.saturating_sub(content.len() as u64);
        while left > 0 {
            let Ok(buffer) = self.input.fill_buf() else {
                self.whole = false;
                break;
            };
            let part = buffer.get(..left.min(buffer.len() as u64) as usize).unwrap_or_default();
            if part.is_empty() {
                break;
            }
            self.line += newlines(part);
            left -= part.len() as u64;
            let used = part.len();
            self.input.consume(used);
        }
        content
    }
}

/// How many lines end in some bytes.
fn newlines(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u32
}

/// Parts header fields from what follows the empty line.
fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.windows(4).position(|it| it == b"\r\n\r\n").map(|at| (at, at + 4));
    let (end, next) =
        at.or_else(|| bytes.windows(2).position(|it| it == b"\n\n").map(|at| (at, at + 2)))?;
    Some((bytes.get(..end)?, bytes.get(next..)?))
}

/// The value of a header field.
fn field(head: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// What a record holds, as it can be read.
struct Content<'a> {
    /// The body as it stands in the record.
    sent: &'a [u8],
    /// The body without the marks of chunked sending.
    whole: Cow<'a, [u8]>,
    /// The body unpacked.
    body: Vec<u8>,
    /// Its media type with parameters, in lower case.
    kind: String,
    /// How many lines of the record stand before it.
    above: u32,
}

/// What a record holds: a successful response without its HTTP header, or a document stored as it is.
fn content_of<'a>(head: &[u8], content: &'a [u8]) -> Option<Content<'a>> {
    let kind = |head: &[u8]| field(head, "content-type").unwrap_or_default().to_ascii_lowercase();
    match field(head, "warc-type")?.as_str() {
        "response" => {
            let (http, sent) = part(content).filter(|it| is_success(it.0))?;
            let whole = unchunked(http, sent);
            let body = inflated(http, &whole);
            let above = newlines(http) + 2;
            Some(Content { sent, body, whole, kind: kind(http), above })
        }
        "resource" | "conversion" => {
            let (whole, body) = (content.into(), content.to_vec());
            Some(Content { sent: content, whole, body, kind: kind(head), above: 0 })
        }
        _ => None,
    }
}

/// Whether a response tells of success (2xx); what comes with redirections and errors is no document.
fn is_success(http: &[u8]) -> bool {
    let first = http.split(|&byte| byte == b'\n').next().unwrap_or_default();
    first.split(|&byte| byte == b' ').nth(1).is_some_and(|code| code.starts_with(b"2"))
}

/// What a record is that is no text; empty where it is only about the archive itself.
fn kind_of(head: &[u8], content: &[u8]) -> String {
    let kind = |head: &[u8]| {
        let kind = field(head, "content-type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_owned();
        if kind.is_empty() { "unknown".to_owned() } else { kind }
    };
    match field(head, "warc-type").unwrap_or_default().as_str() {
        "response" => match part(content) {
            Some((http, _)) if is_success(http) => kind(http),
            Some((http, _)) => {
                let first = http.split(|&byte| byte == b'\n').next().unwrap_or_default();
                let code = String::from_utf8_lossy(first).split(' ').nth(1).map(str::to_owned);
                format!("HTTP {}", code.unwrap_or_default().trim())
            }
            None => "unknown".to_owned(),
        },
        "resource" | "conversion" => kind(head),
        _ => String::new(),
    }
}

/// The draft of a record.
fn record(head: &[u8], content: &[u8], line: u32) -> Option<Draft> {
    let content = content_of(head, content)?;
    let kind = content.kind.as_str();
    let label = kind.split_once("charset=").map(|it| it.1.trim_matches(['"', ' ']).to_owned());
    let is_page = kind.contains("html");
    if !is_page && !kind.starts_with("text/plain") {
        return None;
    }
    let decoded = decode(&content.body, label.as_deref())?;
    let mut draft = if is_page {
        html::read(&decoded.text)
    } else {
        plain::lines(&decoded.text, 1, Markup::Words)
    };
    let above = line + content.above - 1;
    draft.lines.iter_mut().for_each(|it| it.number += above);
    draft.removed.iter_mut().for_each(|it| it.line += above);
    draft.title_line = draft.title_line.map(|it| it + above);
    draft.encoding = Some(decoded.encoding);
    if draft.lines.is_empty() {
        let message = "the document of this record holds no text".to_owned();
        draft.notes.push((Code::EmptySeed, line, message));
    }
    draft.given.set("source_url", field(head, "warc-target-uri").unwrap_or_default());
    draft.given.set("captured_at", field(head, "warc-date").unwrap_or_default());
    if let Some(stated) = field(head, "warc-payload-digest") {
        draft.notes.extend(content.doubt(&stated, line));
        draft.given.set("payload_digest", stated);
    }
    Some(draft)
}

impl Content<'_> {
    /// What is said where the digest that stands in the archive is not that of the bytes. Archives differ
    /// in whether they take a body as it was sent, put together or unpacked.
    fn doubt(&self, stated: &str, line: u32) -> Option<(Code, u32, String)> {
        let bodies = [self.sent, &self.whole, &self.body];
        let agree = bodies.map(|bytes| digest::agrees(stated, bytes));
        let differs = agree.contains(&Some(false)) && !agree.contains(&Some(true));
        let message = || format!("the bytes of this record do not have the digest `{stated}`");
        differs.then(|| (Code::DigestDiffers, line, message()))
    }
}

/// A body whose chunks are put together.
fn unchunked<'a>(http: &[u8], body: &'a [u8]) -> Cow<'a, [u8]> {
    let chunked = field(http, "transfer-encoding")
        .is_some_and(|it| it.to_ascii_lowercase().contains("chunked"));
    if !chunked {
        return body.into();
    }
    let (mut whole, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.windows(2).position(|it| it == b"\r\n") {
        let size = rest.get(..end).and_then(|it| std::str::from_utf8(it).ok());
        let size = size.and_then(|it| usize::from_str_radix(it.split(';').next()?.trim(), 16).ok());
        let Some(size) = size.filter(|&size| size > 0) else { break };
        let from = end + 2;
        let to = from.saturating_add(size).min(rest.len());
        whole.extend_from_slice(rest.get(from..to).unwrap_or_default());
        rest = rest.get(to + 2..).unwrap_or_default();
    }
    if whole.is_empty() { body.into() } else { whole.into() }
}

/// A body as it was before it was packed for sending.
fn inflated(http: &[u8], body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let read =
        match field(http, "content-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => GzDecoder::new(body).take(MOST).read_to_end(&mut plain),
            "deflate" => ZlibDecoder::new(body).take(MOST).read_to_end(&mut plain),
            _ => return body.to_vec(),
        };
    if read.is_ok() { plain } else { body.to_vec() }
}
