//! The language of a page that declares none, by the letters and trigrams of its text.

use whatlang::detect;

/// So much text decides, in bytes; more makes it no surer.
const ENOUGH: usize = 4000;

/// Less than this, in bytes, is too little to tell.
const LEAST: usize = 60;

/// The language of a text as a BCP 47 tag. `None` where the text is short or its language unclear.
pub(super) fn language<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut sample = String::new();
    for text in texts {
        if sample.len() >= ENOUGH {
            break;
        }
        sample.extend(text.chars().take(ENOUGH));
        sample.push(' ');
    }
    if sample.len() < LEAST {
        return None;
    }
    let found = detect(&sample).filter(|found| found.is_reliable())?;
    let code = found.lang().code();
    let (_, tag) = TAGS.iter().find(|(long, _)| *long == code)?;
    Some((*tag).to_owned())
}

/// The detector names languages by ISO 639-3, where BCP 47 wants the shortest code.
const TAGS: [(&str, &str); 70] = [
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Source};

    #[test]
    fn a_page_that_declares_none() {
        let text = "The owl sat on the beam of the old barn and waited for the mice to come out again. ";
        let page =
            |lang: &str| format!("<html {lang}><title>Owls</title><h1>Owls</h1><p>{}</p>", text.repeat(5));
        let read = |lang: &str| {
            let extraction = crate::extract(&page(lang));
            let metadata = extraction.metadata();
            (metadata.language().map(str::to_owned), metadata.source(Field::Language))
        };
        assert_eq!(read(""), (Some("en".to_owned()), Some(Source::Detected)));
        assert_eq!(read("lang=de"), (Some("de".to_owned()), Some(Source::Meta)), "what is declared stands");
    }

    #[test]
    fn languages_of_texts() {
        for (text, expected) in [
            (
                "The owl sat on the beam of the old barn and waited for the mice to come out again.",
                Some("en"),
            ),
            (
                "Die Eule saß auf dem Balken der alten Scheune und wartete, bis die Mäuse wieder kamen.",
                Some("de"),
            ),
            (
                "Η κουκουβάγια καθόταν στο δοκάρι του παλιού αχυρώνα και περίμενε τα ποντίκια να βγουν.",
                Some("el"),
            ),
            ("猫头鹰坐在旧谷仓的横梁上,等待老鼠再次出来。它的眼睛在黑暗中闪闪发光,一动也不动。", Some("zh")),
            ("フクロウは古い納屋の梁にとまり、ネズミがまた出てくるのを静かに待っていました。", Some("ja")),
            ("Owl", None),
            ("0123 4567 89 - 0123 4567 89 - 0123 4567 89 - 0123 4567 89 - 0123 4567 89", None),
        ] {
            assert_eq!(language(std::iter::once(text)).as_deref(), expected, "{text}");
        }
    }
}
