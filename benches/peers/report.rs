//! What was measured, as a table for people: figures, and ratios to the peer of the same run.

use std::fmt::Write as _;

use crate::measure::Cost;

/// A row of the table.
pub struct Row {
    /// What was done.
    pub work: String,
    /// What it cost; `None` where the program is not on this machine.
    pub cost: Option<Cost>,
    /// Files and bytes of what it made; nothing where nothing was made.
    pub made: (u64, u64),
    /// What it is a ratio to: the place of another row.
    pub beside: Option<usize>,
}

/// The table of one size of archive, in Markdown.
pub fn table(documents: u64, rows: &[Row]) -> String {
    let mut text = format!("## {documents} documents\n\n");
    text.push_str("| work | wall, s | processor, s | memory, MB | files | MB made | beside |\n");
    text.push_str("|---|---:|---:|---:|---:|---:|---|\n");
    for row in rows {
        let (files, megabytes) = (row.made.0, row.made.1 as f64 / 1e6);
        let figures = match &row.cost {
            None => "not there | | ".to_owned(),
            Some(cost) => format!(
                "{:.2} | {:.2} | {:.0}",
                cost.wall.as_secs_f64(),
                cost.processor.as_secs_f64(),
                cost.memory as f64 / 1e6
            ),
        };
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "| {} | {figures} | {files} | {megabytes:.1} | {} |",
            row.work,
            ratio(row, rows).unwrap_or_default()
        );
    }
    text
}

/// How a row stands to the row it is measured by.
fn ratio(row: &Row, rows: &[Row]) -> Option<String> {
    let other = rows.get(row.beside?)?;
    let (own, its) = (row.cost?, other.cost?);
    let time = own.wall.as_secs_f64() / its.wall.as_secs_f64();
    let memory = own.memory as f64 / its.memory.max(1) as f64;
    Some(format!("{time:.2} × the time and {memory:.2} × the memory of {}", other.work))
}
