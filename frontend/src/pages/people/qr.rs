//! A link as a QR picture.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::text::Text;

/// Modules of quiet around the code, as the standard asks.
const QUIET: i32 = 4;

/// A link as a QR picture, dark on light in either theme, as scanners want it.
#[component]
pub(super) fn Qr(
    /// What it says, from the beginning to the end.
    #[prop(into)]
    link: Signal<String>,
    /// What it is, for those who cannot see it.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    let drawn = link.with_untracked(|link| drawn(link));
    drawn.map(|(side, path)| {
        view! {
            <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=move || label.get() shape-rendering="crispEdges">
                <rect class="qr__paper" width=side.to_string() height=side.to_string()></rect>
                <path class="qr__ink" d=path></path>
            </svg>
        }
    })
}

/// The side of the picture and the path of its dark modules, row by row; `None` for what is too long for a code.
fn drawn(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            // Beyond its side everything is light.
            let run = (x..=code.size()).take_while(|at| code.get_module(*at, y)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                let (left, top) = (x.saturating_add(QUIET), y.saturating_add(QUIET));
                path.push_str(&format!("M{left} {top}h{run}v1h-{run}z"));
            }
            x = x.saturating_add(run.max(1));
        }
    }
    Some((code.size().saturating_add(2 * QUIET), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_quiet_around() {
        let (side, path) = drawn("https://studio.example/login#bs_ABCD").unwrap();
        // The upper edge of a corner is seven dark modules.
        let right = side - QUIET - 7;
        for corner in
            ["M4 4h7v1h-7z".to_owned(), format!("M{right} 4h7v1h-7z"), format!("M4 {right}h7v1h-7z")]
        {
            assert!(path.contains(&corner), "{corner} in {path}");
        }
        let starts = path.split('M').skip(1).map(|part| {
            let mut numbers =
                part.split([' ', 'h', 'v']).map(|number| number.parse::<i32>().unwrap_or_default());
            (numbers.next().unwrap(), numbers.next().unwrap(), numbers.next().unwrap())
        });
        for (x, y, run) in starts {
            assert!(x >= QUIET && y >= QUIET && x + run <= side - QUIET && y < side - QUIET);
        }
    }

    #[test]
    fn what_is_too_long_has_no_picture() {
        assert_eq!(drawn(&"x".repeat(5_000)), None);
    }
}
