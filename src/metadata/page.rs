//! The first look: one walk over the page, and all fields that need no more than what it finds.

use url::Url;

use super::Source;
use super::date_text::Order;
use super::fields;
use super::head::{Head, Index};
use super::headline;
use super::json_ld::{self, Facts};
use super::licence;
use super::neighbours::{self, Side};
use super::title::{self, Address};
use super::topics;
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
    /// What addresses on the page are relative to.
    pub(super) base: Option<Url>,
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
        let own = url.cloned().or_else(|| fields::own_address(head));
        let base_url = head.base_of(own.as_ref());
        let base = base_url.as_ref();
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
        let title = chosen.map(|(text, source, _)| (text, source)).filter(|(text, _)| !text.is_empty());
        let declared_title = headline::declared(head, &facts, &sites);
        let language = fields::language(head, &facts, title_node);
        let order = index.votes.decide(Order::of_language(language.as_ref().map(|(tag, _)| tag.as_str())));
        Page {
            order,
            title_node,
            subtitle: fields::subtitle(head, &facts, title_node, &[&title, &declared_title], order),
            declared_title,
            title,
            site_name,
            language,
            canonical_url,
            image: fields::image(head, &facts, base),
            description: fields::description(head, &facts),
            tags: topics::tags(head, &facts, title_node),
            sections: topics::sections(head, &facts, title_node),
            licence: licence::licence(head, &facts, base),
            is_free: fields::is_free(head, &facts),
            next_page: neighbours::neighbour(head, Side::Next, base, host.as_ref()),
            previous_page: neighbours::neighbour(head, Side::Previous, base, host.as_ref()),
            base: base_url,
            host,
            sites,
            facts,
            index,
        }
    }
}
