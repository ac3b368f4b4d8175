//! Summaries as a plain-text table that lines up in a terminal and in a commit message.

use std::fmt;

use super::{Tally, roles::Roles, summary::Summary};

/// A column: the metric it belongs to, its own head, and what stands in it for a group of pages.
struct Column {
    metric: &'static str,
    head: &'static str,
    cell: fn(&Summary) -> Option<String>,
}

/// The columns in the order in which they stand.
#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    Column { metric: "", head: "pages", cell: |s| Some(s.pages().to_string()) },
    Column { metric: "", head: "failed", cell: |s| (s.failed() > 0).then(|| s.failed().to_string()) },
    Column { metric: "words", head: "P", cell: |s| Some(four(s.words()?.mean.precision)) },
    Column { metric: "words", head: "R", cell: |s| Some(four(s.words()?.mean.recall)) },
    Column { metric: "words", head: "F1", cell: |s| Some(four(s.words()?.mean.f1)) },
    Column { metric: "words", head: "median", cell: |s| Some(four(s.words()?.median_f1)) },
    Column { metric: "shingles", head: "P", cell: |s| Some(four(s.shingles()?.mean.precision)) },
    Column { metric: "shingles", head: "R", cell: |s| Some(four(s.shingles()?.mean.recall)) },
    Column { metric: "shingles", head: "F1", cell: |s| Some(four(s.shingles()?.mean.f1)) },
    Column { metric: "segments", head: "P", cell: |s| Some(four(s.segments()?.prf().precision)) },
    Column { metric: "segments", head: "R", cell: |s| Some(four(s.segments()?.prf().recall)) },
    Column { metric: "segments", head: "F1", cell: |s| Some(four(s.segments()?.prf().f1)) },
    Column { metric: "segments", head: "acc", cell: |s| Some(four(s.segments()?.accuracy())) },
    Column { metric: "right", head: "roles", cell: |s| (!s.roles().is_empty()).then(|| three(s.roles().overall().share())) },
    Column { metric: "right", head: "exact", cell: |s| Some(three(s.exact()?.share())) },
    Column { metric: "right", head: "titles", cell: |s| Some(three(s.titles()?.share())) },
    Column { metric: "right", head: "declared", cell: |s| Some(three(s.declared_titles()?.share())) },
    Column { metric: "right", head: "authors", cell: |s| Some(three(s.authors()?.share())) },
    Column { metric: "right", head: "bylines", cell: |s| Some(three(s.bylines()?.share())) },
    Column { metric: "right", head: "dates", cell: |s| Some(three(s.dates()?.share())) },
    Column { metric: "right", head: "languages", cell: |s| Some(three(s.languages()?.share())) },
    Column { metric: "right", head: "sites", cell: |s| Some(three(s.sites()?.share())) },
    Column { metric: "right", head: "types", cell: |s| Some(three(s.types()?.share())) },
];

fn four(value: f64) -> String {
    format!("{value:.4}")
}

/// Shares of a few hundred pages: a fourth digit would tell nothing.
fn three(share: f64) -> String {
    format!("{share:.3}")
}

/// Writes a row for each group, with two lines of heads. Columns that are empty in all rows are left out.
pub(super) fn write(f: &mut fmt::Formatter<'_>, rows: &[(String, &Summary)]) -> fmt::Result {
    let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
    let columns = COLUMNS.iter().filter_map(|column| {
        let cells: Vec<_> = rows.iter().map(|(_, summary)| (column.cell)(summary)).collect();
        cells.iter().any(Option::is_some).then(|| {
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| "-".to_owned())).collect();
            Filled { metric: column.metric, head: column.head, cells }
        })
    });
    write_columns(f, &names, &columns.collect::<Vec<_>>())
}

/// Writes a row for each role, for all pages.
pub(super) fn write_roles(f: &mut fmt::Formatter<'_>, roles: &Roles) -> fmt::Result {
    let names: Vec<&str> = roles.iter().map(|(role, _)| role).collect();
    let column = |head, cell: fn(Tally) -> String| Filled {
        metric: "",
        head,
        cells: roles.iter().map(|(_, tally)| cell(tally)).collect(),
    };
    writeln!(f)?;
    let columns = [
        column("right", |tally| tally.right.to_string()),
        column("of", |tally| tally.total.to_string()),
        column("share", |tally| three(tally.share())),
    ];
    write_columns(f, &names, &columns)
}

/// A column with what stands in each of its rows.
struct Filled {
    metric: &'static str,
    head: &'static str,
    cells: Vec<String>,
}

fn write_columns(f: &mut fmt::Formatter<'_>, names: &[&str], columns: &[Filled]) -> fmt::Result {
    let name_width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut metrics = String::new();
    let mut lines = vec![" ".repeat(name_width)];
    lines.extend(names.iter().map(|name| format!("{name:name_width$}")));
    let mut end = name_width;
    let mut metric = "";
    for column in columns {
        // A wider gap before each metric, so that its columns are seen to belong together.
        let gap = if column.metric == metric { 2 } else { 3 };
        if column.metric != metric {
            metric = column.metric;
            metrics = format!("{metrics:width$}{metric}", width = end + gap);
        }
        let cells = || [column.head].into_iter().chain(column.cells.iter().map(String::as_str));
        let width = cells().map(|cell| cell.chars().count()).max().unwrap_or(0);
        for (line, cell) in lines.iter_mut().zip(cells()) {
            line.push_str(&format!("{:gap$}{cell:>width$}", ""));
        }
        end += gap + width;
    }
    for line in [metrics].iter().chain(&lines).map(|line| line.trim_end()).filter(|line| !line.is_empty()) {
        writeln!(f, "{line}")?;
    }
    Ok(())
}
