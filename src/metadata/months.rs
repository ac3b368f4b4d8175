//! The months' names, in the languages that dates are read in.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::{Calendar, Month};

/// Full names, the case that dates use, and usual abbreviations. `_` stands for a space.
///
/// By lines: Germanic; Romance; Slavic in Latin and in Cyrillic script; Baltic, Finnic, Hungarian and Greek; Turkic;
/// South and South-East Asian; Arabic (Egypt and the Gulf, the Levant, the Maghreb), Persian, Urdu and Hebrew.
const GREGORIAN: [&str; 12] = [
    "january jan januar jänner januari januarie janúar \
     janvier janv enero ene janeiro gennaio gen ianuarie gener enero \
     stycznia styczeń sty ledna leden januára januarja siječnja januari января январь янв січня студзеня януари јануар \
     sausio janvāris janvārī jaanuar jaan tammikuuta tammikuu január ιανουαρίου ιανουάριος ιαν \
     ocak oca yanvar қаңтар \
     जनवरी जानेवारी জানুয়ারি জানুয়ারী ஜனவரி มกราคม ม.ค \
     يناير كانون_الثاني جانفي ژانویه جنوری ינואר",
    "february feb februar februari februarie febrúar \
     février févr fév fevrier febrero fevereiro fev febbraio februarie febrer pebrero \
     lutego luty lut února únor februára februarja veljače февраля февраль фев лютого лютага февруари фебруар \
     vasario februāris februārī veebruar helmikuuta helmikuu február febr φεβρουαρίου φεβρουάριος φεβ \
     şubat şub fevral ақпан \
     फरवरी फ़रवरी फेब्रुवारी ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி กุมภาพันธ์ ก.พ \
     فبراير شباط فيفري فوریه فروری פברואר",
    "march mar märz mrz maerz mars marts maart mrt \
     marzo março martie març marso \
     marca marzec března březen ožujka mart marec марта март мар березня сакавіка \
     kovo marts märts maaliskuuta maaliskuu március márc μαρτίου μάρτιος μαρ \
     mart наурыз \
     मार्च মার্চ மார்ச் maret mac machi มีนาคม มี.ค \
     مارس آذار مارچ מרץ מרס",
    "april apr apríl \
     avril avr abril abr aprile aprilie \
     kwietnia kwiecień kwi dubna duben apríla aprila travnja апреля апрель апр квітня красавіка април април \
     balandžio aprīlis aprīlī aprill huhtikuuta huhtikuu április ápr απριλίου απρίλιος απρ \
     nisan nis aprel сәуір \
     अप्रैल एप्रिल এপ্রিল ஏப்ரல் aprili เมษายน เม.ย \
     أبريل إبريل نيسان أفريل آوریل اپریل אפריל",
    "may mai mei maj maí \
     mayo maio maggio mag maig \
     maja května květen mája svibnja мая май травня мај \
     gegužės maijs maijā toukokuuta toukokuu május máj μαΐου μάιος μαΐ \
     mayıs мамыр \
     मई मे মে மே พฤษภาคม พ.ค \
     مايو أيار ماي مه مئی מאי",
    "june jun juni junie júní \
     juin junio junho giugno giu iunie juny hunyo \
     czerwca czerwiec cze června červen júna junij junija lipnja июня июнь июн червня чэрвеня юни јун \
     birželio jūnijs jūnijā juuni kesäkuuta kesäkuu június jún ιουνίου ιούνιος ιουν \
     haziran haz iyun маусым \
     जून জুন ஜூன் มิถุนายน มิ.ย \
     يونيو حزيران جوان ژوئن جون יוני",
    "july jul juli julie júlí \
     juillet juil julio julho luglio lug iulie juliol hulyo \
     lipca lipiec lip července červenec júla julij julija srpnja июля июль июл липня ліпеня юли јул \
     liepos jūlijs jūlijā juuli heinäkuuta heinäkuu július júl ιουλίου ιούλιος ιουλ \
     temmuz tem iyul шілде \
     जुलाई जुलै জুলাই ஜூலை julai กรกฎาคม ก.ค \
     يوليو تموز جويلية ژوئیه جولای جولائی יולי",
    "august aug augustus ágúst \
     août aout agosto ago agost augusti \
     sierpnia sierpień sie srpna srpen augusta avgust avgusta kolovoza августа август авг серпня жніўня \
     rugpjūčio augusts augustā elokuuta elokuu augusztus αυγούστου αύγουστος αυγ \
     ağustos ağu avqust тамыз \
     अगस्त ऑगस्ट আগস্ট ஆகஸ்ட் agustus ogos agosti สิงหาคม ส.ค \
     أغسطس آب أوت اگست אוגוסט",
    "september sep sept \
     septembre septiembre setiembre setembro set settembre septembrie setembre setyembre \
     września wrzesień wrz září septembra septembar rujna сентября сентябрь сен сент вересня верасня септември септембар \
     rugsėjo septembris septembrī syyskuuta syyskuu szeptember szept σεπτεμβρίου σεπτέμβριος σεπ \
     eylül eyl sentyabr қыркүйек \
     सितंबर सितम्बर सप्टेंबर সেপ্টেম্বর செப்டம்பர் septemba กันยายน ก.ย \
     سبتمبر أيلول سپتامبر ستمبر ספטמבר",
    "october oct oktober okt október \
     octobre octubre outubro out ottobre ott octombrie oktubre \
     października październik paź října říjen októbra oktobra oktobar октября октябрь окт жовтня кастрычніка октомври октобар \
     spalio oktobris oktobrī oktoober lokakuuta lokakuu οκτωβρίου οκτώβριος οκτ \
     ekim eki oktyabr қазан \
     अक्टूबर अक्तूबर ऑक्टोबर অক্টোবর அக்டோபர் oktoba ตุลาคม ต.ค \
     أكتوبر تشرين_الأول اکتبر اکتوبر אוקטובר",
    "november nov nóvember \
     novembre noviembre novembro noiembrie nobyembre \
     listopada listopad lis listopadu novembra novembar studenoga studenog ноября ноябрь ноя нояб листопада лістапада ноември новембар \
     lapkričio novembris novembrī marraskuuta marraskuu νοεμβρίου νοέμβριος νοε \
     kasım kas noyabr қараша \
     नवंबर नवम्बर नोव्हेंबर নভেম্বর நவம்பர் novemba พฤศจิกายน พ.ย \
     نوفمبر تشرين_الثاني نوامبر نومبر נובמבר",
    "december dec dezember dez desember des \
     décembre déc decembre diciembre dic dezembro dicembre decembrie desembre disyembre \
     grudnia grudzień gru prosince prosinec decembra decembar prosinca декабря декабрь дек грудня снежня декември децембар \
     gruodžio decembris decembrī detsember joulukuuta joulukuu δεκεμβρίου δεκέμβριος δεκ \
     aralık ara dekabr желтоқсан \
     दिसंबर दिसम्बर डिसेंबर ডিসেম্বর டிசம்பர் disember desemba ธันวาคม ธ.ค \
     ديسمبر كانون_الأول دسامبر دسمبر דצמבר",
];

