//! Where gold is: a gold set, or the project's corpus.
//!
//! A gold set is a folder with `gold.jsonl`, one page a line, and `html/ID.html`. A corpus is a folder of groups,
//! each with `NAME.html` and `NAME.json` side by side; one group may be opened alone. One bad line or file does
//! not cost the rest.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use super::{error::EvalError, gold::GoldPage};

/// A page of a [`GoldSet`]: its gold, and where its HTML is.
#[derive(Clone, Debug)]
pub struct GoldEntry {
    html: PathBuf,
    page: GoldPage,
}

impl GoldEntry {
    /// The id of the page.
    pub fn id(&self) -> &str {
        self.page.id()
    }

    /// The path of the page's HTML.
    pub fn html(&self) -> &Path {
        &self.html
    }

    /// The gold.
    pub fn page(&self) -> &GoldPage {
        &self.page
    }

    /// The gold, to set its text.
    pub fn page_mut(&mut self) -> &mut GoldPage {
        &mut self.page
    }

    /// Reads the page's HTML.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, EvalError> {
        read(&self.html)
    }
}

/// The pages of a gold set or corpus, by id.
#[derive(Debug)]
pub struct GoldSet {
    name: String,
    entries: Vec<GoldEntry>,
    errors: Vec<EvalError>,
}

impl GoldSet {
    /// Opens a gold set, a corpus, or one group of a corpus. Only gold is read; HTML is when asked for.
    ///
    /// Lines and files that cannot be read are left out and listed by [`errors`](Self::errors).
    ///
    /// # Errors
    ///
    /// If the folder or its `gold.jsonl` cannot be read, or if it holds no gold.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, EvalError> {
        let path = path.as_ref();
        let mut set = Self { name: name_of(path), entries: Vec::new(), errors: Vec::new() };
        let list = path.join("gold.jsonl");
        if list.is_file() {
            set.add_lines(path, &list)?;
        } else {
            set.add_corpus(path)?;
        }
        set.entries.sort_by(|a, b| a.id().cmp(b.id()));
        Ok(set)
    }

    /// The name of the folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pages, sorted by id.
    pub fn entries(&self) -> &[GoldEntry] {
        &self.entries
    }

    /// The pages, to set texts.
    pub fn entries_mut(&mut self) -> &mut [GoldEntry] {
        &mut self.entries
    }

    /// What had to be left out, and why.
    pub fn errors(&self) -> &[EvalError] {
        &self.errors
    }

    fn add_lines(&mut self, folder: &Path, list: &Path) -> Result<(), EvalError> {
        let mut lines: HashMap<String, usize> = HashMap::new();
        for (at, text) in read(list)?.split(|&byte| byte == b'\n').enumerate() {
            if text.trim_ascii().is_empty() {
                continue;
            }
            let (path, line) = (list.to_owned(), at + 1);
            let page: GoldPage = match serde_json::from_slice(text) {
                Ok(page) => page,
                Err(error) => {
                    self.errors.push(EvalError::Malformed { path, line, reason: reason(&error) });
                    continue;
                }
            };
            let html = folder.join("html").join(format!("{}.html", page.id()));
            if page.id().is_empty() {
                self.errors.push(EvalError::NoId { path, line });
            } else if let Some(&first) = lines.get(page.id()) {
                self.errors.push(EvalError::DuplicateId { path, line, first, id: page.id().to_owned() });
            } else if html.is_file() {
                lines.insert(page.id().to_owned(), line);
                self.entries.push(GoldEntry { html, page });
            } else {
                self.errors.push(EvalError::NoHtml { path, line, html });
            }
        }
        Ok(())
    }

    fn add_corpus(&mut self, path: &Path) -> Result<(), EvalError> {
        let children = children(path)?;
        let mut pages = 0;
        if children.iter().any(|child| is_page(child)) {
            pages += self.add_group(&children, &self.name.clone());
        } else {
            for group in children.iter().filter(|child| child.is_dir()) {
                match self::children(group) {
                    Ok(files) => pages += self.add_group(&files, &name_of(group)),
                    Err(error) => self.errors.push(error),
                }
            }
        }
        if pages == 0 { Err(EvalError::NoGold { path: path.to_owned() }) } else { Ok(()) }
    }

    /// Adds a group's pages and returns how many there were, readable or not.
    fn add_group(&mut self, files: &[PathBuf], group: &str) -> usize {
        let mut pages = 0;
        for file in files.iter().filter(|file| is_page(file)) {
            let (html, json) = (file.with_extension("html"), file.with_extension("json"));
            if !html.is_file() {
                self.errors.push(EvalError::NoHtml { path: json, line: 1, html });
            } else if !json.is_file() {
                self.errors.push(EvalError::NoJson { html, json });
            } else if *file == json {
                // The pair is entered under its HTML.
                continue;
            } else {
                match read_json(&json) {
                    Ok(page) => {
                        let id = format!("{group}/{}", file.file_stem().unwrap_or_default().display());
                        self.entries.push(GoldEntry { html, page: page.with_id(id) });
                    }
                    Err(error) => self.errors.push(error),
                }
            }
            pages += 1;
        }
        pages
    }
}

