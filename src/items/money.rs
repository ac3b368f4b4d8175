//! The signs of currencies, and which currency one means on a page.

use url::Url;

/// What a sign before or behind a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// One currency, by its ISO 4217 code.
    Code(&'static str),
    /// One currency in one country, and nothing elsewhere.
    Local(&'static str, &'static str),
    Dollar,
    Krone,
    Rupee,
    Yen,
}

/// Signs, longer ones before those that they begin or end with.
const SIGNS: [(&str, Money); 75] = [
    ("R$", Money::Code("BRL")),
    ("$", Money::Dollar),
    ("＄", Money::Dollar),
    ("€", Money::Code("EUR")),
    ("£", Money::Code("GBP")),
    ("￡", Money::Code("GBP")),
    ("¥", Money::Yen),
    ("￥", Money::Yen),
    ("円", Money::Code("JPY")),
    ("元", Money::Code("CNY")),
    ("₩", Money::Code("KRW")),
    ("￦", Money::Code("KRW")),
    ("원", Money::Code("KRW")),
    ("₹", Money::Code("INR")),
    ("₨", Money::Rupee),
    ("Rs.", Money::Rupee),
    ("Rs", Money::Rupee),
    ("৳", Money::Code("BDT")),
    ("₽", Money::Code("RUB")),
    ("руб.", Money::Code("RUB")),
    ("руб", Money::Code("RUB")),
    ("рублей", Money::Code("RUB")),
    ("₴", Money::Code("UAH")),
    ("грн", Money::Code("UAH")),
    ("₸", Money::Code("KZT")),
    ("тенге", Money::Code("KZT")),
    ("₺", Money::Code("TRY")),
    ("₼", Money::Code("AZN")),
    ("₾", Money::Code("GEL")),
    ("֏", Money::Code("AMD")),
    ("₮", Money::Code("MNT")),
    ("₪", Money::Code("ILS")),
    ("฿", Money::Code("THB")),
    ("บาท", Money::Code("THB")),
    ("₫", Money::Code("VND")),
    ("đ", Money::Code("VND")),
    ("Đ", Money::Code("VND")),
    ("VNĐ", Money::Code("VND")),
    ("₭", Money::Code("LAK")),
    ("៛", Money::Code("KHR")),
    ("₱", Money::Code("PHP")),
    ("₦", Money::Code("NGN")),
    ("₵", Money::Code("GHS")),
    ("KSh", Money::Code("KES")),
    ("₡", Money::Code("CRC")),
    ("₲", Money::Code("PYG")),
    ("zł", Money::Code("PLN")),
    ("Kč", Money::Code("CZK")),
    ("lei", Money::Code("RON")),
    ("лв", Money::Code("BGN")),
    ("дин", Money::Code("RSD")),
    ("kr.", Money::Krone),
    ("kr", Money::Krone),
    ("Rp.", Money::Code("IDR")),
    ("Rp", Money::Code("IDR")),
    ("RM", Money::Code("MYR")),
    ("Fr.", Money::Code("CHF")),
    ("ر.س", Money::Code("SAR")),
    ("د.إ", Money::Code("AED")),
    ("د.ك", Money::Code("KWD")),
    ("ج.م", Money::Code("EGP")),
    // Letters that are a sign in their country, and elsewhere a size, a name or a model.
    ("R", Money::Local("ZAR", "ZA")),
    ("S/.", Money::Local("PEN", "PE")),
    ("S/", Money::Local("PEN", "PE")),
    ("KD", Money::Local("KWD", "KW")),
    ("Php", Money::Local("PHP", "PH")),
    ("Dhs.", Money::Local("AED", "AE")),
    ("Dhs", Money::Local("AED", "AE")),
    ("DH", Money::Local("MAD", "MA")),
    ("р.", Money::Local("RUB", "RU")),
    ("р", Money::Local("RUB", "RU")),
    ("Q", Money::Local("GTQ", "GT")),
    ("L", Money::Local("HNL", "HN")),
    ("TL", Money::Local("TRY", "TR")),
    ("Ft", Money::Local("HUF", "HU")),
];

