//! No page makes the outputs harm a reader, nor show other text than they hold.

use unhusk::{Extraction, Extractor, Role};

use super::check;

const SENTENCE: &str =
    "The lock keeper opens the gate at six, whatever the river does, and shuts it at nine. ";

/// Markup that has run scripts in pages that were thought to be cleaned: known ways by which a second parse gives
/// another tree (Heiderich et al. 2013, "mXSS attacks", and the forms published since), and the plain ways.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href=javascript:alert(1)>go</a>",
    "<a href=' java\nscript:alert(1)'>go</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>go</a>",
    "<a href='&#x6A;avascript:alert(1)'>go</a>",
    "<a href='\u{1}javascript:alert(1)'>go</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>go</a>",
    "<a href='vbscript:x'>go</a><a href='feed:javascript:x'>go</a><a href='view-source:x'>go</a>",
    "<a href='//evil.example/x' target=_blank onclick=alert(1)>go</a>",
    "<a href='\"><script>alert(1)</script>'>go</a>",
    "<a href='https://a.example/\"onmouseover=\"alert(1)'>go</a>",
    "<img src='x\" onerror=\"alert(1)' alt='\"><script>alert(1)</script>'>",
    "<img src=https://a.example/i.png alt='`onerror=alert(1)//`'>",
    "<img src=data:image/svg+xml,x><img srcset='javascript:alert(1) 2x'>",
    "<base href=javascript:alert(1)//><a href=x>go</a>",
    "<iframe src=javascript:alert(1)></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>go</button></form><button formaction=javascript:x>go</button>",
    "<math><a xlink:href=javascript:alert(1)>go</a></math>",
    "<style>@import 'javascript:alert(1)';</style><p style='background:url(javascript:alert(1))'>go",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><link rel=import href=x>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>go</noscript>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><style><!--</style><a title='--><img src onerror=alert(1)>'></svg>",
    "<table><td><svg><desc><td><a><!--</a><img src=x onerror=alert(1)>-->",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><p title='</title><img src=x onerror=alert(1)>'></title>",
    "<template><img src=x onerror=alert(1)></template><div><template shadowrootmode=open><script>x</script>",
    "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre><code>&lt;img src=x onerror=alert(1)&gt;</code>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt; &amp;lt;script&amp;gt;",
    "<pre class='language-\"><script>alert(1)</script>'>x = 1</pre>",
    "<pre><code class='language-x onmouseover=alert(1)'>x = 1</code></pre>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>--><!--!><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]><svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>",
    "[go](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
    "[go]: javascript:alert(1)",
    "<table><tr><th>a|b<th><script>alert(1)</script><tr><td>`|`<td>\\|</table>",
    "<ol start='1\" onclick=\"alert(1)'><li>a<li>b</ol><td colspan='2\" onclick=\"x'>",
    "<a href=https://a.example/)[x](javascript:alert(1)>go</a>",
    "<a href='https://a.example/&lt;script&gt;'>a](javascript:alert(1)) [b</a>",
    "a\n\n    <script>alert(1)</script>\n\n- <img src=x onerror=alert(1)>",
    "<p>&#60;!-- <p>--&#62; <p>&#60;?php x ?&#62; <p>&#60;![CDATA[x]]&#62;",
];

fn page(middle: &str) -> String {
    format!("<title>Locks</title><article><p>{SENTENCE}{SENTENCE}</p><p>{middle}</p><p>{SENTENCE}</article>")
}

/// The extraction with and without an address for the page.
fn extractions(page: &str) -> [Extraction; 2] {
    let with = Extractor::builder().url("https://coast.example/a").include_title(true);
    [Extractor::builder(), with].map(|builder| builder.build().unwrap().extract(page).unwrap())
}

#[test]
fn attacks_give_harmless_output() {
    for attack in ATTACKS {
        for page in [page(attack), format!("{attack}{}", page("x")), page(&format!("{attack}{SENTENCE}"))] {
            extractions(&page).iter().for_each(check::safe);
        }
    }
}

/// What an attack hides in text stays text.
#[test]
fn attacks_as_text_stay_text() {
    for attack in ATTACKS {
        let escaped = attack.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for page in
            [page(&escaped), page(&format!("<pre>{escaped}</pre>")), page(&format!("<b>{escaped}</b>"))]
        {
            extractions(&page).iter().for_each(check::safe);
        }
    }
}

/// Each character of the Basic Multilingual Plane below U+0300, and those that have done harm, in all places.
#[test]
fn characters_that_hide_do_not_come_out() {
    let harmful = "\u{AD}\u{200B}\u{200E}\u{200F}\u{2028}\u{2029}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{FEFF}\u{FFF9}\u{FFFE}\u{FFFF}\u{E000}\u{E0001}\u{E0041}\u{E007F}";
    let low = (1..0x300).filter_map(char::from_u32).filter(|c| !"<>&'\"".contains(*c));
    for c in low.chain(harmful.chars()) {
        let page = format!(
            "<title>L{c}ocks</title><meta name=author content='Ann{c} Lee'><meta property=og:site_name content='C{c}oast'>\
            <html lang='e{c}n'><article><h1>L{c}ocks</h1><p>{SENTENCE}a{c}b</p><pre class='language-r{c}s'>x{c}y = 1</pre>\
            <p>{SENTENCE}<a href='https://a.example/x{c}y'>a{c}b</a><img src='https://a.example/{c}.png' alt='a{c}b'>\
            <table><tr><th>a{c}b<th>c<tr><td>1<td>{c}2</table><ul><li>{c}{SENTENCE}</ul></article>"
        );
        extractions(&page).iter().for_each(check::safe);
    }
}

/// Text that shows as `if access == "user"` and reads as something else to a compiler (Boucher and Anderson 2021).
#[test]
fn text_is_in_the_order_in_which_it_shows() {
    let page = page("<pre>if access != \"user\u{202E} \u{2066}// check\u{2069} \u{2066}\" {</pre>");
    let extraction = unhusk::extract(&page);
    let block = extraction.blocks().find(|block| block.text().starts_with("if access")).unwrap();
    assert_eq!(block.text(), "if access != \"user // check \" {");
    assert_eq!(block.role(), Role::Content);
}
