//! The words around names in bylines.

use std::sync::LazyLock;

/// Parted by bars.
const BEFORE: &str = "\
    article written by|this article was written by|originally published by|written by|posted by|published by|authored by|\
    submitted by|created by|started by|asked by|reported by|contributed by|story by|words by|text by|\
    article by|review by|report by|compiled by|guest post by|interview by|recipe by|\
    post author|post by|postby|interview:|interviewer|about the author|author|authors|author(s)|contributor:|contributors:|\
    written|by|text:|\
    geschrieben von|eingestellt von|publiziert von|gepostet von|alle beiträge von|zeige alle beiträge von|\
    weitere beiträge von|view all posts by|all posts by|posts by|more from|see more from|more by|publicada por|\
    postado por|tous les articles de|\
    veröffentlicht von|verfasst von|ein artikel von|ein beitrag von|von unserem autor|text von|von|autor|autorin|\
    autoren|autor/in|autor:in|autor*in|autor_in|autor(in)|autor/innen|autor:innen|autor*innen|autor_innen|autor(en)|\
    redaktion:|publié par|écrit par|rédigé par|par|auteur|auteurs|auteur(s)|texte:|texte :|\
    escrito por|publicado por|redactado por|por|autora|autores|autor/a|autor(a)|texto:|\
    scritto da|pubblicato da|a cura di|di|autore|autori|testo:|testo di|\
    geschreven door|gepubliceerd door|geplaatst door|door|tekst:|tekst door|\
    skriven av|skrevet av|skrevet af|text av|tekst av|forfatter|kirjoittanut|kirjoittaja|teksti:|\
    autor tekstu|napisał|napisała|tekst|opublikowane przez|przez|napsal|napsala|szerző|írta|\
    автор|автор статьи|автор:|авторы|автори|автор текста|текст|yazan|yazar|av|af|συντάκτης|penulis|oleh|tác giả|\
    作者|文|撰文|记者|編集|著者|執筆|글|기자|insights from";

/// What lines far from the title begin with that say who wrote, parted by bars.
const SIGNED: &str = "\
    written by|words by|author:|authors:|text by|geschrieben von|verfasst von|autor:|autorin:|autoren:|autor/in:|\
    autor:in:|autor*in:|text:|text von|écrit par|rédigé par|auteur:|auteur :|auteurs:|auteurs :|texte:|texte :|\
    escrito por|redactado por|autora:|autores:|texto:|scritto da|autore:|testo di|testo:|geschreven door|tekst:|\
    skriven av|skrevet av|skrevet af|tekst av|forfatter:|teksti:|autor tekstu:|автор:|авторы:|автор статьи:|\
    автор текста:|текст:|автори:|yazan:|yazar:|作者：|作者:|撰文：|撰文:|文：|记者：|글:";

/// Parted by bars.
const NOT_BY: &str = "\
    reviewed by|fact checked by|fact-checked by|fact check by|edited by|researched by|approved by|verified by|\
    translated by|illustrated by|sponsored by|presented by|photos by|photo by|photography by|photographs by|\
    photo:|photos:|photograph:|photographs:|photo credit|last post by|last reply by|\
    geprüft von|foto:|fotos:|foto von|fotos von|bild:|bilder:|\
    relu par|vérifié par|traduit par|photo par|photos par|crédit photo|\
    revisado por|revisión de|traducido por|editado por|fotografía:|fotografías:|\
    rivisto da|foto di|foto door|fotografie:|фото:|\
    责任编辑|责编|摄影|校对|编辑：|编辑:";

/// What pieces of a byline begin with that name nobody, parted by bars: rights, the time that reading takes, key words.
const BESIDE: &str = "\
    copyright|all rights reserved|alle rechte vorbehalten|\
    reading time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|leestijd|\
    lästid|czas czytania|время чтения|\
    tags:|tagged|filed under|categories:|category:|schlagwörter:|schlagworte:|kategorie:|kategorien:|mots-clés|\
    catégorie :|catégories :|etiquetas:|categoría:|categorías:|categoria:|categorie:";

/// Words that part a byline where they follow the name: what comes after is a role, a place or a date.
pub(super) const AFTER: &str = "\
    on edited fact-checked researched verified approved published updated posted last modified reviewed medically fact \
    writes created joined started wrote says said read photo photos photography photographs foto fotos symbolbild \
    followers lesezeit lesedauer leestijd via am le il el em op dnia um minutes veröffentlicht aktualisiert publié \
    publicado pubblicato gepubliceerd geplaatst publicerad publisert opublikowano mon tue wed thu fri sat sun \
    monday tuesday wednesday thursday friday saturday sunday ago view 粉丝";

