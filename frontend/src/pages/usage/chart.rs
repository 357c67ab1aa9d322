//! Spending by day as a drawing: one bar a day, stacked by kind. All lengths are shares of the drawing's own sides, so
//! that it fits every width without its letters growing or shrinking. The tables below it hold the same numbers.

use leptos::prelude::*;
use studio_shared::kind::Kind;
use studio_shared::money::Money;

use super::sums::{DaySum, Sums, lines, share};
use crate::format::money_short;
use crate::parts::unique_id;
use crate::words::use_words;

/// Days that are written below the bars at most.
const WRITTEN: usize = 6;

/// Days that a drawing has place for at least: a single day is not a wall.
const NARROWEST: usize = 7;

/// The share of its place that a bar fills, in hundredths.
const BAR: f64 = 64.0;

/// How the bar of a kind looks.
pub(super) const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "kind-image",
        Kind::Text => "kind-text",
        Kind::Video => "kind-video",
        Kind::Speech => "kind-speech",
        Kind::Transcription => "kind-transcription",
    }
}

/// Spending by day.
#[component]
pub(super) fn Chart(
    /// The sums.
    sums: Sums,
) -> impl IntoView {
    let words = use_words();
    let hatch = unique_id("hatch");
    let Sums { days, kinds, sum, .. } = sums;
    let dearest = days.iter().max_by_key(|day| day.sum.all()).cloned();
    let most = dearest.as_ref().map(|day| day.sum.all()).unwrap_or_default();
    let lines = lines(most);
    let top = lines.last().copied().unwrap_or_default();
    let about = {
        let ends = [days.first(), days.last()].map(|day| day.map(|day| day.day.to_string()));
        let [from, to] = ends.map(Option::unwrap_or_default);
        let sum = money_short(sum.all());
        move || {
            let texts = &words.texts().usage;
            let dearest = dearest.as_ref().filter(|day| day.sum.all() > Money::ZERO);
            let dearest = dearest
                .map(|day| (texts.chart_most)(&day.day.to_string(), &money_short(day.sum.all())))
                .unwrap_or_default();
            (texts.chart)(&format!("{from} – {to}"), &sum, &dearest)
        }
    };
    let line = move |amount: &Money| {
        let y = format!("{:.3}%", 100.0 - share(*amount, top));
        view! {
            <line class="chart__line" x1="0" x2="100%" y1=y.clone() y2=y.clone()></line>
            <text class="chart__amount" x="0" y=y dy="-4">{money_short(*amount)}</text>
        }
    };
    let places = days.len().max(NARROWEST);
    let every = days.len().div_ceil(WRITTEN).max(1);
    let bars = {
        let fill = format!("url(#{hatch})");
        days.iter()
            .enumerate()
            .map(move |(at, day)| {
                let place = Place::of(at, places);
                bar(day, place, top, &fill, at % every == 0).into_any()
            })
            .collect_view()
    };
    view! {
        <ul class="legend" aria-hidden="true">
            {kinds.iter().map(|(kind, _)| legend(*kind)).collect_view()}
            {(sum.at_most > Money::ZERO).then(|| view! {
                <li><span class="swatch swatch--at-most"></span>{words.text(|t| t.usage.at_most)}</li>
            })}
        </ul>
        <div class="chart" role="img" aria-label=about>
            <svg class="chart__lines">{lines.iter().map(line).collect_view()}</svg>
            <svg class="chart__bars">
                <defs>
                    <pattern id=hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <line class="chart__hatch" x1="0" y1="0" x2="0" y2="6"></line>
                    </pattern>
                </defs>
                {bars}
            </svg>
        </div>
    }
}

fn legend(kind: Kind) -> impl IntoView {
    let words = use_words();
    view! { <li><span class=format!("swatch {}", class(kind))></span>{move || (words.texts().shell.kind)(kind)}</li> }
}

/// Where a bar stands, in hundredths of the drawing's width.
#[derive(Clone, Copy, Debug)]
struct Place {
    left: f64,
    middle: f64,
    width: f64,
}

impl Place {
    fn of(at: usize, places: usize) -> Self {
        // Some hundred days at most.
        #[allow(clippy::cast_precision_loss)]
        let (at, slot) = (at as f64, 100.0 / places.max(1) as f64);
        let width = slot * BAR / 100.0;
        Self { left: at * slot + (slot - width) / 2.0, middle: (at + 0.5) * slot, width }
    }
}

/// One day: its bar, what the pointer is told, and, now and then, its date.
fn bar(day: &DaySum, place: Place, top: Money, hatch: &str, is_written: bool) -> impl IntoView + use<> {
    let words = use_words();
    let parts: Vec<(Kind, Money)> =
        Kind::ALL.into_iter().zip(day.kinds).filter(|(_, money)| *money > Money::ZERO).collect();
    let mut height = 0.0;
    let mut rects = Vec::new();
    let stacked = parts.iter().map(|(kind, money)| (Some(*kind), *money));
    for (kind, money) in stacked.chain([(None, day.sum.at_most)]).filter(|(_, money)| *money > Money::ZERO) {
        let share = share(money, top);
        height += share;
        let (x, y) = (format!("{:.3}%", place.left), format!("{:.3}%", 100.0 - height));
        let (width, height) = (format!("{:.3}%", place.width), format!("{share:.3}%"));
        let (class, fill) =
            kind.map_or_else(|| ("chart__at-most", Some(hatch.to_owned())), |kind| (class(kind), None));
        rects.push(view! { <rect class=format!("chart__part {class}") x=x y=y width=width height=height fill=fill></rect> });
    }
    let date = day.day.to_string();
    let short = date.get(5..).unwrap_or_default().to_owned();
    let sum = money_short(day.sum.all());
    let told = move || {
        let texts = words.texts();
        let parts = parts
            .iter()
            .map(|(kind, money)| format!("\n{} {}", (texts.shell.kind)(*kind), money_short(*money)));
        format!("{date}  {sum}{}", parts.collect::<String>())
    };
    view! {
        <g class="chart__day">
            <title>{told}</title>
            <rect
                class="chart__reach"
                x=format!("{:.3}%", place.middle - place.width * 50.0 / BAR)
                y="0"
                width=format!("{:.3}%", place.width * 100.0 / BAR)
                height="100%"
            ></rect>
            {rects}
            {is_written.then(|| view! {
                <text class="chart__date" x=format!("{:.3}%", place.middle) y="100%" dy="18">{short}</text>
            })}
        </g>
    }
}
