//! Reads JSON as it is found on pages: with comments, CDATA marks, trailing commas, raw line ends in strings.

use serde_json::{Deserializer, Value};

/// A script larger than this is data of the site, not a description of the page.
const MOST_BYTES: usize = 1 << 20;

/// The values in a JSON-LD script; none where it cannot be read. `serde_json` itself bounds the depth.
pub(super) fn values(script: &str) -> Vec<Value> {
    let script = script.trim();
    if script.is_empty() || script.len() > MOST_BYTES {
        return Vec::new();
    }
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let decoded = if script.contains("&quot;") && !script.contains('"') {
        super::text::plain(script)
    } else {
        script.to_owned()
    };
    // What stands before an error is still good: a second object may be cut off or followed by code.
    Deserializer::from_str(&repair(&decoded)).into_iter::<Value>().map_while(Result::ok).collect()
}

fn repair(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    loop {
        rest = rest.trim_start();
        let Some(c) = rest.chars().next() else { break };
        if let Some(after) = skip_noise(rest) {
            rest = after;
        } else if c == '"' {
            rest = copy_string(rest, &mut out);
        } else {
            if matches!(c, '}' | ']') && out.ends_with(',') {
                out.pop();
            }
            out.push(c);
            let mut chars = rest.chars();
            chars.next();
            rest = chars.as_str();
        }
    }
    out
}

/// What follows a comment or a mark that is no JSON, if one stands here.
fn skip_noise(rest: &str) -> Option<&str> {
    const MARKS: [&str; 5] = ["<!--", "-->", "<![CDATA[", "]]>", ";"];
    if let Some(after) = MARKS.iter().find_map(|mark| rest.strip_prefix(mark)) {
        return Some(after);
    }
    if let Some(after) = rest.strip_prefix("//") {
        // `//<![CDATA[` may share its line with the data.
        if let Some(after) =
            MARKS.iter().find_map(|mark| after.trim_start_matches([' ', '\t']).strip_prefix(mark))
        {
            return Some(after);
        }
        return Some(after.split_once('\n').map_or("", |(_, after)| after));
    }
    let comment = rest.strip_prefix("/*")?;
    Some(comment.split_once("*/").map_or("", |(_, after)| after))
}

/// Copies a string with its quotes and gives back what follows.
fn copy_string<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let mut chars = rest.chars();
    chars.next();
    out.push('"');
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                return chars.as_str();
            }
            '\\' => match chars.next() {
                Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    out.push('\\');
                    out.push(escaped);
                }
                Some(other) if !other.is_control() => out.push(other),
                _ => out.push(' '),
            },
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_found_on_pages() {
        let expected = serde_json::json!({"a": "x // y", "b": [1, 2]});
        for script in [
            r#"{"a": "x // y", "b": [1, 2]}"#,
            r#"<!-- {"a": "x // y", "b": [1, 2,],} -->"#,
            "//<![CDATA[\n{\"a\": \"x // y\", \"b\": [1, 2]}\n//]]>",
            r#"/* note */ {"a": "x // y", // first
               "b": [1, 2]};"#,
            "{&quot;a&quot;: &quot;x // y&quot;, &quot;b&quot;: [1, 2]}",
        ] {
            assert_eq!(values(script), std::slice::from_ref(&expected), "{script}");
        }
    }

    #[test]
    fn strings_with_line_ends_and_strange_escapes() {
        assert_eq!(
            values("{\"a\": \"one\ntwo \\'three\\'\"}"),
            [serde_json::json!({"a": "one two 'three'"})]
        );
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        assert!(values("var x = 1").is_empty());
        assert!(values(&"[".repeat(100_000)).is_empty());
        assert!(values(&format!("\"{}\"", "x".repeat(2 << 20))).is_empty());
        assert_eq!(values("{\"a\":1}{\"b\":2}{").len(), 2);
    }
}
