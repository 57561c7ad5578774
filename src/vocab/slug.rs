//! Names that are safe in paths and addresses on every disk and every host.

use any_ascii::any_ascii;

/// The longest slug that [`slug`] makes, in bytes.
const LONGEST: usize = 56;

/// A name of lower-case ASCII letters, digits and single hyphens made from any text; at most 56 bytes,
/// cut at a hyphen where one is near. Empty where the text holds nothing that can be romanised.
///
/// ```
/// assert_eq!(hexapla::vocab::slug::slug("Żądania – 2 500 osób!"), "zadania-2-500-osob");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for byte in any_ascii(text).bytes() {
        if byte.is_ascii_alphanumeric() {
            slug.push(char::from(byte.to_ascii_lowercase()));
        } else if byte != b'\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() > LONGEST {
            break;
        }
    }
    shorten(&mut slug);
    slug
}

/// Cuts a slug to its longest length, at a hyphen where the last word would be torn.
fn shorten(slug: &mut String) {
    if slug.len() > LONGEST {
        let cut = slug.rfind('-').filter(|&at| at > LONGEST / 2).unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    while slug.ends_with('-') {
        slug.pop();
    }
}

/// Whether a name that a curator gave can stand in an address as it is.
pub fn is_slug(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 120
        && !name.starts_with('-')
        && !name.ends_with('-')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_script_gives_ascii() {
        assert_eq!(slug("Komentarz Ministerstwa: „próba”"), "komentarz-ministerstwa-proba");
        assert!(slug("وزارة الخارجية").is_ascii());
        assert!(!slug("外交部").is_empty());
        assert_eq!(slug("…—!"), "");
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let long = slug("one two three four five six seven eight nine ten eleven twelve thirteen");
        assert_eq!(long, "one-two-three-four-five-six-seven-eight-nine-ten-eleven");
        assert_eq!(slug(&"x".repeat(500)).len(), LONGEST);
    }
}
