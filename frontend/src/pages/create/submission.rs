//! A request on its way to the worker, shown from the moment the button is pressed.

use leptos::prelude::*;

use super::form::Form;
use super::recipe;
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, ButtonSize, IconName, Notice, Progress, Tone};
use crate::state::submissions::{Step, Submission, Submissions};
use crate::words::use_words;

/// A request on its way: sending, waiting for the network, or stopped for the person to decide.
#[component]
pub(super) fn SubmissionCard(
    /// The request.
    submission: Submission,
    /// The form, to take the settings back into.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let prompt = submission.request.prompt().to_owned();
    let name = prompt.clone();
    let pressed_at = submission.pressed_at;
    let step = RwSignal::from(submission.step.clone());
    let label = move || {
        let texts = &words.texts().create;
        if step.with(|step| *step == Step::Waiting) { texts.send_again_soon } else { texts.sending }
    };
    let stopped = Memo::new(move |_| step.with(|step| matches!(step, Step::Stopped(_))));
    let failure = move || match step.get() {
        Step::Stopped(failure) => failure::line(&failure, words.texts()),
        Step::Sending | Step::Waiting => String::new(),
    };
    let submission = StoredValue::new(submission);
    view! {
        <article class="job-card" aria-label=name>
            <p class="asked__prompt" dir="auto">{prompt}</p>
            <Show
                when=move || stopped.get()
                fallback=move || view! { <Progress label since=Some(pressed_at) /> }
            >
                <Notice
                    tone=Tone::Danger
                    live=true
                    title=words.text(|t| t.create.not_sent)
                    actions=move || view! { <Decisions submission form /> }
                >
                    {failure}
                </Notice>
            </Show>
        </article>
    }
}

/// What the person can decide about a stopped submission.
#[component]
fn Decisions(
    /// The request.
    submission: StoredValue<Submission>,
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let submissions = Submissions::get();
    let again = move |_| {
        if let Some(submissions) = submissions {
            submission.with_value(|submission| submissions.again(submission));
        }
    };
    let back = move |_| {
        let (fields, key) =
            submission.with_value(|submission| (recipe::of(&submission.request), submission.key.clone()));
        form.replace(fields);
        if let Some(submissions) = submissions {
            submissions.forget(&key);
        }
    };
    view! {
        <Button size=ButtonSize::Small icon=IconName::Retry on_click=again>{words.text(|t| t.shell.again)}</Button>
        <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=back>{words.text(|t| t.create.take_back)}</Button>
    }
}
