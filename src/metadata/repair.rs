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
    let decoded = if script.contains('"') {
        script.to_owned()
    } else if script.contains("&quot;") {
        super::text::plain(script)
    } else {
        // Editors that set text turn quotes into those of print.
        script.replace(['“', '”', '„', '″'], "\"")
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

/// True for a quote that ends a string, by what follows it.
fn ends_string(rest: &str) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some(':' | '}' | ']' | '/' | ';') => true,
        // A comma ends a string where a key or a value follows it, and not within a sentence.
        Some(',') => {
            let next = rest.get(1..).unwrap_or("").trim_start();
            let begins_value =
                |c: char| matches!(c, '"' | '{' | '[' | '}' | ']' | '-' | '/') || c.is_ascii_digit();
            next.is_empty()
                || next.starts_with(begins_value)
                || ["true", "false", "null"].iter().any(|word| next.starts_with(word))
        }
        _ => false,
    }
}

/// Copies a string with its quotes and gives back what follows.
fn copy_string<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let mut chars = rest.chars();
    chars.next();
    out.push('"');
    while let Some(c) = chars.next() {
        match c {
            '"' if ends_string(chars.as_str()) => {
                out.push('"');
                return chars.as_str();
            }
            // A quotation in a headline.
            '"' => out.push_str("\\\""),
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
    fn quotes_that_are_not_escaped_and_quotes_of_print() {
        let expected = serde_json::json!({"a": "The \"owl\" at dusk", "b": ["x", 1]});
        assert_eq!(values(r#"{"a": "The "owl" at dusk", "b": ["x", 1]}"#), [expected]);
        assert_eq!(values("{“a”: “Owls”}"), [serde_json::json!({"a": "Owls"})]);
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
