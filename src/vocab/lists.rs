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
    /// list by list, in the order in which they are told. They are told twice, and are the same.
    pub(crate) fn new<I: Iterator<Item = (u32, T)>>(count: usize, each: impl Fn() -> I) -> Self {
        let mut ends = vec![0_u32; count + 1];
        each().for_each(|(list, _)| {
            if let Some(count) = ends.get_mut(list as usize + 1) {
                *count += 1;
            }
        });
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        ends.truncate(count);
        let mut all = vec![T::default(); sum as usize];
        each().for_each(|(list, thing)| {
            let Some(next) = ends.get_mut(list as usize) else { return };
            if let Some(slot) = all.get_mut(*next as usize) {
                *slot = thing;
            }
            *next += 1;
        });
        Self { ends, all }
    }
}

impl<T> Lists<T> {
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

    /// How many lists there are.
    pub(crate) fn count(&self) -> usize {
        self.ends.len()
    }

    /// How many things there are in all lists.
    pub(crate) fn things(&self) -> usize {
        self.all.len()
    }

    /// How many things stand before those of a list.
    pub(crate) fn before(&self, list: u32) -> usize {
        let before = list.checked_sub(1).and_then(|it| self.ends.get(it as usize));
        before.map_or(0, |it| *it as usize)
    }

    /// The lists, one after the other.
    pub(crate) fn each(&self) -> impl Iterator<Item = &[T]> {
        (0..self.count() as u32).map(|list| self.of(list))
    }

    /// One of the lists; empty where there is none.
    pub(crate) fn of(&self, list: u32) -> &[T] {
        let end = self.ends.get(list as usize).map_or(0, |it| *it as usize);
        self.all.get(self.before(list)..end).unwrap_or_default()
    }
}

impl<T> Lists<T> {
    /// Sorts each list by a key that no two things in it share.
    pub(crate) fn sort_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        let mut rest = self.all.as_mut_slice();
        let mut before = 0;
        for &end in &self.ends {
            let length = (end - before) as usize;
            let own;
            (own, rest) =
                std::mem::take(&mut rest).split_at_mut_checked(length).unwrap_or_default();
            own.sort_unstable_by_key(&key);
            before = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_in_their_lists_in_the_order_in_which_they_are_told() {
        let mut lists = Lists::new(3, || [(2, 'c'), (0, 'b'), (2, 'a')].into_iter());
        let all = [lists.of(0), lists.of(1), lists.of(2)];
        assert_eq!(all, [&['b'][..], &[][..], &['c', 'a'][..]]);
        assert_eq!((lists.count(), lists.of(3)), (3, &[][..]));
        assert_eq!((lists.before(2), lists.things()), (1, 3));
        lists.sort_by_key(|it| *it);
        assert_eq!(lists.of(2), ['a', 'c']);
        lists.push(&mut vec!['e', 'd']);
        lists.append(Lists::new(2, || [(1, 'f')].into_iter()));
        assert_eq!((lists.of(3), lists.of(4), lists.of(5)), (&['e', 'd'][..], &[][..], &['f'][..]));
    }
}
