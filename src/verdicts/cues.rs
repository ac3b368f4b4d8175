//! What blocks say of themselves: the phrases, in many languages, by which pages label their furniture.
//!
//! Compared in lower case, as the beginning of a short block or as the whole of it.

use super::role::Role;

/// A heading or label that names what follows it.
pub(crate) fn heading_role(text: &str) -> Option<Role> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let length = text.chars().count();
    if length > 70 || text.is_empty() {
        return None;
    }
    let starts = |list: &[&str]| list.iter().any(|phrase| text.starts_with(phrase));
    if starts(COMMENT_FORM) {
        Some(Role::CommentForm)
    } else if length <= 55 && starts(RECOMMENDATION) {
        Some(Role::Recommendation)
    } else if length <= 40 && starts(CONTENTS) {
        Some(Role::Navigation)
    } else if length <= 40 && starts(SHARE) {
        Some(Role::Share)
    } else if length <= 50 && starts(NEWSLETTER) {
        Some(Role::Form)
    } else if length <= 40 && (starts(COMMENTS) || ends_with_comments(text)) {
        Some(Role::Comment)
    } else {
        None
    }
}

/// "12 comments", "3 Kommentare".
fn ends_with_comments(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric())
        && text
            .trim_start_matches(|c: char| c.is_numeric() || c.is_whitespace() || c == '.' || c == ',')
            .split(char::is_whitespace)
            .next()
            .is_some_and(|word| {
                ["comment", "kommentar", "comentario", "comentário", "commentaire", "yorum", "коммент", "komentarz", "response", "thoughts"]
                    .iter()
                    .any(|stem| word.starts_with(stem))
            })
}

/// True for a label that says "this is advertising" and no more.
pub(crate) fn is_advert_label(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    ADVERT.contains(&text)
        || ["sponsored by ", "ad - ", "advertisement - ", "sponsored · ", "ad · ", "paid content"]
            .iter()
            .any(|start| text.starts_with(start))
}

/// True for text about cookies and consent.
pub(crate) fn speaks_of_consent(text: &str) -> bool {
    ["cookie", "gdpr", "печен", "кук", "クッキー", "쿠키", "çerez", "คุกกี้", "ملفات تعريف", "עוגיות", "कुकी"]
        .iter()
        .any(|word| text.contains(word))
}

/// True for copyright and imprint lines.
pub(crate) fn is_legal(text: &str) -> bool {
    LEGAL.iter().any(|phrase| text.contains(phrase))
}

/// How many sharing services and actions a text names.
pub(crate) fn share_names(text: &str) -> usize {
    SERVICES.iter().filter(|name| contains_word(text, name)).count()
}

/// True for a text that is just a page number or a step to the next or previous page.
pub(crate) fn is_pagination(text: &str) -> bool {
    let mut tokens = 0;
    let mut numbers = 0;
    let mut steps = 0;
    for token in text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()) {
        tokens += 1;
        numbers += usize::from(token.chars().all(char::is_numeric) && token.chars().count() <= 4);
        steps += usize::from(STEPS.contains(&token));
    }
    let step_phrase = STEP_PHRASES.iter().any(|phrase| text.starts_with(phrase)) && tokens <= 12;
    step_phrase
        || (tokens > 0
            && tokens == numbers + steps
            && (steps > 0 || numbers > 1 || text.contains(['【', '[', '«', '»', '›', '‹'])))
}

/// True for a label of a button or link that steps through a series of articles.
pub(crate) fn is_step_label(text: &str) -> bool {
    text.chars().count() < 120 && STEP_PHRASES.iter().any(|phrase| text.starts_with(phrase))
}

/// True when a text begins as bylines do.
pub(crate) fn is_byline_start(text: &str) -> bool {
    BYLINE.iter().any(|phrase| text.starts_with(phrase))
}

/// True when a word of the text names a month or it holds a date in numbers.
pub(crate) fn holds_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let numeric = bytes.windows(8).any(|window| {
        let digits = window.iter().filter(|byte| byte.is_ascii_digit()).count();
        let separators = window.iter().filter(|byte| matches!(byte, b'.' | b'-' | b'/' | b':')).count();
        digits >= 5 && separators >= 2
    });
    numeric
        || (text.contains('年') && text.contains('月'))
        || (text.contains('년') && text.contains('월'))
        || text.split(|c: char| !c.is_alphabetic()).any(|word| {
            MONTHS.iter().any(|month| word.starts_with(month)) && word.chars().count() <= 11
        }) && bytes.iter().any(u8::is_ascii_digit)
}

