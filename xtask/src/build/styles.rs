//! One style sheet instead of one for each part: a request saved for each on the way to the first paint.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// Joins the style sheets of what Trunk has built, in the order of the page.
pub fn join(dist: &Path) -> Result<()> {
    let read =
        |file: &Path| fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()));
    let page = dist.join("index.html");
    let html = read(&page)?;
    let mut sheet = String::new();
    let links: Vec<Link<'_>> = links(&html).collect();
    for link in &links {
        let text = read(&dist.join(link.file))?;
        if text.contains("@import") || text.contains("@charset") {
            bail!("{}: a sheet that is joined with others can hold neither @import nor @charset", link.file);
        }
        sheet += &text;
        sheet += "\n";
    }
    let hash: String = Sha256::digest(&sheet).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let joined = format!("studio-{hash}.css");
    fs::write(dist.join(&joined), sheet)?;
    fs::write(&page, replace(&html, &links, &joined))?;
    for link in &links {
        fs::remove_file(dist.join(link.file))?;
    }
    Ok(())
}

/// A link to a style sheet of the page's own.
#[derive(Debug, PartialEq)]
struct Link<'a> {
    /// The whole element.
    element: &'a str,
    /// The file, relative to the page.
    file: &'a str,
}

fn links(html: &str) -> impl Iterator<Item = Link<'_>> {
    const START: &str = "<link rel=\"stylesheet\" href=\"/";
    html.match_indices(START).filter_map(|(at, _)| {
        let element = html.get(at..)?.split_inclusive('>').next()?;
        let file = element.get(START.len()..)?.split('"').next()?;
        Some(Link { element, file })
    })
}

/// The page with the joined sheet in the place of the first one.
fn replace(html: &str, links: &[Link<'_>], joined: &str) -> String {
    let mut page = html.to_owned();
    for (at, link) in links.iter().enumerate() {
        let new =
            if at == 0 { format!("<link rel=\"stylesheet\" href=\"/{joined}\"/>") } else { String::new() };
        page = page.replacen(link.element, &new, 1);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<head>\
        <link rel=\"icon\" href=\"/i.svg\"/>\
        <link rel=\"stylesheet\" href=\"/a-1.css\" integrity=\"sha384-x\"/>\
        <link rel=\"stylesheet\" href=\"/b-2.css\"/>\
        </head>";

    #[test]
    fn sheets_are_joined_in_the_order_of_the_page() {
        let dist = std::env::temp_dir().join(format!("studio-styles-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        for (file, text) in [("index.html", HTML), ("a-1.css", "@layer a, b;"), ("b-2.css", "b {}")] {
            fs::write(dist.join(file), text).unwrap();
        }
        join(&dist).unwrap();
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        let only: Vec<_> = links(&html).map(|link| link.file.to_owned()).collect();
        assert_eq!(only.len(), 1);
        assert!(html.contains("/i.svg") && !html.contains("integrity"), "{html}");
        assert_eq!(fs::read_to_string(dist.join(&only[0])).unwrap(), "@layer a, b;\nb {}\n");
        assert!(!dist.join("a-1.css").exists());
        fs::remove_dir_all(&dist).unwrap();
    }
}
