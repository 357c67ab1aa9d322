//! The page: what is kept, and for how long.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use studio_shared::storage::Storage;

use crate::api::{Client, Failure};
use crate::format;
use crate::pages::failure::{self, FailureNotice};
use crate::parts::{
    Button, ButtonKind, ButtonLink, ButtonSize, Card, Dialog, Field, Notice, Page, Select, SelectOption,
    Show, Skeleton, SkeletonShape, Tone, use_toasts,
};
use crate::text::Text;
use crate::words::use_words;

/// What is offered, in days; anything else can be set by `PATCH /api/storage`.
const OFFERED: [u32; 6] = [7, 30, 90, 180, 365, 1095];

/// The page: storage.
#[component]
pub fn StoragePage() -> impl IntoView {
    let words = use_words();
    let client = use_context::<Client>();
    let storage = RwSignal::new(None::<Result<Storage, Failure>>);
    let attempt = RwSignal::new(0_u32);
    Effect::new(move |_| {
        attempt.track();
        let Some(client) = client else { return };
        spawn_local_scoped_with_cancellation(async move {
            let answer = client.storage().await;
            storage.try_set(Some(answer));
        });
    });
    let is_known = Memo::new(move |_| storage.with(|storage| matches!(storage, Some(Ok(_)))));
    let known = Memo::new(move |was: Option<&Storage>| match storage.get() {
        Some(Ok(storage)) => storage,
        _ => {
            was.copied().unwrap_or(Storage { keeps_results: true, bytes: 0, files: 0, retention_days: None })
        }
    });
    let other = move || match storage.get() {
        Some(Err(failure)) => {
            let again = move |()| attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
            Some(view! { <FailureNotice failure on_again=again /> }.into_any())
        }
        None => Some(view! { <Card><Skeleton shape=SkeletonShape::Lines(4) /></Card> }.into_any()),
        Some(Ok(_)) => None,
    };
    let aside = move || {
        view! {
            <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small href="/data">{words.text(|t| t.data.title)}</ButtonLink>
        }
    };
    view! {
        <Page title=words.text(|t| t.kept.storage) lead=words.text(|t| t.kept.storage_lead) aside>
            {other}
            <Show when=move || is_known.get()>
                <div class="storage">
                    <Show when=move || !known.get().keeps_results>
                        <Notice tone=Tone::Warning title=words.text(|t| t.kept.no_bucket)>
                            {words.text(|t| t.kept.no_bucket_help)}
                        </Notice>
                    </Show>
                    <Used storage=known />
                    <Show when=move || known.get().keeps_results><Retention storage=known answer=storage /></Show>
                </div>
            </Show>
        </Page>
    }
}

/// What is used.
#[component]
fn Used(
    /// What is kept.
    storage: Memo<Storage>,
) -> impl IntoView {
    let words = use_words();
    let used = move || {
        let storage = storage.get();
        (words.texts().kept.used_value)(&format::bytes(storage.bytes), storage.files)
    };
    view! {
        <Card heading=words.text(|t| t.kept.used)>
            <p class="storage__used" data-testid="used">{used}</p>
            <p class="storage__help">{words.text(|t| t.kept.used_help)}</p>
        </Card>
    }
}

/// For how long results are kept.
#[component]
fn Retention(
    /// What is kept.
    storage: Memo<Storage>,
    /// Where the answer to a change goes.
    answer: RwSignal<Option<Result<Storage, Failure>>>,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let client = use_context::<Client>();
    let asked = RwSignal::new(false);
    // What was chosen and not yet agreed to; the list goes back to what holds when the question is closed.
    let chosen = RwSignal::new(None::<u32>);
    let busy = RwSignal::new(false);
    let set = move |days: Option<u32>| {
        let Some(client) = client else { return };
        busy.set(true);
        // Not of the question's view, which closes meanwhile.
        spawn_local(async move {
            let set = client.retain(days).await;
            busy.try_set(false);
            match set {
                Ok(storage) => {
                    answer.try_set(Some(Ok(storage)));
                    toasts.success(words.texts_untracked().kept.retention_set);
                }
                Err(failure) => toasts.danger(failure::line(&failure, words.texts_untracked())),
            }
        });
    };
    let choose = move |value: String| match value.parse() {
        Ok(days) => {
            chosen.set(Some(days));
            asked.set(true);
        }
        Err(_) => set(None),
    };
    // Made once: a list that is made anew takes away the labels that are being drawn.
    let option =
        |days: u32| SelectOption::new(days.to_string(), Text::from(move || (words.texts().kept.days)(days)));
    let forever = SelectOption::new("", words.text(|t| t.kept.forever));
    let offered = days(storage.get_untracked().retention_days).into_iter().map(option);
    let options = Signal::stored(std::iter::once(forever).chain(offered).collect::<Vec<_>>());
    let value = Signal::derive(move || {
        let days = if asked.get() { chosen.get() } else { storage.get().retention_days };
        days.map(|days| days.to_string()).unwrap_or_default()
    });
    let question = move || (words.texts().kept.retention_ask)(chosen.get().unwrap_or_default());
    let actions = move || {
        view! {
            <Button on_click=move |_| asked.set(false)>{words.text(|t| t.job.keep)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| { set(chosen.get_untracked()); asked.set(false); }>
                {words.text(|t| t.kept.retention_yes)}
            </Button>
        }
    };
    view! {
        <Card>
            <Field label=words.text(|t| t.kept.retention) help=words.text(|t| t.kept.retention_help)>
                <Select options value disabled=busy on_change=choose />
            </Field>
        </Card>
        <Dialog open=asked title=question actions>
            <p>{words.text(|t| t.kept.retention_ask_help)}</p>
        </Dialog>
    }
}

/// What is offered, with what is set among it.
fn days(set: Option<u32>) -> Vec<u32> {
    let mut days: Vec<u32> = OFFERED.into_iter().chain(set).collect();
    days.sort_unstable();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_among_what_is_offered() {
        assert_eq!(days(None), OFFERED);
        assert_eq!(days(Some(30)), OFFERED);
        assert_eq!(days(Some(3))[..2], [3, 7]);
    }
}