fn contains_word(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word.as_bytes()).any(|at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !letter(before) && !letter(after)
    })
}

const RECOMMENDATION: &[&str] = &[
    "related", "recommended", "recommendation", "we recommend", "you may also", "you might also", "you may like",
    "you might like", "more from", "more in", "more on", "more stories", "more like this", "more articles", "more posts", "read also", "also read",
    "read more", "read next", "see also", "see more", "most popular", "most read", "most viewed", "most commented",
    "popular", "trending", "top stories", "top news", "latest", "recent posts", "recent articles", "recent topics", "what to read",
    "editor's picks", "editors' picks", "editor’s picks", "editors’ picks", "editor's choice", "don't miss", "don’t miss", "selections for you", "selected for you",
    "picked for you", "for you", "suggested", "similar", "further reading on", "up next", "next up", "keep reading", "hot ",
    "customers also", "customers who", "frequently bought", "people also", "others also", "in other news", "hot network questions", "linked", "breaking",
    "featured", "from the archive", "more to explore", "explore more", "discover more", "continue reading", "also on", "also in", "new on ", "just in",
    "相关", "推荐", "热门", "热点", "最新", "猜你喜欢", "为您推荐", "更多", "延伸阅读", "精彩推荐", "排行", "点击排行", "阅读排行", "今日热", "图片新闻", "视频推荐", "大家都在", "看了又看", "相似", "本周热",
    "関連", "おすすめ", "オススメ", "ランキング", "人気", "新着", "最近の", "あわせて読みたい", "よく読まれ", "アクセスランキング", "こちらもおすすめ", "注目",
    "관련", "많이 본", "추천", "인기", "최신", "주요뉴스", "주요 뉴스", "실시간", "이 시각", "함께 본", "랭킹", "오늘의",
    "lesen sie auch", "lies auch", "mehr zum thema", "mehr aus", "meistgelesen", "meist gelesen", "das könnte", "auch interessant", "ähnliche", "verwandte", "weitere artikel", "weitere themen", "beliebt", "empfohlen", "aktuell", "neueste", "top-themen", "passend dazu", "kunden kauften", "kunden, die",
    "à lire", "a lire", "lire aussi", "les plus lus", "sur le même sujet", "articles similaires", "articles récents", "articles liés", "dans la même", "vous aimerez", "recommandé", "à découvrir", "populaires", "les plus",
    "lea también", "lee también", "te puede interesar", "te recomendamos", "le puede interesar", "relacionad", "noticias relacionadas", "artículos relacionados", "más leíd", "lo más", "las más", "más noticias", "más en", "más sobre", "también te", "también en", "recomendad", "últimas",
    "leia também", "leia mais", "veja também", "mais lid", "mais vist", "notícias relacionadas", "conteúdo relacionado", "você pode gostar", "artigos relacionados", "últimas", "recomendad", "saiba mais", "mais notícias", "mais sobre", "artigos recentes",
    "читайте также", "читать также", "по теме", "похожие", "популярн", "самое читаемое", "рекомендуем", "новости по теме", "ещё по теме", "еще по теме", "другие новости", "последние", "главное", "лента новостей", "вам может", "смотрите также", "новости партн", "топ",
    "ilgili", "benzer", "önerilen", "çok okunan", "en çok", "son dakika", "popüler", "bunlar da", "ilginizi", "son haberler", "diğer haberler", "günün",
    "czytaj także", "czytaj też", "zobacz także", "zobacz też", "polecane", "polecamy", "najpopularniejsze", "najczęściej", "najnowsze", "powiązane", "podobne", "warto przeczytać",
    "xem thêm", "tin liên quan", "bài liên quan", "đọc nhiều", "tin mới", "có thể bạn", "tin cùng", "cùng chuyên mục", "đọc thêm", "nổi bật", "tin nóng", "xem nhiều",
    "อ่านเพิ่มเติม", "เรื่องที่เกี่ยวข้อง", "บทความที่เกี่ยวข้อง", "ข่าวที่เกี่ยวข้อง", "แนะนำ", "ยอดนิยม", "บทความแนะนำ", "เรื่องแนะนำ", "ล่าสุด", "คุณอาจ",
    "اقرأ أيضا", "اقرأ أيضًا", "إقرأ أيضا", "اقرأ ايضا", "مواضيع ذات صلة", "أخبار ذات صلة", "ذات صلة", "الأكثر قراءة", "الأكثر", "قد يعجبك", "مقالات", "آخر الأخبار", "موضوعات",
    "כתבות נוספות", "קראו גם", "קרא גם", "עוד ב", "הנקראות ביותר", "הכי נקראות", "מומלצ", "אולי יעניין", "אולי יעניי", "כתבות קשורות", "הנצפות", "עוד כתבות",
    "यह भी पढ़ें", "ये भी पढ़ें", "संबंधित", "सबसे ज्यादा", "लोकप्रिय", "ताज़ा", "ताजा", "और पढ़ें", "टॉप", "ट्रेंडिंग", "बड़ी खबरें",
    "διαβάστε επίσης", "διαβάστε ακόμη", "σχετικά", "δημοφιλή", "τελευταία νέα", "τελευταίες", "περισσότερα", "δείτε επίσης", "ροή ειδήσεων",
    "lees ook", "lees verder", "meer over", "meest gelezen", "gerelateerd", "aanbevolen", "populair", "leggi anche", "correlati", "articoli correlati", "i più letti", "più letti", "potrebbe interessarti", "ti potrebbe",
    "läs också", "mest lästa", "les også", "læs også", "mest lest", "lue myös", "luetuimmat",
];

