//! Lines that say who wrote a post, when, and when it was changed, and nothing else.

use crate::metadata::byline_words::has;
use crate::metadata::date_machine::machine;
use crate::metadata::date_text::{Order, find_all};
use crate::metadata::months::month;
use crate::metadata::names::is_time;

/// Signatures are shorter than this, in bytes.
const LONGEST: usize = 200;

/// What stands beside the name and the date.
const BETWEEN: &str = "\
    by on at am pm posted post said says wrote writes replied replies reply commented comment asked answered added \
    created published submitted started permalink link share edited op author \
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday st nd rd th \
    t z utc gmt est edt cst cdt mst mdt pst pdt cet cest bst \
    von am um uhr schrieb schreibt sagt geschrieben gepostet verfasst beitrag antwort antworten kommentar zitat zitieren \
    montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so \
    par le à h dit écrit publié posté message répondre réponse lundi mardi mercredi jeudi vendredi samedi dimanche \
    por el a las dijo escribió publicado mensaje responder respuesta lunes martes miércoles jueves viernes sábado domingo \
    em às disse escreveu enviado mensagem resposta segunda terça quarta quinta sexta feira \
    di il alle ore ha scritto inviato messaggio rispondi risposta lunedì martedì mercoledì giovedì venerdì sabato domenica \
    door op om schreef geplaatst gepost reactie antwoord maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    av den kl skrev postad inlägg svar svara måndag tisdag onsdag torsdag fredag lördag söndag \
    af d skrevet indlæg mandag tirsdag onsdag torsdag lørdag søndag innlegg \
    kirjoitti viesti vastaa klo napisał napisała post odpowiedz dodano \
    od dne v napsal napsala příspěvek odpovědět \
    от в добавлено написал написала сообщение ответить ответ опубликовано отправлено понедельник вторник среда четверг \
    пятница суббота воскресенье пн вт ср чт пт сб вс г о \
    tarafından yazdı gönderildi cevap yanıtla \
    发表于 發表於 发表 發表 发布于 發佈於 发布 回复 回覆 回复于 回帖 楼主 樓主 楼 樓 只看该作者 只看該作者 来自 投稿 返信 投稿日時 件 답글 작성 작성일";

/// `3 days ago`: what a time that has passed is counted in, and what says that it has.
const UNITS: &str = "\
    second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mo mos year years yr yrs \
    sekunde sekunden minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren \
    seconde secondes heure heures jour jours semaine semaines mois an ans \
    segundo segundos minuto minutos hora horas día días semana semanas mes meses año años \
    dia dias mês ano anos secondo secondi minuti ora ore giorno giorni settimana settimane mese mesi anno anni \
    seconden minuut uur uren dag dagen week weken maand maanden jaar jaren \
    sekund sekunder minut minuter timme timmar dagar vecka veckor månad månader år \
    minutter time timer dage uge uger måned måneder dager uke uker \
    sekuntia minuuttia tuntia päivää viikkoa kuukautta vuotta päivä viikko kuukausi vuosi \
    sekund minuty minutę godzin godziny godzinę dni dzień tydzień tygodni tygodnie miesiąc miesięcy miesiące rok lat lata \
    секунд секунды минут минуты минуту час часа часов день дня дней неделю недели недель месяц месяца месяцев год года лет \
    saniye dakika saat gün hafta ay yıl";
const AGO: &str = "\
    ago vor il y a hace há atrás fa geleden sedan siden sitten temu назад тому önce just now about almost over \
    天前 小时前 小時前 分钟前 分鐘前 秒前 年前 个月前 個月前 月前 周前 週前 日前 時間前 分前 ヶ月前 か月前 週間前 일 전 시간 분 년 개월";

