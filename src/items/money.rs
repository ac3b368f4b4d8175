//! The signs of currencies, and which currency one means on a page.

use url::Url;

/// What a sign before or behind a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// One currency, by its ISO 4217 code.
    Code(&'static str),
    Dollar,
    Krone,
    Rupee,
    Yen,
}

/// Signs, longer ones before those that they end in.
const SIGNS: [(&str, Money); 66] = [
    ("US$", Money::Code("USD")),
    ("CA$", Money::Code("CAD")),
    ("AU$", Money::Code("AUD")),
    ("NZ$", Money::Code("NZD")),
    ("HK$", Money::Code("HKD")),
    ("NT$", Money::Code("TWD")),
    ("MX$", Money::Code("MXN")),
    ("C$", Money::Code("CAD")),
    ("A$", Money::Code("AUD")),
    ("S$", Money::Code("SGD")),
    ("R$", Money::Code("BRL")),
    ("$", Money::Dollar),
    ("€", Money::Code("EUR")),
    ("£", Money::Code("GBP")),
    ("¥", Money::Yen),
    ("￥", Money::Yen),
    ("円", Money::Code("JPY")),
    ("元", Money::Code("CNY")),
    ("₩", Money::Code("KRW")),
    ("원", Money::Code("KRW")),
    ("₹", Money::Code("INR")),
    ("Rs.", Money::Rupee),
    ("Rs", Money::Rupee),
    ("₽", Money::Code("RUB")),
    ("руб.", Money::Code("RUB")),
    ("руб", Money::Code("RUB")),
    ("₴", Money::Code("UAH")),
    ("грн", Money::Code("UAH")),
    ("₸", Money::Code("KZT")),
    ("₺", Money::Code("TRY")),
    ("TL", Money::Code("TRY")),
    ("₪", Money::Code("ILS")),
    ("฿", Money::Code("THB")),
    ("₫", Money::Code("VND")),
    ("₱", Money::Code("PHP")),
    ("₦", Money::Code("NGN")),
    ("zł", Money::Code("PLN")),
    ("Kč", Money::Code("CZK")),
    ("Ft", Money::Code("HUF")),
    ("lei", Money::Code("RON")),
    ("лв", Money::Code("BGN")),
    ("kr.", Money::Krone),
    ("kr", Money::Krone),
    ("Rp", Money::Code("IDR")),
    ("RM", Money::Code("MYR")),
    ("Fr.", Money::Code("CHF")),
    ("USD", Money::Code("USD")),
    ("EUR", Money::Code("EUR")),
    ("GBP", Money::Code("GBP")),
    ("CHF", Money::Code("CHF")),
    ("CAD", Money::Code("CAD")),
    ("AUD", Money::Code("AUD")),
    ("NZD", Money::Code("NZD")),
    ("JPY", Money::Code("JPY")),
    ("CNY", Money::Code("CNY")),
    ("SEK", Money::Code("SEK")),
    ("NOK", Money::Code("NOK")),
    ("DKK", Money::Code("DKK")),
    ("PLN", Money::Code("PLN")),
    ("CZK", Money::Code("CZK")),
    ("INR", Money::Code("INR")),
    ("AED", Money::Code("AED")),
    ("SAR", Money::Code("SAR")),
    ("SGD", Money::Code("SGD")),
    ("BRL", Money::Code("BRL")),
    ("ZAR", Money::Code("ZAR")),
];

/// The sign that a text ends with.
pub(super) fn sign_before(text: &str) -> Option<Money> {
    let text = text.trim_end();
    let (sign, money) = SIGNS.iter().find(|(sign, _)| text.ends_with(sign))?;
    let rest = text.strip_suffix(sign)?;
    // Letters are a sign only as a whole word.
    let joins = is_letter(sign.chars().next()) && is_letter(rest.chars().next_back());
    (!joins).then_some(*money)
}

/// The sign that a text begins with.
pub(super) fn sign_after(text: &str) -> Option<Money> {
    let text = text.trim_start();
    let (sign, money) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign))?;
    let rest = text.strip_prefix(sign)?;
    let joins = is_letter(sign.chars().next_back()) && is_letter(rest.chars().next());
    (!joins).then_some(*money)
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

    /// The code of the currency that a sign means here.
    pub(super) fn code(&self, money: Money) -> Option<&'static str> {
        let country = self.country.as_str();
        Some(match (money, country) {
            (Money::Code("CNY"), "TW") => "TWD",
            (Money::Code(code), _) => code,
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