/// As in Iran, and the names of the zodiac as in Afghanistan.
const PERSIAN: [&str; 12] = [
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
];

const HIJRI: [&str; 12] = [
    "محرم muharram",
    "صفر safar",
    "ربيع_الأول",
    "ربيع_الآخر ربيع_الثاني",
    "جمادى_الأولى",
    "جمادى_الآخرة جمادى_الثانية",
    "رجب rajab",
    "شعبان shaban",
    "رمضان ramadan",
    "شوال shawwal",
    "ذو_القعدة ذي_القعدة",
    "ذو_الحجة ذي_الحجة",
];

/// From Tishri, in a year with one Adar.
const HEBREW: [&str; 12] = [
    "תשרי",
    "חשוון חשון מרחשוון",
    "כסלו",
    "טבת",
    "שבט",
    "אדר אדר_ב",
    "ניסן",
    "אייר",
    "סיוון סיון",
    "תמוז",
    "אב",
    "אלול",
];

/// The first Adar of a year with two.
const ADAR: &str = "אדר_א";

/// The month of that name, in any case. Of a name in two words, these are joined by `_`.
pub(super) fn month(word: &str) -> Option<Month> {
    let name = folded(word);
    // Hebrew joins "in" to the name.
    BY_NAME.get(&name).or_else(|| BY_NAME.get(name.strip_prefix('ב')?)).copied()
}

/// A name in lower case and without what writers leave out or write in two ways.
fn folded(word: &str) -> String {
    let mut name = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            // Turkish has a capital İ whose lower case is two characters; dots under Indic letters, vowels of Arabic.
            '\u{307}' | '\u{93C}' | '\u{9BC}' | '\u{64B}'..='\u{652}' | '\u{200C}' => {}
            'أ' | 'إ' | 'آ' => name.push('ا'),
            'ى' | 'ی' => name.push('ي'),
            'ک' => name.push('ك'),
            'ة' => name.push('ه'),
            '\u{95E}' => name.push('फ'),
            '\u{9DF}' => name.push('য'),
            c => name.push(c),
        }
    }
    name
}

static BY_NAME: LazyLock<HashMap<String, Month>> = LazyLock::new(|| all().collect());

/// Every name with its month.
fn all() -> impl Iterator<Item = (String, Month)> {
    let calendars = [
        (Calendar::Gregorian, GREGORIAN),
        (Calendar::Persian, PERSIAN),
        (Calendar::Hijri, HIJRI),
        (Calendar::Hebrew, HEBREW),
    ];
    let months = calendars.into_iter().flat_map(|(calendar, months)| {
        (1u8..).zip(months).map(move |(number, names)| (names, Month::new(calendar, number)))
    });
    let named = months.flat_map(|(names, month)| {
        names.split_whitespace().map(move |name| {
            let is_thai = name.chars().any(|c| ('\u{E00}'..'\u{E80}').contains(&c));
            let calendar = if is_thai { Calendar::Buddhist } else { month.calendar };
            (folded(name), Month { calendar, ..month })
        })
    });
    let leap = Month { calendar: Calendar::Hebrew, number: 5, is_leap: true };
    named.chain([(folded(ADAR), leap)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_months() {
        for (name, month) in all() {
            assert_eq!(BY_NAME.get(&name), Some(&month), "{name}");
        }
    }

    #[test]
    fn names_in_any_case() {
        let number = |word| month(word).map(|month| month.number);
        assert_eq!(number("MÄRZ"), Some(3));
        assert_eq!(number("ARALIK"), None, "the dotless i has no lower case outside Turkish");
        assert_eq!(number("Aralık"), Some(12));
        assert_eq!(number("мая"), Some(5));
        assert_eq!(number("במאי"), Some(5));
        assert_eq!(number("ma"), None);
        assert_eq!(number(""), None);
    }
}