/// Codes of ISO 4217 that are signs of their own.
const CODES: [&str; 58] = [
    "AED", "ARS", "AUD", "AZN", "BDT", "BGN", "BHD", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY", "CRC", "CZK",
    "DKK", "DZD", "EGP", "EUR", "GBP", "GHS", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KES",
    "KRW", "KWD", "KZT", "LKR", "MXN", "MYR", "NGN", "NOK", "NPR", "NZD", "OMR", "PKR", "PLN", "QAR", "RSD",
    "SAR", "SEK", "SGD", "THB", "TND", "TWD", "UAH", "USD", "UYU", "UZS", "VND", "XOF", "ZAR",
];

/// Codes that are words or names as well, each with its country.
const LOCAL_CODES: [(&str, &str); 11] = [
    ("AMD", "AM"),
    ("BOB", "BO"),
    ("COP", "CO"),
    ("DOP", "DO"),
    ("GEL", "GE"),
    ("MAD", "MA"),
    ("PEN", "PE"),
    ("PHP", "PH"),
    ("RON", "RO"),
    ("RUB", "RU"),
    ("TRY", "TR"),
];

/// What stands before a `$` for its country: `US$`, `CA $`, `C$`.
const DOLLARS: [(&str, &str); 18] = [
    ("A", "AUD"),
    ("AR", "ARS"),
    ("AU", "AUD"),
    ("C", "CAD"),
    ("CA", "CAD"),
    ("CAN", "CAD"),
    ("CDN", "CAD"),
    ("HK", "HKD"),
    ("J", "JMD"),
    ("MX", "MXN"),
    ("NT", "TWD"),
    ("NZ", "NZD"),
    ("S", "SGD"),
    ("SG", "SGD"),
    ("TT", "TTD"),
    ("U.S.", "USD"),
    ("US", "USD"),
    ("Z", "ZWL"),
];

/// The sign that a text ends with, and the text without it.
pub(super) fn sign_before(text: &str) -> Option<(Money, &str)> {
    let text = trimmed_end(text);
    if let Some(code) = last_word(text).and_then(code) {
        return Some((code, text.get(..text.len() - 3)?));
    }
    let signs = SIGNS.iter().filter(|(sign, _)| text.ends_with(sign));
    let (money, rest) = signs.max_by_key(|(sign, _)| sign.len()).and_then(|(sign, money)| {
        let rest = text.strip_suffix(sign)?;
        // Letters are a sign only as a whole word.
        let joins = is_letter(sign.chars().next()) && is_letter(rest.chars().next_back());
        (!joins).then_some((*money, rest))
    })?;
    if money != Money::Dollar {
        return Some((money, rest));
    }
    let near = trimmed_end(rest);
    let word = last_word(near).unwrap_or("");
    // A single letter that stands apart may be a word: `a $5 lamp`.
    let may_be = near.len() == rest.len() || word.len() > 1;
    let dollar = DOLLARS.iter().find(|(country, _)| *country == word).filter(|_| may_be);
    let money = dollar.map(|(_, code)| Money::Code(code)).or_else(|| code(word));
    let rest_of = |_| rest.get(..near.len() - word.len()).unwrap_or(rest);
    Some((money.unwrap_or(Money::Dollar), money.map_or(rest, rest_of)))
}

/// The sign that a text begins with, and the text behind it.
pub(super) fn sign_after(text: &str) -> Option<(Money, &str)> {
    let text = text.trim_start_matches(is_gap);
    if let Some(word) = text.get(..3)
        && !is_letter(text.get(3..).and_then(|rest| rest.chars().next()))
        && let Some(code) = code(word)
    {
        return Some((code, text.get(3..)?));
    }
    let signs = SIGNS.iter().filter(|(sign, _)| text.starts_with(sign));
    let (sign, money) = signs.max_by_key(|(sign, _)| sign.len())?;
    let rest = text.strip_prefix(sign)?;
    let joins = is_letter(sign.chars().next_back()) && is_letter(rest.chars().next());
    (!joins).then_some((*money, rest))
}

