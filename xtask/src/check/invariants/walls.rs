//! What may be named where.

use super::{Source, Violation};

/// Words that code in one place must not hold.
struct Wall {
    /// Start of the paths it is about.
    inside: &'static str,
    /// Start of the paths in there that may.
    except: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const WALLS: [Wall; 5] = [
    Wall {
        inside: "shared/src/",
        except: &[],
        words: &[
            "SystemTime::now",
            "Instant",
            "std::thread",
            "std::net",
            "std::fs",
            "std::env",
            "js_sys",
            "web_sys",
            "wasm_bindgen",
            "worker::",
        ],
        why: "shared knows no clock, no browser, no Workers API",
    },
    Wall {
        inside: "frontend/src/",
        except: &[],
        words: &[
            "/services/aigc",
            "dashscope.aliyuncs",
            "dashscope-intl",
            "/compatible-mode/",
            "X-DashScope",
        ],
        why: "the page knows nothing of DashScope's paths or wire forms",
    },
    Wall {
        inside: "worker/src/",
        except: &["worker/src/dashscope"],
        words: &["\"DASHSCOPE_API_KEY\""],
        why: "only worker/src/dashscope reads the key",
    },
    Wall {
        inside: "worker/src/",
        except: &["worker/src/dashscope"],
        words: &["/services/aigc", "X-DashScope"],
        why: "only worker/src/dashscope builds upstream requests",
    },
    Wall {
        inside: "worker/src/",
        except: &["worker/src/dashscope", "worker/src/cloudflare/client.rs"],
        words: &["Fetch::Request", "Fetch::Url"],
        why: "only the vendor is called, and by worker/src/cloudflare/client.rs Cloudflare itself",
    },
];

pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for wall in &WALLS {
        let inside = sources.iter().filter(|source| source.is_rust() && source.path.starts_with(wall.inside));
        for source in
            inside.filter(|source| !wall.except.iter().any(|except| source.path.starts_with(except)))
        {
            for (line, code) in source.code() {
                if let Some(word) = wall.words.iter().find(|word| code.contains(**word)) {
                    violations.push(Violation::new(source.at(line), format!("{}: `{word}`", wall.why)));
                }
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn a_word_behind_its_wall_is_found_at_its_line() {
        let found =
            check(&[source("frontend/src/api.rs", "\n// /services/aigc\nlet a = \"/services/aigc/x\";")]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "frontend/src/api.rs:3");
    }

    #[test]
    fn only_the_upstream_client_reads_the_key() {
        let code = "let key = env.secret(\"DASHSCOPE_API_KEY\");";
        assert_eq!(check(&[source("worker/src/dashscope/key.rs", code)]), []);
        assert_eq!(check(&[source("worker/src/router.rs", code)]).len(), 1);
    }

    #[test]
    fn shared_asks_no_clock() {
        assert_eq!(check(&[source("shared/src/time.rs", "let now = SystemTime::now();")]).len(), 1);
    }
}
