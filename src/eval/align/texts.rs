//! Page and gold as sequences of numbered words, and which word of one is which of the other.

use std::{collections::HashMap, ops::Range};

use super::super::words::{Script, Words};

/// The number that no word has: it stands for a word that is already matched, and equals nothing.
pub(super) const TAKEN: u32 = u32::MAX;

/// A word, and whether it is the first or last of its block, or in gold of its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) id: u32,
    pub(super) starts: bool,
    pub(super) ends: bool,
}

impl Token {
    /// Whether the two are the same word and neither is taken.
    pub(super) fn equals(self, other: Self) -> bool {
        self.id == other.id && self.id != TAKEN
    }
}

/// A page's blocks and its gold text, cut into words.
pub(super) struct Texts {
    page: Vec<Token>,
    gold: Vec<Token>,
    /// Where in `page` each block ends.
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn new<S: AsRef<str>>(blocks: &[S], gold: &str) -> Self {
        let script = Script::of(gold);
        let mut ids = HashMap::new();
        let (mut page, mut ends) = (Vec::new(), Vec::with_capacity(blocks.len()));
        for block in blocks {
            push(block.as_ref(), script, &mut ids, &mut page);
            ends.push(page.len());
        }
        let mut gold_tokens = Vec::new();
        for line in gold.lines() {
            push(line, script, &mut ids, &mut gold_tokens);
        }
        Self { page, gold: gold_tokens, ends }
    }

    pub(super) fn page(&self) -> &[Token] {
        &self.page
    }

    pub(super) fn gold(&self) -> &[Token] {
        &self.gold
    }

    /// For each block the places of its words on the page.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(start, end)| start..end)
    }

    /// The places of the words of the block that holds the word at `at`.
    pub(super) fn block_of(&self, at: usize) -> Range<usize> {
        let index = self.ends.partition_point(|&end| end <= at);
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..self.ends.get(index).copied().unwrap_or(start)
    }
}

/// Appends the words of a block or line.
fn push(text: &str, script: Script, ids: &mut HashMap<String, u32>, to: &mut Vec<Token>) {
    let text = text.to_lowercase();
    let before = to.len();
    for word in Words::new(&text, script) {
        let id = match ids.get(word) {
            Some(&id) => id,
            None => {
                let id = u32::try_from(ids.len()).unwrap_or(TAKEN);
                ids.insert(word.to_owned(), id);
                id
            }
        };
        to.push(Token { id, starts: to.len() == before, ends: false });
    }
    if let Some(last) = to.get_mut(before..).and_then(<[Token]>::last_mut) {
        last.ends = true;
    }
}

/// Which word of the page is which of gold.
pub(super) struct Matching {
    of_page: Vec<Option<usize>>,
    of_gold: Vec<Option<usize>>,
    /// Words of the page that gold covers though not at a known place.
    loose: Vec<bool>,
}

impl Matching {
    pub(super) fn new(texts: &Texts) -> Self {
        let (page, gold) = (texts.page.len(), texts.gold.len());
        Self { of_page: vec![None; page], of_gold: vec![None; gold], loose: vec![false; page] }
    }

    /// Matches words of the page, first of each pair, with words of gold.
    pub(super) fn link_all(&mut self, pairs: impl IntoIterator<Item = (usize, usize)>) {
        for (at, gold_at) in pairs {
            if let (Some(of_page), Some(of_gold)) = (self.of_page.get_mut(at), self.of_gold.get_mut(gold_at))
            {
                *of_page = Some(gold_at);
                *of_gold = Some(at);
            }
        }
    }

    /// Frees a word of the page and the word of gold it was matched with.
    pub(super) fn unlink(&mut self, at: usize) {
        let gold_at = self.of_page.get_mut(at).and_then(Option::take);
        if let Some(of_gold) = gold_at.and_then(|gold_at| self.of_gold.get_mut(gold_at)) {
            *of_gold = None;
        }
    }

    /// Marks a word of the page as covered by gold at no known place.
    pub(super) fn cover(&mut self, at: usize) {
        if let Some(loose) = self.loose.get_mut(at) {
            *loose = true;
        }
    }

