//! Tells tables of data from tables that only arrange a page.

use html5ever::local_name;

use super::event::Cell;
use super::math;
use crate::blocks::Blocks;
use crate::document::{Arena, Data, NodeId, Tag};

/// A cell of more words than this is not a datum.
const LONGEST_DATUM: f32 = 100.0;

/// The most that an attribute can make a cell span.
const WIDEST: u16 = 1000;

/// What a cell's attributes say.
pub(super) fn cell(arena: &Arena, id: NodeId, header: bool) -> Cell {
    let span = |name| {
        let number = arena.attr(id, name).and_then(|value| value.trim().parse::<u16>().ok());
        number.unwrap_or(1).clamp(1, WIDEST)
    };
    Cell { header, columns: span(&local_name!("colspan")), rows: span(&local_name!("rowspan")) }
}

/// What is in the cells of a table.
#[derive(Default)]
struct Census {
    rows: u32,
    /// Cells of the present row.
    in_row: u32,
    columns: u32,
    /// Cells with text.
    cells: u32,
    /// The same of the present row, and of the row that has most.
    filled_in_row: u32,
    most_filled: u32,
    /// Cells with a list, with several blocks, or with very long text, and those of the last kind alone.
    heavy: u32,
    long: u32,
    headers: bool,
    /// Headings in cells that are no headers themselves.
    headings: bool,
    in_head: bool,
    in_header: bool,
    /// Header cells of the present row, and whether a row of several cells held nothing else.
    headers_in_row: u32,
    is_headed: bool,
    /// How many cells the first row of several has, and whether another has more or fewer.
    width: u32,
    is_uneven: bool,
    /// Cells with text of the first and of the second row, and of these the ones in bold.
    first_rows: [(u32, u32); 2],
    /// Cells of the first and of the second row that say in their class, or their row's, that they head a column.
    called_headers: [u32; 2],
    /// Columns, as bits, with numbers and with other text, in the first row and in later ones.
    numbers: [u64; 2],
    texts: [u64; 2],
    /// The last block of the present cell.
    block: Option<usize>,
    /// What the present cell counts as.
    filled: bool,
    is_heavy: bool,
    is_long: bool,
}

/// What a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It arranges a page.
    Layout,
    /// It has rows and columns of short text. Its first row may be a header without saying so.
    Data { plain_header: bool },
}

/// Tells a table with rows and columns of short text from others.
///
/// A nested table, a quotation or preformatted text makes it layout, and so does a heading in a cell that is no header, a
/// single row without headers, a single column, or a heavy cell. Of a table with headers, or whose rows all have as many
/// cells, one cell in four may be heavy, and nearly every other one of a table under a row of headers: lists have a place in
/// these, long texts have not. Where no row has text in two cells, nothing is said of anything: such tables put an icon
/// beside a warning.
pub(super) fn kind(arena: &Arena, blocks: &Blocks, table: NodeId) -> Kind {
    if matches!(arena.attr(table, &local_name!("role")), Some("presentation" | "none")) {
        return Kind::Layout;
    }
    let Some(census) = count(arena, blocks, table) else { return Kind::Layout };
    let enough_rows = census.rows >= 2 || (census.rows == 1 && census.headers);
    if census.columns < 2 || census.most_filled < 2 || !enough_rows || !census.is_light() {
        return Kind::Layout;
    }
    Kind::Data { plain_header: census.has_plain_header() }
}

/// `None` where an element in a cell settles the matter. The search ends at a nested table, so that no node is
/// looked at for any table but its innermost.
fn count(arena: &Arena, blocks: &Blocks, table: NodeId) -> Option<Census> {
    let mut census = Census::default();
    let mut next = arena.get(table)?.first_child.some();
    while let Some(id) = next {
        let node = arena.get(id)?;
        match &node.data {
            Data::Text(_) => census.text(blocks, id),
            // To the blocks a formula is several, and so is the text around it; to a reader all is one.
            Data::Element(element) if math::of(arena, id, element).is_some() => {
                census.formula();
                next = following(arena, id, table);
                continue;
            }
            Data::Element(element) => {
                census.element(element.tag)?;
                if let Some(called) = census.called_headers.get_mut(census.rows as usize) {
                    *called += u32::from(is_called_header(arena, id, element.tag));
                }
            }
            _ => {}
        }
        next = node.first_child.some().or_else(|| following(arena, id, table));
    }
    census.end_cell();
    census.end_row();
    Some(census)
}

/// The next node in document order that is not in `id`, if it is in `within`.
fn following(arena: &Arena, id: NodeId, within: NodeId) -> Option<NodeId> {
    let mut id = id;
    loop {
        if id == within {
            return None;
        }
        let node = arena.get(id)?;
        if let Some(next) = node.next.some() {
            return Some(next);
        }
        id = node.parent.some()?;
    }
}

/// True for a cell that is called a header, or whose row is.
fn is_called_header(arena: &Arena, id: NodeId, tag: Tag) -> bool {
    let row = arena.get(id).map_or(NodeId::NONE, |node| node.parent);
    let called = |id: NodeId| {
        /// No name is longer than this, in bytes.
        const LONGEST: usize = 64;
        let class = arena.attr(id, &local_name!("class")).unwrap_or("");
        let mut names = class.split_ascii_whitespace().take(8).filter(|name| name.len() <= LONGEST);
        names.any(|name| name.to_ascii_lowercase().contains("head"))
    };
    let scope = || matches!(arena.attr(id, &local_name!("scope")), Some("col" | "colgroup"));
    tag == Tag::Td && (scope() || called(id) || called(row))
}

