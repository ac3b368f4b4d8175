//! Which of the sums that an item shows is to be paid for it. Beside its price stand what it cost before, what is
//! saved, an instalment, the price of a litre, the postage.

use super::money::{Place, sign_after, sign_before};
use super::price::{self, Price};
use crate::metadata::fold;

/// How surely a sum is what is to be paid now. Of several the surest is the price, and of such the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// No price: what is saved, what the post takes.
    Never,
    /// For a month, for a measure.
    Rate,
    /// Struck through, which is surer than a word that may be about several.
    Struck,
    /// Asked before, or elsewhere.
    Past,
    Plain,
    /// Said to be asked now.
    Now,
}

/// Before a sum that was asked before, or is asked elsewhere.
const PAST: &str = "\
    was, were, before, original, originally, orig, reg, regular, regular price, list, list price, retail, retail price, \
    typical price, compare at, compared to, comp value, comparable value, msrp, rrp, mrp, srp, lowest price in 30 days, lowest recent price, \
    statt, anstatt, uvp, bisher, vorher, zuvor, ursprünglich, früher, niedrigster preis, letzten 30 tage, \
    niedrigster preis der letzten 30 tage, niedrigster preis in den letzten 30 tagen, \
    au lieu de, avant, prix conseillé, prix barré, prix de référence, antes, antes de, precio anterior, precio original, \
    pvpr, invece di, anziché, prima, prezzo originale, prezzo precedente, preço original, preço anterior, \
    adviesprijs, van, was van, ordinarie pris, ord pris, tidigare, tidligere, førpris, vejl pris, veil pris, ovh, \
    alkuperäinen hinta, cena regularna, najniższa cena, z 30 dni przed obniżką, \
    najniższa cena z 30 dni przed obniżką, poprzednia cena, původní cena, \
    běžná cena, старая цена, стара ціна, eski fiyat, önceki fiyat";

/// The same in scripts that do not part words.
const PAST_UNPARTED: [&str; 10] =
    ["定価", "参考価格", "通常価格", "希望小売価格", "元値", "原价", "原價", "市场价", "市價", "정가"];

/// Before a sum that is asked now.
const NOW: &str = "\
    now, now only, now from, sale price, sale, current price, current price is, our price, your price, special price, \
    deal price, jetzt, jetzt nur, jetzt ab, aktueller preis, maintenant, prix actuel, ahora, precio actual, adesso, \
    prezzo attuale, agora, preço atual, nu, nå, nyt, teraz, nyní, сейчас, зараз, şimdi";

/// Before a sum that is no price: what is saved, what must be spent, what the post takes.
const NEVER: &str = "\
    save, you save, save up to, savings, saving, discount, over, spend, shipping, delivery, postage, deposit, \
    sie sparen, sparen sie, spare, ersparnis, rabatt, versand, versandkosten, zzgl, bestellwert von, \
    économisez, remise, livraison, port, ahorra, ahorras, descuento, envío, risparmi, sconto, spedizione, economize, \
    desconto, frete, bespaar, korting, verzendkosten, spar, spara, säästä, frakt, oszczędzasz, rabat, dostawa, \
    ušetříte, sleva, doprava, скидка, экономия, доставка, знижка, indirim, kargo";

/// Before one of several payments.
const PART: &str = "\
    payments of, installments of, instalments of, monthly payments from, raten à, raten zu, raten von, fois, \
    cuotas de, rate da, rate di, parcelas de, vezes de, termijnen van, raty po";

/// Behind a sum that is no price.
const NEVER_AFTER: &str = "\
    off, discount, value, saved, savings, cash back, cashback, rabatt, gespart, de réduction, de remise, \
    de descuento, de desconto, di sconto, korting";

/// Behind a sum that the post takes, with no more words: `€19 shipping calculated at checkout`.
const POSTAGE_AFTER: &str = "\
    shipping, delivery, postage, versand, versandkosten, de livraison, de port, frais de port, livraison, de envío, \
    envío, di spedizione, spedizione, de frete, frete, verzendkosten, verzending, frakt, fragt, toimitus, dostawa, \
    wysyłka, poštovné, doprava, доставка, kargo";

