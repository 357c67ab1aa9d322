//! A request on its way to the worker, shown from the moment the button is pressed.

use leptos::prelude::*;
use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_shared::request::Request;
use studio_shared::size::Size;

use super::form::Form;
use super::recipe;
use crate::format;
use crate::pages::failure;
use crate::pages::job::card::asked_rest;
use crate::pages::job::facts::{self, count, size};
use crate::pages::job::film::film_class;
use crate::pages::usage::BudgetLink;
use crate::parts::{
    Ago, Button, ButtonKind, ButtonLink, ButtonSize, IconName, Notice, Progress, Show, Skeleton,
    SkeletonShape, StateBadge, Tone,
};
use crate::place;
use crate::state::submissions::{Step, Submission, Submissions};
use crate::words::use_words;

/// A request on its way: sending, waiting for the network, or stopped for the person to decide. It is as high as
/// the job's card, which takes its place, so that nothing below moves.
#[component]
pub(super) fn SubmissionCard(
    /// The request.
    submission: Submission,
    /// The form, to take the settings back into.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let name = submission.request.prompt().to_owned();
    let asked = submission.request.clone();
    let prompt = move || facts::name(&asked, words.texts());
    let request = submission.request.clone();
    let recipe = place::recipe(&request);
    let rest = move || asked_rest(&request, request.price().map(format::money), words);
    let places = Places::of(&submission.request);
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
    let code = Signal::derive(move || match step.get() {
        Step::Stopped(failure) => failure.code().to_owned(),
        Step::Sending | Step::Waiting => String::new(),
    });
    let submission = StoredValue::new(submission);
    view! {
        <article class="job-card" aria-label=name>
            <div class="standing">
                <StateBadge state=State::Submitting />
                <span class="standing__ago"><Ago at=pressed_at /></span>
            </div>
            <div class="asked">
                <p class="asked__prompt" dir="auto">{prompt}</p>
                <p class="asked__rest">{rest}</p>
            </div>
            <Show
                when=move || stopped.get()
                fallback=move || view! {
                    <Progress label since=Some(pressed_at) />
                    {places.view()}
                    <div class="job-actions">
                        <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Tune href=recipe.clone()>
                            {words.text(|t| t.job.use_again)}
                        </ButtonLink>
                    </div>
                }
            >
                <Notice
                    tone=Tone::Danger
                    live=true
                    title=words.text(|t| t.create.not_sent)
                    actions=move || view! { <Decisions submission form code /> }
                >
                    {failure}
                </Notice>
            </Show>
        </article>
    }
}

/// Where the result will be.
#[derive(Clone, Copy)]
enum Places {
    Pictures(Size, u32),
    Film(Size),
    Sound,
    None,
}

impl Places {
    fn of(request: &Request) -> Self {
        match request.kind() {
            Kind::Image => Self::Pictures(size(request), count(request)),
            Kind::Video => Self::Film(size(request)),
            Kind::Speech => Self::Sound,
            Kind::Text | Kind::Transcription => Self::None,
        }
    }

    fn view(self) -> AnyView {
        match self {
            Self::Pictures(Size { width, height }, count) => {
                let place = move |_| view! { <li><Skeleton shape=SkeletonShape::Picture(width, height) /></li> };
                let places = (0..count).map(place).collect_view();
                view! { <ul class="pictures" class:pictures--one={count == 1}>{places}</ul> }.into_any()
            }
            Self::Film(size) => view! {
                <div class=film_class(size)><Skeleton shape=SkeletonShape::Picture(size.width, size.height) /></div>
            }
            .into_any(),
            Self::Sound => {
                view! { <div class="sound"><span class="skeleton sound__place" aria-hidden="true"></span></div> }.into_any()
            }
            Self::None => ().into_any(),
        }
    }
}

/// What the person can decide about a stopped submission.
#[component]
fn Decisions(
    /// The request.
    submission: StoredValue<Submission>,
    /// The form.
    form: Form,
    /// Why it stopped.
    code: Signal<String>,
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
        <BudgetLink code />
    }
}