/// What a date of a change stands behind. Those with a space before them begin words.
const CHANGES: [&str; 49] = [
    " edited",
    " edit:",
    "modified",
    "updated",
    "last edit",
    "bearbeitet",
    "geändert",
    "aktualisiert",
    "modifié",
    "édité",
    "mis à jour",
    "editado",
    "modificado",
    "actualizado",
    "atualizado",
    "modificato",
    "aggiornato",
    "bewerkt",
    "gewijzigd",
    "bijgewerkt",
    "redigera",
    "ändrad",
    "redigeret",
    "redigert",
    "endret",
    "ændret",
    "muokattu",
    "edytowan",
    "zmodyfikowan",
    "zmienion",
    "upraven",
    "upravil",
    "изменен",
    "изменён",
    "изменено",
    "отредактирован",
    "редактировал",
    "обновлен",
    "змінено",
    "відредагован",
    "düzenle",
    "编辑",
    "編輯",
    "修改",
    "編集",
    "更新",
    " 수정",
    "최종수정",
    "편집",
];

/// What the date of an account stands behind.
const ACCOUNTS: [&str; 34] = [
    "joined",
    "join date",
    "registered",
    "member since",
    "last visit",
    "last seen",
    "last active",
    "last online",
    "beigetreten",
    "registriert",
    "mitglied seit",
    "dabei seit",
    "angemeldet",
    "inscrit",
    "inscription",
    "membre depuis",
    "registrado",
    "miembro desde",
    "membro desde",
    "ingreso",
    "iscritto",
    "registrato",
    "lid sinds",
    "geregistreerd",
    "medlem sedan",
    "reg.datum",
    "liittynyt",
    "rejestracja",
    "dołączył",
    "зарегистрирован",
    "регистрация",
    "на форуме с",
    "kayıt",
    "注册",
];

/// What a note of a change may say before it, and beside it.
const IN_NOTES: &str = "\
    last lastly this post message comment answer reply was has been on time times in total \
    zuletzt dieser diese beitrag nachricht wurde mal insgesamt durch \
    dernière fois ce message a été total en tout \
    última vez por último este mensaje fue ha sido veces \
    esta mensagem foi vezes ultima volta questo è stato volte da \
    laatst voor het laatste bericht werd keer totaal \
    senast sidst sist av af viimeksi ostatnio przez naposledy раз последний раз было сообщение всего son bu mesaj";

/// From here on the scripts do not part words.
const EAST_ASIAN: char = '\u{2E80}';

/// What such notes begin with where words are not parted.
const OPENINGS: [&str; 7] = ["本帖", "此帖", "最后", "最後", "最終", "마지막", "由"];

/// Behind these a note says why.
const REASONS: &str =
    "reason grund begründung raison motivo motivazione reden orsak årsag powód причина sebep 原因 理由";

/// True for a line that holds the author, a date or a time that has passed, and besides only what stands between these:
/// `#2 · May 20, 2024`, `ada says:`, `3 days ago`.
pub(in crate::metadata) fn is_all(line: &str, author: Option<&str>, order: Order) -> bool {
    without(line, author, order).is_some_and(|says| says.author || says.date || says.ago)
}

/// True for a line that says nothing, not even who or when: `#2`, `Reply`.
pub(in crate::metadata) fn is_idle(line: &str, order: Order) -> bool {
    without(line, None, order).is_some()
}

/// True for a line at the end of a post that tells when it was written or changed, and not who it is from: a name alone
/// there signs the text.
pub(in crate::metadata) fn is_note(line: &str, author: Option<&str>, order: Order) -> bool {
    is_change(line, author, order) || without(line, author, order).is_some_and(|says| says.date || says.ago)
}

