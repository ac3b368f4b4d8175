//! A table in GitHub's dialect. It knows neither spans nor tables without a header: cells that a span covers are
//! empty, and so is the header that a table lacks.

use crate::render::event::Cell;

/// Spans beyond this column are not followed: the empty cells would outgrow the page.
const WIDEST: usize = 64;

/// The rows of a table.
#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    /// For each column, how many rows below are covered by a cell above them.
    covered: Vec<u16>,
    cell: Option<(Cell, String)>,
    /// The first row has headers, and data.
    header: bool,
    data: bool,
    /// All that the first row has is a header at its begin, of that row if others are longer.
    lone: bool,
}

impl Grid {
    pub(super) fn begin_cell(&mut self, cell: Cell) {
        self.skip_covered();
        self.cell = Some((cell, String::new()));
    }

    pub(super) fn is_in_cell(&self) -> bool {
        self.cell.is_some()
    }

    /// Adds a block to the cell.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, content)) = &mut self.cell {
            if !content.is_empty() {
                content.push_str("<br>");
            }
            content.push_str(text);
        }
    }

    pub(super) fn end_cell(&mut self) {
        let Some((cell, content)) = self.cell.take() else { return };
        if self.rows.is_empty() && !content.is_empty() {
            self.lone = !self.header && self.row.is_empty() && cell.columns == 1;
            self.header |= cell.header;
            self.data |= !cell.header;
        }
        let column = self.row.len();
        let end = (column + usize::from(cell.columns)).min(WIDEST.max(column + 1));
        self.row.push(content);
        self.row.resize(end, String::new());
        if cell.rows > 1 && end <= WIDEST {
            self.covered.resize(self.covered.len().max(end), 0);
            for covered in self.covered.iter_mut().take(end).skip(column) {
                *covered = cell.rows;
            }
        }
    }

    fn skip_covered(&mut self) {
        while self.covered.get(self.row.len()).is_some_and(|&rows| rows > 0) {
            self.row.push(String::new());
        }
    }

    pub(super) fn end_row(&mut self) {
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
        let filled = self.row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        self.row.truncate(filled);
        let row = std::mem::take(&mut self.row);
        if filled > 0 {
            self.rows.push(row);
        }
    }

    /// The lines of the table; nothing where it has no rows.
    pub(super) fn write(mut self) -> String {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if width == 0 {
            return String::new();
        }
        if self.data || !self.header || (self.lone && width > 1) {
            self.rows.insert(0, Vec::new());
        }
        let mut out = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            out.push('|');
            for cell in row {
                out.push(' ');
                out.push_str(cell);
                out.push_str(if cell.is_empty() { "|" } else { " |" });
            }
            if number == 0 {
                // Only the header must have all the columns; a row may be short.
                out.extend(std::iter::repeat_n(" |", width - row.len()));
                out.push_str("\n|");
                out.extend(std::iter::repeat_n(" --- |", width));
            }
        }
        out
    }
}
