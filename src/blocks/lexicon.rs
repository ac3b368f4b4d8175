//! The words that class names, ids and roles are made of, in groups that mean the same.
//!
//! Names are split into whole words at `-`, `_` and changes of case, never searched for substrings: `md:hidden`
//! hides nothing here, and an `overflow-hidden` box is not hidden. Groups are facts for the scorer and the roles;
//! none of them is a veto.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// A set of word groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Groups(pub(crate) u64);

impl Groups {
    pub(crate) fn has(self, group: Group) -> bool {
        self.0 & (1 << group as u64) != 0
    }

    pub(crate) fn any(self, groups: &[Group]) -> bool {
        groups.iter().any(|&group| self.has(group))
    }

    pub(crate) fn with(self, other: Groups) -> Groups {
        Groups(self.0 | other.0)
    }
}

macro_rules! lexicon {
    ($($(#[$doc:meta])* $group:ident: $words:literal;)*) => {
        /// What a word in a class name, an id or a role speaks of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Group { $($(#[$doc])* $group),* }

        impl Group {
            /// Every group, with its name as features and explanations show it.
            pub(crate) const ALL: &[(Group, &'static str)] = &[$((Group::$group, stringify!($group))),*];
        }

        const WORDS: &[(Group, &str)] = &[$((Group::$group, $words)),*];
    };
}

lexicon! {
    Comment: "comment comments commentlist commentaire commentaires kommentar kommentare comentario comentarios commento commenti disqus discussion talkback respond replies pinglun livefyre";
    Nav: "nav navi navigation navbar menu menus submenu topnav mainmenu mainnav menubar megamenu navlinks sitenav gnb lnb daohang";
    Breadcrumb: "breadcrumb breadcrumbs crumb crumbs bread ariane fil";
    Pagination: "pagination pager paging paginate pagenav pagenavi pages paginator pagelinks prevnext";
    Related: "related recommend recommended recommendation recommendations recommends similar suggest suggested suggestion suggestions relevant rec recirc recirculation readmore readnext upnext seealso crosssell upsell teaser teasers promobox xiangguan tuijian moreon";
    Popular: "popular trending trends hot hottest latest recent mostread mostpopular mostviewed top10 ranking rank ticker headlines newest viewed";
    Share: "share sharing shares social socials addthis addtoany sharethis sharedaddy sns follow twitter facebook whatsapp pinterest linkedin telegram bookmark sharebar fenxiang";
    Search: "search searchbox searchform sousuo buscar recherche suche";
    Login: "login signin signup register registration account logon paywall subscribe subscription membership";
    Newsletter: "newsletter newsletters optin mailchimp mailing email signupform";
    Advert: "ad ads advert adverts advertisement advertising adsense adslot adunit adbox adcontainer dfp gpt sponsor sponsored sponsors outbrain taboola werbung anzeige publicidad pub guanggao adsbygoogle mpu leaderboard";
    Promo: "promo promos promotion promotions cta offer offers campaign banner deal deals announcement";
    Consent: "cookie cookies consent gdpr onetrust cmp cookiebar ccpa privacy cookiebot didomi";
    Footer: "footer foot bottom colophon contentinfo footnav fineprint";
    Header: "header masthead head topbar top banner hero";
    Side: "sidebar side aside rail sidecol secondary complementary siderail";
    Widget: "widget widgets module plugin gadget portlet";
    Article: "article post entry story news hentry blogpost newsarticle artikel noticia nota";
    Content: "content body text main maincontent articlebody entrycontent postcontent postbody prose richtext rte copy wysiwyg storybody articletext bodytext maintext paragraph neirong zhengwen";
    Title: "title headline heading subject titel titre biaoti";
    Byline: "byline author authors writer reporter contributor contributors auteur autor redacteur zuozhe";
    Date: "date time published timestamp datetime pubdate posted updated modified dateline shijian";
    Meta: "meta info metadata details postmeta entrymeta infobar";
    Tags: "tag tags category categories keyword keywords topics label labels badge badges chip chips";
    Image: "image images img photo photos picture pictures gallery slideshow carousel slider media video videos player figure thumbnail thumb thumbs swiper slide";
    Caption: "caption captions figcaption credit credits legend";
    Product: "product products sku pdp pdpdescription woocommerce shopify goods";
    Price: "price prices pricing cost amount currency sale discount";
    Cart: "cart basket checkout buy wishlist quantity addtocart minicart purchase shipping delivery variant variants swatch swatches";
    Review: "review reviews rating ratings stars star testimonial testimonials feedback score";
    Description: "description desc summary excerpt intro introduction lead lede standfirst dek abstract subtitle deck blurb overview about";
    List: "list listing listings grid items item cards card results result feed archive tile tiles row collection catalog";
    Forum: "thread topic forum message messages post posts msg reply quote question answer answers viewtopic threadbody replies";
    Signature: "signature sig usersig rank joined postcount userinfo userstats";
    Modal: "modal popup overlay dialog drawer offcanvas lightbox tooltip dropdown toast popover snackbar alert notification";
    Legal: "copyright legal disclaimer terms imprint impressum license licence rights policy copy";
    Contents: "toc tableofcontents contents outline onthispage scrollspy anchors";
    Docs: "docs doc documentation markdown readme api reference highlight code codeblock snippet man wiki mw parser";
    Spec: "spec specs specification specifications feature features attributes params table datasheet properties";
    Faq: "faq faqs accordion tab tabs tabpanel panel panels collapse collapsible expandable toggle";
    User: "user username profile avatar bio member members authorbox vcard team";
    Control: "button btn buttons toolbar tools tool actions action controls icon icons skip link links utility utilities print";
    Note: "references reflist footnote footnotes citation citations bibliography notes endnotes";
    Filter: "filter filters facet facets refine sort sortby sorting";
    Hidden: "screenreader visuallyhidden noprint noscript";
    Form: "form field fields input contact enquiry survey poll captcha";
    Section: "section wrapper container inner block box column col page site layout";
}

/// Names that hide an element only when they are the whole class.
const HIDING: &[&str] = &[
    "hidden",
    "hide",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "d-none",
    "is-hidden",
];

/// Utility prefixes of style frameworks: what follows them says how a box looks, not what it is.
const UTILITIES: &[&str] = &[
    "text-",
    "overflow-",
    "bg-",
    "border-",
    "flex-",
    "col-",
    "row-",
    "align-",
    "justify-",
    "items-",
    "content-center",
    "content-between",
    "font-",
    "list-none",
    "list-inside",
    "list-style",
    "list-disc",
    "grid-cols",
    "top-",
    "bottom-",
    "table-auto",
    "table-fixed",
    "object-",
    "rounded-",
    "leading-",
    "shadow-",
    "space-",
    "whitespace-",
    "header-fixed",
];

/// True for a name that begins with one of [`UTILITIES`].
fn is_utility(name: &str) -> bool {
    let first = name.bytes().next().unwrap_or(0);
    UTILITIES.iter().any(|prefix| prefix.bytes().next() == Some(first) && name.starts_with(prefix))
}

/// Looks words up in a table of some 500.
pub(crate) struct Lexicon {
    words: HashMap<&'static [u8], u64, RandomState>,
    /// Whether one of them begins with that byte.
    firsts: [bool; 256],
}

/// What a class attribute says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) groups: Groups,
    /// True when a class of the element is one that hides it.
    pub(crate) hides: bool,
    /// A hash of the names without those that hold digits: equal for elements that look alike.
    pub(crate) signature: u64,
}

impl Lexicon {
    /// The table, built once.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);
        &LEXICON
    }

    fn new() -> Lexicon {
        let mut words: HashMap<&'static [u8], u64, RandomState> = HashMap::default();
        for (group, list) in WORDS {
            for word in list.split_ascii_whitespace() {
                *words.entry(word.as_bytes()).or_insert(0) |= 1 << *group as u64;
            }
        }
        let mut firsts = [false; 256];
        for word in words.keys() {
            if let Some(first) = word.first().and_then(|first| firsts.get_mut(usize::from(*first))) {
                *first = true;
            }
        }
        Lexicon { words, firsts }
    }

    /// Reads a class attribute, an id or a role, and hands on each word of it that is not about style.
    pub(crate) fn read(&self, names: &str, mut each: impl FnMut(&[u8])) -> Names {
        let mut found = Names { signature: 0xCBF2_9CE4_8422_2325, ..Names::default() };
        for name in names.split_ascii_whitespace() {
            found.hides |= HIDING.contains(&name);
            let classes = name.bytes().fold(0, |all, byte| all | class(byte));
            if classes & DIGIT == 0 {
                found.signature = mix(found.signature, name.as_bytes());
            }
            // Variants of style frameworks (`md:hidden`) and arbitrary values (`w-[3px]`) are no names.
            if classes & OF_STYLE != 0 || is_utility(name) {
                continue;
            }
            split(name, |word| {
                self.look_up(word, &mut found.groups);
                each(word);
            });
        }
        found
    }

    fn look_up(&self, word: &[u8], groups: &mut Groups) {
        if !word.first().is_some_and(|first| self.firsts.get(usize::from(*first)).is_some_and(|&is| is)) {
            return;
        }
        let found = self.words.get(word).or_else(|| self.words.get(stem(word)));
        groups.0 |= found.copied().unwrap_or(0);
    }
}

/// Hands on the words of a name: they end at `-`, `_` and the like, and where a capital follows a small letter.
fn split(name: &str, mut each: impl FnMut(&[u8])) {
    let mut lowered = [0_u8; LONGEST];
    let (mut start, mut seen, mut previous) = (0, 0, 0);
    for (at, byte) in name.bytes().chain([b'-']).enumerate() {
        let class = class(byte);
        if class & OF_WORD == 0 || (class & CAPITAL != 0 && previous & (SMALL | DIGIT) != 0) {
            // A word too long for the buffer is none that is looked for.
            if let Some(word) =
                name.as_bytes().get(start..at).filter(|word| (2..=LONGEST).contains(&word.len()))
            {
                if seen & CAPITAL == 0 {
                    each(word);
                } else if let Some(lowered) = lowered.get_mut(..word.len()) {
                    lowered.copy_from_slice(word);
                    lowered.make_ascii_lowercase();
                    each(lowered);
                }
            }
            start = at + usize::from(class & OF_WORD == 0);
            seen = 0;
        }
        seen |= class;
        previous = class;
    }
}

/// What a byte of a name is, in bits.
const OF_WORD: u8 = 1;
const CAPITAL: u8 = 1 << 1;
const SMALL: u8 = 1 << 2;
const DIGIT: u8 = 1 << 3;
/// A sign that names of style have.
const OF_STYLE: u8 = 1 << 4;

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut rest: &mut [u8] = &mut classes;
    let mut byte = 0_u8;
    while let Some((class, after)) = rest.split_first_mut() {
        *class = match byte {
            b'A'..=b'Z' => OF_WORD | CAPITAL,
            b'a'..=b'z' => OF_WORD | SMALL,
            b'0'..=b'9' => OF_WORD | DIGIT,
            b':' | b'[' | b'/' => OF_STYLE,
            0x80.. => OF_WORD,
            _ => 0,
        };
        rest = after;
        byte = byte.wrapping_add(1);
    }
    classes
};

/// A word without the digits at its end: `post1234` and `post` are one.
pub(super) fn stem(word: &[u8]) -> &[u8] {
    let end = word.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
    word.get(..end).unwrap_or(word)
}

/// The lexicon's longest words are shorter.
const LONGEST: usize = 24;

/// Mixes bytes into a hash, eight at a time: enough to tell names apart within one page.
pub(crate) fn mix(seed: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = seed;
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    }
    // The bytes of the rest, and in the byte above them how many they are.
    let last = rest.iter().rev().fold(rest.len() as u64 + 1, |last, &byte| (last << 8) | u64::from(byte));
    hash = (hash ^ last).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(names: &str) -> Vec<&'static str> {
        let found = Lexicon::get().read(names, |_| ()).groups;
        Group::ALL.iter().filter(|(group, _)| found.has(*group)).map(|(_, name)| *name).collect()
    }

    #[test]
    fn names_are_split_into_whole_words() {
        assert_eq!(groups("commentList"), ["Comment", "List"]);
        assert_eq!(groups("share_bar"), ["Share"]);
        assert_eq!(groups("shareholder adviser"), [""; 0]);
        assert_eq!(groups("post-1234"), ["Article", "Forum"]);
    }

    #[test]
    fn style_utilities_are_no_names() {
        assert_eq!(groups("text-sm overflow-hidden md:hidden flex-col"), [""; 0]);
        assert!(!Lexicon::get().read("md:hidden overflow-hidden", |_| ()).hides);
        assert!(Lexicon::get().read("x hidden", |_| ()).hides);
    }

    #[test]
    fn words_fit_into_the_buffer() {
        let mut words = WORDS.iter().flat_map(|(_, list)| list.split_ascii_whitespace());
        assert!(words.all(|word| (2..=LONGEST).contains(&word.len())));
    }

    #[test]
    fn there_are_no_more_groups_than_bits() {
        assert!(Group::ALL.len() <= 64);
    }
}