/// True for a line that tells when something was changed, by whom and why, and nothing of what.
fn is_change(line: &str, author: Option<&str>, order: Order) -> bool {
    /// A note has no more words than these, the names of others among them, that are not known to stand in notes.
    const MOST_WORDS: usize = 3;
    if line.len() > LONGEST {
        return false;
    }
    let text = spaced(line);
    let first = CHANGES.iter().filter_map(|change| Some((text.find(change)?, *change))).min();
    let Some((at, change)) = first else { return false };
    let dates = find_all(line, order);
    if dates.is_empty() && !line.split_whitespace().any(is_time) {
        return false;
    }
    let author = author.unwrap_or("").to_lowercase();
    let is_known = |word: &str| {
        let is_name = || author.split(' ').any(|name| name == word);
        has(IN_NOTES, word) || has(BETWEEN, word) || month(word).is_some() || is_name() || is_changed(word)
    };
    let words = |text: &'_ str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    // The rest of an inflected word.
    let is_letter = |c: char| c.is_alphabetic() && c < EAST_ASIAN;
    let before = words(text.get(..at).unwrap_or(""));
    let behind = words(text.get(at + change.len()..).unwrap_or("").trim_start_matches(is_letter));
    let begins =
        |word: &String| has(IN_NOTES, word) || OPENINGS.iter().any(|opening| word.starts_with(opening));
    let others = before.iter().chain(&behind).take_while(|word| !has(REASONS, word));
    before.first().is_none_or(begins)
        && behind.first().is_none_or(|word| is_known(word))
        && others.filter(|word| !is_known(word)).count() <= MOST_WORDS
}

/// The date in a line that holds no more than who and when.
pub(super) fn date_in(line: &str, author: Option<&str>, order: Order) -> Option<String> {
    without(line, author, order).filter(|says| says.date)?;
    let first = find_all(line, order).into_iter().next()?;
    machine(line.get(first.at.start..)?, order)
}

/// True for a text behind which the date of a change stands, or that of an account.
pub(super) fn ends_with_other_date(text: &str) -> bool {
    const FAR: usize = 40;
    let behind_numbers = text.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or("");
    let start = behind_numbers.char_indices().rev().nth(FAR).map_or(0, |(at, _)| at);
    behind_numbers.get(start..).is_some_and(is_other)
}

fn is_other(text: &str) -> bool {
    let text = spaced(text);
    CHANGES.iter().chain(&ACCOUNTS).any(|other| text.contains(other))
}

fn is_changed(word: &str) -> bool {
    let word = spaced(word);
    CHANGES.iter().any(|change| word.contains(change))
}

/// A text in lower case, with a space before each of its words.
fn spaced(text: &str) -> String {
    format!(" {}", text.to_lowercase().replace(['(', '[', '*', '-', '–', '—', '·', '•', '|', '/', ','], " "))
}

/// True for a line that tells a time, and of nothing else than this and the name.
pub(super) fn says_when(line: &str, name: Option<&str>, order: Order) -> bool {
    without(line, name, order).is_some_and(|says| says.date || says.ago)
}

/// True for a word that stands beside names and dates, and is in no name.
pub(super) fn is_label(word: &str) -> bool {
    const LABELS: &str = "date time start starter last first views votes reads likes points rating score location product \
        version status category forum thread topic title subject verified customer buyer watch follow report like quote \
        find all send message contact profile website delete edit ignore member admin moderator datum fecha data дата";
    let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    [BETWEEN, UNITS, AGO, LABELS].iter().any(|words| has(words, &word)) || is_other(&word)
}

/// True for a text with a word that is in no name, or with none but labels: `An`, `Min` and `von` are in names as well.
pub(super) fn is_of_labels(text: &str) -> bool {
    const LONGEST: usize = 3;
    let may_be_name = |word: &str| {
        let word = word.to_lowercase();
        word.chars().count() <= LONGEST
            && word.chars().all(|c| c < EAST_ASIAN)
            && (has(BETWEEN, &word) || has(UNITS, &word))
    };
    let mut words = text.split(' ').filter(|word| word.contains(char::is_alphabetic)).peekable();
    words.peek().is_some()
        && (words.clone().all(is_label) || words.any(|word| is_label(word) && !may_be_name(word)))
}

/// What a line says that says no more.
#[derive(Clone, Copy, Debug)]
struct Says {
    author: bool,
    date: bool,
    ago: bool,
}

