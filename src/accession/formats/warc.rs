//! Web archives (WARC, ISO 28500): every response that is text becomes a draft.

use std::io::Read as _;

use flate2::read::{GzDecoder, MultiGzDecoder, ZlibDecoder};

use super::html;
use super::plain::{self, Markup};
use crate::accession::draft::Draft;
use crate::vocab::decode::decode;

/// The most that is unpacked of one file, in bytes.
const MOST: u64 = 1 << 29;

/// Unpacks a file that `gzip` packed, member by member.
pub(crate) fn unpack(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // What could be read before a fault is used.
    let _ = MultiGzDecoder::new(bytes).take(MOST).read_to_end(&mut unpacked);
    unpacked
}

/// Reads the responses of an archive.
pub(crate) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let (mut rest, mut line) = (bytes, 1u32);
    while let Some((head, body)) = part(rest) {
        let Some(length) = field(head, "content-length").and_then(|it| it.parse::<usize>().ok())
        else {
            break;
        };
        let (content, after) = body.split_at_checked(length).unwrap_or((body, &[]));
        let below = line + newlines(rest.get(..rest.len() - body.len()).unwrap_or_default());
        drafts.extend(response(head, content, below));
        line = below + newlines(content);
        let blank = after.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        line += newlines(after.get(..blank).unwrap_or_default());
        rest = after.get(blank..).unwrap_or_default();
    }
    drafts
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

/// The draft of a response record.
fn response(head: &[u8], content: &[u8], line: u32) -> Option<Draft> {
    if field(head, "warc-type")?.as_str() != "response" {
        return None;
    }
    let (http, body) = part(content)?;
    let kind = field(http, "content-type").unwrap_or_default().to_ascii_lowercase();
    let body = unchunked(http, body);
    let body = inflated(http, body);
    let label = kind.split_once("charset=").map(|it| it.1.trim_matches(['"', ' ']).to_owned());
    let decoded = decode(&body, label.as_deref())?;
    let mut draft = if kind.contains("html") {
        html::read(&decoded.text)
    } else if kind.starts_with("text/plain") {
        plain::lines(&decoded.text, 1, Markup::Words)
    } else {
        return None;
    };
    let above = line + newlines(http) + 2;
    draft.lines.iter_mut().for_each(|it| it.number += above - 1);
    draft.removed.iter_mut().for_each(|it| it.line += above - 1);
    draft.title_line = draft.title_line.map(|it| it + above - 1);
    draft.given.set("source_url", field(head, "warc-target-uri").unwrap_or_default());
    draft.given.set("captured_at", field(head, "warc-date").unwrap_or_default());
    Some(draft)
}

/// A body whose chunks are put together.
fn unchunked(http: &[u8], body: &[u8]) -> Vec<u8> {
    let chunked = field(http, "transfer-encoding")
        .is_some_and(|it| it.to_ascii_lowercase().contains("chunked"));
    if !chunked {
        return body.to_vec();
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
    if whole.is_empty() { body.to_vec() } else { whole }
}

/// A body as it was before it was packed for sending.
fn inflated(http: &[u8], body: Vec<u8>) -> Vec<u8> {
    let mut plain = Vec::new();
    let read =
        match field(http, "content-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => GzDecoder::new(&*body).take(MOST).read_to_end(&mut plain),
            "deflate" => ZlibDecoder::new(&*body).take(MOST).read_to_end(&mut plain),
            _ => return body,
        };
    if read.is_ok() { plain } else { body }
}
