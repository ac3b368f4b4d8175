//! What is taken whole or not at all: code, and the rows of tables. Of a part alone the words may say little; the other
//! parts say nothing without it.

use std::ops::Range;

use super::choice::LEAST;
use crate::blocks::{Blocks, ContainerFacts};
use crate::document::Tag;

/// Takes all blocks of a `pre` or none, by what holds for most of its characters: a listing of which single lines are
/// left out is worth nothing. A doubtful one between two blocks of the text belongs to it: the text speaks of it.
pub(super) fn keep_code_whole(blocks: &Blocks, scores: &[f32], content: &mut [bool]) {
    /// Under this code is seldom gold: on wcxb-dev whole pages have none, and taking all of theirs costs 0.001 of F1.
    const DOUBTFUL: f32 = 0.3;
    // A `pre` that nobody closed holds the rest of the page, and that is no listing.
    let is_code =
        |one: &&ContainerFacts| one.tag == Tag::Pre && one.sums.headings == 0 && one.sums.paragraphs == 0;
    let mut decided = 0;
    for pre in blocks.containers.iter().filter(is_code) {
        let range = pre.first_block as usize..pre.end_block as usize;
        // One inside another went with it.
        if range.start < decided {
            continue;
        }
        decided = range.end;
        let is_chosen = |index: usize| content.get(index) == Some(&true);
        let amid = range.start.checked_sub(1).is_some_and(is_chosen) && is_chosen(range.end);
        let (Some(scores), Some(blocks), Some(content)) =
            (scores.get(range.clone()), blocks.blocks.get(range.clone()), content.get_mut(range))
        else {
            continue;
        };
        let (mut chosen, mut all, mut score) = (0, 0, 0.0);
        for ((block, is_chosen), its) in blocks.iter().zip(&*content).zip(scores) {
            all += block.text.len();
            chosen += if *is_chosen { block.text.len() } else { 0 };
            score += its * block.text.len() as f32;
        }
        let is_taken = chosen * 2 > all || amid && score >= DOUBTFUL * all as f32;
        // One that is surely something else, such as a button, does not become text.
        for (place, score) in content.iter_mut().zip(scores) {
            *place = is_taken && *score >= LEAST;
        }
    }
}

/// Takes each row of a table of data whole, if anything of it is taken and most of the table is to be expected in the text: where a cell is
/// missing, those behind it stand in columns that are not theirs, and the marks and numbers that such a table is about
/// score low, being hardly words.
pub(super) fn keep_rows_whole(blocks: &Blocks, scores: &[f32], content: &mut [bool]) {
    let mut open: Vec<Table> = Vec::new();
    for one in &blocks.containers {
        while let Some(table) = open.pop_if(|table| table.depth >= one.depth) {
            table.keep_rows_whole(blocks, scores, content);
        }
        if one.tag == Tag::Table {
            // A table in a cell makes that around it one of layout.
            open.last_mut().into_iter().for_each(|outer| outer.is_layout = true);
            open.push(Table::new(one));
        } else if let Some(table) = open.last_mut() {
            table.add(one);
        }
    }
    for table in open {
        table.keep_rows_whole(blocks, scores, content);
    }
}

/// A table, as far as it has been read.
struct Table {
    depth: u16,
    blocks: Range<usize>,
    rows: Vec<Range<usize>>,
    /// Cells with text.
    cells: u32,
    /// Cells of several blocks or of very long text.
    heavy: u32,
    is_layout: bool,
}

impl Table {
    /// Lists of links are often tables, too, and not meant to come out with all that stands beside each link.
    const MOST_LINKS: f32 = 0.3;
    /// A cell of more words than this is not a datum.
    const LONGEST_DATUM: f32 = 100.0;

    fn new(table: &ContainerFacts) -> Table {
        Table {
            depth: table.depth,
            blocks: range(table),
            rows: Vec::new(),
            cells: 0,
            heavy: 0,
            is_layout: table.sums.headings > 0 || table.sums.link_ratio() > Table::MOST_LINKS,
        }
    }

    fn add(&mut self, part: &ContainerFacts) {
        match part.tag {
            Tag::Tr => self.rows.push(range(part)),
            Tag::Td | Tag::Th if part.sums.blocks > 0 => {
                self.cells += 1;
                self.heavy += u32::from(part.sums.blocks > 1 || part.sums.words > Table::LONGEST_DATUM);
            }
            _ => {}
        }
    }