const COMMENT_FORM: &[&str] = &[
    "leave a comment", "leave a reply", "leave your comment", "leave comment", "post a comment", "post your comment", "post comment", "add a comment", "add comment", "add your comment",
    "write a comment", "write a reply", "join the discussion", "join the conversation", "your email address will not", "your comment", "post a reply", "post reply", "quick reply", "write your comment", "submit comment", "cancel reply", "log in to comment", "sign in to comment", "characters left", "notify me of", "save my name",
    "发表评论", "我要评论", "我来说", "评论内容", "发表回复", "写评论", "参与评论", "コメントを書く", "コメントする", "コメントを残す", "コメントを投稿", "댓글 쓰기", "댓글쓰기", "댓글 작성", "댓글을 입력", "의견 쓰기",
    "kommentar schreiben", "kommentar verfassen", "schreiben sie einen kommentar", "schreibe einen kommentar", "ihr kommentar", "kommentieren", "laisser un commentaire", "laissez un commentaire", "ajouter un commentaire", "votre commentaire", "deja un comentario", "deja tu comentario", "dejar un comentario", "escribe un comentario", "comentar", "deixe um comentário", "deixe seu comentário", "comente", "оставить комментарий", "добавить комментарий", "ваш комментарий", "написать комментарий", "комментировать",
    "yorum yap", "yorum yaz", "yorumunuz", "dodaj komentarz", "napisz komentarz", "twój komentarz", "skomentuj", "gửi bình luận", "viết bình luận", "ý kiến của bạn", "bình luận của bạn", "แสดงความคิดเห็น", "أضف تعليق", "اترك تعليق", "أضف تعليقا", "شارك بتعليق", "הוסף תגובה", "כתבו תגובה", "הוספת תגובה", "הגב לכתבה", "टिप्पणी करें", "अपनी टिप्पणी", "कमेंट करें", "αφήστε σχόλιο", "γράψτε σχόλιο", "προσθήκη σχολίου", "reactie plaatsen", "geef een reactie", "plaats een reactie", "lascia un commento", "scrivi un commento",
];

const COMMENTS: &[&str] = &[
    "comments", "reader comments", "discussion", "responses", "reviews", "customer reviews", "kommentare", "leserkommentare", "commentaires", "comentarios", "comentários", "комментарии", "yorumlar", "komentarze", "bình luận", "ความคิดเห็น", "تعليقات", "التعليقات", "תגובות", "टिप्पणियाँ", "σχόλια", "评论", "网友评论", "最新评论", "热门评论", "コメント", "댓글", "reacties", "commenti",
];

const CONTENTS: &[&str] = &[
    "table of contents", "contents", "on this page", "in this article", "in this section", "inhaltsverzeichnis", "auf dieser seite", "sommaire", "índice", "tabla de contenidos", "contenido", "tags", "tags:", "topics", "categories", "filed under", "tagged", "labels:", "标签", "目录", "分类", "目次", "タグ", "カテゴリ", "schlagwörter", "themen", "etiquetas", "теги", "etiketler", "tagi", "từ khóa", "แท็ก", "skip to", "jump to", "zum inhalt", "aller au contenu", "перейти к", "saltar al", "ir para o conte", "ana içeriğe", "przejdź do",
];

