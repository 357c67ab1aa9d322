//! Pixels: floating-point colour, blended and then written as a PNG.

use std::ops::{Add, Mul};

/// Red, green, blue, each 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Colour(pub(super) f32, pub(super) f32, pub(super) f32);

impl Colour {
    pub(super) const WHITE: Self = Self(1.0, 1.0, 1.0);

    /// `0xRRGGBB`.
    pub(super) const fn hex(rgb: u32) -> Self {
        Self(
            ((rgb >> 16) & 255) as f32 / 255.0,
            ((rgb >> 8) & 255) as f32 / 255.0,
            (rgb & 255) as f32 / 255.0,
        )
    }

    /// So much of the way to another.
    pub(super) fn toward(self, other: Self, share: f32) -> Self {
        self * (1.0 - share) + other * share
    }
}

impl Add for Colour {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1, self.2 + other.2)
    }
}

impl Mul<f32> for Colour {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        Self(self.0 * by, self.1 * by, self.2 * by)
    }
}

/// A picture in the making.
pub(super) struct Canvas {
    pub(super) width: u32,
    pub(super) height: u32,
    pixels: Vec<Colour>,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { width, height, pixels: vec![Colour::default(); width as usize * height as usize] }
    }

    /// Sets every pixel from its place.
    pub(super) fn fill(&mut self, colour: impl Fn(usize, usize) -> Colour) {
        let width = self.width as usize;
        for (y, row) in self.pixels.chunks_mut(width.max(1)).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel = colour(x, y);
            }
        }
    }

    /// Lays a colour over one pixel; outside the picture nothing happens.
    pub(super) fn blend(&mut self, x: i32, y: i32, colour: Colour, share: f32) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if x >= self.width || share <= 0.0 {
            return;
        }
        let at = y as usize * self.width as usize + x as usize;
        if let Some(pixel) = self.pixels.get_mut(at) {
            *pixel = pixel.toward(colour, share.min(1.0));
        }
    }

    /// A rectangle with round corners, smooth at its edge.
    pub(super) fn plate(&mut self, area: Area, radius: f32, colour: Colour, share: f32) {
        let half = (area.width as f32 / 2.0, area.height as f32 / 2.0);
        for row in 0..area.height {
            for column in 0..area.width {
                let x = (column as f32 + 0.5 - half.0).abs() - (half.0 - radius);
                let y = (row as f32 + 0.5 - half.1).abs() - (half.1 - radius);
                let outside = (x.max(0.0) * x.max(0.0) + y.max(0.0) * y.max(0.0)).sqrt() - radius;
                let covered = (0.5 - outside).clamp(0.0, 1.0);
                self.blend(area.x + column, area.y + row, colour, share * covered);
            }
        }
    }

    /// As a PNG, quickly: the picture is made to be looked at once or twice.
    pub(super) fn encode(&self) -> Result<Vec<u8>, png::EncodingError> {
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        let mut bytes = Vec::with_capacity(self.pixels.len() * 3);
        for Colour(red, green, blue) in &self.pixels {
            bytes.extend_from_slice(&[byte(*red), byte(*green), byte(*blue)]);
        }
        let mut file = Vec::with_capacity(bytes.len() / 4);
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&bytes)?;
        writer.finish()?;
        Ok(file)
    }
}

/// A rectangle, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}
