//! The months' names, in the languages that dates are read in.

use std::collections::HashMap;
use std::sync::LazyLock;

/// English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Ukrainian, Turkish, Swedish,
/// Danish and Norwegian, Indonesian; full names, the case that dates use, and usual abbreviations.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia styczeń sty января январь янв січня ocak oca jaan",
    "february feb februar februari février févr fév fevrier febrero fevereiro fev febbraio lutego luty lut февраля февраль фев лютого şubat şub",
    "march mar märz mrz maerz mars marzo março marco maart mrt marca marzec марта март мар березня mart maret",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апрель апр квітня nisan nis",
    "may mai mayo maio maggio mag mei maja maj мая май травня mayıs",
    "june jun juni juin junio junho giugno giu czerwca czerwiec cze июня июнь июн червня haziran haz",
    "july jul juli juillet juil julio julho luglio lug lipca lipiec lip июля июль июл липня temmuz tem",
    "august aug août aout agosto ago augustus sierpnia sierpień sie августа август авг серпня ağustos ağu augusti agustus",
    "september sep sept septembre septiembre setiembre setembro set settembre września wrzesień wrz сентября сентябрь сен сент вересня eylül eyl",
    "october oct oktober okt octobre octubre outubro out ottobre ott października październik paź октября октябрь окт жовтня ekim eki",
    "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя нояб листопада kasım kas",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre grudnia grudzień gru декабря декабрь дек грудня aralık ara desember des",
];

/// The number of the month of that name, 1…12, in any case.
pub(super) fn month(word: &str) -> Option<i8> {
    // Turkish has a capital İ whose lower case is two characters.
    let word = word.to_lowercase().replace('\u{307}', "");
    if word.chars().count() < 3 {
        return None;
    }
    BY_NAME.get(word.as_str()).copied()
}

static BY_NAME: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    let numbered = (1i8..).zip(MONTHS);
    numbered.flat_map(|(number, names)| names.split(' ').map(move |name| (name, number))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_months() {
        let mut all: Vec<&str> = MONTHS.iter().flat_map(|names| names.split(' ')).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn names_in_any_case() {
        assert_eq!(month("MÄRZ"), Some(3));
        assert_eq!(month("ARALIK"), None, "the dotless i has no lower case outside Turkish");
        assert_eq!(month("Aralık"), Some(12));
        assert_eq!(month("мая"), Some(5));
        assert_eq!(month("ma"), None);
    }
}
