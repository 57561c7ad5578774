//! Messages of electronic mail; `mail_parser` lives here and nowhere else.
//!
//! The text of a message is a document, and so is every text that is attached to it: a message that was
//! passed on, a page, a file of a word processor. What else is attached is recorded.

mod part;

use mail_parser::{Addr, Message, MessageParser, PartType};

use self::part::Part;
use super::plain::{self, Markup};
use super::{Reading, html};
use crate::accession::draft::Draft;
use crate::vocab::page::Removed;

/// How deep messages that are attached to messages are followed.
const DEEPEST: u8 = 8;

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

/// Reads a message whose bytes as text are `text`; `None` where it holds no text.
pub(crate) fn read(bytes: &[u8], text: &str, how: Reading) -> Option<Vec<Draft>> {
    let message = MessageParser::default().parse(bytes)?;
    let mut drafts: Vec<Draft> = content(&message, bytes).into_iter().collect();
    for draft in &mut drafts {
        describe(draft, &message, text);
    }
    for id in &message.attachments {
        let Some(part) = Part::of(&message, *id, bytes) else { continue };
        match attached(&part, how) {
            Some(texts) => drafts.extend(texts),
            None => drafts.first_mut()?.removed.push(part.removed("attachment")),
        }
    }
    (!drafts.is_empty()).then_some(drafts)
}

/// The text of a message: its plain parts, and as pages what is not there as plain text.
fn content(message: &Message, bytes: &[u8]) -> Option<Draft> {
    let mut whole = Draft::default();
    let mut found = false;
    for part in message.text_body.iter().filter_map(|id| Part::of(message, *id, bytes)) {
        let mut draft = match &part.inner.body {
            PartType::Text(text) => plain::lines(text, 1, Markup::Words),
            PartType::Html(page) => html::read(page),
            _ => continue,
        };
        part.place(&mut draft);
        found = true;
        whole.declared = whole.declared.or(draft.declared);
        whole.lines.extend(draft.lines);
        whole.removed.extend(draft.removed);
        whole.notes.extend(draft.notes);
    }
    let others = message.html_body.iter().filter(|id| !message.text_body.contains(id));
    let others = others.filter_map(|id| Part::of(message, *id, bytes));
    whole.removed.extend(others.map(|part| part.removed("alternative-part")));
    found.then_some(whole)
}

/// The documents in what is attached to a message; `None` where it is no text.
fn attached(part: &Part, how: Reading) -> Option<Vec<Draft>> {
    let name = part.name().filter(|_| part.is_text() && how.depth < DEEPEST)?;
    let how = Reading { name: &name, label: None, depth: how.depth + 1, ..how };
    let read = super::read(part.inner.contents(), how).ok()?;
    let mut drafts = read.drafts;
    for draft in &mut drafts {
        part.place(draft);
        draft.encoding = draft.encoding.take().or_else(|| Some(read.encoding.clone()));
    }
    drafts.iter().any(|it| !it.lines.is_empty()).then_some(drafts)
}

/// States what the header of a message says.
fn describe(draft: &mut Draft, message: &Message, text: &str) {
    cut_signature(draft);
    let field = |line: &str| line.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("subject:"));
    let line = (1u32..).zip(text.lines()).find(|it| field(it.1));
    let subject = message.subject().unwrap_or_default();
    // Some programs write the letters of a header as they are, in the encoding of the text.
    let bare = line.and_then(|it| it.1.get(8..)).filter(|_| subject.contains('\u{fffd}'));
    draft.given.set("title", bare.unwrap_or(subject));
    draft.given.set("author", sender(message).unwrap_or_default());
    if let Some(date) = message.date().filter(|date| date.is_valid()) {
        draft.given.set("date", format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
    draft.title_line = line.map(|it| it.0).filter(|_| draft.given.has("title"));
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
