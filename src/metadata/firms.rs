//! Firms and offices among the authors: their names hold commas and `and`s that part no list, and they go behind persons.

use super::byline_words::has;

/// What firms' names end with, as it is written.
const LEGAL: &str = "\
    Inc Inc. LLC L.L.C. LLP Ltd Ltd. Limited plc PLC Corp Corp. Co. GmbH gGmbH mbH AG KGaA OHG UG eG e.G. e.V. eV \
    S.A. SARL S.A.R.L. S.L. S.p.A. SpA S.r.l. Srl Lda B.V. N.V. A/S ApS Oy Oyj a.s. \
    s.r.o. Sp. Zrt. Kft. ООО ОАО";

/// Those that are a person's initials or degree as well where they stand behind a comma, or behind one word.
const LEGAL_AT_END: &str = "AB AS BV KG NV SAS";

/// What names of offices have in them.
const OFFICES: &str = "\
    center centre department departement département departamento dipartimento dept ministry ministère ministerio \
    ministério ministero ministerie institute instituto istituto amt bundesamt landesamt office bureau council committee \
    commission kommission comité agency agentur agence agencia agenzia organization organisation organización \
    association society société sociedad foundation fondation fundación fundação fondazione stichting university \
    universität université universidad universidade università universiteit universitet hochschule akademie academy \
    federation federación alliance министерство институт университет ассоциация bakanlığı üniversitesi";

/// What they end with in languages that write them in one word with what they are of.
const COMPOUNDS: [&str; 7] =
    ["anstalt", "gesellschaft", "institut", "ministerium", "stiftung", "verband", "verein"];

/// No firm's name is longer than this, in bytes.
const LONGEST: usize = 120;

/// What a house's own people sign with together.
const STAFF: &str = "\
    staff newsroom redaktion redaktionsteam onlineredaktion rédaction redacción redacção redação redazione redactie \
    redaksjonen redaktionen toimitus redakcja redakce редакция редакція";

/// True for the name of a firm, an office or a newsroom.
pub(super) fn is_firm(name: &str) -> bool {
    let is_legal = || name.split([' ', ',']).skip(1).any(|word| has(LEGAL, word));
    let is_staff = || name.split_whitespace().any(|word| has(STAFF, &bare(word)));
    let ends_legal = || {
        let behind = name.split(' ').skip(2);
        !name.contains(',') && behind.last().is_some_and(|last| has(LEGAL_AT_END, last))
    };
    name.len() <= LONGEST && (is_legal() || ends_legal() || has_office(name) || is_staff())
}

/// True if what follows a comma still belongs to the name before it: `Barn, Inc.`, `Barn Organization, Geneva`.
pub(super) fn goes_on(name: &str, behind: &str) -> bool {
    let mut words = behind.split_whitespace();
    let is_legal = words.next().is_some_and(|first| has(LEGAL, first));
    let is_single = words.next().is_none_or(is_and);
    name.len() <= LONGEST && (is_legal || (is_single && has_office(name)))
}

/// True if an `and` stands within a name: `Barn GmbH & Co. KG`, `Hens & Hay`, `Office for Barns and Owls`.
pub(super) fn is_within(name: &str, and: &str, behind: &[&str]) -> bool {
    let is_company = behind.first().is_some_and(|first| matches!(*first, "Co." | "Co" | "CO."));
    let is_pair = and == "&" && behind.len() == 1 && !name.is_empty() && !name.contains(' ');
    name.len() <= LONGEST && (is_company || is_pair || names_field(name))
}

/// True for a name of an office that goes on with what the office is for.
fn names_field(name: &str) -> bool {
    let mut words = name.split_whitespace().skip_while(|word| !is_office(word));
    words.next().is_some() && words.any(|word| has("for of für pour de per para voor för for dla", word))
}

fn is_office(word: &str) -> bool {
    let word = bare(word);
    let is_compound = COMPOUNDS.iter().any(|end| word.ends_with(end));
    is_compound || has(OFFICES, &word)
}

fn has_office(name: &str) -> bool {
    name.split_whitespace().any(is_office)
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn is_and(word: &str) -> bool {
    matches!(word, "and" | "&" | "und" | "et" | "y" | "e" | "en" | "i")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_and_persons() {
        for name in [
            "Barn GmbH",
            "Osterby Barn AB",
            "Barn, Inc.",
            "Barn Foundation",
            "Amt für Eulen",
            "Barn Staff",
            "Die Redaktion",
        ] {
            assert!(is_firm(name), "{name}");
        }
        for name in [
            "Ada Quist",
            "AG Quist",
            "Quist AS",
            "Ada Quist, AB",
            "AB Ek Quist",
            "Bo Inca",
            "Stafford Ek",
            "",
        ] {
            assert!(!is_firm(name), "{name}");
        }
    }
}
