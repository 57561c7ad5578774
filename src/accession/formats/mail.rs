//! Messages of electronic mail; `mail_parser` lives here and nowhere else.

use mail_parser::{Addr, Message, MessageParser};

use super::html;
use super::place;
use super::plain::{self, Markup};
use crate::accession::draft::Draft;
use crate::vocab::page::Removed;

/// Whether a text begins as a message does: header fields, among them one that only messages have.
pub(crate) fn is_message(text: &str) -> bool {
    let fields: Vec<&str> = text
        .lines()
        .take(60)
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| !line.starts_with([' ', '\t']))
        .collect();
    let is_field = |line: &&str| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    let has = |name: &str| fields.iter().any(|it| it.to_ascii_lowercase().starts_with(name));
    let sent = has("message-id:") || has("mime-version:") || has("received:");
    sent && has("from:") && fields.iter().all(is_field)
}

/// Reads a message; `None` where it holds no text.
pub(crate) fn read(bytes: &[u8]) -> Option<Draft> {
    let message = MessageParser::default().parse(bytes)?;
    let raw = String::from_utf8_lossy(bytes);
    let mut draft = content(&message)?;
    place::relocate(&mut draft.lines, &raw);
    cut_signature(&mut draft);
    draft.given.set("title", message.subject().unwrap_or_default());
    draft.given.set("author", sender(&message).unwrap_or_default());
    if let Some(date) = message.date().filter(|date| date.is_valid()) {
        draft.given.set("date", format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
    let title =
        (1u32..).zip(raw.lines()).find(|it| it.1.to_ascii_lowercase().starts_with("subject:"));
    draft.title_line = title.map(|it| it.0).filter(|_| draft.given.has("title"));
    Some(draft)
}

/// The text of a message: its plain part, else its page.
fn content(message: &Message) -> Option<Draft> {
    let plain = message.text_part(0).is_some_and(|part| !part.is_text_html());
    let text = message.body_text(0).filter(|_| plain);
    match text {
        Some(text) => Some(plain::lines(&text, 1, Markup::Words)),
        None => message.body_html(0).map(|page| html::read(&page)),
    }
}

/// The name of the sender.
fn sender(message: &Message) -> Option<String> {
    let named = |it: &Addr| it.name().or(it.address()).map(str::to_owned);
    message.from().and_then(|from| from.first().and_then(named))
}

/// Cuts what stands below the line `-- `.
fn cut_signature(draft: &mut Draft) {
    if let Some(at) = draft.lines.iter().rposition(|line| line.text == "--") {
        for line in draft.lines.split_off(at) {
            let Removed { line, rule, text } = line.removed("signature");
            draft.removed.push(Removed { line, rule, text });
        }
    }
}
