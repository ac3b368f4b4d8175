//! Pages made to be slow: each a shape that grows with a number, with words in it that must come through.

/// A shape: its name, and the page that has it `n` times.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// Bytes of the page for each of the `n`, about.
    pub(crate) unit: usize,
    pub(crate) page: fn(usize) -> String,
}

/// A word that is on the page once for each number, so that what is lost can be counted.
fn word(number: usize) -> String {
    format!("w{number}w ")
}

/// The words of a page of `n` that its text must hold.
pub(crate) fn words(page: &str) -> usize {
    page.split('w').filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())).count()
}

/// A page that repeats a unit: `$` stands for a word, `#` for the number.
fn repeat(n: usize, before: &str, unit: &str, after: &str) -> String {
    let mut page = String::with_capacity(n * (unit.len() + 8));
    page.push_str(before);
    for number in 0..n {
        for part in unit.split_inclusive(['$', '#']) {
            match part.strip_suffix('$') {
                Some(text) => page.extend([text, &word(number)]),
                None => match part.strip_suffix('#') {
                    Some(text) => page.extend([text, &number.to_string()]),
                    None => page.push_str(part),
                },
            }
        }
    }
    page.push_str(after);
    page
}

macro_rules! shapes {
    ($($name:literal: $before:literal, $unit:literal, $after:literal;)*) => {
        &[$(Shape { name: $name, unit: $unit.len() + 4, page: |n| repeat(n, $before, $unit, $after) }),*]
    };
}

