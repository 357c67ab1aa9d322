//! The landscape: sky, sun or moon, clouds, hills in layers with mist between, sometimes water below.

use super::canvas::{Canvas, Colour};
use super::chance::{Chance, Noise, smooth};
use super::palette::{ALL, Palette};

/// Draws over the whole canvas. Lengths are in parts of the shorter side, so that every format is composed alike.
pub(super) fn draw(canvas: &mut Canvas, mut chance: Chance) {
    let Some(palette) = chance.pick(ALL) else { return };
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let unit = width.min(height);
    let horizon = height * chance.between(0.46, 0.58);
    let sky = Sky::new(palette, &mut chance, (width, height, unit), horizon);
    let (watery, shore) = (chance.unit() < 0.4, height * chance.between(0.66, 0.74));
    let water = watery.then(|| Water::new(&mut chance, shore, width, unit));
    let ground = water.as_ref().map_or(height, |water| water.shore);
    let layers = hills(palette, &mut chance, (width, unit), horizon, ground, water.is_some());
    let land = |x: usize, y: f32| {
        // Sky is not drawn where a hill stands.
        let hiding = layers.iter().rposition(|layer| layer.hides(x, y));
        let bare = if hiding.is_some() { Colour::default() } else { sky.at(x, y) };
        layers.iter().skip(hiding.unwrap_or(0)).fold(bare, |colour, layer| layer.over(colour, x, y))
    };
    canvas.fill(|x, y| {
        let (column, row) = (x as f32, y as f32);
        match &water {
            Some(water) if row >= water.shore => water.at(column, row, &sky, &land),
            _ => land(x, row),
        }
    });
}

/// Sky with everything in it.
struct Sky<'a> {
    palette: &'a Palette,
    foot: f32,
    sun: (f32, f32),
    radius: f32,
    unit: f32,
    clouds: Vec<Cloud>,
    /// In bands of [`BAND`] rows, so that a pixel looks at few of them.
    stars: Vec<Vec<Star>>,
}

/// Rows in a band of stars.
const BAND: f32 = 16.0;

#[derive(Clone, Copy)]
struct Star {
    x: f32,
    y: f32,
    bright: f32,
    reach: f32,
}

struct Cloud {
    y: f32,
    height: f32,
    share: f32,
    /// In every column: how dense it is, and how far its upper edge reaches.
    columns: Vec<(f32, f32)>,
}

impl<'a> Sky<'a> {
    fn new(
        palette: &'a Palette,
        chance: &mut Chance,
        (width, height, unit): (f32, f32, f32),
        foot: f32,
    ) -> Self {
        let clouds = (0..7).map(|_| Cloud::new(chance, width, foot, unit)).collect();
        let count = if palette.night { 110 } else { 0 };
        let mut stars = vec![Vec::new(); (foot / BAND) as usize + 2];
        for _ in 0..count {
            let (x, y, bright) = (width * chance.unit(), foot * chance.unit(), chance.between(0.25, 1.0));
            let star = Star { x, y, bright, reach: unit / 350.0 * (0.6 + bright) };
            let bands = ((y - star.reach).max(0.0) / BAND) as usize..=((y + star.reach) / BAND) as usize;
            bands.for_each(|band| stars.get_mut(band).into_iter().for_each(|stars| stars.push(star)));
        }
        Self {
            palette,
            foot: foot.min(height),
            sun: (width * chance.between(0.22, 0.78), foot * chance.between(0.36, 0.72)),
            radius: unit * chance.between(0.055, 0.085),
            unit,
            clouds,
            stars,
        }
    }

    fn at(&self, column: usize, y: f32) -> Colour {
        let x = column as f32;
        let [top, middle, foot] = self.palette.sky;
        let down = (y / self.foot).clamp(0.0, 1.0);
        let mut colour = if down < 0.55 {
            top.toward(middle, smooth(down / 0.55))
        } else {
            middle.toward(foot, smooth((down - 0.55) / 0.45))
        };
        for star in self.stars.get((y / BAND) as usize).into_iter().flatten() {
            let (across, along) = ((x - star.x).abs(), (y - star.y).abs());
            if across < star.reach && along < star.reach {
                let distance = (across * across + along * along).sqrt();
                colour = colour.toward(Colour::WHITE, star.bright * (1.0 - smooth(distance / star.reach)));
            }
        }
        let (across, along) = (x - self.sun.0, y - self.sun.1);
        let distance = (across * across + along * along).sqrt();
        let glow = self.radius / (self.radius + distance);
        colour = colour.toward(self.palette.sun, 0.75 * glow * glow);
        let edge = (self.radius - distance) / (self.unit * 0.002);
        colour = colour.toward(self.palette.sun, smooth(edge * 0.5 + 0.5));
        for cloud in &self.clouds {
            colour = colour.toward(Colour::WHITE.toward(foot, 0.35), cloud.share * cloud.at(column, y));
        }
        colour
    }
}

impl Cloud {
    fn new(chance: &mut Chance, width: f32, foot: f32, unit: f32) -> Self {
        let (middle, y) = (width * chance.unit(), foot * chance.between(0.12, 0.85));
        let (reach, height) = (unit * chance.between(0.22, 0.55), unit * chance.between(0.012, 0.035));
        let (share, shape) = (chance.between(0.18, 0.5), chance.noise());
        let column = |x: usize| {
            let (dense, along) = (1.0 - (x as f32 - middle).abs() / reach, x as f32 / reach);
            (smooth(dense), 1.5 + 0.8 * shape.layered(along * 7.0, 3, 0.55))
        };
        Self { y, height, share, columns: (0..width as usize).map(column).collect() }
    }