/// Words that make a piece of a byline a role, a credential or an office, and so no name.
pub(super) const ROLES: &str = "\
    editor writer reporter correspondent journalist director manager ceo cto cfo coo cmo founder \
    cofounder president officer specialist expert analyst consultant professor columnist blogger \
    strategist engineer developer marketer producer contributor coach therapist dietitian nutritionist \
    trainer attorney senior chief head lead redakteur redakteurin journaliste rédacteur redactor \
    redactora giornalista redacteur content marketing seo associate assistant representative copywriter \
    phd ph.d ph.d. md m.d m.d. do rd rdn ms m.s. msc ma m.a. ba b.a. bsc mba jd j.d. cpa cfa cfp cfp® \
    cepf® cfp®, cscs cpt rn lcsw lmft dvm vmd dds dpt mph ldn fand esq esq. jr. sr. faan facp facc ccna \
    pmp cissp np pa-c psyd edd dacvb foma dabom facog faap cdces e-ryt cnm bcba contributing years \
    chefredakteur chefredakteurin journalistin korrespondent korrespondentin leiter leiterin projektleiter \
    projektleiterin geschäftsführer geschäftsführerin referent referentin pressesprecher pressesprecherin \
    gardener horticulturist horticulturalist researcher scientist astrologer sponsored special";

/// What a button beside a name says.
pub(super) const FOLLOW: &str = "\
    follow following folgen suivre seguir segui volgen följ følg seuraa obserwuj sledovat подписаться takip 关注 關注 \
    フォロー 팔로우";

/// What stands between a date and the name behind it.
pub(super) const BEHIND_DATE: &str = "by von par por da di door av af przez oleh";

/// What stands with the time of day.
pub(super) const WITH_TIME: &str = "at um uhr om kl kl. klo o godz godz. à às alle a las h am pm";

/// What stands where a name should and names nobody: letters and digits only.
pub(super) const NOBODY: &str = "\
    admin administrator author authors unknown guest null undefined none na user webmaster default root \
    superadmin byline test name writer readmore share follow home contact profile website comments \
    nocomments about login view more menu theauthor abouttheauthor viewallposts contributors siteadmin \
    wpadmin blogadmin false true by email print seebio bio posts viewprofile fullbio followus editor at \
    on in via noauthor wordpressadmin editorsnote advertisement sponsored published updated lastupdated \
    archive archives rss rssfeed logout signin signout signup register subscribe emailtoauthor emailauthor \
    emailtheauthor contactauthor contacttheauthor viewstaffpage viewauthorpage staffpage authorpage \
    thisauthor moreby morefrom people learnmore faq help \
    discuzteam comsenzuiteam discuzteamandcomsenzuiteam taboola outbrain disqus 注册 登录 登陆 未知 佚名 匿名 회원가입 로그인 회원정보수정 回复查看";

/// Of the words above those that may be part of a name, with a capital: a family name, a firm's article.
pub(super) const FAMILY_NAMES: &str = "le el said sun mon sat thu";

/// What ends a name and is no credential.
pub(super) const GENERATIONS: &str = "jr. sr.";

/// What stands in names without a capital.
pub(super) const PARTICLES: &str = "\
    of the and for at in de da do dos das di du del della des la le el van von der den ter ten zu zum af av \
    bin ibn y e i";

/// True if `word` is one of the words of a list.
pub(super) fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|have| have == word)
}

/// Labels that a line may begin or end with, by their first byte: most lines begin with that of few.
pub(super) struct Labels {
    by_first: Vec<Vec<&'static str>>,
}

impl Labels {
    pub(super) fn of(list: &'static str) -> Labels {
        let mut by_first = vec![Vec::new(); 256];
        for label in list.split('|') {
            if let Some(labels) = label.bytes().next().and_then(|first| by_first.get_mut(usize::from(first)))
            {
                labels.push(label);
            }
        }
        Labels { by_first }
    }

    /// The labels that begin with that byte.
    pub(super) fn beginning(&self, first: u8) -> &[&'static str] {
        self.by_first.get(usize::from(first)).map_or(&[], Vec::as_slice)
    }

    /// All labels.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.by_first.iter().flatten().copied()
    }
}

/// What stands before a name and is none of it.
pub(super) static BEFORE_NAMES: LazyLock<Labels> = LazyLock::new(|| Labels::of(BEFORE));

/// What stands before the name of one who did not write.
pub(super) static BEFORE_OTHERS: LazyLock<Labels> = LazyLock::new(|| Labels::of(NOT_BY));

/// What stands at the start of a line of its own that says who wrote.
pub(super) static BEFORE_SIGNATURE: LazyLock<Labels> = LazyLock::new(|| Labels::of(SIGNED));

/// What stands beside the names and is none.
pub(super) static BESIDE_NAMES: LazyLock<Labels> = LazyLock::new(|| Labels::of(BESIDE));