const SHARE: &[&str] = &[
    "share", "share this", "teilen", "partager", "compartir", "comparte", "compartilh", "partilh", "поделиться", "поделитесь", "paylaş", "udostępnij", "podziel się", "chia sẻ", "แชร์", "شارك", "مشاركة", "שתפו", "שתף", "शेयर", "κοινοποί", "μοιραστ", "分享", "シェア", "공유", "follow us", "folgen sie", "suivez", "síguenos", "siga", "takip et", "obserwuj", "theo dõi", "ติดตาม", "تابعنا", "עקבו", "फॉलो", "ακολουθ", "email|", "print", "drucken", "imprimir", "imprimer", "delen", "deel dit", "condividi", "tweet", "bookmark this", "copy link", "e-mail this",
];

const NEWSLETTER: &[&str] = &[
    "subscribe", "sign up", "newsletter", "get the newsletter", "join our", "join the newsletter", "get our", "stay up to date", "never miss", "jetzt anmelden", "abonnieren", "s'abonner", "abonnez", "inscrivez", "suscríbete", "suscribirse", "assine", "подписаться", "подпишитесь", "abone ol", "zapisz się", "đăng ký", "สมัคร", "اشترك", "הירשמו", "सब्सक्राइब", "εγγραφ", "订阅", "登録", "구독", "search", "suche", "recherche", "buscar", "поиск", "arama", "szukaj", "tìm kiếm", "ค้นหา", "بحث", "חיפוש", "खोज", "αναζήτηση", "搜索", "検索", "검색", "log in", "login", "sign in", "anmelden", "se connecter", "iniciar sesión", "entrar", "войти", "giriş", "zaloguj", "đăng nhập", "เข้าสู่ระบบ", "登录", "ログイン", "로그인", "filter", "sort by", "sortieren", "trier", "ordenar",
];

const ADVERT: &[&str] = &[
    "advertisement", "advertisements", "ad", "ads", "advertising", "sponsored", "sponsored links", "sponsored content", "promoted", "paid post", "anzeige", "werbung", "publicité", "publicidad", "publicidade", "pubblicità", "реклама", "reklam", "reklama", "quảng cáo", "โฆษณา", "إعلان", "إعلانات", "פרסומת", "विज्ञापन", "διαφήμιση", "广告", "推广", "広告", "pr", "광고", "advertentie", "annons", "annonse", "annonce", "advertisement - continue reading below", "advertisement — continue reading below", "article continues below advertisement", "story continues below advertisement", "ads by google", "annuncio", "ilan",
];

const LEGAL: &[&str] = &[
    "©", "(c) 19", "(c) 20", "&copy", "copyright", "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos", "todos os direitos", "все права защищены", "tüm hakları", "wszelkie prawa", "bản quyền", "สงวนลิขสิทธิ์", "جميع الحقوق", "כל הזכויות", "सर्वाधिकार", "με επιφύλαξη", "版权所有", "备案", "icp备", "icp证", "許可なく", "無断転載", "無断複写", "무단전재", "무단 전재", "저작권", "impressum", "alle rechten", "tutti i diritti", "powered by", "terms of use apply", "перепечатка", "при цитировании", "register nr", "vat number", "registered office", "registered in england", "giấy phép", "registered trademark",
];

const SERVICES: &[&str] = &[
    "facebook", "twitter", "x", "whatsapp", "linkedin", "pinterest", "reddit", "email", "e-mail", "mail", "print", "telegram", "share", "tweet", "instagram", "youtube", "copy link", "messenger", "tumblr", "digg", "delicious", "del.icio.us", "stumbleupon", "google+", "line", "vk", "ok", "bluesky", "mastodon", "threads", "flipboard", "pocket", "微信", "微博", "qq空间", "qq好友", "豆瓣", "打印", "收藏", "分享", "はてなブックマーク", "シェア", "카카오톡", "카카오스토리", "페이스북", "트위터", "네이버", "밴드", "공유", "teilen", "drucken", "partager", "imprimer", "compartir", "imprimir", "поделиться", "печать", "вконтакте", "одноклассники", "paylaş", "yazdır", "zalo", "in ấn", "พิมพ์", "comments", "save", "rss", "wechat", "weibo", "bookmark", "xing", "viber", "newsvine", "technorati",
];

