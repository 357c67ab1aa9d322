//! Seeded chance and smooth noise, the same on every machine.

/// SplitMix64: small, good enough for pictures, and the same everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// 0 up to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u32 << 24) as f32
    }

    /// `low` up to `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.bits() % u64::try_from(all.len().max(1)).unwrap_or(1);
        all.get(usize::try_from(at).unwrap_or(0))
    }

    /// A line of noise of its own.
    pub(crate) fn noise(&mut self) -> Noise {
        Noise(self.bits())
    }
}

/// Smooth noise over a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noise(u64);

impl Noise {
    /// −1 to 1, smooth in `x`.
    pub(crate) fn at(self, x: f32) -> f32 {
        let cell = x.floor();
        let (low, high) = (self.value(cell as i64), self.value(cell as i64 + 1));
        low + (high - low) * smooth(x - cell)
    }

    /// Several octaves: coarse shapes with finer ones on them. `rough` is how much finer ones count.
    pub(crate) fn layered(self, x: f32, octaves: u32, rough: f32) -> f32 {
        let (mut sum, mut weight, mut total, mut scale) = (0.0, 1.0, 0.0, 1.0);
        for octave in 0..octaves {
            sum += weight * Self(self.0.wrapping_add(u64::from(octave))).at(x * scale);
            total += weight;
            weight *= rough;
            scale *= 2.03;
        }
        sum / total
    }

    fn value(self, cell: i64) -> f32 {
        let bits = mix(self.0 ^ cell.cast_unsigned().wrapping_mul(0xd6e8_feb8_6659_fd93));
        (bits >> 40) as f32 / (1_u32 << 23) as f32 - 1.0
    }
}

/// 0 to 1 with flat ends.
pub(crate) fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
