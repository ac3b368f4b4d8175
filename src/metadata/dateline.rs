//! Dates that begin a text, as news agencies write them, and the line at a page's end that says when it was changed.

use super::date_text::{Found, Order, find_all};

/// No place and agency in front of a date are longer than this, in bytes.
const LONGEST_PLACE: usize = 40;

/// The date with which a text begins: `27.1.2022 – `, `(21 November 2022) `, `LONDON, May 20, 2024 (Agency) – `.
pub(super) fn begins(text: &str, order: Order) -> Option<Found> {
    const LONGEST_DATE: usize = 30;
    let end =
        text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_PLACE + LONGEST_DATE).last()?;
    let found = find_all(text.get(..end)?, order).into_iter().next()?;
    let before = text.get(..found.at.start)?.trim_end();
    let after = text.get(found.at.end..)?.trim_start_matches('.').trim_start();
    let is_bracketed = before == "(" && after.starts_with(')');
    let is_place = before.is_empty() || (before.len() <= LONGEST_PLACE && before.ends_with(','));
    let parts =
        after.starts_with(['–', '—', '(', '/']) || after.starts_with("- ") || after.starts_with("-- ");
    (is_bracketed || (is_place && parts)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_begin_a_text() {
        for text in [
            "27.1.2022 - At dusk they came.",
            "27.1.2022 – At dusk they came.",
            "(27 January 2022) At dusk they came.",
            "Berlin, 27. Januar 2022 – At dusk they came.",
            "LONDON, Jan. 27, 2022 (BARN WIRE) -- At dusk they came.",
            "LONDON, Jan. 27, 2022 /BarnWire/ -- At dusk they came.",
        ] {
            let found = begins(text, Order::DayFirst).map(|found| found.date.to_string());
            assert_eq!(found.as_deref(), Some("2022-01-27"), "{text}");
        }
        for text in [
            "On 27.1.2022 – at dusk – they came.",
            "27.1.2022 was a night for owls.",
            "27.1.2022-28.1.2022",
            "They came, as every year at that time and in that barn, on 27.1.2022 – at dusk.",
            "",
        ] {
            assert_eq!(begins(text, Order::DayFirst), None, "{text}");
        }
    }
}
