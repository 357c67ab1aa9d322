//! A label, a control, and what is to be said about it.

use leptos::context::Provider;
use leptos::prelude::*;

use super::id::unique_id;
use crate::text::Text;
use crate::words::use_words;

/// What a control inside a [`Field`] takes from it.
#[derive(Clone)]
pub(super) struct FieldContext {
    /// The id that the label points to; none in a group.
    pub(super) control: Option<String>,
    /// The ids of help and problem, as far as they are shown.
    pub(super) described_by: Signal<Option<String>>,
    /// Whether there is a problem.
    pub(super) invalid: Signal<bool>,
}

/// What the control around this place has to say about itself.
pub(super) fn use_field() -> FieldContext {
    use_context().unwrap_or_else(|| FieldContext {
        control: None,
        described_by: Signal::stored(None),
        invalid: Signal::stored(false),
    })
}

/// A label, one control (or, with `group`, several that belong together), help, problem and counter, tied for
/// those who listen. The line below the control is always there, so nothing jumps when a problem comes.
#[component]
pub fn Field(
    /// What the control is for.
    #[prop(into)]
    label: Text,
    /// One sentence that helps; shown while there is no problem.
    #[prop(optional, into)]
    help: Option<Text>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Characters used and allowed.
    #[prop(optional, into)]
    counter: Signal<Option<(usize, usize)>>,
    /// Whether it may be left empty; said beside the label.
    #[prop(optional, into)]
    optional: Signal<bool>,
    /// Whether the children are several controls, such as a [`Choice`](super::Choice) or two numbers. In a group
    /// each text or number input takes its own `label`.
    #[prop(optional)]
    group: bool,
    /// Small controls at the end of the label's line.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let id = unique_id("field");
    let (label_id, help_id, problem_id) =
        (format!("{id}-label"), format!("{id}-help"), format!("{id}-problem"));
    let invalid = Signal::derive(move || problem.with(Option::is_some));
    let described_by =
        {
            let (help_id, problem_id) = (help_id.clone(), problem_id.clone());
            Signal::derive(move || {
                if invalid.get() { Some(problem_id.clone()) } else { help.map(|_| help_id.clone()) }
            })
        };
    let context = FieldContext { control: (!group).then(|| id.clone()), described_by, invalid };

    let note = move || {
        optional
            .get()
            .then(|| view! { <span class="field__optional">" "{words.text(|t| t.parts.optional)}</span> })
    };
    let name = if group {
        view! { <span class="field__label" id=label_id.clone()>{label}{note}</span> }.into_any()
    } else {
        view! { <label class="field__label" for=id>{label}{note}</label> }.into_any()
    };
    view! {
        <div
            class="field"
            class:field--invalid=invalid
            role=group.then_some("group")
            aria-labelledby=group.then_some(label_id)
            aria-describedby=move || if group { described_by.get() } else { None }
        >
            <div class="field__top">{name}{aside.map(|aside| view! { <span class="field__aside">{aside.run()}</span> })}</div>
            // A component has no context of its own: without a provider it would reach what follows the field.
            <Provider value=context>{children()}</Provider>
            <div class="field__foot">
                <p class="field__help" id=help_id hidden=invalid>{help.unwrap_or_default()}</p>
                <p class="field__problem" id=problem_id hidden=move || !invalid.get()>
                    <span class="visually-hidden">{words.text(|t| t.parts.problem)}</span>
                    {move || problem.get()}
                </p>
                <Counter counter />
            </div>
        </div>
    }
}

/// Characters used and allowed; marked when there are too many.
#[component]
fn Counter(
    /// Characters used and allowed.
    counter: Signal<Option<(usize, usize)>>,
) -> impl IntoView {
    let words = use_words();
    move || {
        counter.get().map(|(used, most)| {
            let over = used > most;
            view! {
                <span class="field__counter" class:field__counter--over=over>
                    {(words.texts().parts.characters)(used, most)}
                </span>
            }
        })
    }
}
