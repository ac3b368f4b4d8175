//! When the page was published and when it was changed last.

use html5ever::local_name;
use jiff::civil::Date;

use super::authors::in_comment;
use super::date_address::in_address;
use super::date_machine::machine;
use super::date_text::{Order, find_all};
use super::date_words::{is_of_change, is_of_publication, last_of_change, last_of_publication};
use super::dateline;
use super::head::property_value;
use super::local_day;
use super::page::Found;
use super::text::{attribute, element_text};
use super::visible::Spot;
use super::{Context, Source};

/// Dates to be seen stand within so many bytes of text from the title.
const NEAR: usize = 1000;

/// What holds a date alone is no longer than this, in bytes.
const LONGEST: usize = 120;

/// No line whose dates count is longer than this, in bytes.
const LONGEST_LINE: usize = 160;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "book:release_date",
    "datepublished",
    "date_published",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_time",
    "publishtime",
    "published-date",
    "publication_date",
    "publication-date",
    "pubdate",
    "pub_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "article.published",
    "originalpublicationdate",
    "iso-8601-publish-date",
    "shareaholic:article_published_time",
    "apub:time",
    "bt:pubdate",
    "article_date_original",
    "displaydate",
    "dateposted",
    "citation_online_date",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.published",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dc.issued",
    "dc.date",
    "dcterms.date",
    "date",
    "created",
    "datecreated",
    "release_date",
];

const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:modified_time",
    "og:updated_time",
    "article:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
    "updated_time",
    "modificationdate",
];

/// When the page was published.
pub(super) fn published(context: &Context<'_>) -> Found {
    Dates { context, order: context.page.order }.published()
}

/// When the page was changed last.
pub(super) fn modified(context: &Context<'_>) -> Found {
    Dates { context, order: context.page.order }.modified()
}

struct Dates<'a, 'c> {
    context: &'c Context<'a>,
    order: Order,
}

