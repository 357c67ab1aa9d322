//! The video files: one for each size, made once (`fixtures/make-fixtures.sh`).

use super::stretch;
use crate::image::size::Size;

macro_rules! films {
    ($($width:literal x $height:literal),+ $(,)?) => {
        /// The file of a size.
        fn fixture(size: Size) -> Option<&'static [u8]> {
            match (size.width, size.height) {
                $(($width, $height) => Some(include_bytes!(concat!(
                    "../../fixtures/video-", $width, "x", $height, ".mp4"
                ))),)+
                _ => None,
            }
        }
    };
}

films!(
    832 x 480, 480 x 832, 624 x 624, 1280 x 720, 720 x 1280, 960 x 960, 1088 x 832, 832 x 1088,
    1920 x 1080, 1080 x 1920, 1440 x 1440, 1632 x 1248, 1248 x 1632,
);

/// A video's bytes. Longer and shorter ones have the same pictures, shown longer or shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Film {
    /// One of the tables'.
    pub size: Size,
    /// 2 to 15.
    pub seconds: u32,
}

impl Film {
    /// The MP4 file.
    pub fn mp4(self) -> Option<Vec<u8>> {
        fixture(self.size).map(|fixture| stretch::to(fixture, self.seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::video::models::TIERS;

    #[test]
    fn there_is_a_small_real_video_of_each_size_and_length() {
        let mut total = 0;
        for (_, size) in TIERS.iter().flat_map(|tier| tier.sizes()) {
            let five = Film { size: *size, seconds: 5 }.mp4().unwrap();
            assert_eq!(five.get(4..8), Some(b"ftyp".as_slice()));
            let sides = [size.width, size.height].map(|side| (side << 16).to_be_bytes()).concat();
            let shown = five.windows(8).any(|eight| eight == sides);
            assert!(shown && five.len() < 250_000, "{size}: {}", five.len());
            assert_eq!(stretch::seconds(&five), Some(5.0), "{size}");
            let ten = Film { size: *size, seconds: 10 }.mp4().unwrap();
            assert_eq!((stretch::seconds(&ten), ten.len()), (Some(10.0), five.len()));
            total += five.len();
        }
        assert!(total < 2_000_000, "{total}");
    }
}
