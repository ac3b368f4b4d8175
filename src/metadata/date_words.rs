//! The words beside dates that say what the dates are of: publication, or a change.
//!
//! They are stems: most languages inflect them, and sites glue them to others (`LastUpdated`). Those with a space around
//! them are whole words.

use std::sync::LazyLock;

use super::byline_words::Labels;

/// Parted by bars, by language: en, de, fr, es, pt, it, ca, ro, nl, sv, da, no, fi, pl, cs, hu, ru, uk, tr, el, zh, ja,
/// ko, ar, fa, he, vi, id, th.
const OF_CHANGE: &str = "\
    updated|update:|last update|latest update|modified|edited|revised|reviewed|last change|last revision|\
    aktualisier|geändert|letzte änderung|letzten änderung|bearbeitet|letzte bearbeitung|überarbeitet|zuletzt|\
    letztes update| stand | stand:|(stand |(stand:|\
    mis à jour|mise à jour|modifié|modification| maj le | maj :| màj |\
    actualizad|actualizó|actualizaci|modificad|modificaci|editó|editad|última edici|última revisi|\
    atualizad|atualizaç|modificaç|última edição|última revisão|última alteração|\
    aggiornat|aggiornament|modificat|ultima modifica|ultima revisione|\
    actualitz|actualizat|actualizare|\
    bijgewerkt|gewijzigd|bewerkt|geactualiseerd|laatste wijziging|laatste update|\
    uppdatera|uppdatering|ändrad|ändrades|redigera|\
    opdater|ændret|redigeret|oppdater|endret|redigert|\
    päivite|päivitys|muokattu|muutettu|\
    zaktualizowan|aktualizacj|edytowan|zmodyfikowan|modyfikacj|ostatnia zmiana|\
    aktualizov|aktualizác|aktualizac|upraven|editovan|poslední změna|poslední úprava|\
    frissít|módosít|\
    обновлен|обновлён|изменен|изменён|отредактирован|оновлен|змінен|останні зміни|редагован|\
    güncelle|değiştirilme|son düzenle|\
    ενημερώθηκε|ενημέρωση|τροποπο|\
    更新|修改|修订|修訂|编辑于|編輯於|最后编辑|最後編輯|改訂|改定|\
    업데이트| 수정 |수정:|수정일|수정시|수정됨|최종수정|기사수정|마지막으로 편집|편집되었|\
    تحديث|تعديل|بروزرسانی|به‌روزرسانی|ویرایش|\
    עודכן|עדכון|נערך|\
    cập nhật|diperbarui|diubah|disunting|อัปเดต|อัพเดต|แก้ไข";

/// Parted by bars, in the same order of languages.
const OF_PUBLICATION: &str = "\
    published|posted|created|written|\
    veröffentlicht|erstellt|erschienen|\
    publié|publiée|mis en ligne|mise en ligne|\
    publicad|publicó|pubblicat|publicat|\
    gepubliceerd|geplaatst|\
    publicera|udgivet|offentliggjort|publisert|julkaistu|\
    opublikowan|zveřejněn|publikován|megjelen|közzét|\
    опубликован|размещен|опубліковано|yayın|δημοσιε|\
    发布|發布|发表|發表|公開|投稿|掲載|입력|등록|게시|\
    نشر|منتشر|פורסם|đăng|diterbitkan|dipublikasikan|เผยแพร่";

static CHANGE: LazyLock<Labels> = LazyLock::new(|| Labels::of(OF_CHANGE));

static PUBLICATION: LazyLock<Labels> = LazyLock::new(|| Labels::of(OF_PUBLICATION));

/// Where the last word of change begins in the text beside a date.
pub(super) fn last_of_change(text: &str) -> Option<usize> {
    last(text, &CHANGE)
}

/// Where the last word of publication begins in the text beside a date.
pub(super) fn last_of_publication(text: &str) -> Option<usize> {
    last(text, &PUBLICATION)
}

/// True if a text beside a date says that it is that of a change.
pub(super) fn is_of_change(text: &str) -> bool {
    last_of_change(text).is_some()
}

/// True if a text beside a date says that it is that of publication.
pub(super) fn is_of_publication(text: &str) -> bool {
    last_of_publication(text).is_some()
}

fn last(text: &str, labels: &Labels) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let text = format!(" {} ", text.to_lowercase());
    let begins = |at: usize, first: u8| {
        let rest = text.get(at..).unwrap_or("");
        let fits = |label: &&&str| {
            rest.strip_prefix(**label).is_some_and(|rest| !is_noun(label) || is_before_date(rest))
        };
        labels.beginning(first).iter().any(|label| fits(&label))
    };
    let mut places = text.bytes().enumerate().filter(|&(_, byte)| !(0x80..0xC0).contains(&byte));
    places.rfind(|&(at, first)| begins(at, first)).map(|(at, _)| at)
}

/// True for `Stand`, which is in sentences and titles as well.
fn is_noun(label: &str) -> bool {
    matches!(label, " stand " | "(stand ")
}

/// True for what stands between a label and its date: `vom`, a month, or nothing.
fn is_before_date(rest: &str) -> bool {
    let before = rest.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
    before.split_whitespace().nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_date_is_of() {
        for label in [
            "Last changed on ",
            "LastUpdated: ",
            "Letzte Aktualisierung: ",
            "Letzte Änderung: ",
            "Letzte Bearbeitung am ",
            "Stand ",
            "Stand vom ",
            "Stand Mai 2024",
            "(Stand: ",
            "Diese Seite wurde zuletzt am ",
            "Dernière mise à jour : ",
            "Dernière modification de cette page le ",
            "MAJ le ",
            "Última actualización: ",
            "Esta página se editó por última vez el ",
            "Última atualização em ",
            "Esta página foi editada pela última vez em ",
            "Ultimo aggiornamento: ",
            "Questa pagina è stata modificata per l'ultima volta il ",
            "Última actualització: ",
            "Ultima actualizare: ",
            "Deze pagina is voor het laatst bewerkt op ",
            "Sidan redigerades senast den ",
            "Sidst opdateret ",
            "Sist oppdatert ",
            "Päivitetty ",
            "Tę stronę ostatnio edytowano ",
            "Aktualizováno ",
            "Naposledy upraveno ",
            "Utoljára frissítve: ",
            "Последнее обновление: ",
            "Эта страница в последний раз была отредактирована ",
            "Останнє оновлення: ",
            "Son güncelleme: ",
            "Τελευταία ενημέρωση: ",
            "本页面最后修订于",
            "最后编辑于",
            "最終更新日：",
            "آخر تحديث ",
            "עודכן ב-",
            "Cập nhật lúc ",
            "최종수정 ",
            "입력 2024.05.20. 수정 ",
        ] {
            assert!(is_of_change(label), "{label}");
        }
        for label in [
            "In the stands, ",
            "Bestand: ",
            "Abstand ",
            "Der Stand der Dinge ",
            "3 maj – ",
            "Published on ",
            "编辑：李明 ",
            "이수정 기자 ",
            "",
        ] {
            assert!(!is_of_change(label), "{label}");
        }
        for label in ["Geplaatst op ", "Publicerad ", "发表于 ", "Mis en ligne le ", "نشر في "] {
            assert!(is_of_publication(label) && !is_of_change(label), "{label}");
        }
        assert!(last_of_change("Published, updated ") > last_of_publication("Published, updated "));
    }
}