impl<'a> Dates<'a, '_> {
    fn published(&self) -> Found {
        if let Some((date, source)) = self.declared_published() {
            return Some(self.where_written(&date).unwrap_or((date, source)));
        }
        self.marked(|spot| spot.signs.published && (spot.signs.time || !spot.signs.modified))
            .or_else(|| self.by_label(|label| last_of_publication(label) > last_of_change(label)))
            .or_else(|| self.of_url().map(|date| (date, Source::Url)))
            .or_else(|| self.marked(|spot| (spot.signs.time || spot.signs.date) && !spot.signs.modified))
            .or_else(|| self.in_lines())
            .or_else(|| self.dateline())
            .or_else(|| self.far_off())
    }

    fn declared_published(&self) -> Found {
        self.declared(
            &self.context.page.facts.published,
            PUBLISHED,
            &["publish", "pubdate"],
            &["datepublished", "datecreated", "uploaddate"],
        )
    }

    /// The day that the page's address or the page shows, where an instant in UTC falls on another.
    fn where_written(&self, declared: &str) -> Found {
        let of_url = self.of_url().map(|date| (date, Source::Url));
        let seen = std::iter::once_with(|| self.days_shown()).flatten();
        local_day::shown(declared, of_url.into_iter().chain(seen.map(|date| (date, Source::Visible))))
    }

    fn of_url(&self) -> Option<String> {
        in_address(self.context.page.host.as_ref()?)
    }

    /// The dates near the title that no label calls those of a change, the nearest first: those of elements, then those
    /// of lines. Each is read when it is asked for.
    fn days_shown(&self) -> impl Iterator<Item = String> {
        let fits = |spot: &&Spot| {
            let is_date = spot.signs.time || spot.signs.date || spot.signs.published;
            is_date && !spot.signs.modified && !says_changed(&spot.before)
        };
        let mut spots: Vec<&Spot> = self.near().filter(fits).take(50).collect();
        spots.sort_by_key(|spot| self.context.visible().distance(spot.at));
        let of_spot = |spot: &Spot| {
            let text = element_text(self.context.arena(), spot.node, 200);
            if text.len() > LONGEST || is_of_change(&text) {
                return None;
            }
            let in_text = machine(&text, self.order);
            // What readers see goes before what the element says for machines.
            let exact = self
                .exact(spot)
                .filter(|value| in_text.as_deref().is_none_or(|seen| seen.get(..10) == value.get(..10)));
            exact.or(in_text)
        };
        let lines = || self.dates_in_lines().iter().filter(|(_, label)| !says_changed(label));
        let of_lines = std::iter::once_with(lines).flatten().map(|(date, _)| date.clone());
        spots.into_iter().filter_map(of_spot).chain(of_lines)
    }

    fn modified(&self) -> Found {
        let declared = self.declared(
            &self.context.page.facts.modified,
            MODIFIED,
            &["modified", "updated"],
            &["datemodified"],
        );
        let Some((date, source)) = declared else {
            return self.modified_by_sight().filter(|(date, _)| !self.is_before_published(date));
        };
        // A page that was never changed may declare the same instant twice; then both are the same day.
        let is_first = self.declared_published().is_some_and(|(published, _)| published == date);
        let published = || self.context.metadata.found_published().clone();
        is_first.then(published).flatten().map(|(date, _)| (date, source)).or(Some((date, source)))
    }

    fn modified_by_sight(&self) -> Found {
        let mut spots = self
            .near()
            .filter(|spot| spot.signs.modified && !spot.signs.published || says_changed(&spot.before));
        spots
            .find_map(|spot| self.value(spot))
            .map(|date| (date, Source::Visible))
            .or_else(|| self.by_label(says_changed))
            .or_else(|| self.at_end())
    }

    /// True for a change that is shown with a day before that of publication as it is declared: something else was
    /// changed, of which the text speaks. A day's difference may be that of time zones.
    fn is_before_published(&self, date: &str) -> bool {
        let day = |date: &str| date.get(..10).and_then(|day| day.parse::<Date>().ok());
        let published = self.context.metadata.found_published().as_ref();
        let declared = published.filter(|(_, source)| *source != Source::Visible);
        let first = declared.and_then(|(published, _)| day(published)?.yesterday().ok());
        first.zip(day(date)).is_some_and(|(first, changed)| changed < first)
    }

    fn declared(&self, facts: &[String], metas: &[&str], likes: &[&str], properties: &[&str]) -> Found {
        let json =
            facts.iter().find_map(|value| machine(value, self.order)).map(|date| (date, Source::JsonLd));
        json.or_else(|| {
            self.context
                .head()
                .metas(metas)
                .find_map(|(value, source)| Some((machine(value, self.order)?, source)))
        })
        .or_else(|| {
            let named = self.context.head().metas_like(likes).find_map(|value| machine(value, self.order));
            named.map(|date| (date, Source::Meta))
        })
        .or_else(|| {
            let items = self
                .context
                .head()
                .properties(properties)
                .take(20)
                .filter(|&id| !in_comment(self.context.arena(), id));
            items
                .map(|id| property_value(self.context.arena(), id, 100))
                .find_map(|value| machine(&value, self.order))
                .map(|date| (date, Source::Microdata))
        })
    }

    fn near(&self) -> impl Iterator<Item = &'a Spot> {
        self.context
            .visible()
            .spots
            .iter()
            .filter(|spot| !spot.is_apart && self.context.visible().distance(spot.at) <= NEAR)
    }

    /// The date of the element nearest to the title among those that `fits` lets through.
    fn marked(&self, fits: impl Fn(&Spot) -> bool) -> Found {
        let spots = self.near().filter(|spot| fits(spot) && !says_changed(&spot.before));
        let mut dated: Vec<(usize, String)> = Vec::new();
        for spot in spots.take(50) {
            if let Some(date) = self.value(spot) {
                dated.push((self.context.visible().distance(spot.at), date));
            }
        }
        let (_, date) = dated.into_iter().min_by_key(|(distance, _)| *distance)?;
        Some((date, Source::Visible))
    }

    /// What an element says of its date for machines.
    fn exact(&self, spot: &Spot) -> Option<String> {
        let (arena, node) = (self.context.arena(), spot.node);
        let value = attribute(arena, node, &local_name!("datetime"))
            .or_else(|| attribute(arena, node, &local_name!("content")));
        machine(value?, self.order)
    }

    fn value(&self, spot: &Spot) -> Option<String> {
        if let Some(date) = self.exact(spot) {
            return Some(date);
        }
        let text = element_text(self.context.arena(), spot.node, 200);
        // Where the element holds several dates with labels, the lines tell them apart.
        if text.len() > LONGEST || is_of_change(&text) {
            return None;
        }
        find_all(&text, self.order).first().map(|found| found.date.to_string())
    }

    /// A date in a line near the title whose label `fits`.
    fn by_label(&self, fits: impl Fn(&str) -> bool) -> Found {
        let (date, _) = self.dates_in_lines().iter().find(|(_, label)| fits(label))?;
        Some((date.clone(), Source::Visible))
    }

    /// A date in a short line near the title that no label calls one of a change.
    fn in_lines(&self) -> Found {
        let (date, _) = self.dates_in_lines().iter().find(|(_, label)| !says_changed(label))?;
        Some((date.clone(), Source::Visible))
    }

    /// The date that stands elsewhere: at the end of the text, or in a box beside it that says it is that of
    /// publication. Several are those of other things, unless each is later than the one before: those are the posts
    /// of a thread, and the first is its beginning.
    fn far_off(&self) -> Found {
        let fits = |spot: &&Spot| {
            let is_first = !spot.is_others && (spot.signs.published || is_of_publication(&spot.before));
            let is_any = !spot.is_apart && (spot.signs.time || spot.signs.date);
            (is_first || is_any) && !spot.signs.modified && !says_changed(&spot.before)
        };
        let mut dates: Vec<String> = self
            .context
            .visible()
            .spots
            .iter()
            .filter(fits)
            .take(50)
            .filter_map(|spot| self.value(spot))
            .collect();
        // One place may give the time as well.
        dates.dedup_by(|b, a| b.get(..10) == a.get(..10));
        let is_thread = dates.len() > 2 && dates.is_sorted_by_key(|date| date.get(..10));
        let first = dates.first().filter(|_| dates.len() == 1 || is_thread)?;
        Some((first.clone(), Source::Visible))
    }

    /// The date with which the text begins. Where several lines begin with one, the page is a list of things that
    /// happen.
    fn dateline(&self) -> Found {
        let visible = self.context.visible();
        let near = visible.lines.iter().filter(|line| visible.distance(line.at) <= NEAR);
        let mut dates = near.filter_map(|line| dateline::begins(&line.text, self.order));
        let first = dates.next().filter(|_| dates.next().is_none())?;
        Some((first.date.to_string(), Source::Visible))
    }

    /// The date far from the title that is said to be that of a change, if there is but one.
    fn at_end(&self) -> Found {
        let visible = self.context.visible();
        let in_line = |line: &String| {
            let mut dates = labelled(line, "", self.order).into_iter();
            dates.find(|(_, label)| says_changed(label)).map(|(date, _)| date)
        };
        // Where readers see `a year ago`, the element may say when.
        let is_behind = |at: usize| visible.title.is_some_and(|(_, end)| at >= end);
        let fits = |spot: &&Spot| spot.signs.time && !spot.is_others && is_behind(spot.at);
        let spots = visible.spots.iter().filter(fits);
        let in_spot = |spot: &Spot| if says_changed(&spot.before) { self.exact(spot) } else { None };
        let mut dates = spots.filter_map(in_spot).take(50).chain(visible.changed.iter().filter_map(in_line));
        let first = dates.next()?;
        let is_same = |other: String| other.get(..10) == first.get(..10);
        dates.all(is_same).then_some((first, Source::Visible))
    }

    /// The dates in lines near the title, the nearest first, each with its label.
    fn dates_in_lines(&self) -> &'a [(String, String)] {
        self.context.metadata.cache.dated.get_or_init(|| self.look_for_dates_in_lines())
    }

    fn look_for_dates_in_lines(&self) -> Vec<(String, String)> {
        let visible = self.context.visible();
        let mut found: Vec<(usize, (String, String))> = Vec::new();
        let mut previous = "";
        for line in &visible.lines {
            let distance = visible.distance(line.at);
            if distance <= NEAR && line.text.len() <= LONGEST_LINE {
                let dates = labelled(&line.text, previous, self.order);
                found.extend(dates.into_iter().map(|date| (distance, date)));
            }
            previous = if visible.is_in_title(line.at) { "" } else { &line.text };
        }
        found.sort_by_key(|(distance, _)| *distance);
        found.into_iter().map(|(_, date)| date).collect()
    }
}

/// The dates in a line, each with what the line says of it: the text before it, or else the line before.
fn labelled(line: &str, previous: &str, order: Order) -> Vec<(String, String)> {
    const LONGEST_LABEL: usize = 40;
    let mut found = Vec::new();
    let mut from = 0;
    let dates = find_all(line, order);
    for (index, date) in dates.iter().enumerate() {
        let mut label = line.get(from..date.at.start).unwrap_or("");
        if label.trim().is_empty() && from == 0 && previous.len() < LONGEST_LABEL {
            label = previous;
        }
        // A verb may end the line behind its date: `2024-05-20 updated`, `zuletzt am 20. Mai bearbeitet`.
        if index + 1 == dates.len() && !is_of_publication(label) {
            let rest = line.get(date.at.end..).unwrap_or("");
            let verb = rest.split_whitespace().next_back().filter(|word| is_of_change(word));
            label = verb.unwrap_or(label);
        }
        from = date.at.end;
        found.push((date.date.to_string(), label.to_owned()));
    }
    found
}

/// True if of what stands beside a date the last says that it is that of a change.
fn says_changed(label: &str) -> bool {
    last_of_change(label) > last_of_publication(label)
}
