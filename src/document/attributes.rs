//! Which attributes some later stage reads. The others are never stored.

use html5ever::{LocalName, local_name};

macro_rules! read {
    ($($name:tt)*) => {
        /// The name of an attribute that some stage reads on some element.
        fn read(name: &str) -> Option<LocalName> {
            match name {
                $($name => Some(local_name!($name)),)*
                _ => None,
            }
        }

        /// True for such a name.
        fn is_one(name: &LocalName) -> bool {
            matches!(*name, $(local_name!($name))|*)
        }
    };
}

read! {
    "class" "id" "href" "src" "srcset" "alt" "title" "style" "hidden" "aria-hidden" "aria-label" "role" "rel" "lang"
    "dir" "name" "property" "content" "itemprop" "itemtype" "itemscope" "datetime" "type" "charset" "http-equiv"
    "colspan" "rowspan" "start" "reversed" "value" "checked" "scope" "width" "height" "encoding" "display"
    "placeholder" "open" "mathvariant" "linethickness"
}

/// Those that html5ever has no ready name for.
const MORE: &[&str] = &[
    "data-src",
    "data-srcset",
    "data-original",
    "data-lazy-src",
    "data-lang",
    "data-language",
    "data-enlighter-language",
    "data-code-block-lang",
    "data-cfemail",
    "data-depth",
    "shadowrootmode",
    "poster",
];

/// Those that are read on a link alone.
const OF_LINKS: &[&str] = &["data-href", "data-url"];

/// What the names of attributes have in them that hold the address of an image: each script that loads images late has
/// its own.
const OF_IMAGES: &[&str] = &["src", "lazy", "img", "image", "original", "source"];

/// The one that is read on the root alone: the language, as XML has it.
const XML_LANG: &str = "xml:lang";

/// True if a stage reads that attribute of that element.
pub(super) fn is_read(element: &LocalName, attr: &LocalName) -> bool {
    is_one(attr)
        || MORE.contains(&&**attr)
        || (*element == local_name!("a") && OF_LINKS.contains(&&**attr))
        || (matches!(*element, local_name!("img") | local_name!("source")) && may_hold_image(attr))
        || (*element == local_name!("html") && &**attr == XML_LANG)
}

/// True for the name of an attribute that may hold the address of an image.
pub(crate) fn may_hold_image(name: &str) -> bool {
    /// No script has one longer than this, in bytes.
    const LONGEST: usize = 40;
    name.len() <= LONGEST && OF_IMAGES.iter().any(|part| name.contains(part))
}

/// True for a name that is read for what it has in it, of which there may be any number.
pub(super) fn is_of_many(attr: &LocalName) -> bool {
    !is_one(attr) && !MORE.contains(&&**attr) && may_hold_image(attr)
}

/// The name of an attribute that has to reach the tree builder: one that is read on some element, or that the
/// builder itself looks at.
pub(super) fn wanted(name: &str) -> Option<LocalName> {
    read(name).or_else(|| {
        let more =
            MORE.contains(&name) || OF_LINKS.contains(&name) || name == XML_LANG || may_hold_image(name);
        // `xlink:href` becomes `href` in svg; font's are compared in svg and math.
        let builder = name.starts_with("xlink:") || matches!(name, "color" | "face" | "size");
        (more || builder).then(|| LocalName::from(name))
    })
}
