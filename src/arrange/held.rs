//! Which texts a curator holds in a statement: those that are pinned to it, and those that stood in it when
//! another was pinned to it by its name. Knows numbers of texts and links, no texts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cluster::Chance;
use super::links::Links;

/// The statements that texts are held in, as numbers, by those that they are pinned to and those that they
/// `stood` in. A text that stood in one stays there as long as it is linked from a chance on with another.
pub(super) fn held<'a>(
    (pins, stood): (&'a [Option<u32>], &[Option<u32>]),
    links: &Links,
    least: Chance,
) -> Cow<'a, [Option<u32>]> {
    let mut statements: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (text, (pin, stood)) in (0..).zip(pins.iter().zip(stood)) {
        if let Some(statement) = pin.or(*stood) {
            statements.entry(statement).or_default().push(text);
        }
    }
    let mut held = Cow::Borrowed(pins);
    for (statement, texts) in statements {
        for &text in &texts {
            let linked = || texts.iter().any(|other| links.chance(text, *other) >= least);
            let free = pins.get(text as usize) == Some(&None);
            if free
                && linked()
                && let Some(slot) = held.to_mut().get_mut(text as usize)
            {
                *slot = Some(statement);
            }
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrange::candidates::Pair;

    #[test]
    fn what_stood_in_a_statement_stays_as_long_as_it_is_linked() {
        let links = Links::new(5, || [(Pair(1, 2), 4000), (Pair(2, 3), 100)].into_iter());
        let pins = [Some(7), None, None, None, None];
        let stood = [None, Some(7), Some(7), Some(7), None];
        let held = held((&pins, &stood), &links, 3000);
        assert_eq!(*held, [Some(7), Some(7), Some(7), None, None]);
    }
}
