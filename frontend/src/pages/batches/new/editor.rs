//! Where entries are written: lines with their numbers, so that what is wrong can be found.

use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use crate::text::Text;

/// Lines with their numbers.
#[component]
pub(super) fn Editor(
    /// What the batch is made of.
    desk: Desk,
    /// What is written here. Given by itself: what shows another text takes this view away.
    value: RwSignal<String>,
    /// Its name.
    #[prop(into)]
    label: Text,
    /// An example, shown while it is empty.
    #[prop(into)]
    placeholder: Text,
) -> impl IntoView {
    let gutter = NodeRef::<html::Pre>::new();
    let count = Memo::new(move |_| value.with(|text| text.split('\n').count().max(1)));
    let numbers = move || (1..=count.get()).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
    let scroll = move |_| {
        if let (Some(editor), Some(gutter)) = (desk.editor.get_untracked(), gutter.get_untracked()) {
            gutter.set_scroll_top(editor.scroll_top());
        }
    };
    view! {
        <div class="editor">
            <pre class="editor__numbers" node_ref=gutter aria-hidden="true">{numbers}</pre>
            <textarea
                class="editor__text"
                node_ref=desk.editor
                rows="14"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                aria-label=label
                placeholder=placeholder
                prop:value=move || value.get()
                on:input=move |event| desk.write(event_target_value(&event))
                on:scroll=scroll
            ></textarea>
        </div>
    }
}

/// Marks a line from a column on, and brings it into sight.
pub(super) fn show(desk: Desk, line: u32, column: u32) {
    let Some(editor) = desk.editor.get_untracked() else { return };
    let text = editor.value();
    let (start, end) = place(&text, line, column);
    // The browser's own order: what is not focused does not show what is marked.
    drop(editor.focus());
    drop(editor.set_selection_range(start, end));
    let lines = i32::try_from(text.split('\n').count()).unwrap_or(i32::MAX).max(1);
    let height = editor.scroll_height().checked_div(lines).unwrap_or_default();
    let above = i32::try_from(line.saturating_sub(3)).unwrap_or(i32::MAX);
    editor.set_scroll_top(height.saturating_mul(above));
}

/// Where a line begins at a column, and where it ends, in the units of the browser.
fn place(text: &str, line: u32, column: u32) -> (u32, u32) {
    let nth = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut before = 0_u32;
    for (n, each) in text.split('\n').enumerate() {
        if n == nth {
            let skipped = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            let head: String = each.chars().take(skipped).collect();
            return (before.saturating_add(units(&head)), before.saturating_add(units(each)));
        }
        before = before.saturating_add(units(each)).saturating_add(1);
    }
    (before.saturating_sub(1), before.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_also_behind_what_takes_two_units() {
        let text = "{\n  😀猫\nend";
        assert_eq!(place(text, 1, 1), (0, 1));
        assert_eq!(place(text, 2, 4), (6, 7));
        assert_eq!(place(text, 3, 1), (8, 11));
        assert_eq!(place(text, 9, 1), (11, 11));
    }
}
