//! The video models: names by region, tiers, durations (dashscope-api.md §4.1).

use crate::image::size::Size;
use crate::region::Region;

/// A tier of sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// 480P.
    P480,
    /// 720P.
    P720,
    /// 1080P.
    P1080,
}

impl Tier {
    /// Its sizes, each with its ratio; the first is the usual one.
    pub fn sizes(self) -> &'static [(&'static str, Size)] {
        const P480: &[(&str, Size)] =
            &[("16:9", Size::new(832, 480)), ("9:16", Size::new(480, 832)), ("1:1", Size::new(624, 624))];
        const P720: &[(&str, Size)] = &[
            ("16:9", Size::new(1280, 720)),
            ("9:16", Size::new(720, 1280)),
            ("1:1", Size::new(960, 960)),
            ("4:3", Size::new(1088, 832)),
            ("3:4", Size::new(832, 1088)),
        ];
        const P1080: &[(&str, Size)] = &[
            ("16:9", Size::new(1920, 1080)),
            ("9:16", Size::new(1080, 1920)),
            ("1:1", Size::new(1440, 1440)),
            ("4:3", Size::new(1632, 1248)),
            ("3:4", Size::new(1248, 1632)),
        ];
        match self {
            Self::P480 => P480,
            Self::P720 => P720,
            Self::P1080 => P1080,
        }
    }

    /// `SR` in the usage of 2.6 and later.
    pub fn lines(self) -> u32 {
        match self {
            Self::P480 => 480,
            Self::P720 => 720,
            Self::P1080 => 1080,
        }
    }
}

/// Every tier.
pub const TIERS: [Tier; 3] = [Tier::P480, Tier::P720, Tier::P1080];

/// How long a video may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lengths {
    /// 5 seconds, whatever is asked for (§10 row 5).
    Five,
    /// 5 or 10.
    FiveOrTen,
    /// Any of 2 to 15.
    TwoToFifteen,
}

/// Which form requests and answers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2.1, 2.2 and 2.5: `size`; old usage.
    Old,
    /// 2.6: `size`; new usage; no `actual_prompt`.
    V26,
    /// 2.7: `resolution` and `ratio`.
    V27,
}

/// One model.
#[derive(Debug, PartialEq, Eq)]
pub struct VideoModel {
    /// Its names in Beijing, Singapore and Virginia.
    pub names: [Option<&'static str>; 3],
    /// What it makes; the first size of the highest is the default, except for 2.1.
    pub tiers: &'static [Tier],
    /// How long.
    pub lengths: Lengths,
    /// The form.
    pub version: Version,
    /// Longest prompt in characters; the rest is cut off silently.
    pub prompt: usize,
}

const fn same(name: &'static str) -> [Option<&'static str>; 3] {
    [Some(name), Some(name), Some(name)]
}

const fn model(
    names: [Option<&'static str>; 3],
    tiers: &'static [Tier],
    lengths: Lengths,
    version: Version,
    prompt: usize,
) -> VideoModel {
    VideoModel { names, tiers, lengths, version, prompt }
}

/// All of them. What Virginia offers besides `wan2.6-t2v-us` is taken to be Singapore's (`inf`).
pub const MODELS: &[VideoModel] = &[
    model(
        [Some("wanx2.1-t2v-turbo"), Some("wan2.1-t2v-turbo"), Some("wan2.1-t2v-turbo")],
        &[Tier::P480, Tier::P720],
        Lengths::Five,
        Version::Old,
        800,
    ),
    model(
        [Some("wanx2.1-t2v-plus"), Some("wan2.1-t2v-plus"), Some("wan2.1-t2v-plus")],
        &[Tier::P720],
        Lengths::Five,
        Version::Old,
        800,
    ),
    model(same("wan2.2-t2v-plus"), &[Tier::P480, Tier::P1080], Lengths::Five, Version::Old, 800),
    model(same("wan2.5-t2v-preview"), &TIERS, Lengths::FiveOrTen, Version::Old, 1_500),
    model(
        [Some("wan2.6-t2v"), Some("wan2.6-t2v"), Some("wan2.6-t2v-us")],
        &[Tier::P720, Tier::P1080],
        Lengths::TwoToFifteen,
        Version::V26,
        1_500,
    ),
    model(same("wan2.7-t2v"), &[Tier::P720, Tier::P1080], Lengths::TwoToFifteen, Version::V27, 5_000),
];

impl VideoModel {
    /// Its name in a region.
    pub fn name(&self, region: Region) -> Option<&'static str> {
        let [beijing, singapore, virginia] = self.names;
        match region {
            Region::Beijing => beijing,
            Region::Singapore => singapore,
            Region::Virginia => virginia,
        }
    }

    /// Tier and ratio of a size, if it makes that.
    pub fn place(&self, size: Size) -> Option<(Tier, &'static str)> {
        let in_tier = |tier: &Tier| {
            let found = tier.sizes().iter().find(|(_, known)| *known == size);
            found.map(|(ratio, _)| (*tier, *ratio))
        };
        self.tiers.iter().find_map(in_tier)
    }

    /// What it makes when no size is asked for: its highest tier, 16:9.
    pub fn default_size(&self) -> Size {
        let tier = self.tiers.last().copied().unwrap_or(Tier::P720);
        tier.sizes().first().map_or(Size::new(1280, 720), |(_, size)| *size)
    }
}

/// The model of this name in this region.
pub fn find(region: Region, name: &str) -> Option<&'static VideoModel> {
    MODELS.iter().find(|model| model.name(region) == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_defaults_are_those_of_the_table() {
        let default = |name| find(Region::Beijing, name).unwrap().default_size().to_string();
        assert_eq!(default("wanx2.1-t2v-turbo"), "1280*720");
        assert_eq!(default("wan2.2-t2v-plus"), "1920*1080");
        let turbo = find(Region::Beijing, "wanx2.1-t2v-turbo").unwrap();
        assert_eq!(turbo.place(Size::new(480, 832)), Some((Tier::P480, "9:16")));
        assert_eq!(turbo.place(Size::new(1920, 1080)), None);
        assert_eq!(turbo.place(Size::new(480, 854)), None, "the seed document's own size does not exist");
        assert_eq!(TIERS.iter().flat_map(|tier| tier.sizes()).count(), 13);
    }

    #[test]
    fn a_name_belongs_to_its_region() {
        assert!(
            find(Region::Singapore, "wan2.1-t2v-plus").is_some()
                && find(Region::Beijing, "wan2.1-t2v-plus").is_none()
        );
        assert!(
            find(Region::Virginia, "wan2.6-t2v-us").is_some()
                && find(Region::Virginia, "wan2.6-t2v").is_none()
        );
    }
}
