//! The description of the tables: a tabular data package (Frictionless, version 1).

use serde_json::{Value, json};

use super::tables::{Column, TABLES, Table};
use crate::compose::press::Press;
use crate::vocab::slug::slug;

/// The descriptor.
pub(super) fn package(press: &Press) -> String {
    let name = slug(&press.options.title);
    let descriptor = json!({
        "profile": "tabular-data-package",
        "name": if name.is_empty() { "archive" } else { &name },
        "title": press.options.title,
        "description": press.options.description,
        "resources": TABLES.iter().map(resource).collect::<Vec<_>>(),
    });
    format!("{descriptor:#}\n")
}

/// A table.
fn resource(table: &Table) -> Value {
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "description": table.says,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        // Said, so that no reader guesses it from texts full of commas.
        "dialect": {"delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n"},
        "schema": schema(table),
    })
}

/// The columns of a table and how they hang together. An empty cell is a value that is not known.
fn schema(table: &Table) -> Value {
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    if !table.foreign.is_empty() {
        schema["foreignKeys"] = table.foreign.iter().map(foreign).collect();
    }
    schema
}

/// A column.
fn field((name, kind, says): &Column) -> Value {
    json!({"name": name, "type": kind, "description": says})
}

/// A column whose values are ids in another table.
fn foreign((column, table): &(&str, &str)) -> Value {
    json!({"fields": column, "reference": {"resource": table, "fields": "id"}})
}
