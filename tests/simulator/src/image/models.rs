//! The image models: names by region, sizes, defaults, protocols (dashscope-api.md §1.1 to §1.3, §1.6).

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
    /// Longest prompt in characters; the rest is cut off silently.
    pub prompt: usize,
    /// Where it can be called.
    pub paths: Paths,
    /// What a watermark says.
    pub mark: &'static str,
}

/// Which protocols a model speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paths {
    /// The classic one only.
    Classic,
    /// The message protocol, at once.
    Message,
    /// Both of these.
    Both,
    /// The message protocol, at once or by a task.
    MessageOrTask,
}

/// A rule for sizes.
#[derive(Debug, PartialEq, Eq)]
pub enum Sizes {
    /// Each side 512 to 1440, any ratio; no separate limit on pixels (§10 row 18).
    Sides,
    /// One of five.
    Five,
    /// So many pixels at least and at most, no side more than four times the other.
    Area(u32, u32),
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
        prompt: 800,
        paths: Paths::Classic,
        mark: "AI生成",
    }
}

/// What a qwen-image says of itself.
pub const QWEN_MARK: &str = "Qwen-Image";

const fn qwen(name: &'static str, paths: Paths) -> ImageModel {
    ImageModel {
        beijing: Some(name),
        abroad: Some(name),
        sizes: Sizes::Five,
        default_size: Size::new(1664, 928),
        most: 1,
        prompt: 800,
        paths,
        mark: QWEN_MARK,
    }
}

/// 2.0 makes up to six, of up to 2048*2048 pixels. Its smallest and usual size are `inf`.
const fn qwen2(name: &'static str) -> ImageModel {
    let base = qwen(name, Paths::Message);
    ImageModel {
        sizes: Sizes::Area(512 * 512, 2048 * 2048),
        default_size: Size::new(2048, 2048),
        most: 6,
        ..base
    }
}

/// From 1280*1280 to 1440*1440 pixels.
const fn large(name: &'static str, prompt: usize, paths: Paths) -> ImageModel {
    let base = wan(Some(name), Some(name));
    let sizes = Sizes::Area(1280 * 1280, 1440 * 1440);
    ImageModel { sizes, default_size: Size::new(1280, 1280), prompt, paths, ..base }
}

/// All of them.
pub const MODELS: &[ImageModel] = &[
    qwen("qwen-image", Paths::Classic),
    wan(Some("wan2.2-t2i-flash"), Some("wan2.2-t2i-flash")),
    wan(Some("wan2.2-t2i-plus"), Some("wan2.2-t2i-plus")),
    wan(Some("wanx2.1-t2i-turbo"), Some("wan2.1-t2i-turbo")),
    wan(Some("wanx2.1-t2i-plus"), Some("wan2.1-t2i-plus")),
    wan(Some("wanx2.0-t2i-turbo"), None),
    // Newer ones.
    qwen("qwen-image-plus", Paths::Both),
    qwen("qwen-image-max", Paths::Message),
    qwen2("qwen-image-2.0"),
    qwen2("qwen-image-2.0-pro"),
    large("wan2.5-t2i-preview", 2_000, Paths::Classic),
    large("wan2.6-t2i", 2_100, Paths::MessageOrTask),
];

impl ImageModel {
    /// Its name in a region, if it is offered there.
    pub fn name(&self, region: Region) -> Option<&'static str> {
        match region {
            Region::Beijing => self.beijing,
            Region::Singapore | Region::Virginia => self.abroad,
        }
    }

    /// Whether it is called by `text2image/image-synthesis`.
    pub fn classic(&self) -> bool {
        matches!(self.paths, Paths::Classic | Paths::Both)
    }

    /// Whether it is called by `multimodal-generation/generation`.
    pub fn message(&self) -> bool {
        !matches!(self.paths, Paths::Classic)
    }

    /// Whether it is called by `image-generation/generation`.
    pub fn message_task(&self) -> bool {
        self.paths == Paths::MessageOrTask
    }

    /// How many it makes when that is not said: the live default (§11 item 10); one of qwen-image.
    pub fn usual(&self) -> u32 {
        if self.mark == QWEN_MARK { 1 } else { 4 }
    }

    /// Whether it makes this size.
    pub fn makes(&self, size: Size, accept_1140: bool) -> bool {
        match self.sizes {
            Sizes::Sides => [size.width, size.height].iter().all(|side| (512..=1440).contains(side)),
            Sizes::Area(least, most) => {
                let (short, long) = (size.width.min(size.height), size.width.max(size.height));
                let pixels = size.width.saturating_mul(size.height);
                (least..=most).contains(&pixels) && long <= short.saturating_mul(4)
            }
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
    fn beijing_has_one_more_than_singapore() {
        let count = |region| MODELS.iter().filter(|model| model.name(region).is_some()).count();
        assert_eq!((count(Region::Beijing), count(Region::Singapore)), (12, 11));
        assert_eq!(MODELS.iter().filter(|model| model.classic()).count(), 8);
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
        let large = find(Region::Beijing, "wan2.6-t2i").unwrap();
        for (size, made) in [
            (Size::new(1280, 1280), true),
            (Size::new(1440, 1440), true),
            (Size::new(1279, 1280), false),
            (Size::new(2688, 672), true),
            (Size::new(2692, 672), false),
            (Size::new(u32::MAX, u32::MAX), false),
        ] {
            assert_eq!(large.makes(size, false), made, "{size}");
        }
        let qwen = find(Region::Beijing, "qwen-image").unwrap();
        assert!(qwen.makes(Size::new(1472, 1104), false) && !qwen.makes(Size::new(1024, 1024), false));
        assert!(!qwen.makes(Size::new(1472, 1140), false) && qwen.makes(Size::new(1140, 1472), true));
    }
}
