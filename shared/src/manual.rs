//! The vendor's own pages, by their titles: their numbers change, their titles hardly do
//! (`dashscope-api.md` §10 row 33).

use crate::words::Label;

/// A page of the vendor's documentation.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Its title.
    pub title: Label,
    /// Its address.
    pub address: &'static str,
}

/// Every error code, with what to do.
pub const ERRORS: Page = Page {
    title: Label::new("百炼文档：错误码", "Model Studio: Error messages"),
    address: "https://help.aliyun.com/zh/model-studio/error-code",
};

/// Every model, with its price.
pub const MODELS: Page = Page {
    title: Label::new("百炼文档：模型列表与价格", "Model Studio: Models and prices"),
    address: "https://help.aliyun.com/zh/model-studio/models",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_33_pages_are_linked_by_title_and_not_by_number() {
        for page in [ERRORS, MODELS] {
            let name = page.address.rsplit('/').next().unwrap();
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", page.address);
            assert!(page.address.starts_with("https://help.aliyun.com/"));
            assert!(!page.title.zh.is_empty() && !page.title.en.is_empty());
        }
    }
}