    /// A long streak with a frayed upper edge.
    fn at(&self, x: usize, y: f32) -> f32 {
        let down = (y - self.y) / self.height;
        if !(-3.0..1.5).contains(&down) {
            return 0.0;
        }
        let Some((dense, puff)) = self.columns.get(x) else { return 0.0 };
        let edge = if down < 0.0 { 1.0 + down / puff } else { 1.0 - down / 1.1 };
        dense * smooth(edge)
    }
}

/// One range of hills: the height of its edge in every column.
struct Hill {
    edge: Vec<f32>,
    /// The same line without its finer shapes: from here downward the mist thickens.
    crest: Vec<f32>,
    colour: Colour,
    mist: Colour,
    depth: f32,
}

impl Hill {
    /// Whether nothing behind it is seen here.
    fn hides(&self, x: usize, y: f32) -> bool {
        self.edge.get(x).is_some_and(|edge| y >= *edge)
    }

    fn over(&self, below: Colour, x: usize, y: f32) -> Colour {
        let (Some(edge), Some(crest)) = (self.edge.get(x), self.crest.get(x)) else { return below };
        let inside = y + 1.0 - edge;
        if inside <= 0.0 {
            return below;
        }
        let mist = smooth((y - crest) / self.depth);
        below.toward(self.colour.toward(self.mist, 0.62 * mist), inside.min(1.0))
    }
}

fn hills(
    palette: &Palette,
    chance: &mut Chance,
    (width, unit): (f32, f32),
    horizon: f32,
    ground: f32,
    shore: bool,
) -> Vec<Hill> {
    let count = if shore { 4 } else { 6 };
    let mist = palette.sky[2];
    (0..count)
        .map(|number| {
            let near = number as f32 / (count - 1) as f32;
            let reach = if shore { 0.86 } else { 0.80 };
            let base = horizon + (ground - horizon) * reach * near;
            let (rise, stretch) = (unit * (0.17 - 0.07 * near), unit * (0.42 - 0.10 * near));
            let (shape, rough) = (chance.noise(), 0.52 - 0.12 * near);
            let trees = if number + 1 == count && !shore { Some(forest(chance, width, unit)) } else { None };
            let edge = (0..width as usize)
                .map(|x| {
                    let line = base - rise * shape.layered(x as f32 / stretch, 6, rough);
                    line - trees.as_ref().and_then(|trees| trees.get(x)).copied().unwrap_or(0.0)
                })
                .collect();
            let crest = (0..width as usize)
                .map(|x| base - rise * shape.layered(x as f32 / stretch, 2, rough))
                .collect();
            let colour = palette.far.toward(palette.near, smooth(near * 0.9 + 0.05));
            Hill {
                edge,
                crest,
                colour,
                mist: colour.toward(mist, 0.75 * (1.0 - 0.55 * near)),
                depth: unit * 0.26,
            }
        })
        .collect()
}

/// Firs along the nearest edge: how far each column rises above the ground.
fn forest(chance: &mut Chance, width: f32, unit: f32) -> Vec<f32> {
    let mut rise = vec![0.0_f32; width as usize];
    let grove = chance.noise();
    let mut at = 0.0;
    while at < width {
        let tall =
            unit * chance.between(0.03, 0.075) * (0.35 + 0.65 * smooth(grove.at(at / unit * 3.0) + 0.5));
        let half = tall * 0.24;
        for (x, rise) in
            rise.iter_mut().enumerate().skip((at - half).max(0.0) as usize).take(2 * half as usize + 2)
        {
            let out = ((x as f32 - at).abs() / half).min(1.0);
            // Branches: the outline steps inward three times on its way up.
            let steps = out * 3.0;
            let branch = (steps - steps.floor()) * 0.16;
            *rise = rise.max(tall * (1.0 - out - branch).max(0.0));
        }
        at += tall * chance.between(0.22, 0.75);
    }
    rise
}

/// Still water: what is above, turned over, drawn apart by small waves.
struct Water {
    shore: f32,
    /// The last column.
    right: f32,
    waves: Noise,
    drift: Noise,
    unit: f32,
}

impl Water {
    fn new(chance: &mut Chance, shore: f32, width: f32, unit: f32) -> Self {
        Self { shore: shore.floor(), right: width - 1.0, waves: chance.noise(), drift: chance.noise(), unit }
    }

    fn at(&self, x: f32, y: f32, sky: &Sky<'_>, land: &impl Fn(usize, f32) -> Colour) -> Colour {
        let deep = (y - self.shore) / self.unit;
        // Waves look flatter and closer far away.
        let row = 1.0 / (deep + 0.05);
        let wave = self.waves.at(row * 11.0 + self.drift.at(x / self.unit * 5.0 + row) * 1.4);
        let sway = wave * self.unit * (0.004 + 0.05 * deep);
        let column = (x + sway).clamp(0.0, self.right);
        let mirrored = (self.shore - (y - self.shore) * 1.25 - sway.abs()).max(0.0);
        let mirror = land(column as usize, mirrored);
        let tint = sky.palette.near.toward(sky.palette.sky[1], 0.35);
        let mut colour = mirror.toward(tint, 0.28 + 0.3 * smooth(deep * 1.6));
        // The sun's road on the water.
        let off = ((x - sky.sun.0) / (sky.radius * (0.7 + 3.0 * deep))).abs();
        let glitter = smooth(1.0 - off) * smooth(wave * 1.6 - 0.1);
        colour = colour.toward(sky.palette.sun, 0.65 * glitter);
        let line = smooth(1.0 - deep * self.unit / (self.unit * 0.006));
        colour.toward(sky.palette.sky[2], 0.35 * line)
    }
}
