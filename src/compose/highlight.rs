//! Blocks of code in colours. syntect lives here and nowhere else.
//!
//! Its tables are large, so they are read when the first block of code is set and not before.

/// Sets blocks of code.
#[derive(Default)]
pub(super) struct Highlighter {
    #[cfg(feature = "highlight")]
    syntaxes: std::sync::OnceLock<syntect::parsing::SyntaxSet>,
}

#[cfg(not(feature = "highlight"))]
impl Highlighter {
    /// A block of code as HTML; without the feature no language is known.
    #[expect(clippy::unused_self, reason = "the same call as with the feature")]
    pub(super) fn set(&self, _language: &str, _code: &str) -> Option<String> {
        None
    }
}

#[cfg(feature = "highlight")]
mod coloured {
    use syntect::easy::ScopeRegionIterator;
    use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};
    use syntect::util::LinesWithEndings;

    use super::Highlighter;
    use crate::vocab::prose::html::escape_text;

    /// The classes that the style sheet knows: first parts of `TextMate` scopes and their class.
    const CLASSES: &[(&str, &str)] = &[
        ("comment", "k-c"),
        ("string", "k-s"),
        ("constant", "k-n"),
        ("keyword", "k-k"),
        ("storage", "k-k"),
        ("entity", "k-e"),
        ("support", "k-e"),
        ("variable", "k-v"),
        ("invalid", "k-x"),
    ];

    impl Highlighter {
        /// A block of code as HTML; `None` where its language is not known.
        pub(in crate::compose) fn set(&self, language: &str, code: &str) -> Option<String> {
            if language.is_empty() {
                return None;
            }
            let syntaxes = self.syntaxes.get_or_init(SyntaxSet::load_defaults_newlines);
            let syntax = syntaxes.find_syntax_by_token(language)?;
            coloured(syntaxes, syntax, code)
        }
    }

    /// Code with a class for each stretch of it; neighbours of one class are one stretch.
    fn coloured(syntaxes: &SyntaxSet, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let (mut out, mut open) = (String::new(), None);
        for line in LinesWithEndings::from(code) {
            let operations = state.parse_line(line, syntaxes).ok()?;
            for (text, operation) in ScopeRegionIterator::new(&operations, line) {
                stack.apply(operation).ok()?;
                if text.is_empty() {
                    continue;
                }
                turn(&mut open, class(&stack).filter(|_| !text.trim().is_empty()), &mut out);
                escape_text(text, &mut out);
            }
        }
        turn(&mut open, None, &mut out);
        Some(out)
    }

    /// The class of the innermost scope that the style sheet knows.
    fn class(stack: &ScopeStack) -> Option<&'static str> {
        stack.scopes.iter().rev().find_map(|scope| {
            let name = scope.build_string();
            let first = name.split('.').next().unwrap_or_default();
            CLASSES.iter().find(|(known, _)| *known == first).map(|(_, class)| *class)
        })
    }

    /// Ends the stretch that is open and begins the next, where its class is another.
    fn turn(open: &mut Option<&'static str>, next: Option<&'static str>, out: &mut String) {
        if *open == next {
            return;
        }
        if open.is_some() {
            out.push_str("</span>");
        }
        if let Some(class) = next {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
        }
        *open = next;
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn keywords_are_told_apart_and_nothing_is_markup() {
            let set = Highlighter::default().set("rust", "fn a() { \"<b>\" }\n").unwrap();
            assert!(set.contains("<span class=\"k-k\">fn</span>"), "{set}");
            // A string is one stretch with its quotation marks.
            assert!(set.contains("<span class=\"k-s\">\"&lt;b&gt;\"</span>"), "{set}");
            assert_eq!(Highlighter::default().set("no such language", "x"), None);
        }
    }
}
