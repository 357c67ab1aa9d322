//! Ratios of width to height, and the sides they make within a model's rule.

use studio_shared::catalogue::SizeRule;
use studio_shared::size::Size;

/// Width to height, such as 16 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Ratio(pub(super) u32, pub(super) u32);

/// The ratios that forms offer.
pub(super) const RATIOS: [Ratio; 8] = [
    Ratio(1, 1),
    Ratio(4, 3),
    Ratio(3, 4),
    Ratio(3, 2),
    Ratio(2, 3),
    Ratio(16, 9),
    Ratio(9, 16),
    Ratio(2, 1),
];

/// How many pixels a ratio is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Extent {
    /// As few as the rule allows.
    Smallest,
    /// About as many as the model's default size.
    Usual,
    /// As many as the rule allows.
    Largest,
}

impl Extent {
    /// All of them, in the order of the form.
    pub(super) const ALL: [Self; 3] = [Self::Smallest, Self::Usual, Self::Largest];
}

impl Ratio {
    /// The ratio of a size, in lowest terms.
    pub(super) const fn of(size: Size) -> Self {
        let (mut a, mut b) = (size.width, size.height);
        while let Some(rest) = a.checked_rem(b) {
            (a, b) = (b, rest);
        }
        match (size.width.checked_div(a), size.height.checked_div(a)) {
            (Some(width), Some(height)) => Self(width, height),
            _ => Self(1, 1),
        }
    }

    /// The sides of this ratio: whole multiples, both even and within the rule; of the usual extent, multiples of
    /// eight with no more pixels than `usual`, where there are any. `None` where the rule leaves no room.
    pub(super) fn sides(self, rule: SizeRule, extent: Extent, usual: Size) -> Option<Size> {
        let max_side = match rule {
            SizeRule::Free { max_side, .. } => max_side,
            // No side is longer than the area at the thinnest.
            SizeRule::Area { max_pixels, max_ratio, .. } => {
                u32::try_from(max_pixels.saturating_mul(u64::from(max_ratio)).isqrt()).ok()?
            }
            SizeRule::Fixed { .. } => return None,
        };
        let step = if extent == Extent::Usual { 8 } else { 2 };
        let most = max_side.checked_div(self.0.max(self.1))?;
        let fits = |times: &u32| {
            let size = self.times(*times);
            rule.takes(size) && (extent != Extent::Usual || size.pixels() <= usual.pixels())
        };
        let steps = (1..=most).filter(|times| times % step == 0);
        let times = match extent {
            Extent::Smallest => steps.clone().find(fits),
            Extent::Usual | Extent::Largest => steps.clone().rev().find(fits),
        };
        // Where no fewer pixels than the default's are allowed, as few as are.
        let times = times.or_else(|| steps.into_iter().find(|times| rule.takes(self.times(*times))));
        times.map(|times| self.times(times))
    }

    const fn times(self, times: u32) -> Size {
        Size::new(self.0.saturating_mul(times), self.1.saturating_mul(times))
    }

    /// The offered ratio that comes nearest, with the extent that gives exactly `size`, where one does.
    pub(super) fn offered(size: Size, rule: SizeRule, usual: Size) -> Option<(Self, Extent)> {
        RATIOS
            .into_iter()
            .flat_map(|ratio| Extent::ALL.map(|extent| (ratio, extent)))
            .find(|(ratio, extent)| ratio.sides(rule, *extent, usual) == Some(size))
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::catalogue::{self, Default, Rule};
    use studio_shared::kind::Kind;

    use super::*;

    /// Every free rule of the catalogue with the default beside it.
    fn free() -> Vec<(SizeRule, Size)> {
        let all = catalogue::models(Kind::Image).iter().filter_map(|model| model.parameter("size"));
        let free = all.filter_map(|size| match (size.rule, size.default) {
            (Rule::Size(rule @ (SizeRule::Free { .. } | SizeRule::Area { .. })), Default::Size(usual)) => {
                Some((rule, usual))
            }
            _ => None,
        });
        free.collect()
    }

    #[test]
    fn every_offered_ratio_makes_sides_that_the_rule_takes() {
        for (rule, usual) in free() {
            for ratio in RATIOS {
                for extent in Extent::ALL {
                    let size = ratio.sides(rule, extent, usual).unwrap();
                    assert!(rule.takes(size), "{size}");
                    assert_eq!(Ratio::of(size), ratio);
                }
            }
        }
    }

    #[test]
    fn the_sides_are_those_that_people_know() {
        let rule = SizeRule::Free { min_side: 512, max_side: 1440, max_pixels: 2_000_000 };
        let usual = Size::new(1024, 1024);
        let sides = |a, b, extent| Ratio(a, b).sides(rule, extent, usual).unwrap().to_string();
        assert_eq!(sides(1, 1, Extent::Smallest), "512*512");
        assert_eq!(sides(1, 1, Extent::Usual), "1024*1024");
        assert_eq!(sides(16, 9, Extent::Usual), "1280*720");
        assert_eq!(sides(16, 9, Extent::Largest), "1440*810");
        assert_eq!(sides(3, 4, Extent::Usual), "864*1152");
        assert_eq!(sides(1, 1, Extent::Largest), "1414*1414");
        assert_eq!(Ratio(99, 1).sides(rule, Extent::Usual, usual), None);
    }

    #[test]
    fn a_size_is_recognised_as_the_choice_that_made_it() {
        let rule = SizeRule::Free { min_side: 512, max_side: 1440, max_pixels: 2_000_000 };
        let usual = Size::new(1024, 1024);
        let found = Ratio::offered(Size::new(1440, 810), rule, usual);
        assert_eq!(found, Some((Ratio(16, 9), Extent::Largest)));
        assert_eq!(Ratio::offered(Size::new(1000, 777), rule, usual), None);
        assert_eq!(Ratio::of(Size::new(0, 0)), Ratio(1, 1));
        assert_eq!(Ratio::of(Size::new(1664, 928)), Ratio(52, 29));
    }
}
