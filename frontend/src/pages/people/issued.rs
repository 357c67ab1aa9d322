//! A code that was just made: shown this once, as text, link and picture.

use leptos::html;
use leptos::leptos_dom::helpers::location;
use leptos::prelude::*;
use studio_shared::member::Issued;

use super::qr::Qr;
use crate::parts::{Button, ButtonKind, Card, CopyButton, Notice, ShareButton, Tone, focus_title};
use crate::state::soon;
use crate::words::use_words;

/// The link that logs in with a code. What stands behind `#` never reaches a server.
fn link(secret: &str) -> String {
    format!("{}/login#{secret}", location().origin().unwrap_or_default())
}

/// A code that was just made, until it is said to be kept. Not a dialog: a press beside one would close it, and with
/// it the only sight of the code.
#[component]
pub(super) fn IssuedCard(
    /// The code, where one was made.
    issued: RwSignal<Option<Issued>>,
) -> impl IntoView {
    move || issued.get().map(|made| view! { <Shown made issued /> }.into_any())
}

#[component]
fn Shown(
    /// The code.
    made: Issued,
    /// Where it is kept until it was seen.
    issued: RwSignal<Option<Issued>>,
) -> impl IntoView {
    let words = use_words();
    let Issued { member, code, secret } = made;
    // The first code of a member is called by the member.
    let name = StoredValue::new(member.map_or(code.name, |member| member.name));
    let link = link(&secret);
    let title = move || name.with_value(|name| (words.texts().people.issued)(name));
    let heading = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            drop(heading.focus());
        }
    });
    let kept = move |_| {
        soon(move || {
            issued.try_set(None);
            focus_title();
        });
    };
    let picture = move || name.with_value(|name| (words.texts().people.qr)(name));
    view! {
        <Card heading=title>
            <div class="issued" role="group" aria-label=title tabindex="-1" node_ref=heading>
                <figure class="issued__picture">
                    <Qr link=link.clone() label=picture />
                    <figcaption class="small muted">{words.text(|t| t.people.qr_help)}</figcaption>
                </figure>
                <div class="issued__text">
                    <Notice tone=Tone::Warning title=words.text(|t| t.people.once) />
                    <div class="issued__line">
                        <span class="field__label">{words.text(|t| t.people.as_text)}</span>
                        <code class="issued__secret" data-testid="secret">{secret.clone()}</code>
                        <CopyButton text=secret label=words.text(|t| t.people.copy_code) kind=ButtonKind::Plain />
                    </div>
                    <div class="issued__line">
                        <span class="field__label">{words.text(|t| t.people.as_link)}</span>
                        <code class="issued__secret" data-testid="link">{link.clone()}</code>
                        <span class="cluster">
                            <CopyButton text=link.clone() label=words.text(|t| t.people.copy_link) kind=ButtonKind::Plain />
                            <ShareButton address=link />
                        </span>
                        <p class="small muted">{words.text(|t| t.people.as_link_help)}</p>
                    </div>
                    <div><Button kind=ButtonKind::Primary on_click=kept>{words.text(|t| t.people.kept)}</Button></div>
                </div>
            </div>
        </Card>
    }
}