/// Behind a sum that is paid again and again, or for each of a measure.
const RATE_AFTER: &str = "\
    per, pro, par, por, monthly, weekly, yearly, annually, a month, a week, a year, mtl, monatlich, im monat, \
    mensuel, al mes, mensual, al mese, ao mês, i månaden, om måneden, i måneden, miesięcznie, в месяц, на місяць";

/// Behind the `/` of what is the price of one.
const EACH: &str = "each, ea, pc, pcs, piece, item, stück, stk, st, pièce, szt, ks, шт";

/// Behind the number of a sum that nobody is asked for.
const THOUSANDS: &str = "\
    mn, bn, tn, mio, mln, mrd, tsd, million, millions, billion, billions, trillion, millionen, milliarden, \
    milliard, milliards, millones, milioni, miliardi, milhões, bilhões, miljoen, miljard, miljoner, miljarder, \
    millioner, milliarder, milionów, mld, тыс, млн, млрд";

/// The same right behind it. Apart from it these are sizes: `$29 M L XL`.
const THOUSANDS_GLUED: &str = "k, m, b, t";

/// Between a number of payments and one of them: `10x de R$ 9,90`.
const OF: &str = "de, of, à, a, da, von, zu, van, po, по";

/// A sum that an item shows.
pub(super) struct Sum {
    pub(super) price: Price,
    pub(super) rank: Rank,
    /// The number of its line, not counting empty ones.
    pub(super) line: usize,
}

/// The sums in a text, but for the title and lines that are not of prices. `marked` tells what the markup says of a byte
/// of it.
pub(super) fn sums(
    text: &str,
    title: &str,
    place: &Place,
    is_of_prices: impl Fn(&str) -> bool,
    marked: impl Fn(usize) -> Rank,
) -> Vec<Sum> {
    /// Of so many an item's price is one, and so many stand in a line of it.
    const MOST: usize = 40;
    const MOST_OF_LINE: usize = 10;
    let mut found = Vec::new();
    let mut label = "";
    let filled = lines(text).filter(|(_, line)| !line.trim().is_empty()).enumerate();
    for (number, (start, line)) in filled {
        // The words of a title say nothing of a sum.
        let is_title = line.len() >= title.len() && fold(line) == title;
        if is_title || !is_of_prices(line) {
            label = "";
            continue;
        }
        let mut end = 0;
        for (price, at) in price::all(line, place).take(MOST_OF_LINE) {
            let before = line.get(end..at.start).unwrap_or("");
            let before = before.trim_start().strip_prefix(title).unwrap_or(before);
            end = at.end;
            if price::is_amid_sentence(line, &at) {
                continue;
            }
            let marked = marked(start + at.start);
            let rank = match said(before, label, line.get(end..).unwrap_or("")) {
                // `Sale` may stand before both prices.
                Some(Rank::Now) if marked < Rank::Plain => marked,
                Some(rank) => rank,
                None => marked,
            };
            found.push(Sum { price, rank, line: number });
        }
        // A line without a price may name that in the next.
        label = if end == 0 { line } else { "" };
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// The lines of a text with where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split('\n').map(move |line| {
        let start = from;
        from += line.len() + 1;
        (start, line)
    })
}

/// What the words about a number say of it; `label` is the line before.
fn said(before: &str, label: &str, after: &str) -> Option<Rank> {
    if is_thousands(after) {
        return Some(Rank::Never);
    }
    let before = sign_before(before).map_or(before, |(_, rest)| rest);
    let after = sign_after(price::skip_dashes(after)).map_or(after, |(_, rest)| rest);
    if let Some(rank) = said_after(after) {
        return Some(rank);
    }
    let is_bare = !before.contains(char::is_alphanumeric);
    said_before(before, false).or_else(|| said_before(label, true).filter(|_| is_bare))
}