/// `None` for a line that says more.
fn without(line: &str, author: Option<&str>, order: Order) -> Option<Says> {
    if line.len() > LONGEST {
        return None;
    }
    let mut rest = line.to_owned();
    // A change is noted in brackets.
    if let Some((before, (note, after))) =
        line.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
        && is_other(note)
    {
        rest = format!("{before} {after}");
    }
    let line = rest.clone();
    let name = author.and_then(|author| Some((line.find(author)?, author.len())));
    if let Some((at, length)) = name {
        // Behind the name there may be another in brackets.
        let behind = line.get(at + length..).unwrap_or("");
        let bracket = behind.trim_start().strip_prefix('(').and_then(|inner| inner.split_once(')'));
        let end = bracket.map_or(at + length, |(_, after)| line.len() - after.len());
        rest.replace_range(at..end, " ");
    }
    let dates = find_all(&rest, order);
    for found in dates.iter().rev() {
        rest.replace_range(found.at.clone(), " ");
    }
    let (mut units, mut agos, mut months) = (false, false, false);
    for word in rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let (is_unit, is_ago) = (has(UNITS, &word), has(AGO, &word));
        // A day of this year: `Jan 1`.
        let is_month = month(&word).is_some();
        if !is_unit && !is_ago && !is_month && !has(BETWEEN, &word) {
            return None;
        }
        months |= is_month;
        units |= is_unit || is_ago && !word.is_ascii();
        agos |= is_ago;
    }
    let has_number = line.contains(|c: char| c.is_numeric());
    let ago = (units && agos || months) && has_number;
    Some(Says { author: name.is_some(), date: !dates.is_empty(), ago })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_say_who_and_when() {
        let is_all = |line: &str| is_all(line, Some("ada"), Order::MonthFirst);
        for line in [
            "ada",
            "ada says:",
            "ada wrote:",
            "by ada » Mon May 20, 2024 10:00 am",
            "ada (Ada Quist) May 20, 2024, 7:33pm 1",
            "3 days ago",
            "vor 3 Tagen",
            "il y a 2 ans",
            "hace 5 horas",
            "3 天前",
            "2 года назад",
            "发表于 2024-5-20 23:20:45",
            "« Reply #1 on: May 20, 2024, 03:29:46 AM »",
            "#2 · May 20, 2024",
        ] {
            assert!(is_all(line), "{line}");
        }
        for line in [
            "Owls",
            "ada saw owls on May 20, 2024",
            "3 days",
            "years ago",
            "Join Date: May 2024",
            "bo says:",
            "",
        ] {
            assert!(!is_all(line), "{line}");
        }
    }

    #[test]
    fn notes_below_a_text() {
        let is_note = |line: &str| is_note(line, Some("ada"), Order::MonthFirst);
        for line in [
            "Last edited by bo on Tue May 21, 2024 9:30 am, edited 2 times in total.",
            "Edited May 21, 2024 by bo",
            "Edited May 21, 2024 at 10:30. Reason: the barn has another name since then",
            "This post was last modified: May 21, 2024, 03:27 AM by bo.",
            "Bearbeitet von bo, 21. Mai 2024",
            "Zuletzt von bo am 21. Mai 2024 bearbeitet",
            "Dernière modification par bo le 21 mai 2024 à 10:30, modifié 2 fois",
            "Отредактировано ada 21 мая 2024",
            "本帖最后由 bo 于 2024-5-21 09:30 编辑",
            "Posted May 20, 2024",
            "5 days ago",
        ] {
            assert!(is_note(line), "{line}");
        }
        for line in [
            "ada",
            "Edited by hand.",
            "Edit: they do not.",
            "Since May 20, 2024 owls live here.",
            "I updated the barn on May 20, 2024 and it holds.",
            "Updated the barn on May 20, 2024.",
            "Credit: the barn, 10:30",
            "Registered owls came on May 20, 2024 at 10:30.",
            "更新了谷仓 2024-5-21 09:30",
        ] {
            assert!(!is_note(line), "{line}");
        }
    }

    #[test]
    fn dates_of_changes_and_accounts() {
        for (text, is_other) in [
            ("Last edited by bo:", true),
            ("Joined", true),
            ("Зарегистрирован:", true),
            ("Joined 2010, posted", false),
            ("Posted", false),
            ("", false),
        ] {
            assert_eq!(ends_with_other_date(text), is_other, "{text}");
        }
    }
}
