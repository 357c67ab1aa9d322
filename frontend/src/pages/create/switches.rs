//! What is on or off: rewriting, the mark.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::{Parameter, Rule};

use super::form::Form;
use super::parameters::follow;
use super::prompt::{help, label};
use crate::parts::{For, Switch};

/// Every switch of the chosen model.
#[component]
pub(super) fn Switches(
    /// The form.
    form: Form,
) -> impl IntoView {
    let names = follow(move || {
        let all = form.model().map(|model| model.parameters).unwrap_or_default();
        let is_switch = |parameter: &&Parameter| matches!(parameter.rule, Rule::Switch);
        all.iter().filter(is_switch).map(|parameter| parameter.name).collect::<Vec<_>>()
    });
    view! {
        <div class="switches">
            <For each=move || names.get() key=|name| *name let:name>
                <Switch
                    checked=form.is_on(name)
                    on_change=move |on| form.set(name, Value::Bool(on))
                    label=label(form, name)
                    help=help(form, name)
                />
            </For>
        </div>
    }
}
