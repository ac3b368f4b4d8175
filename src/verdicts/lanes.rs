//! Features laid out for the models: a column for each feature, a lane for each of up to [`LANES`] blocks.

use std::ops::Range;

use super::features::{Columns, whole_page};
use super::model::{Column, LANES, Model};
use super::page::Page;

/// The features of up to [`LANES`] blocks, as far as a model uses them.
pub(super) struct Lanes {
    /// One for each feature up to the last that is used: to leave out the few unused ones would cost more.
    columns: Vec<Column>,
    /// The same of a few blocks, before they go to the columns: those are so far apart in memory that one value after
    /// another would drive out of the cache what the next block needs.
    narrow: Vec<[f32; NARROW]>,
    lane: usize,
    next: usize,
    /// Where the features of the page as a whole end; they are the same in all lanes and written once.
    page_end: Option<usize>,
}

/// So many blocks' values of a feature make a line of the cache.
const NARROW: usize = 16;

impl Lanes {
    fn new(model: &Model) -> Lanes {
        let count = model.used().iter().max().map_or(0, |&last| usize::from(last) + 1);
        Lanes {
            columns: vec![[0.0; LANES]; count],
            narrow: vec![[0.0; NARROW]; count],
            lane: 0,
            next: 0,
            page_end: None,
        }
    }

    /// The features that follow are those of the block in that lane.
    fn begin(&mut self, lane: usize) {
        self.lane = lane;
        self.next = 0;
    }

    /// Hands the last few blocks' features to the columns.
    fn spread(&mut self) {
        let part = self.lane / NARROW;
        for (column, narrow) in self.columns.iter_mut().zip(&self.narrow) {
            if let Some(place) = column.as_chunks_mut::<NARROW>().0.get_mut(part) {
                *place = *narrow;
            }
        }
    }
}

/// Has `fill` write the features of so many blocks, and hands those that `model` uses to `each`, [`LANES`] at a time:
/// the columns by the features' numbers, and which blocks they are of.
pub(super) fn in_lanes(
    model: &Model,
    count: usize,
    fill: impl Fn(usize, &mut Lanes),
    mut each: impl FnMut(&[Column], Range<usize>),
) {
    let mut lanes = Lanes::new(model);
    for start in (0..count).step_by(LANES) {
        let end = count.min(start + LANES);
        for (lane, index) in (start..end).enumerate() {
            lanes.begin(lane);
            fill(index, &mut lanes);
            if lane % NARROW == NARROW - 1 || index + 1 == end {
                lanes.spread();
            }
        }
        each(&lanes.columns, start..end);
    }
}

impl Columns for Lanes {
    fn put(&mut self, _: &'static str, value: f32) {
        let lane = self.lane % NARROW;
        if let Some(place) = self.narrow.get_mut(self.next).and_then(|column| column.get_mut(lane)) {
            *place = value;
        }
        self.next += 1;
    }

    fn put_of(&mut self, _: &'static str, member: &'static str, value: f32) {
        self.put(member, value);
    }

    fn put_all(&mut self, _: &'static str, _: impl Iterator<Item = &'static str>, values: &[f32]) {
        let lane = self.lane % NARROW;
        for (column, value) in self.narrow.get_mut(self.next..).into_iter().flatten().zip(values) {
            if let Some(place) = column.get_mut(lane) {
                *place = *value;
            }
        }
        self.next += values.len();
    }

    fn put_page(&mut self, page: &Page<'_>) {
        let start = self.next;
        self.next = match self.page_end {
            Some(end) => end,
            None => {
                let mut values = Vec::new();
                whole_page(page, &mut values);
                for (number, value) in (start..).zip(&values) {
                    if let Some(column) = self.narrow.get_mut(number) {
                        column.fill(*value);
                    }
                }
                start + values.len()
            }
        };
        self.page_end = Some(self.next);
    }
}
