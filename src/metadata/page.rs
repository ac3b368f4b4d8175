//! The first look: one walk over the page, and all fields that need no more than what it finds.

use url::Url;

use super::Source;
use super::date_text::Order;
use super::fields;
use super::head::{Head, Index};
use super::headline;
use super::json_ld::{self, Facts};
use super::title::{self, Address};
use crate::Document;
use crate::document::NodeId;

pub(super) type Found = Option<(String, Source)>;

/// What the first look has found.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) index: Index,
    pub(super) facts: Facts,
    /// The page's address, as it is known or as the page itself says.
    pub(super) host: Option<Url>,
    /// Keys of the site's names.
    pub(super) sites: Vec<String>,
    pub(super) order: Order,
    /// The element that shows the title.
    pub(super) title_node: Option<NodeId>,
    pub(super) title: Found,
    pub(super) declared_title: Found,
    pub(super) subtitle: Found,
    pub(super) site_name: Found,
    pub(super) language: Found,
    pub(super) canonical_url: Found,
    pub(super) image: Found,
    pub(super) description: Found,
    pub(super) tags: Option<(Vec<String>, Source)>,
    pub(super) sections: Option<(Vec<String>, Source)>,
    pub(super) licence: Found,
    pub(super) is_free: Option<(bool, Source)>,
    pub(super) next_page: Found,
    pub(super) previous_page: Found,
}

impl Page {
    pub(super) fn read(document: &Document, url: Option<&Url>) -> Page {
        let index = Index::scan(document.arena());
        let head = Head { arena: document.arena(), index: &index };
        let base = head.base_of(url);
        let base = base.as_ref();
        let headings = headline::headings(head);
        let urls: Vec<String> = [url.map(Url::to_string)]
            .into_iter()
            .flatten()
            .chain(head.rel("canonical").map(|link| link.href.to_owned()))
            .chain(head.metas(&["og:url"]).map(|(url, _)| url.to_owned()))
            .take(5)
            .collect();
        let facts = json_ld::read(head.scripts(), &headline::keys(head, &headings), &urls);
        // Where the address is not given, the page's own idea of it names the host as well.
        let canonical_url = fields::canonical(head, &facts, base);
        let host = url.cloned().or_else(|| canonical_url.as_ref().and_then(|(url, _)| Url::parse(url).ok()));
        let (site_name, sites) = fields::site(head, &facts, host.as_ref());
        let weighed = headline::weighed(head.arena, &headings, base);
        let candidates = headline::candidates(head, &facts);
        let chosen = headline::chapter(head, &candidates, &headings)
            .or_else(|| headline::lower(head, &candidates, &headings, &sites))
            .or_else(|| title::choose(&candidates, &weighed, &sites, &Address::of(host.as_ref())));
        let title_node = headline::anchor(head, chosen.as_ref(), &headings);
        let language = fields::language(head, &facts);
        Page {
            order: index.votes.decide(Order::of_language(language.as_ref().map(|(tag, _)| tag.as_str()))),
            title_node,
            declared_title: headline::declared(head, &facts, &sites),
            title: chosen.map(|(text, source, _)| (text, source)).filter(|(text, _)| !text.is_empty()),
            subtitle: fields::subtitle(head, &facts, title_node),
            site_name,
            language,
            canonical_url,
            image: fields::image(head, &facts, base),
            description: fields::description(head, &facts),
            tags: fields::tags(head, &facts),
            sections: fields::sections(head, &facts),
            licence: fields::licence(head, &facts, base),
            is_free: fields::is_free(head, &facts),
            next_page: fields::neighbour(head, "next", base, url),
            previous_page: fields::neighbour(head, "prev", base, url)
                .or_else(|| fields::neighbour(head, "previous", base, url)),
            host,
            sites,
            facts,
            index,
        }
    }
}