const STEPS: &[&str] = &[
    "next", "previous", "prev", "first", "last", "page", "of", "older", "newer", "下一页", "上一页", "首页", "尾页", "末页", "共", "页", "次へ", "前へ", "次", "前", "次ページ", "前ページ", "ページ", "다음", "이전", "처음", "끝", "weiter", "zurück", "nächste", "vorherige", "seite", "von", "suivant", "précédent", "page", "sur", "siguiente", "anterior", "página", "de", "próxima", "próximo", "primera", "última", "далее", "назад", "следующая", "предыдущая", "страница", "из", "sonraki", "önceki", "sayfa", "następna", "poprzednia", "strona", "z", "sau", "trước", "trang", "ถัดไป", "ก่อนหน้า", "หน้า", "التالي", "السابق", "הבא", "הקודם", "अगला", "पिछला", "επόμενη", "προηγούμενη", "volgende", "vorige", "pagina", "successiva", "precedente", "全文", "阅读全文", "jump", "goto", "go", "to", "results", "pages",
];

const STEP_PHRASES: &[&str] = &[
    "next article", "previous article", "next post", "previous post", "next page", "previous page", "older posts", "newer posts", "older entries", "next:", "previous:", "prev:", "next »", "« prev", "« older", "newer »", "next →", "← prev", "← older", "next chapter", "previous chapter", "next topic", "previous topic", "下一篇", "上一篇", "前の記事", "次の記事", "이전글", "다음글", "이전 기사", "다음 기사", "nächster artikel", "vorheriger artikel", "nächste seite", "article suivant", "article précédent", "entrada siguiente", "entrada anterior", "próximo artigo", "artigo anterior", "следующая статья", "предыдущая статья", "следующая новость", "предыдущая новость", "sonraki haber", "önceki haber", "następny artykuł", "poprzedni artykuł", "bài trước", "bài tiếp", "הכתבה הבאה", "المقال التالي", "المقال السابق", "showing 1", "page 1 of", "seite 1 von", "next thread", "previous thread", "next message", "previous message", "read the next",
];

const BYLINE: &[&str] = &[
    "by ", "by: ", "written by", "posted by", "posted on", "published", "updated", "last updated", "last modified", "author:", "reported by", "source:", "text by", "photographs by", "interview by", "words by", "reviewed by", "von ", "veröffentlicht", "aktualisiert", "stand:", "par ", "publié", "mis à jour", "por ", "publicado", "actualizado", "atualizado", "redacción", "da redação", "автор", "опубликовано", "источник", "yazar", "güncelleme", "yayınlanma", "giriş tarihi", "kaynak", "autor:", "opublikowano", "aktualizacja", "tác giả", "nguồn", "เขียนโดย", "โดย", "เผยแพร่", "ผู้เขียน", "كتب", "نشر", "آخر تحديث", "بقلم", "المصدر", "מאת", "פורסם", "עודכן", "द्वारा", "प्रकाशित", "अपडेट", "लेखक", "δημοσιεύ", "ενημέρωση", "του ", "της ", "来源", "作者", "发布时间", "编辑", "责任编辑", "记者", "发表于", "投稿", "公開日", "更新日", "更新：", "文：", "文/", "記者", "입력", "수정", "기자", "등록", "승인", "door ", "gepubliceerd", "di ", "pubblicato", "aggiornato",
];

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mai", "okt", "dez", "janv", "févr", "avr", "juin", "juil", "août", "déc", "ene", "abr", "ago", "dic", "fev", "set", "out", "dez", "янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık", "stycz", "lut", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "paźdz", "listop", "grud", "tháng", "ม.ค", "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิ", "ธันวา", "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר", "जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर", "ιαν", "φεβ", "μαρ", "απρ", "μαΐ", "ιουν", "ιουλ", "αυγ", "σεπ", "οκτ", "νοε", "δεκ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_what_follows() {
        assert_eq!(heading_role("related stories"), Some(Role::Recommendation));
        assert_eq!(heading_role("12 comments"), Some(Role::Comment));
        assert_eq!(heading_role("leave a reply"), Some(Role::CommentForm));
        assert_eq!(heading_role("the mill by the river"), None);
    }

    #[test]
    fn page_numbers() {
        for text in ["【1】【2】", "1 2 3 next", "« 1 2 »", "下一页", "page 2 of 9", "older posts"] {
            assert!(is_pagination(text), "{text}");
        }
        for text in ["1984", "the next day", "", "3 goats"] {
            assert!(!is_pagination(text), "{text}");
        }
    }

    #[test]
    fn sharing_services_are_whole_words() {
        assert_eq!(share_names("email|print|comments"), 3);
        assert_eq!(share_names("the printer mailed"), 0);
    }

    #[test]
    fn dates() {
        assert!(holds_date("12 march 2024"));
        assert!(holds_date("2024-05-20 10:14"));
        assert!(holds_date("2009年5月12日"));
        assert!(!holds_date("nothing of the kind"));
    }
}
