//! When the page was published and when it was changed last.

use html5ever::local_name;
use url::Url;

use super::authors::in_comment;
use super::date_machine::machine;
use super::date_text::{Order, find_all};
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

/// What a label beside a date says where the date is that of a change.
const CHANGED: &[&str] = &[
    "updated",
    "update:",
    "modified",
    "edited",
    "revised",
    "reviewed",
    "aktualisiert",
    "geändert",
    "stand:",
    "mis à jour",
    "modifié",
    "actualizado",
    "actualizada",
    "modificado",
    "atualizado",
    "atualizada",
    "aggiornato",
    "aggiornata",
    "ultima modifica",
    "bijgewerkt",
    "gewijzigd",
    "zaktualizowan",
    "aktualizacja",
    "обновлен",
    "обновлён",
    "изменен",
    "güncelle",
    "uppdaterad",
    "更新",
    "修改",
    "업데이트",
    "수정",
];

const FIRST: &[&str] = &[
    "published",
    "posted",
    "created",
    "written",
    "veröffentlicht",
    "erstellt",
    "publié",
    "publicado",
    "publicada",
    "pubblicato",
    "gepubliceerd",
    "opublikowan",
    "опубликован",
    "yayın",
    "发布",
    "發布",
    "公開",
    "投稿",
    "입력",
    "등록",
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
        let declared = self.declared(
            &self.context.page.facts.published,
            PUBLISHED,
            &["publish", "pubdate"],
            &["datepublished", "datecreated", "uploaddate"],
        );
        if let Some((date, source)) = declared {
            return Some(self.where_written(&date).unwrap_or((date, source)));
        }
        self.marked(|spot| spot.signs.published && (spot.signs.time || !spot.signs.modified))
            .or_else(|| self.by_label(FIRST, CHANGED))
            .or_else(|| self.of_url().map(|date| (date, Source::Url)))
            .or_else(|| self.marked(|spot| (spot.signs.time || spot.signs.date) && !spot.signs.modified))
            .or_else(|| self.in_lines())
            .or_else(|| self.dateline())
            .or_else(|| self.far_off())
    }

    /// The day that the page's address or the page shows, where an instant in UTC falls on another.
    fn where_written(&self, declared: &str) -> Found {
        let of_url = self.of_url().map(|date| (date, Source::Url));
        let seen = std::iter::once_with(|| self.days_shown()).flatten();
        local_day::shown(declared, of_url.into_iter().chain(seen.map(|date| (date, Source::Visible))))
    }

    fn of_url(&self) -> Option<String> {
        in_url(self.context.page.host.as_ref()?)
    }

    /// The dates near the title that no label calls those of a change, the nearest first: those of elements, then those
    /// of lines. Each is read when it is asked for.
    fn days_shown(&self) -> impl Iterator<Item = String> {
        let fits = |spot: &&Spot| {
            let is_date = spot.signs.time || spot.signs.date || spot.signs.published;
            is_date && !spot.signs.modified && !is_labelled(&spot.before, CHANGED)
        };
        let mut spots: Vec<&Spot> = self.near().filter(fits).take(50).collect();
        spots.sort_by_key(|spot| self.context.visible().distance(spot.at));
        let of_spot = |spot: &Spot| {
            let text = element_text(self.context.arena(), spot.node, 200);
            if text.len() > LONGEST || is_labelled(&text, CHANGED) {
                return None;
            }
            let in_text = machine(&text, self.order);
            // What readers see goes before what the element says for machines.
            let exact = self
                .exact(spot)
                .filter(|value| in_text.as_deref().is_none_or(|seen| seen.get(..10) == value.get(..10)));
            exact.or(in_text)
        };
        let lines = || self.dates_in_lines().iter().filter(|(_, label)| !is_labelled(label, CHANGED));
        let of_lines = std::iter::once_with(lines).flatten().map(|(date, _)| date.clone());
        spots.into_iter().filter_map(of_spot).chain(of_lines)
    }

    fn modified(&self) -> Found {
        self.declared(
            &self.context.page.facts.modified,
            MODIFIED,
            &["modified", "updated"],
            &["datemodified"],
        )
        .or_else(|| {
            let spots = self.near().filter(|spot| {
                spot.signs.modified && !spot.signs.published || is_labelled(&spot.before, CHANGED)
            });
            spots.filter_map(|spot| self.value(spot)).next().map(|date| (date, Source::Visible))
        })
        .or_else(|| self.by_label(CHANGED, FIRST))
        .or_else(|| self.at_end())
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
        let spots = self.near().filter(|spot| fits(spot) && !is_labelled(&spot.before, CHANGED));
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
        if text.len() > LONGEST || is_labelled(&text, CHANGED) {
            return None;
        }
        find_all(&text, self.order).first().map(|found| found.date.to_string())
    }

    /// A date in a line near the title right behind one of the labels.
    fn by_label(&self, labels: &[&str], others: &[&str]) -> Found {
        let fits = |(_, label): &&(String, String)| {
            let at = last_label(label, labels);
            at.is_some() && at > last_label(label, others)
        };
        let (date, _) = self.dates_in_lines().iter().find(fits)?;
        Some((date.clone(), Source::Visible))
    }

    /// A date in a short line near the title that no label calls one of a change.
    fn in_lines(&self) -> Found {
        let (date, _) = self.dates_in_lines().iter().find(|(_, label)| !is_labelled(label, CHANGED))?;
        Some((date.clone(), Source::Visible))
    }

    /// The date that stands elsewhere: at the end of the text, or in a box beside it that says it is that of
    /// publication. Several are those of other things, unless each is later than the one before: those are the posts
    /// of a thread, and the first is its beginning.
    fn far_off(&self) -> Found {
        let fits = |spot: &&Spot| {
            let is_first = spot.signs.published || is_labelled(&spot.before, FIRST);
            let is_any = !spot.is_apart && (spot.signs.time || spot.signs.date);
            (is_first || is_any) && !spot.signs.modified && !is_labelled(&spot.before, CHANGED)
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

    /// The date of a line far from the title that says when the page was changed, if there is one such line.
    fn at_end(&self) -> Found {
        let lines = self.context.visible().dated.iter().filter(|line| is_labelled(line, CHANGED));
        let mut dates = lines.filter_map(|line| {
            let found = find_all(line, self.order).into_iter().next()?;
            is_labelled(line.get(..found.at.start)?, CHANGED).then_some(found.date)
        });
        let first = dates.next().filter(|first| dates.all(|other| other == *first))?;
        Some((first.to_string(), Source::Visible))
    }

    /// The dates in lines near the title, the nearest first, each with the text before it.
    fn dates_in_lines(&self) -> &'a [(String, String)] {
        self.context.metadata.cache.dated.get_or_init(|| self.look_for_dates_in_lines())
    }

    fn look_for_dates_in_lines(&self) -> Vec<(String, String)> {
        let mut found: Vec<(usize, String, String)> = Vec::new();
        let mut previous = "";
        for line in &self.context.visible().lines {
            let distance = self.context.visible().distance(line.at);
            if distance <= NEAR && line.text.len() <= 160 {
                let mut from = 0;
                let dates = find_all(&line.text, self.order);
                for (index, date) in dates.iter().enumerate() {
                    let mut label = line.text.get(from..date.at.start).unwrap_or("").to_lowercase();
                    if label.trim().is_empty() && from == 0 && previous.len() < 40 {
                        label = previous.to_lowercase();
                    }
                    // A label may follow its date: `2024-05-20 updated`.
                    if label.trim().is_empty() && date.at.start == 0 && index + 1 == dates.len() {
                        label = line.text.get(date.at.end..).unwrap_or("").to_lowercase();
                    }
                    from = date.at.end;
                    found.push((distance, date.date.to_string(), label));
                }
            }
            previous = &line.text;
        }
        found.sort_by_key(|(distance, ..)| *distance);
        found.into_iter().map(|(_, date, label)| (date, label)).collect()
    }
}

fn is_labelled(text: &str, labels: &[&str]) -> bool {
    let text = text.to_lowercase();
    labels.iter().any(|label| text.contains(label))
}

fn last_label(text: &str, labels: &[&str]) -> Option<usize> {
    labels.iter().filter_map(|label| text.rfind(label)).max()
}

/// The date in an address: `/2024/05/20/`, `/2024-05-20-`, `/20240520/`.
fn in_url(url: &Url) -> Option<String> {
    let path = url.path();
    let spaced = path.replace('_', "-");
    if let Some(found) = find_all(&spaced, Order::DayFirst).into_iter().find(|found| {
        // Only with the year first: `/05-20-2024` is as often the name of a file.
        spaced
            .get(found.at.clone())
            .is_some_and(|date| date.bytes().take(4).all(|byte| byte.is_ascii_digit()))
    }) {
        return Some(found.date.to_string());
    }
    path.split('/')
        .filter(|part| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit()))
        .find_map(|part| machine(part, Order::DayFirst))
}