    fn keep_rows_whole(self, blocks: &Blocks, scores: &[f32], content: &mut [bool]) {
        if self.is_layout || self.rows.len() < 2 || self.heavy * 4 > self.cells {
            return;
        }
        let (mut expected, mut all) = (0.0, 0.0);
        for index in self.blocks {
            let length = blocks.blocks.get(index).map_or(0, |block| block.text.len()) as f32;
            expected += scores.get(index).copied().unwrap_or(0.0) * length;
            all += length;
        }
        if expected * 2.0 <= all {
            return;
        }
        for row in self.rows {
            if !content.get(row.clone()).is_some_and(|row| row.contains(&true)) {
                continue;
            }
            // Marks are hardly words, and score as such. Words that are surely none of the text, such as a button's,
            // do not become text.
            for index in row {
                let is_mark = || blocks.blocks.get(index).is_some_and(|block| block.measured.words <= 1.0);
                let belongs = scores.get(index).is_some_and(|score| *score >= LEAST) || is_mark();
                if let Some(place) = content.get_mut(index).filter(|_| belongs) {
                    *place = true;
                }
            }
        }
    }
}

fn range(container: &ContainerFacts) -> Range<usize> {
    container.first_block as usize..container.end_block as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::by_hand::Hand;
    use crate::blocks::{Groups, Kind};

    #[test]
    fn code_is_taken_whole_or_not_at_all() {
        let mut hand = Hand::new();
        let pre = hand.container(0, Tag::Pre, Groups::default());
        for text in ["for (i = 0; i < n; i++) {", "total += weight[i] * value[i];", "}"] {
            let line = hand.container(pre, Tag::Div, Groups::default());
            hand.block(line, Kind::Code, text, false);
        }
        let outside = hand.container(0, Tag::Div, Groups::default());
        hand.block(outside, Kind::Paragraph, "Copied", false);
        let blocks = hand.finish();
        let taken = |chosen: [bool; 4], scores: [f32; 4]| {
            let mut content = chosen;
            keep_code_whole(&blocks, &scores, &mut content);
            content
        };
        assert_eq!(taken([true, true, false, false], [0.8, 0.8, 0.2, 0.2]), [true, true, true, false]);
        assert_eq!(taken([false, false, true, true], [0.1, 0.1, 0.8, 0.9]), [false, false, false, true]);
        assert_eq!(taken([false, false, false, true], [0.2, 0.1, 0.1, 0.9]), [false, false, false, true]);
        // What is surely none of it stays out.
        assert_eq!(taken([true, true, false, false], [0.8, 0.8, 0.01, 0.2]), [true, true, false, false]);
    }

    #[test]
    fn code_between_two_blocks_of_the_text_is_taken() {
        let mut hand = Hand::new();
        hand.block(0, Kind::Paragraph, "Set the depth of the well:", false);
        let pre = hand.container(0, Tag::Pre, Groups::default());
        hand.block(pre, Kind::Code, "depth = 40", false);
        hand.block(0, Kind::Paragraph, "The bucket then stops above the mud.", false);
        let blocks = hand.finish();
        for (chosen, score, taken) in [
            ([true, false, true], 0.4, true),
            ([true, false, false], 0.4, false),
            ([true, false, true], 0.2, false),
        ] {
            let mut content = chosen;
            keep_code_whole(&blocks, &[0.9, score, 0.9], &mut content);
            assert_eq!(content[1], taken, "{chosen:?} {score}");
        }
    }

    /// A table with these rows of cells, each of one block or, where there is a bar, of two.
    fn table(rows: &[&[&str]], link: bool) -> Blocks {
        let mut hand = Hand::new();
        let table = hand.container(0, Tag::Table, Groups::default());
        for cells in rows {
            let row = hand.container(table, Tag::Tr, Groups::default());
            for cell in *cells {
                let inner = hand.container(row, Tag::Td, Groups::default());
                for text in cell.split('|') {
                    hand.block(inner, Kind::TableCell, text, link);
                }
            }
        }
        hand.finish()
    }

    fn score(is_chosen: bool) -> f32 {
        if is_chosen { 0.9 } else { 0.1 }
    }

    #[test]
    fn a_row_of_data_is_taken_whole() {
        let rows: [&[&str]; 3] = [
            &["Sorts of clay", "Firm", "Cheap"],
            &["Blue clay of the fen", "✓", "—"],
            &["Sea clay", "✗", "✓"],
        ];
        let taken = |link, chosen: [bool; 9]| {
            let mut content = chosen;
            keep_rows_whole(&table(&rows, link), &chosen.map(score), &mut content);
            content
        };
        let (yes, no) = (true, false);
        let most = [yes, yes, yes, yes, no, no, no, no, no];
        assert_eq!(taken(false, most), [yes, yes, yes, yes, yes, yes, no, no, no]);
        // Links go by themselves, and so do the cells of a table of which little is taken.
        assert_eq!(taken(true, most), most);
        let little = [no, no, no, yes, no, no, no, no, no];
        assert_eq!(taken(false, little), little);
    }

    #[test]
    fn a_table_of_layout_has_no_rows() {
        let rows: [&[&str]; 2] =
            [&["Posted on Monday", "#2"], &["Ada|Joined 2009|4 posts", "The well is dry.|Is it?"]];
        let blocks = table(&rows, false);
        let chosen = [true, false, false, false, false, true, true];
        let mut content = chosen;
        keep_rows_whole(&blocks, &chosen.map(score), &mut content);
        assert_eq!(content, chosen);
    }
}
