//! Rows as Arrow columns, for Parquet and for the Python package.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float32Array, Int64Array, ListArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, Field};

use crate::record::{BlockRecord, Columns, ReasonRecord, Record};

/// Columns with their names and types, in order.
pub(crate) type Table = Vec<(Field, ArrayRef)>;

/// The columns of these rows, in the order of [`Record`]'s fields.
pub(crate) fn columns(rows: &[&Record], columns: &Columns) -> Result<Table, ArrowError> {
    let text = |name, value: fn(&Record) -> Option<&str>| texts(name, rows.iter().map(|row| value(row)));
    let list = |name, value: fn(&Record) -> Option<&[String]>| {
        let values = rows.iter().filter_map(|row| value(row)).flatten().map(|value| Some(value.as_str()));
        let lengths = rows.iter().map(|row| value(row).map(<[String]>::len));
        lists(name, vec![texts("item", values)], lengths)
    };
    let mut table = vec![text("text", |row| row.text.as_deref())];
    if columns.markdown {
        table.push(text("markdown", |row| row.markdown.as_deref()));
    }
    if columns.html {
        table.push(text("html", |row| row.html.as_deref()));
    }
    table.push(text("title", |row| row.title.as_deref()));
    table.push(text("declared_title", |row| row.declared_title.as_deref()));
    table.push(text("subtitle", |row| row.subtitle.as_deref()));
    table.push(list("authors", |row| Some(&row.authors))?);
    table.push(text("byline", |row| row.byline.as_deref()));
    table.push(list("organisations", |row| Some(&row.organisations))?);
    table.push(text("published", |row| row.published.as_deref()));
    table.push(text("modified", |row| row.modified.as_deref()));
    table.push(text("site_name", |row| row.site_name.as_deref()));
    table.push(text("language", |row| row.language.as_deref()));
    table.push(text("canonical_url", |row| row.canonical_url.as_deref()));
    table.push(text("image", |row| row.image.as_deref()));
    table.push(text("description", |row| row.description.as_deref()));
    table.push(list("tags", |row| Some(&row.tags))?);
    table.push(list("sections", |row| Some(&row.sections))?);
    table.push(text("licence", |row| row.licence.as_deref()));
    let is_free = rows.iter().map(|row| row.is_free).collect::<BooleanArray>();
    table.push(column("is_free", Arc::new(is_free)));
    table.push(text("next_page", |row| row.next_page.as_deref()));
    table.push(text("previous_page", |row| row.previous_page.as_deref()));
    table.push(text("page_type", |row| row.page_type));
    table.push(floats("confidence", rows.iter().map(|row| row.confidence)));
    table.push(list("truncated", |row| Some(&row.truncated))?);
    if columns.comments {
        table.push(list("comments", |row| row.comments.as_deref())?);
    }
    if columns.blocks {
        table.push(blocks(rows, columns.reasons)?);
    }
    table.push(text("error", |row| row.error.as_deref()));
    Ok(table)
}

fn blocks(rows: &[&Record], with_reasons: bool) -> Result<(Field, ArrayRef), ArrowError> {
    let all: Vec<&BlockRecord> = rows.iter().filter_map(|row| row.blocks.as_ref()).flatten().collect();
    let mut fields = vec![
        texts("role", all.iter().map(|block| Some(block.role))),
        texts("kind", all.iter().map(|block| Some(block.kind))),
        floats("score", all.iter().map(|block| Some(block.score))),
        texts("text", all.iter().map(|block| Some(block.text.as_str()))),
        numbers("words", all.iter().map(|block| Some(block.words))),
        floats("text_density", all.iter().map(|block| Some(block.text_density))),
        floats("link_ratio", all.iter().map(|block| Some(block.link_ratio))),
    ];
    if with_reasons {
        let of = |block: &&&BlockRecord| block.reasons.as_ref().map(Vec::len);
        let each: Vec<&ReasonRecord> =
            all.iter().filter_map(|block| block.reasons.as_ref()).flatten().collect();
        let reason = vec![
            texts("name", each.iter().map(|reason| Some(reason.name.as_str()))),
            floats("value", each.iter().map(|reason| Some(reason.value))),
            floats("contribution", each.iter().map(|reason| Some(reason.contribution))),
        ];
        fields.push(lists("reasons", reason, all.iter().map(|block| of(&block)))?);
    }
    lists("blocks", fields, rows.iter().map(|row| row.blocks.as_ref().map(Vec::len)))
}

fn column(name: &str, array: ArrayRef) -> (Field, ArrayRef) {
    (Field::new(name, array.data_type().clone(), true), array)
}

pub(crate) fn texts<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> (Field, ArrayRef) {
    column(name, Arc::new(values.collect::<StringArray>()))
}

/// Signed, as several engines know no other integers.
pub(crate) fn numbers(name: &str, values: impl Iterator<Item = Option<u64>>) -> (Field, ArrayRef) {
    let values = values.map(|value| value.and_then(|value| i64::try_from(value).ok()));
    column(name, Arc::new(values.collect::<Int64Array>()))
}

fn floats(name: &str, values: impl Iterator<Item = Option<f32>>) -> (Field, ArrayRef) {
    column(name, Arc::new(values.collect::<Float32Array>()))
}

/// Lists of these lengths, null where there is no length; of structs, if there are several fields.
fn lists(
    name: &str,
    fields: Table,
    lengths: impl Iterator<Item = Option<usize>>,
) -> Result<(Field, ArrayRef), ArrowError> {
    let lengths: Vec<Option<usize>> = lengths.collect();
    let nulls: NullBuffer = lengths.iter().map(Option::is_some).collect::<Vec<bool>>().into();
    let offsets = OffsetBuffer::from_lengths(lengths.iter().map(|length| length.unwrap_or(0)));
    let (fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = fields.into_iter().unzip();
    let values = match arrays.pop() {
        Some(only) if arrays.is_empty() => only,
        last => {
            arrays.extend(last);
            Arc::new(StructArray::try_new(fields.into(), arrays, None)?)
        }
    };
    let item = Arc::new(Field::new("item", values.data_type().clone(), true));
    Ok(column(name, Arc::new(ListArray::try_new(item, offsets, values, Some(nulls))?)))
}
