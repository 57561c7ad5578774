//! The documents of an archive through time: a bar for each year, or month, or ten years.

use std::collections::BTreeMap;

use super::home::length;
use crate::compose::press::Press;
use crate::compose::route;
use crate::compose::shelves::{self, day};
use crate::compose::view::Bar;

/// Up to how many months there is a bar for each month.
const MONTHS: i32 = 36;
/// Up to how many years there is a bar for each year; beyond, one for ten.
const YEARS: i32 = 120;

/// What a bar stands for.
#[derive(Clone, Copy)]
enum Step {
    Month,
    Year,
    Decade,
}

/// Documents through time, oldest first, with empty bars where there is nothing in between.
pub(super) fn timeline(press: &Press, path: &str) -> Vec<Bar> {
    let days: Vec<&str> = press
        .shelves
        .documents
        .iter()
        .filter_map(|&id| Some(day(shelves::find(press.material.archive, id)?)))
        .filter(|it| !it.is_empty())
        .collect();
    let step = step(&days);
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for place in days.iter().filter_map(|day| place(day, step)) {
        *counts.entry(place).or_default() += 1;
    }
    let ends = counts.keys().next().zip(counts.keys().next_back());
    let Some((&from, &to)) = ends else { return Vec::new() };
    let most = counts.values().copied().max().unwrap_or(0);
    let count = |place| counts.get(&place).copied().unwrap_or(0);
    (from..=to).map(|it| bar(press, path, (it, step), (count(it), most))).collect()
}

/// How fine the bars are: by the span from the first to the last date. A date without a month can stand in
/// no month.
fn step(days: &[&str]) -> Step {
    let span = |step| {
        let places = || days.iter().filter_map(|day| place(day, step));
        places().max().unwrap_or(0) - places().min().unwrap_or(0)
    };
    if days.iter().all(|day| day.len() > 4) && span(Step::Month) < MONTHS {
        Step::Month
    } else if span(Step::Year) < YEARS {
        Step::Year
    } else {
        Step::Decade
    }
}

/// The number of the bar that a date belongs to.
fn place(day: &str, step: Step) -> Option<i32> {
    let year: i32 = day.get(..4)?.parse().ok()?;
    Some(match step {
        Step::Month => year * 12 + day.get(5..7)?.parse::<i32>().ok()? - 1,
        Step::Year => year,
        Step::Decade => year / 10,
    })
}

/// One bar: its number and step, its count and the greatest of all counts.
fn bar(
    press: &Press,
    path: &str,
    (place, step): (i32, Step),
    (count, most): (usize, usize),
) -> Bar {
    let (year, month) = match step {
        Step::Month => (place / 12, Some(place % 12 + 1)),
        Step::Year => (place, None),
        Step::Decade => (place * 10, None),
    };
    let label = match (step, month) {
        (_, Some(month)) => press.words.month(&year.to_string(), &month.to_string()),
        (Step::Decade, _) => format!("{year}–{}", year + 9),
        _ => year.to_string(),
    };
    let shelf = press.shelves.years.iter().find(|it| it.key == format!("{year:04}"));
    Bar {
        label,
        edtf: month.map_or(format!("{year:04}"), |month| format!("{year:04}-{month:02}")),
        count,
        length: if count > 0 { length(count, most) } else { 0 },
        href: shelf.map(|it| press.routes.href(path, &route::numbered(&it.stem, 1))),
    }
}
