//! What one can set beside the main text and the model: for each parameter the control that its rule asks for.

mod figure;
mod line;
mod pick;

use leptos::prelude::*;
use studio_shared::catalogue::{Model, Parameter, Rule};
use studio_shared::kind::Kind;

use self::figure::{DecimalField, FigureField};
use self::line::LineField;
use self::pick::{OneField, SeveralField, offered};
use super::form::Form;
use super::numbers::{CountField, SeedField};
use super::size::SizeField;
use crate::state::soon;

/// What a parameter is set with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Control {
    Size,
    Count,
    Seed,
    Figure,
    Decimal,
    One,
    Several,
    Line,
}

impl Control {
    /// The control for a parameter; `None` where it stands elsewhere: texts, switches, recordings, and what only
    /// stands for another parameter.
    fn of(parameter: &Parameter, model: &Model) -> Option<Self> {
        let before =
            |other: &&Parameter| other.name != parameter.name && other.instead == Some(parameter.name);
        if parameter.instead.is_some() && !matches!(parameter.rule, Rule::Size(_))
            || model.parameters.iter().any(|other| before(&other))
        {
            return None;
        }
        match parameter.rule {
            Rule::Size(_) => Some(Self::Size),
            Rule::Integer { .. } if parameter.name == "n" => Some(Self::Count),
            Rule::Integer { .. } if parameter.name == "seed" => Some(Self::Seed),
            Rule::Integer { .. } => Some(Self::Figure),
            Rule::Number { .. } => Some(Self::Decimal),
            Rule::Choice { .. } | Rule::OneOf { .. } => Some(Self::One),
            Rule::Several { .. } => Some(Self::Several),
            Rule::Name { .. } | Rule::Address => Some(Self::Line),
            Rule::Text { .. } | Rule::Messages { .. } | Rule::Switch => None,
        }
    }

    /// Whether it takes the whole width.
    const fn is_wide(self) -> bool {
        matches!(self, Self::Size | Self::One | Self::Several | Self::Line)
    }
}

/// A control in the form: which parameter it sets, and what there is to choose from.
type Row = (&'static str, Control, Vec<String>);

/// The controls of the chosen model, in the order of the catalogue.
fn controls(form: Form) -> Vec<Row> {
    let Some(model) = form.model() else { return Vec::new() };
    let each = |parameter: &'static Parameter| {
        Some((parameter.name, Control::of(parameter, model)?, offered(parameter.rule)))
    };
    let mut all: Vec<_> = model.parameters.iter().filter_map(each).collect();
    // Where a picture's model takes no seed, the form says why.
    if form.kind() == Kind::Image && all.iter().all(|(_, control, _)| *control != Control::Seed) {
        all.push(("seed", Control::Seed, Vec::new()));
    }
    all
}

/// A list that follows its source a moment later: first what the rows show changes, then rows go (see `state`).
pub(super) fn follow<T>(source: impl Fn() -> Vec<T> + Copy + Send + Sync + 'static) -> RwSignal<Vec<T>>
where
    T: PartialEq + Clone + Send + Sync + 'static,
{
    let list = RwSignal::new(untrack(source));
    let next = Memo::new(move |_| source());
    Effect::new(move |_| {
        let next = next.get();
        soon(move || {
            if list.try_with_untracked(|list| *list != next) == Some(true) {
                list.set(next);
            }
        });
    });
    list
}

/// Everything that the chosen model can be told beside texts and switches.
#[component]
pub(super) fn Parameters(
    /// The form.
    form: Form,
) -> impl IntoView {
    let list = follow(move || controls(form));
    let draw = move |(name, control, of): Row| {
        let inside = match control {
            Control::Size => view! { <SizeField form name /> }.into_any(),
            Control::Count => view! { <CountField form /> }.into_any(),
            Control::Seed => view! { <SeedField form /> }.into_any(),
            Control::Figure => view! { <FigureField form name /> }.into_any(),
            Control::Decimal => view! { <DecimalField form name /> }.into_any(),
            Control::One => view! { <OneField form name of /> }.into_any(),
            Control::Several => view! { <SeveralField form name of /> }.into_any(),
            Control::Line => view! { <LineField form name /> }.into_any(),
        };
        view! { <div class="controls__cell" class:controls__cell--wide=control.is_wide()>{inside}</div> }
    };
    view! {
        <div class="controls__grid">
            <For each=move || list.get() key=Row::clone children=draw />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::catalogue;

    use super::*;

    fn of(model: &str) -> Vec<(&'static str, Control)> {
        let model = catalogue::model(model).unwrap();
        model.parameters.iter().filter_map(|it| Some((it.name, Control::of(it, model)?))).collect()
    }

    #[test]
    fn each_parameter_is_set_with_what_its_rule_asks_for() {
        assert_eq!(
            of("wan2.1-t2v-plus"),
            [
                ("resolution", Control::Size),
                ("duration", Control::Figure),
                ("fps", Control::Figure),
                ("seed", Control::Seed)
            ]
        );
        assert_eq!(of("wan2.7-t2v")[..2], [("resolution", Control::One), ("ratio", Control::One)]);
        assert_eq!(
            of("sambert-zhichu-v1").iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["format", "sample_rate", "volume", "rate", "pitch"]
        );
        assert_eq!(
            of("paraformer-v2"),
            [("language_hints", Control::Several), ("speaker_count", Control::Figure)]
        );
    }

    #[test]
    fn every_parameter_of_every_model_can_be_set_somewhere() {
        let elsewhere = ["prompt", "text", "negative_prompt", "url", "file"];
        for model in [Kind::Image, Kind::Video, Kind::Speech, Kind::Transcription]
            .into_iter()
            .flat_map(catalogue::models)
        {
            for parameter in model.parameters {
                let stands_for_another =
                    model.parameters.iter().any(|other| other.instead == Some(parameter.name));
                let set = elsewhere.contains(&parameter.name)
                    || matches!(parameter.rule, Rule::Switch)
                    || stands_for_another
                    || Control::of(parameter, model).is_some();
                assert!(set, "{} of {}", parameter.name, model.id);
            }
        }
    }
}