    pub(super) fn is_covered(&self, at: usize) -> bool {
        self.of_page.get(at).is_some_and(Option::is_some) || self.loose.get(at).copied().unwrap_or(false)
    }

    /// The word of gold that a word of the page is matched with.
    pub(super) fn gold_of(&self, at: usize) -> Option<usize> {
        self.of_page.get(at).copied().flatten()
    }

    /// How many pairs are matched.
    pub(super) fn linked(&self) -> usize {
        self.of_gold.iter().flatten().count()
    }

    /// The pairs, in the order of the page.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.of_page.iter().enumerate().filter_map(|(at, gold_at)| Some((at, (*gold_at)?)))
    }

    /// The page's words with those that are covered taken out.
    pub(super) fn free_page(&self, texts: &Texts) -> Vec<Token> {
        free(&texts.page, |at| self.is_covered(at))
    }

    /// The gold words with those that are matched taken out.
    pub(super) fn free_gold(&self, texts: &Texts) -> Vec<Token> {
        free(&texts.gold, |at| self.of_gold.get(at).is_some_and(Option::is_some))
    }
}

fn free(tokens: &[Token], is_taken: impl Fn(usize) -> bool) -> Vec<Token> {
    let tokens = tokens.iter().enumerate();
    tokens.map(|(at, &token)| if is_taken(at) { Token { id: TAKEN, ..token } } else { token }).collect()
}

/// A run of matched words: neighbours on the page and in gold, but for small gaps.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// From its first word to the one after its last, on the page.
    pub(super) page: Range<usize>,
    /// The same in gold.
    pub(super) gold: Range<usize>,
    /// How many words are matched.
    pub(super) words: usize,
}

/// How far the next word of a run may be: up to two words of page or gold may stand between.
pub(super) const STEP: usize = 3;

/// Parts matched pairs, given in the order of the page, into runs.
pub(super) fn runs(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, gold_at) in pairs {
        let near = |end: usize, at: usize| at >= end && at - end < STEP;
        match runs.last_mut() {
            Some(run) if near(run.page.end, at) && near(run.gold.end, gold_at) => {
                run.page.end = at + 1;
                run.gold.end = gold_at + 1;
                run.words += 1;
            }
            _ => runs.push(Run { page: at..at + 1, gold: gold_at..gold_at + 1, words: 1 }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_block_and_its_edges() {
        let texts = Texts::new(&["One two", "…", "two"], "two\n\nthree two");
        assert_eq!(texts.blocks().collect::<Vec<_>>(), [0..2, 2..2, 2..3]);
        assert_eq!((texts.block_of(1), texts.block_of(2)), (0..2, 2..3));
        let edges = |tokens: &[Token]| tokens.iter().map(|t| (t.starts, t.ends)).collect::<Vec<_>>();
        assert_eq!(edges(texts.page()), [(true, false), (false, true), (true, true)]);
        assert_eq!(edges(texts.gold()), [(true, true), (true, false), (false, true)]);
        assert!(texts.page()[1].equals(texts.page()[2]) && texts.page()[1].equals(texts.gold()[2]));
    }

    #[test]
    fn a_run_may_have_small_gaps() {
        let found = runs([(0, 5), (1, 6), (4, 8), (5, 7), (9, 8)].into_iter());
        let parts: Vec<_> = found.iter().map(|run| (run.page.clone(), run.gold.clone(), run.words)).collect();
        assert_eq!(parts, [(0..5, 5..9, 3), (5..6, 7..8, 1), (9..10, 8..9, 1)]);
    }

    #[test]
    fn what_is_matched_is_not_free() {
        let texts = Texts::new(&["a b"], "b a");
        let mut matching = Matching::new(&texts);
        matching.link_all([(0, 1)]);
        assert_eq!((matching.is_covered(0), matching.linked()), (true, 1));
        assert!(!matching.free_page(&texts)[0].equals(texts.page()[0]));
        assert!(!matching.free_gold(&texts)[1].equals(texts.gold()[1]));
        matching.unlink(0);
        assert_eq!((matching.is_covered(0), matching.linked()), (false, 0));
        matching.cover(1);
        assert!(matching.is_covered(1));
    }
}
