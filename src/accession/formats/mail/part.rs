//! A part of a message, and which lines of the raw file it is.

use mail_parser::{Encoding, Message, MessagePart, MimeHeaders as _, PartType};

use crate::accession::draft::Draft;
use crate::vocab::page::Removed;

/// Media types of files of word processors.
const OFFICE: &[&str] =
    &["vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.oasis.opendocument.text"];

/// A part of a message.
pub(super) struct Part<'a> {
    /// The part as the library gives it.
    pub(super) inner: &'a MessagePart<'a>,
    /// For each of its lines, as they are decoded, the line of the raw file; the last stands for all others.
    lines: Vec<u32>,
    /// The line where its header begins.
    first: u32,
}

impl<'a> Part<'a> {
    /// The part of a message that has a number.
    pub(super) fn of(message: &'a Message, id: u32, bytes: &[u8]) -> Option<Self> {
        let inner = message.part(id)?;
        let line = |to: u32| 1 + newlines(bytes.get(..to as usize).unwrap_or_default());
        let body = bytes.get(inner.offset_body as usize..inner.offset_end as usize);
        let lines = numbers(inner.encoding, body.unwrap_or_default(), line(inner.offset_body));
        Some(Self { inner, lines, first: line(inner.offset_header) })
    }

    /// Gives what was read of the part the lines that it has in the raw file.
    pub(super) fn place(&self, draft: &mut Draft) {
        let raw = |line: u32| {
            let at = (line as usize).saturating_sub(1);
            self.lines.get(at).or(self.lines.last()).copied().unwrap_or(self.first)
        };
        draft.lines.iter_mut().for_each(|it| it.number = raw(it.number));
        draft.removed.iter_mut().for_each(|it| it.line = raw(it.line));
        draft.notes.iter_mut().for_each(|it| it.1 = raw(it.1));
        draft.title_line = draft.title_line.map(raw);
    }

    /// The media type.
    fn kind(&self) -> String {
        match (self.inner.content_type(), &self.inner.body) {
            (Some(it), _) => format!("{}/{}", it.ctype(), it.subtype().unwrap_or("*")),
            (None, PartType::Message(_)) => "message/rfc822".to_owned(),
            (None, _) => "text/plain".to_owned(),
        }
        .to_ascii_lowercase()
    }

    /// Whether it can hold a document.
    pub(super) fn is_text(&self) -> bool {
        let kind = self.kind();
        let office = kind.split_once('/').is_some_and(|(_, sub)| OFFICE.contains(&sub));
        office || ["message/rfc822", "text/plain", "text/html"].contains(&kind.as_str())
    }

    /// The name of the file that it is; a usual one for a message or a text without name.
    pub(super) fn name(&self) -> Option<String> {
        let usual = match &self.inner.body {
            PartType::Message(_) => Some("message.eml"),
            PartType::Html(_) => Some("page.html"),
            PartType::Text(_) => Some("text.txt"),
            _ => None,
        };
        usual.or_else(|| self.inner.attachment_name()).map(str::to_owned).or(Some(String::new()))
    }

    /// The record of the part as left out by a rule: name and media type.
    pub(super) fn removed(&self, rule: &str) -> Removed {
        let name = self.inner.attachment_name().unwrap_or_default();
        let text = format!("{name} ({})", self.kind()).trim().to_owned();
        Removed { line: self.first, rule: rule.to_owned(), text }
    }
}

/// How many lines end in some bytes.
fn newlines(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u32
}

/// For each line of a body, as it is decoded, the line of the raw file where it begins.
fn numbers(encoding: Encoding, body: &[u8], first: u32) -> Vec<u32> {
    let raw = (first..).zip(body.split(|&byte| byte == b'\n'));
    match encoding {
        Encoding::Base64 => vec![first],
        Encoding::None => raw.map(|it| it.0).collect(),
        Encoding::QuotedPrintable => {
            let (mut numbers, mut goes_on) = (Vec::new(), false);
            for (number, line) in raw {
                let breaks = line.windows(3).filter(|it| *it == b"=0A").count();
                numbers.extend(std::iter::repeat_n(number, breaks + usize::from(!goes_on)));
                goes_on = line.trim_ascii_end().ends_with(b"=");
            }
            numbers
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_go_on_are_one() {
        let body = b"one=\r\n two\r\nthree=0Afour\r\nfive";
        assert_eq!(numbers(Encoding::QuotedPrintable, body, 10), [10, 12, 12, 13]);
        assert_eq!(numbers(Encoding::None, b"a\nb", 3), [3, 4]);
        assert_eq!(numbers(Encoding::Base64, b"a\nb", 3), [3]);
    }
}