fn read(path: &Path) -> Result<Vec<u8>, EvalError> {
    fs::read(path).map_err(|error| EvalError::Unreadable { path: path.to_owned(), error })
}

fn read_json(path: &Path) -> Result<GoldPage, EvalError> {
    serde_json::from_slice(&read(path)?).map_err(|error| {
        let line = error.line().max(1);
        EvalError::Malformed { path: path.to_owned(), line, reason: reason(&error) }
    })
}

/// What serde_json says, without the line it counts: in a file of lines that is always the first.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(what) => format!("{what} at column {}", error.column()),
        None => text,
    }
}

/// The files and folders in a folder, sorted by name so that a run is as the one before.
fn children(path: &Path) -> Result<Vec<PathBuf>, EvalError> {
    let unreadable = |error| EvalError::Unreadable { path: path.to_owned(), error };
    let listing = fs::read_dir(path).map_err(unreadable)?;
    let mut children: Vec<_> =
        listing.map(|child| Ok(child.map_err(unreadable)?.path())).collect::<Result<_, _>>()?;
    children.sort();
    Ok(children)
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "html" || extension == "json") && path.is_file()
}

/// The folder's name, also when the path is `.` or ends in `..`.
fn name_of(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    full.file_name().unwrap_or_default().display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder under the system's temporary one, removed when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let folder =
                Self(std::env::temp_dir().join(format!("unhusk-gold-{name}-{}", std::process::id())));
            for (file, text) in files {
                let file = folder.0.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            folder
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn ids(set: &GoldSet) -> Vec<&str> {
        set.entries().iter().map(GoldEntry::id).collect()
    }

    #[test]
    fn a_gold_set_gives_its_readable_lines_by_id() {
        let lines = concat!(
            r#"{"id": "b", "text": "Two", "roles": null, "floor": 0.9}"#,
            "\n\n{\"id\": \"c\", \"with\": 3}\n",
            r#"{"id": "a", "author": ["Ada", "Bo"], "title": " ", "type": null}"#,
            "\r\n{\"url\": \"x\"}\n{\"id\": \"a\"}\n{\"id\": \"d\"}\n{"
        );
        let folder = Folder::new(
            "set",
            &[("gold.jsonl", lines), ("html/a.html", "<p>One"), ("html/b.html", "<p>Two")],
        );
        let set = GoldSet::open(&folder.0).unwrap();
        assert_eq!(ids(&set), ["a", "b"]);
        let (a, b) = (&set.entries()[0], &set.entries()[1]);
        assert_eq!((a.page().author(), a.page().title(), a.page().text()), (Some("Ada; Bo"), None, None));
        assert_eq!((b.page().text(), b.page().floor()), (Some("Two"), Some(0.9)));
        assert_eq!(a.read().unwrap(), b"<p>One");
        let list = folder.0.join("gold.jsonl").display().to_string();
        let errors: Vec<_> =
            set.errors().iter().map(|error| error.to_string().replace(&list, "gold")).collect();
        assert!(errors[0].starts_with("gold:3: invalid type: integer `3`"), "{}", errors[0]);
        assert_eq!(errors[1], "gold:5: has no id");
        assert_eq!(errors[2], "gold:6: has the id \"a\" of line 4");
        assert!(errors[3].starts_with("gold:7: its page ") && errors[3].ends_with("d.html is missing"));
        assert_eq!(errors[4], "gold:8: EOF while parsing an object at column 1");
        assert_eq!(errors.len(), 5);
    }

    #[test]
    fn a_corpus_gives_the_pages_of_its_groups() {
        let folder = Folder::new(
            "corpus",
            &[
                ("README.md", "What is here"),
                ("shop/shoe.html", "<p>Shoe"),
                ("shop/shoe.json", "{\"type\": \"product\",\n \"text\": \"Shoe\"}"),
                ("shop/hat.html", "<p>Hat"),
                ("shop/coat.json", "{}"),
                ("blog/post.html", "<p>Post"),
                ("blog/post.json", "{\"without\": [null]}"),
                ("blog/soup.html", "<p>Soup"),
                ("blog/soup.json", "{\"with\": [\"Soup\"]}"),
            ],
        );
        let set = GoldSet::open(&folder.0).unwrap();
        assert_eq!(ids(&set), ["blog/soup", "shop/shoe"]);
        assert_eq!(set.entries()[1].page().page_type(), "product");
        let errors = set.errors();
        assert!(matches!(errors[0], EvalError::Malformed { line: 1, .. }), "{}", errors[0]);
        assert!(matches!(errors[1], EvalError::NoHtml { .. }), "{}", errors[1]);
        assert!(matches!(errors[2], EvalError::NoJson { .. }), "{}", errors[2]);
        assert_eq!(errors.len(), 3);

        let group = GoldSet::open(folder.0.join("shop")).unwrap();
        assert_eq!((group.name(), ids(&group)), ("shop", vec!["shop/shoe"]));
    }

    #[test]
    fn a_folder_without_gold_is_an_error() {
        let folder = Folder::new("none", &[("notes/a.txt", "")]);
        assert!(matches!(GoldSet::open(&folder.0), Err(EvalError::NoGold { .. })));
        assert!(matches!(GoldSet::open(folder.0.join("nowhere")), Err(EvalError::Unreadable { .. })));
    }
}
