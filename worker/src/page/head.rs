//! The head of a share's page: pure. What a person wrote stands in it only escaped.

/// What the head of a share says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The address of the page.
    pub(super) address: String,
    /// The share's title, where it has one and anybody may know it.
    pub(super) title: Option<String>,
    /// The address of a picture, likewise.
    pub(super) picture: Option<String>,
}

/// What every page is called.
const SITE: &str = "百炼工坊 Bailian Studio";

const UNTITLED: &str = "一份分享 A share";

const DESCRIPTION: &str = "用百炼工坊做的，凭链接查看。Made with Bailian Studio, shared by link.";

const NOINDEX: &str = "<meta name=\"robots\" content=\"noindex\" />\n";

/// The page with its head filled in; without one it is the page of no share, which says nothing.
pub(super) fn write(html: &str, head: Option<&Head>) -> String {
    let Some(head) = head else { return html.replacen("</head>", &format!("{NOINDEX}</head>"), 1) };
    let named = head.title.as_deref().unwrap_or(UNTITLED);
    let title = escape(&format!("{named} · {SITE}"));
    let mut tags = NOINDEX.to_owned();
    let mut tag = |attribute: &str, name: &str, content: &str| {
        let content = escape(content);
        tags.push_str(&format!("<meta {attribute}=\"{name}\" content=\"{content}\" />\n"));
    };
    tag("name", "description", DESCRIPTION);
    tag("property", "og:type", "website");
    tag("property", "og:site_name", SITE);
    tag("property", "og:title", named);
    tag("property", "og:description", DESCRIPTION);
    tag("property", "og:url", &head.address);
    tag("name", "twitter:card", if head.picture.is_some() { "summary_large_image" } else { "summary" });
    if let Some(picture) = &head.picture {
        tag("property", "og:image", picture);
    }
    let html = without(html, "<meta name=\"description\"", "/>");
    let html = without(&html, "<title>", "</title>");
    html.replacen("</head>", &format!("<title>{title}</title>\n{tags}</head>"), 1)
}

/// The text without what stands from `start` to the next `end`, both included.
fn without(text: &str, start: &str, end: &str) -> String {
    let cut = || {
        let (before, rest) = text.split_once(start)?;
        let (_, after) = rest.split_once(end)?;
        Some(format!("{before}{after}"))
    };
    cut().unwrap_or_else(|| text.to_owned())
}

/// A text as it stands between tags and in a quoted attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html><head><meta name=\"description\" content=\"old\" />\
                        <title>old</title><script>start()</script></head><body>x</body></html>";

    fn head(title: Option<&str>) -> Head {
        Head {
            address: "https://studio.example/s/0".to_owned(),
            title: title.map(str::to_owned),
            picture: title.map(|_| "https://studio.example/api/shares/0/preview".to_owned()),
        }
    }

    #[test]
    fn title_and_description_are_replaced_and_nothing_else_is_touched() {
        let html = write(PAGE, Some(&head(Some("一只猫"))));
        assert!(html.contains("<title>一只猫 · 百炼工坊 Bailian Studio</title>"), "{html}");
        assert!(html.contains("<meta property=\"og:title\" content=\"一只猫\" />"), "{html}");
        assert!(html.contains("content=\"https://studio.example/api/shares/0/preview\""), "{html}");
        assert!(!html.contains("old") && html.contains("<script>start()</script>"), "{html}");
        for once in ["<title>", "name=\"description\"", "name=\"robots\"", "</head>"] {
            assert_eq!(html.matches(once).count(), 1, "{once}");
        }
    }

    #[test]
    fn a_hostile_title_stays_a_title() {
        let html = write(PAGE, Some(&head(Some("</title><script>alert(1)</script>\" onload='x' &amp;\r\n"))));
        assert_eq!(html.matches("<script>").count(), 1, "{html}");
        assert_eq!(html.matches("</title>").count(), 1, "{html}");
        assert!(html.contains(
            "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;"
        ));
        assert!(!html.contains('\r'));
    }

    #[test]
    fn what_is_closed_or_gone_says_nothing() {
        let closed = write(PAGE, Some(&head(None)));
        assert!(closed.contains("og:title\" content=\"一份分享 A share\"") && !closed.contains("og:image"));
        let gone = write(PAGE, None);
        assert!(gone.contains("<title>old</title>") && gone.contains(NOINDEX) && !gone.contains("og:"));
        assert_eq!(write("no head at all", None), "no head at all");
    }
}
