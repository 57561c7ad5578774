//! Things in lists by number, all of them in one piece.
//!
//! Knows numbers, and nothing of what they stand for.

/// Lists, one behind the other.
#[derive(Default)]
pub(crate) struct Lists<T> {
    /// Where each list ends.
    ends: Vec<u32>,
    all: Vec<T>,
}

impl<T: Clone + Default> Lists<T> {
    /// Makes so many lists of things, each told with the number of its list: counted first, then laid down
    /// list by list, in the order in which they are told. They are told twice.
    pub(crate) fn new<I: Iterator<Item = (u32, T)>>(count: usize, each: impl Fn() -> I) -> Self {
        let mut ends = vec![0_u32; count + 1];
        for (list, _) in each() {
            if let Some(count) = ends.get_mut(list as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut all = vec![T::default(); sum as usize];
        for (list, thing) in each() {
            let Some(next) = ends.get_mut(list as usize) else { continue };
            if let Some(slot) = all.get_mut(*next as usize) {
                *slot = thing;
            }
            *next += 1;
        }
        Self { ends, all }
    }

    /// Adds a list behind all others, of things that are taken from where they were gathered.
    pub(crate) fn push(&mut self, things: &mut Vec<T>) {
        self.all.append(things);
        self.ends.push(self.all.len() as u32);
    }

    /// Adds other lists behind all.
    pub(crate) fn append(&mut self, mut others: Self) {
        let before = self.all.len() as u32;
        self.all.append(&mut others.all);
        self.ends.extend(others.ends.iter().map(|end| before + end));
    }

    /// One of the lists; empty where there is none.
    pub(crate) fn of(&self, list: u32) -> &[T] {
        let end = |at: Option<u32>| {
            at.and_then(|it| self.ends.get(it as usize)).map_or(0, |it| *it as usize)
        };
        self.all.get(end(list.checked_sub(1))..end(Some(list))).unwrap_or_default()
    }
}
