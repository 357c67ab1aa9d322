//! The image models of the classic protocol: names by region, sizes, defaults (dashscope-api.md §1.1 to §1.3).

use crate::image::size::Size;
use crate::region::Region;

/// One model.
#[derive(Debug, PartialEq, Eq)]
pub struct ImageModel {
    /// Its name in Beijing.
    pub beijing: Option<&'static str>,
    /// Its name in Singapore (and, `inf`, Virginia).
    pub abroad: Option<&'static str>,
    /// Which sizes it takes.
    pub sizes: Sizes,
    /// What it makes when no size is asked for: the live default, not the product's (§10 row 15).
    pub default_size: Size,
    /// Most images a call.
    pub most: u64,
    /// What a watermark says.
    pub mark: &'static str,
}

/// A rule for sizes.
#[derive(Debug, PartialEq, Eq)]
pub enum Sizes {
    /// Each side 512 to 1440, any ratio; no separate limit on pixels (§10 row 18).
    Sides,
    /// One of five.
    Five,
}

/// The five of qwen-image, in the current edition of the page (§1.3).
const FIVE: [Size; 5] = [
    Size::new(1664, 928),
    Size::new(1472, 1104),
    Size::new(1328, 1328),
    Size::new(1104, 1472),
    Size::new(928, 1664),
];

/// The two of the first edition, refused unless the setting says otherwise (§10 row 16).
const FIRST_EDITION: [Size; 2] = [Size::new(1472, 1140), Size::new(1140, 1472)];

const fn wan(beijing: Option<&'static str>, abroad: Option<&'static str>) -> ImageModel {
    ImageModel {
        beijing,
        abroad,
        sizes: Sizes::Sides,
        default_size: Size::new(1024, 1024),
        most: 4,
        mark: "AI生成",
    }
}

/// All of them.
pub const MODELS: &[ImageModel] = &[
    ImageModel {
        beijing: Some("qwen-image"),
        abroad: Some("qwen-image"),
        sizes: Sizes::Five,
        default_size: Size::new(1664, 928),
        most: 1,
        mark: "Qwen-Image",
    },
    wan(Some("wan2.2-t2i-flash"), Some("wan2.2-t2i-flash")),
    wan(Some("wan2.2-t2i-plus"), Some("wan2.2-t2i-plus")),
    wan(Some("wanx2.1-t2i-turbo"), Some("wan2.1-t2i-turbo")),
    wan(Some("wanx2.1-t2i-plus"), Some("wan2.1-t2i-plus")),
    wan(Some("wanx2.0-t2i-turbo"), None),
];

impl ImageModel {
    /// Its name in a region, if it is offered there.
    pub fn name(&self, region: Region) -> Option<&'static str> {
        match region {
            Region::Beijing => self.beijing,
            Region::Singapore | Region::Virginia => self.abroad,
        }
    }

    /// Whether it makes this size.
    pub fn makes(&self, size: Size, accept_1140: bool) -> bool {
        match self.sizes {
            Sizes::Sides => [size.width, size.height].iter().all(|side| (512..=1440).contains(side)),
            Sizes::Five => FIVE.contains(&size) || (accept_1140 && FIRST_EDITION.contains(&size)),
        }
    }
}

/// The model of this name in this region.
pub fn find(region: Region, name: &str) -> Option<&'static ImageModel> {
    MODELS.iter().find(|model| model.name(region) == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beijing_has_six_and_singapore_five() {
        let count = |region| MODELS.iter().filter(|model| model.name(region).is_some()).count();
        assert_eq!((count(Region::Beijing), count(Region::Singapore)), (6, 5));
    }

    #[test]
    fn each_model_makes_its_own_default() {
        for model in MODELS {
            assert!(model.makes(model.default_size, false), "{model:?}");
        }
    }

    #[test]
    fn the_live_size_rules_hold_at_their_edges() {
        let wan = find(Region::Beijing, "wan2.2-t2i-flash").unwrap();
        for (size, made) in [
            (Size::new(512, 512), true),
            (Size::new(1440, 1440), true),
            (Size::new(512, 1440), true),
            (Size::new(511, 512), false),
            (Size::new(512, 1441), false),
        ] {
            assert_eq!(wan.makes(size, false), made, "{size}");
        }
        let qwen = find(Region::Beijing, "qwen-image").unwrap();
        assert!(qwen.makes(Size::new(1472, 1104), false) && !qwen.makes(Size::new(1024, 1024), false));
        assert!(!qwen.makes(Size::new(1472, 1140), false) && qwen.makes(Size::new(1140, 1472), true));
    }
}
