//! The features of a text, packed: what each is, what it weighs, and where it stands. Knows no texts.

/// Features of a text with their places.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    features: Box<[Feature]>,
    places: Box<[u8]>,
}

/// A feature of a text, packed: archives have some hundred million of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Feature {
    /// What it is: its number in the census, or that of the word a gloss stands for.
    pub(super) key: u32,
    /// The number of its sections in the seven highest bits; below them its section, or where its sections
    /// begin among the places where there are several.
    place: u32,
    /// Its weight in steps of 1/512.
    weight: u16,
    /// Where it stands on average, in steps of 1/255.
    position: u8,
    /// Its kind, and in the highest bit whether it is a day of the year.
    kind: u8,
}

/// The bits of [`Feature::place`] below the number of sections.
const PLACE: u32 = 25;
/// The bit of [`Feature::kind`] that marks days.
const DAY: u8 = 0x80;

impl Feature {
    /// How much it weighs.
    pub(super) fn weight(&self) -> f32 {
        f32::from(self.weight) / 512.0
    }

    /// Where it stands on average, from 0 to 1.
    pub(super) fn position(&self) -> f32 {
        f32::from(self.position) / 255.0
    }

    /// Its kind.
    pub(super) fn space(&self) -> u8 {
        self.kind & !DAY
    }

    /// All that it is but its number and its sections.
    pub(super) fn facts(&self) -> u32 {
        let [low, high] = self.weight.to_le_bytes();
        u32::from_le_bytes([low, high, self.position, self.kind])
    }

    /// Whether it is a day of the year.
    pub(super) fn is_day(&self) -> bool {
        self.kind & DAY != 0
    }
}

impl Bag {
    /// Its features, by key.
    pub(super) fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The sections in which a feature stands.
    pub(super) fn sections<'a>(&'a self, feature: &'a Feature) -> Sections<'a> {
        let (count, at) = (feature.place >> PLACE, feature.place & ((1 << PLACE) - 1));
        let several = self.places.get(at as usize..(at + count) as usize);
        match count {
            1 => Sections::One(at as u8),
            _ => Sections::Several(several.unwrap_or_default()),
        }
    }
}

/// The sections in which a feature stands.
#[derive(Clone, Copy)]
pub(super) enum Sections<'a> {
    /// It stands in one.
    One(u8),
    /// It stands in several, in their order.
    Several(&'a [u8]),
}

impl Sections<'_> {
    /// How many there are.
    pub(super) fn count(self) -> usize {
        self.all().len()
    }

    /// The sections, in their order.
    pub(super) fn all(&self) -> &[u8] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(all) => all,
        }
    }

    /// The sections as places, in their order.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let (one, several) = match self {
            Self::One(one) => (Some(one), &[][..]),
            Self::Several(all) => (None, all),
        };
        one.into_iter().chain(several.iter().copied()).map(usize::from)
    }
}

/// A bag while it is filled.
#[derive(Default)]
pub(super) struct Filling {
    features: Vec<Feature>,
    places: Vec<u8>,
}

/// What a feature is, without its places.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// Its number.
    pub(super) key: u32,
    /// How much it weighs.
    pub(super) weight: f32,
    /// Where it stands on average, from 0 to 1.
    pub(super) position: f32,
    /// Its kind.
    pub(super) space: u8,
    /// Whether it is a day of the year.
    pub(super) day: bool,
}

impl Filling {
    /// Adds a feature; its sections come in their order, each as often as it will.
    pub(super) fn add(&mut self, kind: Kind, sections: impl Iterator<Item = usize>) {
        let from = self.places.len();
        for section in sections {
            let last = self.places.get(from..).and_then(<[u8]>::last);
            if last != Some(&(section as u8)) {
                self.places.push(section as u8);
            }
        }
        let count = self.places.len() - from;
        let mut at = from as u32;
        if count == 1 {
            at = self.places.pop().map_or(0, u32::from);
        }
        self.features.push(Feature {
            key: kind.key,
            place: (count as u32) << PLACE | at & ((1 << PLACE) - 1),
            weight: (kind.weight * 512.0 + 0.5) as u16,
            position: (kind.position * 255.0 + 0.5) as u8,
            kind: kind.space | if kind.day { DAY } else { 0 },
        });
    }

    /// The bag.
    pub(super) fn done(mut self) -> Bag {
        self.take()
    }

    /// The bag; the room is kept for the next one.
    pub(super) fn take(&mut self) -> Bag {
        if !self.features.is_sorted_by_key(|it| it.key) {
            self.features.sort_unstable_by_key(|it| it.key);
        }
        let bag = Bag {
            features: self.features.as_slice().into(),
            places: self.places.as_slice().into(),
        };
        self.features.clear();
        self.places.clear();
        bag
    }
}
