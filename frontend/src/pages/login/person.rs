//! The check that somebody is a person, where the studio asks for it: how it stands, and what is shown of it.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::widget::{self, Heard, Listener, Widget};
use crate::parts::{Button, ButtonSize, IconName, Notice, Tone};
use crate::theme::use_theme;
use crate::words::use_words;

/// A script that has not come by then is held back somewhere on the way.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The script is on its way.
    Loading,
    /// The widget works, or waits for the person.
    Checking,
    /// A token is there, for one attempt.
    Passed(String),
    /// The script did not come.
    Blocked,
    /// The widget could not find out.
    Failed,
}

/// The check. A copy of the handle is as good as the handle.
#[derive(Clone, Copy)]
pub(super) struct Person {
    site_key: StoredValue<String>,
    standing: RwSignal<Standing>,
    widget: StoredValue<Option<Widget>, LocalStorage>,
    loading: StoredValue<Option<Listener>, LocalStorage>,
}

impl Person {
    /// The check, where this document may make it. To be made in a component.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            site_key: StoredValue::new(widget::site_key()?),
            standing: RwSignal::new(Standing::Loading),
            widget: StoredValue::new_local(None),
            loading: StoredValue::new_local(None),
        })
    }

    /// How it stands.
    pub(super) fn standing(self) -> ReadSignal<Standing> {
        self.standing.read_only()
    }

    /// Whether nothing comes of it unless the person does something.
    pub(super) fn is_stuck(self) -> bool {
        self.standing.with_untracked(|standing| matches!(standing, Standing::Blocked | Standing::Failed))
    }

    /// A token was used, or none came: the next attempt needs another.
    pub(super) fn spent(self) {
        if self.widget.try_with_value(Option::is_some).unwrap_or_default() {
            self.standing.try_set(Standing::Checking);
            self.widget.try_with_value(|widget| widget.as_ref().map(Widget::again));
        }
    }

    fn hear(self, heard: Heard) {
        let standing = match heard {
            Heard::Loaded | Heard::Expired => Standing::Checking,
            Heard::Token(token) => Standing::Passed(token),
            Heard::Blocked => Standing::Blocked,
            Heard::Failed => Standing::Failed,
        };
        self.standing.try_set(standing);
    }

    fn load(self) {
        let listener = widget::load(move |heard| self.hear(heard));
        self.loading.try_set_value(listener);
        let late = move || {
            if self.standing.try_get_untracked() == Some(Standing::Loading) {
                self.standing.try_set(Standing::Blocked);
            }
        };
        set_timeout(late, PATIENCE);
    }
}

/// The widget, and what is said beside it.
#[component]
pub(super) fn PersonCheck(
    /// The check.
    person: Person,
) -> impl IntoView {
    let words = use_words();
    let theme = use_theme();
    let place = NodeRef::<html::Div>::new();
    let is_loaded = Memo::new(move |_| {
        person.standing.with(|standing| !matches!(standing, Standing::Loading | Standing::Blocked))
    });
    Effect::new(move |_| person.load());
    // Drawn anew in another language or theme: it cannot change.
    Effect::new(move |_| {
        let (language, theme) = (words.language(), theme.get());
        let Some(place) = place.get().filter(|_| is_loaded.get()) else { return };
        person.widget.try_set_value(None); // the one before goes first
        let key = person.site_key.get_value();
        let drawn = Widget::draw(&place, &key, language, theme, move |heard| person.hear(heard));
        let standing = if drawn.is_some() { Standing::Checking } else { Standing::Failed };
        person.widget.try_set_value(drawn);
        person.standing.try_set(standing);
    });
    on_cleanup(move || drop(person.widget.try_set_value(None)));
    let said = move || match person.standing.try_get()? {
        Standing::Loading => Some(words.texts().login.person_loading),
        Standing::Checking | Standing::Passed(_) | Standing::Blocked | Standing::Failed => None,
    };
    let is = move |standing: Standing| move || person.standing.try_get().is_some_and(|now| now == standing);
    let reload = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Retry on_click=move |_| drop(window().location().reload())>
                {words.text(|t| t.shell.again)}
            </Button>
        }
    };
    let again = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Retry on_click=move |_| person.spent()>
                {words.text(|t| t.shell.again)}
            </Button>
        }
    };
    view! {
        <div class="login__person" role="group" aria-label=words.text(|t| t.login.person)>
            <div node_ref=place data-testid="person"></div>
            <p class="small muted" role="status">{said}</p>
            <Show when=is(Standing::Blocked)>
                <Notice tone=Tone::Danger live=true title=words.text(|t| t.login.person_blocked) actions=reload>
                    {words.text(|t| t.login.person_blocked_help)}
                </Notice>
            </Show>
            <Show when=is(Standing::Failed)>
                <Notice tone=Tone::Warning live=true title=words.text(|t| t.login.person_failed) actions=again>
                    {words.text(|t| t.login.person_failed_help)}
                </Notice>
            </Show>
        </div>
    }
}
