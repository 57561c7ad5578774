//! Values in rows that are laid end to end, in the order in which they come. Knows numbers of rows, and not what
//! they are of.

/// Rows of values.
#[derive(Default)]
pub(super) struct Rows<T> {
    /// Where each row begins, and behind them where the last one ends.
    starts: Vec<u32>,
    values: Vec<T>,
}

/// Where each of so many rows begins, and where the last one ends, if values are to stand in these rows.
pub(super) fn starts(count: usize, rows: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; count + 1];
    for row in rows {
        if let Some(start) = starts.get_mut(row as usize + 1) {
            *start += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

impl<T: Copy + Default> Rows<T> {
    /// So many rows of what `all` gives, each value with its row. It is asked twice, and gives the same.
    pub(super) fn new<I: Iterator<Item = (u32, T)>>(count: usize, all: impl Fn() -> I) -> Self {
        let starts = starts(count, all().map(|it| it.0));
        let mut ends = starts.clone();
        let mut values = vec![T::default(); starts.last().map_or(0, |it| *it as usize)];
        for (row, value) in all() {
            let Some(end) = ends.get_mut(row as usize) else { continue };
            if let Some(slot) = values.get_mut(*end as usize) {
                *slot = value;
                *end += 1;
            }
        }
        Self { starts, values }
    }
}

impl<T> Rows<T> {
    /// How many rows there are.
    pub(super) fn count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// A row.
    pub(super) fn row(&self, row: u32) -> &[T] {
        let ends = self.starts.get(row as usize..).and_then(<[u32]>::first_chunk);
        ends.and_then(|[from, to]| self.values.get(*from as usize..*to as usize))
            .unwrap_or_default()
    }
}

impl<T: Ord> Rows<T> {
    /// Sorts each row.
    pub(super) fn sort(&mut self) {
        for ends in self.starts.windows(2) {
            let row = ends.first().zip(ends.last());
            let row = row.and_then(|(from, to)| self.values.get_mut(*from as usize..*to as usize));
            row.unwrap_or_default().sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_rows_in_the_order_in_which_they_come() {
        let mut rows = Rows::new(3, || [(2, 'c'), (0, 'b'), (2, 'a')].into_iter());
        assert_eq!((rows.row(0), rows.row(1), rows.row(2)), (&['b'][..], &[][..], &['c', 'a'][..]));
        assert_eq!((rows.count(), rows.row(3)), (3, &[][..]));
        rows.sort();
        assert_eq!(rows.row(2), ['a', 'c']);
    }
}