/// The currency of a code.
fn code(word: &str) -> Option<Money> {
    let local = || LOCAL_CODES.iter().find(|(code, _)| *code == word);
    let plain = CODES.iter().find(|code| **code == word).map(|code| Money::Code(code));
    plain.or_else(|| local().map(|(code, country)| Money::Local(code, country)))
}

/// The letters of a code or a country that a text ends with, with the points in them. Scripts that do not part words
/// may go before.
fn last_word(text: &str) -> Option<&str> {
    /// Longer than any of the words that are looked for, in bytes.
    const FAR: usize = 5;
    let is_of_word = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'.';
    let length = text.bytes().rev().take(FAR).take_while(is_of_word).count();
    let (before, word) = text.split_at_checked(text.len() - length)?;
    (!is_letter(before.chars().next_back())).then_some(word)
}

fn trimmed_end(text: &str) -> &str {
    text.trim_end_matches(is_gap)
}

/// White space, and the marks of direction that stand about numbers amid Arabic.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Letters of scripts that part words by spaces.
fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && c < '\u{2E80}')
}

/// Where a shop is, as far as its page tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// In upper case, as in ISO 3166.
    country: String,
    /// The primary tag of its language.
    language: String,
}

impl Place {
    /// The ending of the host goes before the language, in which templates are often left.
    pub(super) fn of(url: Option<&Url>, language: Option<&str>) -> Place {
        // Endings of two letters that are used everywhere are no countries.
        const ANYWHERE: [&str; 8] = ["AI", "CO", "IO", "ME", "TV", "GG", "LY", "EU"];
        let ending = url.and_then(Url::host_str).and_then(|host| host.rsplit('.').next());
        let ending = ending.map(str::to_ascii_uppercase);
        let ending = ending.filter(|ending| ending.len() == 2 && !ANYWHERE.contains(&ending.as_str()));
        let mut tags = language.unwrap_or_default().split('-');
        let language = tags.next().unwrap_or_default().to_ascii_lowercase();
        let region = tags.find(|tag| tag.len() == 2).map(str::to_ascii_uppercase);
        Place { country: ending.or(region).unwrap_or_default(), language }
    }

    /// Whether a sign is one here. Where no country is told, that of the same tag as the language will do.
    pub(super) fn knows(&self, money: Money) -> bool {
        let is_here = |country: &str| {
            country == self.country || self.country.is_empty() && country.eq_ignore_ascii_case(&self.language)
        };
        !matches!(money, Money::Local(_, country) if !is_here(country))
    }

    /// The code of the currency that a sign means here.
    pub(super) fn code(&self, money: Money) -> Option<&'static str> {
        let country = self.country.as_str();
        Some(match (money, country) {
            (Money::Code("CNY"), "TW") => "TWD",
            (Money::Code(code) | Money::Local(code, _), _) => code,
            (Money::Dollar, "CA") => "CAD",
            (Money::Dollar, "AU") => "AUD",
            (Money::Dollar, "NZ") => "NZD",
            (Money::Dollar, "SG") => "SGD",
            (Money::Dollar, "HK") => "HKD",
            (Money::Dollar, "TW") => "TWD",
            (Money::Dollar, "MX") => "MXN",
            (Money::Dollar, "AR") => "ARS",
            (Money::Dollar, "CL") => "CLP",
            (Money::Dollar, _) => "USD",
            (Money::Krone, "SE") => "SEK",
            (Money::Krone, "NO") => "NOK",
            (Money::Krone, "DK") => "DKK",
            (Money::Krone, "IS") => "ISK",
            (Money::Krone, _) => match self.language.as_str() {
                "sv" => "SEK",
                "nb" | "nn" | "no" => "NOK",
                "da" => "DKK",
                "is" => "ISK",
                _ => return None,
            },
            (Money::Rupee, "PK") => "PKR",
            (Money::Rupee, "LK") => "LKR",
            (Money::Rupee, "NP") => "NPR",
            (Money::Rupee, _) => "INR",
            (Money::Yen, "CN") => "CNY",
            (Money::Yen, _) if self.language == "zh" => "CNY",
            (Money::Yen, _) => "JPY",
        })
    }
}