/// True for what a column of numbers holds: `1,200`, `$5.00`, `12 %`, `3–4`.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > letters
}

impl Census {
    /// True if all cells of the first row are called headers, or are in bold where the next row is not, or stand above
    /// a column of names and beside an empty corner, or are words above columns of which one holds numbers alone.
    /// A word above two columns of words and numbers may be the first of a list of names and values.
    fn has_plain_header(&self) -> bool {
        let [(first, first_bold), (second, second_bold)] = self.first_rows;
        if self.headers || first == 0 || second == 0 {
            return false;
        }
        let is_bold = first_bold == first && second_bold < second;
        let ([top_numbers, numbers], [top_texts, texts]) = (self.numbers, self.texts);
        let columns = self.columns.clamp(1, u64::BITS);
        let all = u64::MAX >> (u64::BITS - columns);
        let numeric = (numbers & !texts).count_ones();
        let [called, second_called] = self.called_headers;
        let is_called = called >= first && second_called < second;
        let has_corner = (top_numbers | top_texts) == all & !1
            && texts & 1 == 1
            && numbers & 1 == 0
            && (columns > 2 || (numeric == 1 && top_numbers == 0));
        let is_above_numbers =
            top_numbers == 0 && top_texts == all && numeric > 0 && (numeric > 1 || columns > 2);
        (first > 1 && (is_called || is_bold)) || (self.rows > 2 && (has_corner || is_above_numbers))
    }

    fn is_light(&self) -> bool {
        let is_regular = self.rows > 2 && !self.is_uneven;
        (!self.headings || self.headers)
            && (self.heavy == 0
                || (self.is_headed && self.heavy * 2 < self.cells && self.long * 4 <= self.cells)
                || ((self.headers || is_regular) && self.heavy * 4 <= self.cells))
    }

    fn element(&mut self, tag: Tag) -> Option<()> {
        match tag {
            Tag::Table | Tag::Blockquote => return None,
            _ if tag.is_preformatted() => return None,
            // In a caption it says nothing of the cells.
            _ if tag.heading_level().is_some() => {
                let is_in_datum = self.in_row > 0 && !self.in_header;
                self.headings |= is_in_datum;
                self.is_heavy |= is_in_datum;
            }
            Tag::Thead => self.in_head = true,
            Tag::Tbody | Tag::Tfoot => self.in_head = false,
            Tag::Tr => {
                self.end_cell();
                self.end_row();
            }
            Tag::Td | Tag::Th => {
                self.end_cell();
                self.in_row += 1;
                self.in_header = tag == Tag::Th || self.in_head;
                self.headers |= self.in_header;
                self.headers_in_row += u32::from(self.in_header);
            }
            Tag::Ul | Tag::Ol | Tag::Dl => self.is_heavy = true,
            Tag::Caption => self.end_cell(),
            _ => {}
        }
        Some(())
    }

    fn text(&mut self, blocks: &Blocks, id: NodeId) {
        let Some(block) = blocks.mark(id).block() else { return };
        if self.block == Some(block) {
            return;
        }
        self.is_heavy |= self.block.is_some();
        self.block = Some(block);
        let Some(facts) = blocks.blocks.get(block) else { return };
        self.is_long |= facts.measured.words > LONGEST_DATUM;
        let column = 1_u64.checked_shl(self.in_row.saturating_sub(1)).unwrap_or(0);
        let is_number = is_number(blocks.text_of(facts));
        let kinds = if is_number { &mut self.numbers } else { &mut self.texts };
        if let Some(columns) = kinds.get_mut(self.rows.min(1) as usize) {
            *columns |= column;
        }
        if let Some((cells, bold)) = self.first_rows.get_mut(self.rows as usize).filter(|_| !self.filled) {
            *cells += 1;
            *bold += u32::from(facts.bold_chars >= facts.measured.chars);
        }
        self.filled = true;
    }

    fn formula(&mut self) {
        self.block = None;
        self.filled = true;
    }

    fn end_cell(&mut self) {
        if self.in_row > 0 {
            self.cells += u32::from(self.filled);
            self.filled_in_row += u32::from(self.filled);
            self.heavy += u32::from(self.filled && (self.is_heavy || self.is_long));
            self.long += u32::from(self.filled && self.is_long);
        }
        self.block = None;
        self.filled = false;
        self.is_heavy = false;
        self.is_long = false;
    }

    fn end_row(&mut self) {
        if self.in_row > 1 {
            self.is_headed |= self.headers_in_row == self.in_row;
            self.is_uneven |= self.width > 0 && self.width != self.in_row;
            self.width = if self.width > 0 { self.width } else { self.in_row };
        }
        self.headers_in_row = 0;
        self.rows += u32::from(self.in_row > 0);
        self.columns = self.columns.max(self.in_row);
        self.most_filled = self.most_filled.max(self.filled_in_row);
        self.in_row = 0;
        self.filled_in_row = 0;
    }
}
