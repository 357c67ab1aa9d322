//! The colours of a landscape: one set for each time of day.

use super::canvas::Colour;

/// Colours that belong together.
#[derive(Debug)]
pub(super) struct Palette {
    /// Top, middle and foot of the sky.
    pub(super) sky: [Colour; 3],
    /// Sun or moon.
    pub(super) sun: Colour,
    /// The farthest hills, and the nearest.
    pub(super) far: Colour,
    /// See `far`.
    pub(super) near: Colour,
    /// Whether there are stars.
    pub(super) night: bool,
}

const fn day(sky: [u32; 3], sun: u32, far: u32, near: u32) -> Palette {
    let [top, middle, foot] = sky;
    Palette {
        sky: [Colour::hex(top), Colour::hex(middle), Colour::hex(foot)],
        sun: Colour::hex(sun),
        far: Colour::hex(far),
        near: Colour::hex(near),
        night: false,
    }
}

const fn night(sky: [u32; 3], sun: u32, far: u32, near: u32) -> Palette {
    Palette { night: true, ..day(sky, sun, far, near) }
}

/// Each is used as a whole.
pub(super) const ALL: &[Palette] = &[
    // Dawn, rose over blue hills.
    day([0x5b7db1, 0xe8a7a1, 0xfde3c0], 0xfff6dc, 0xc79aa6, 0x2b3a58),
    // Evening, orange and plum.
    day([0x3b2f63, 0xd9596b, 0xffc27a], 0xfff0c2, 0xb0586f, 0x241b3a),
    // Morning in the tea hills.
    day([0x8fc7cf, 0xd6ead8, 0xfdf6dc], 0xfffbe6, 0x9cc7a8, 0x1f4b43),
    // Clear winter day.
    day([0x4f8fc9, 0xa9d2ea, 0xf1f7f6], 0xffffff, 0xa9c4d9, 0x24476b),
    // Autumn, gold and rust.
    day([0x7a9cb5, 0xf0cf9b, 0xfbe8c6], 0xfffae0, 0xd9a066, 0x5a2a27),
    // Blue hour with a moon.
    night([0x0d1436, 0x2c3f7a, 0x8a8fc0], 0xf7f3e3, 0x5a6aa5, 0x0a1024),
    // Night of green light.
    night([0x071a2b, 0x11484f, 0x5fb59b], 0xeafff2, 0x3a7f7c, 0x04121c),
    // Ink on rice paper.
    day([0xd9d5c8, 0xe9e5d8, 0xf6f3ea], 0xd8503f, 0xb9bcb6, 0x2f3a3d),
];