/// True where a number goes on as one of thousands or more: `$12m`, but not `$12 M`, `$12 B-stock`.
fn is_thousands(after: &str) -> bool {
    let near = after.trim_start_matches(' ');
    let Some(unit) = words(near).next().filter(|_| near.starts_with(char::is_alphabetic)) else {
        return false;
    };
    let joins = || {
        let behind = near.get(unit.len()..).and_then(|behind| behind.strip_prefix('-'));
        behind.is_some_and(|behind| behind.starts_with(char::is_alphabetic))
    };
    let is_of = |list: &str| list.split(", ").any(|word| word == unit.to_lowercase());
    is_of(THOUSANDS) || near.len() == after.len() && is_of(THOUSANDS_GLUED) && !joins()
}

/// What the words before a number say of it. A line of its own is a label only as a whole, since it may as well be what
/// the item is called: `Spare wheel`, `Tawny Port`.
fn said_before(before: &str, is_line: bool) -> Option<Rank> {
    /// Of the words before a number the last ones tell.
    const NEAR: usize = 8;
    let trimmed = before.trim_end();
    if !is_line && trimmed.ends_with('+') {
        return Some(Rank::Never);
    }
    if !is_line && trimmed.ends_with('=') {
        return Some(Rank::Rate);
    }
    let ends = |list: &[&str]| list.iter().any(|word| trimmed.trim_end_matches([':', '：']).ends_with(word));
    if ends(&PAST_UNPARTED) {
        return Some(Rank::Past);
    }
    let mut words: Vec<String> = words(trimmed).rev().take(NEAR).map(str::to_lowercase).collect();
    words.reverse();
    // Between the label and the number there may be so many words: `original price was`, `UVP des Herstellers`.
    let has = |list: &str, between: usize| {
        (0..=between)
            .filter_map(|left| words.get(..words.len().checked_sub(left)?))
            .any(|words| ends_in(words, list, is_line))
    };
    if has(NEVER, 0) {
        Some(Rank::Never)
    } else if ends_in(&words, PART, false) || is_times(&words) {
        Some(Rank::Rate)
    } else if has(PAST, 2) && !has(NOW, 1) {
        Some(Rank::Past)
    } else {
        has(NOW, 1).then_some(Rank::Now)
    }
}

fn said_after(after: &str) -> Option<Rank> {
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
    if let Some(measure) = after.strip_prefix('/') {
        let measure = measure.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit());
        let word = words(measure).next().unwrap_or("").to_lowercase();
        let is_measure =
            measure.starts_with(char::is_alphabetic) && EACH.split(", ").all(|each| each != word);
        return is_measure.then_some(Rank::Rate);
    }
    if !after.starts_with(char::is_alphabetic) {
        return None;
    }
    let after: Vec<String> = words(after).take(4).map(str::to_lowercase).collect();
    let has = |list: &str| {
        list.split(", ").any(|phrase| {
            phrase.split(' ').eq(after.iter().map(String::as_str).take(phrase.split(' ').count()))
        })
    };
    let is_postage = || POSTAGE_AFTER.split(", ").any(|phrase| phrase.split(' ').eq(&after));
    if has(NEVER_AFTER) || is_postage() { Some(Rank::Never) } else { has(RATE_AFTER).then_some(Rank::Rate) }
}

/// True where words end in a number of times: `4 x`, `10x de`.
fn is_times(words: &[String]) -> bool {
    let of = |word: &&String| OF.split(", ").any(|of| of == *word);
    let words = match words.split_last() {
        Some((last, rest)) if of(&last) => rest,
        _ => words,
    };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words {
        [.., number, sign] if matches!(sign.as_str(), "x" | "×") => is_number(number),
        [.., last] => last.strip_suffix(['x', '×']).is_some_and(is_number),
        [] => false,
    }
}

/// True for words that end in a phrase of a list, or that are one as a whole.
fn ends_in(words: &[String], list: &str, is_whole: bool) -> bool {
    list.split(", ").any(|phrase| {
        let length = if is_whole { words.len() } else { phrase.split(' ').count() };
        phrase.rsplit(' ').eq(words.iter().rev().map(String::as_str).take(length))
    })
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '×').filter(|word| !word.is_empty())
}
