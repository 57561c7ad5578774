//! XML as far as documents of word processors need it; `quick_xml` lives here and nowhere else.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What stands in XML, one after the other.
pub(super) enum Piece<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// An element without content.
    Empty(Tag<'a>),
    /// An element with this local name ends.
    End(String),
    /// Words.
    Words(String),
}

/// The beginning of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// Whether its name has a prefix.
    pub(super) fn is_prefixed(&self, prefix: &str) -> bool {
        self.0.name().as_ref().strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'))
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let mut all = self.0.attributes().flatten();
        all.find(|it| it.key.local_name().as_ref() == name).map(|it| it.value.to_string())
    }
}

/// Hands over the pieces of XML one by one; tells whether all of it could be read.
pub(super) fn walk(xml: &str, take: &mut dyn FnMut(Piece)) -> bool {
    let mut reader = Reader::from_str(xml);
    loop {
        let piece = match reader.read_event() {
            Ok(Event::Start(tag)) => Piece::Start(Tag(tag)),
            Ok(Event::Empty(tag)) => Piece::Empty(Tag(tag)),
            Ok(Event::End(tag)) => Piece::End(tag.local_name().as_ref().to_owned()),
            Ok(Event::Text(text)) => {
                Piece::Words(text.xml_content(XmlVersion::Implicit1_0).into_owned())
            }
            Ok(Event::CData(text)) => Piece::Words(text.to_string()),
            Ok(Event::GeneralRef(name)) => {
                Piece::Words(reference(&name.xml_content(XmlVersion::Implicit1_0)))
            }
            Ok(Event::Eof) => return true,
            Err(_) => return false,
            Ok(_) => continue,
        };
        take(piece);
    }
}

/// The character that a reference stands for.
fn reference(name: &str) -> String {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
    let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => number
            .and_then(Result::ok)
            .and_then(char::from_u32)
            .map(String::from)
            .unwrap_or_default(),
    }
}

/// The words of the first element with a local name; `None` where there are none.
pub(super) fn element(xml: &str, name: &str) -> Option<String> {
    let (mut words, mut inside, mut done) = (String::new(), false, false);
    walk(xml, &mut |piece| match piece {
        Piece::Start(tag) => inside |= !done && tag.name() == name,
        Piece::Words(some) if inside => words.push_str(&some),
        Piece::End(ended) if ended == name => (inside, done) = (false, true),
        _ => {}
    });
    (!words.trim().is_empty()).then_some(words)
}