/// All shapes.
pub(crate) const SHAPES: &[Shape] = shapes! {
    "nested div": "", "<div>$", "";
    "nested div, closed": "", "<div>$</div><div>", "";
    "nested ul and li": "", "<ul><li>$", "";
    "nested table": "", "<table><tr><td>$", "";
    "nested span": "", "<span>$", "";
    "nested b": "", "<b>$", "";
    "nested a": "", "<a href=#>$", "";
    "nested blockquote": "", "<blockquote>$", "";
    "nested section and heading": "", "<section><h2>$</h2>", "";
    "nested dl": "", "<dl><dt>$<dd>", "";
    "nested form and fieldset": "", "<form><fieldset>$", "";
    "nested button": "", "<button>$", "";
    "nested pre": "", "<pre>$", "";
    "nested unknown elements": "", "<x-y>$", "";
    "nested unknown elements of many names": "", "<x#>$", "";
    "nested ruby": "", "<ruby>$<rt>", "";
    "nested object": "<p>w0w</p>", "<object><p>", "";
    "nested details": "", "<details><summary>$</summary>", "";
    "nested noscript": "<p>", "<noscript><div>$", "";
    "font distinct": "", "<font color=c#>$", "";
    "p and font distinct": "", "<p><font color=c#>$", "";
    "p and font distinct, closed": "", "<p><font color=c#>$</p>", "";
    "div, font and a": "", "<div><font size=#>$<a href=#>", "";
    "b, i and block misnested": "", "<b id=b#><i id=i#><p>$</b></i>", "";
    "b and blocks, closed late": "", "<b id=#><div><div>$</b>", "";
    "nobr": "", "<nobr id=#>$", "";
    "many end tags of b": "", "<b>$<p></b></b></b></b>", "";
    "a in table": "<table>", "<a href=#>$", "";
    "a in rows": "<table>", "<tr><a href=#>$", "";
    "text in a table": "<table>", "$<td>$</td>", "";
    "text in a table, with attributes": "<table>", "$<tr class=c#>", "";
    "cells with an open object": "<table><tr>", "<td>$<font id=#><object></td>", "<b>";
    "cells with an open object, then b": "<table><tr>", "<td>$<object></td><td><b>x</b></td>", "";
    "object in table rows": "<table>", "<object><tr><td>$</td>", "";
    "templates with cells": "", "<template><td></template><b>$</b>", "";
    "nested template": "<p>w0w</p>", "<template><p>", "";
    "nested shadow root": "", "<div><template shadowrootmode=open><p>$", "";
    "nested svg": "<p>w0w</p>", "<svg><g><path>", "";
    "nested svg and html": "<p>w0w</p>", "<svg><foreignObject><p>", "";
    "nested math": "<p>w0w</p>", "<math><mi><mrow>", "";
    "end tags in svg": "<p>w0w</p><svg>", "<g></x>", "";
    "select and option": "", "<select><option>$", "";
    "options": "<select>", "<option>$", "";
    "optgroups": "<select>", "<optgroup><option>$", "";
    "unclosed comment": "<p>w0w</p><!--", "<p>-- x", "";
    "comments": "", "<!-- x -->$", "";
    "comments begun": "<p>w0w</p>", "<!-x", "";
    "tags begun": "", "<p a#=", "><p>w0w";
    "less-than signs": "", "<< $", "";
    "siblings": "", "<p>$</p>", "";
    "siblings with a class each": "", "<p class=c#>$</p>", "";
    "sibling divs with an id each": "", "<div id=i#><span>$</span></div>", "";
    "list items": "<ul>", "<li>$", "";
    "rows": "<table>", "<tr><td>$", "";
    "columns": "<table><tr>", "<td>$", "";
    "spans over rows": "<table>", "<tr><td rowspan=9007199254740991 colspan=9007199254740991>$", "";
    "headings": "", "<h2>$</h2>", "";
    "links": "", "<a href=/p#>$</a>", "";
    "paragraphs of links": "", "<p><a href=/p#>$</a></p>", "";
    "images": "", "<img src=/i#.png alt='i#'>$", "";
    "br": "", "<br>$", "";
    "br without words": "<p>w0w</p>", "<br>", "";
    "hr": "", "<hr>$", "";
    "entities": "", "&amp;&lt;&copy;&#x41; $", "";
    "entities without end": "", "&notit &ampx &a $", "";
    "entities begun": "", "&$", "";
    "zeros": "", "\0\0\0$", "";
    "carriage returns": "", "\r\r$", "";
    "html tags": "", "<html a#=x>$", "";
    "html tags with known attributes": "", "<html lang=x class=c# id=i# title=t#>$", "";
    "body tags": "", "<body a#=x style=s>$", "";
    "head and body tags": "", "<head><body>$", "";
    "frameset": "<p>w0w</p>", "<frameset><frame>", "";
    "frameset alone": "<frameset>", "<frameset><frame>", "";
    "titles": "", "<title>t</title><meta property=og:title content=t#>$", "";
    "meta elements": "", "<meta name=author content=a#><meta name=keywords content='k#, k'>$", "";
    "json-ld": "", "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":{\"name\":\"a#\"}}</script>$", "";
    "json-ld nested": "<p>w0w</p><script type=application/ld+json>", "{\"a\":[", "</script>";
    "times and bylines": "", "<time datetime=2024-01-01>1 January 2024</time><p class=byline>By Ann Lee</p>$", "";
    "scripts": "", "<script>x</script>$", "";
    "scripts begun": "", "<script></scrip>#</script>", "w0w";
    "scripts with comments begun": "", "<script><!--x</script>$", "";
    "noscripts": "<p>", "<noscript><p>$</noscript>", "";
    "one text": "", "$", "";
    "one word": "<p>w0w</p>", "abcdefg", "";
    "one text without spaces": "<p>w0w</p>", "漢字", "";
    "one preformatted text": "<pre>", "$\n", "";
    "lines of text": "", "$\n", "";
    "one attribute": "<p title='", "x y ", "'>w0w";
    "one class": "<p class='", "c# ", "'>w0w";
    "one style": "<p style='", "color:red;", "'>w0w";
    "one link": "<p><a href='/", "x/../", "'>w0w</a>";
    "one title": "<p>w0w</p><title>", "a b | ", "</title>";
    "one heading": "<title>a | b</title><h1>", "$ | ", "</h1>";
    "title against blocks": "", "<p>tides of ost $</p>", "<title>";
    "attributes of one tag": "<p ", "a#=x ", ">w0w";
    "attributes of one tag, quoted": "<p ", "a#='>' ", ">w0w";
    "attributes of one tag behind a sign": "<<p ", "a# <", ">w0w";
    "attributes of one end tag": "<p>w0w</p ", "a#=x ", ">";
    "attributes of images": "<p>w0w</p>", "<img src=/a.gif data-a#-src=/b#.png>", "";
    "attributes of one image": "<p>w0w</p><img ", "data-a#-src=/b#.png ", ">";
    "cells of a row with a long class": "<p>w0w</p><table><tr class='c c c c'>", "<td>$</td>", "";
    "rows of data": "<table>", "<tr><td>$</td><td>x</td></tr>", "";
    "figures": "", "<figure><img src=/#.png>x<figcaption>$</figcaption></figure>", "";
    "images in one figure": "<figure><figcaption>w0w</figcaption>", "<img src=/#.png>x<br>", "</figure>";
    "quotations": "", "<q>$</q> ", "";
    "quotations in each other": "", "<q>$ ", "";
    "dollar signs": "<script src=/mathjax.js></script>", "$ &#36;\\a ", "";
    "attributes of many tags": "", "<i a b c d e f g h i j k l m n o p q r s t u v w x y z>$</i>", "";
    "end tags without start": "", "</p>$", "";
    "end tags deep down": "<div>", "<div></p>", "w0w";
    "end tags of unknown names deep down": "<p>w0w</p>", "<span></y#>", "";
    "end tags of what is out of reach": "<p>w0w</p><div><table><td>", "<span></div>", "";
    "emphasis": "", "<em>$</em><b>$</b>", "";
    "markdown signs": "", "* _ ` [ ] ( ) # > | \\ ~ $", "";
    "code": "", "<code>`$``</code>", "";
    "ordered lists": "", "<ol start=9007199254740991><li>$</ol>", "";
    "quotes in lists": "", "<ul><li><blockquote>$", "";
    "tables in cells": "", "<table><tr><td>$</td></tr></table>", "";
    "iframes": "", "<iframe>x</iframe>$", "";
    "plaintext": "<plaintext>", "<p>$", "";
    "formulas": "", "<math><mi>x</mi></math>$", "";
    "formulas in wrappers": "<p>w0w</p>", "<span class=katex><math><mrow>", "";
    "wrappers without a formula": "<p>w0w</p>", "<span class=katex><span class=MathJax>", "";
    "scripts of formulas": "", "<script type=math/tex>x</script>$", "";
    "delimiters of formulas": "<p>w0w</p>", "\\( {\\[ \\) ", "";
    "notes and references": "", "<p><sup><a href=&num;n#>a</a></sup>$<p id=n#>$", "";
    "references to one note": "", "<p><sup><a href=&num;n>a</a></sup>$", "<p id=n>w0w";
    "lists that count down": "", "<ol reversed><li>$", "";
    "numbers said again": "<ol start=0>", "<li><b>#.</b> $", "";
    "numbers said again, counting down": "<ol reversed>", "<li><b>#.</b> $", "";
    "tasks": "", "<ul><li><label><input type=checkbox>$", "";
    "gutters": "<table>", "<tr><td class=gutter> <td>$", "";
    "nested gutters": "", "<div class=gutter> ", "w0w";
    "boxes of code": "", "<div class=syntaxhighlighter><div>$", "";
    "buttons beside code": "", "<pre>$</pre><button>b</button>", "";
    "players": "", "<iframe src=https://youtube.com/embed/#></iframe>$", "";
    "textareas": "", "<textarea>x</textarea>$", "";
};
