//! The texts of the page: create.

use crate::words::create::Texts;

pub(super) const TEXTS: Texts = Texts {
    form: "Picture settings",
    prompt_example: "What should the picture show? For example: a ginger cat on wet stones in an old lane",
    examples_label: "Examples",
    in_use: "in use",
    model: "Model",
    each: |price| format!("{price} each"),
    free: |amount, days| match days {
        Some(days) => format!(" · {amount} pictures free in a new account's first {days} days"),
        None => format!(" · {amount} pictures free each month"),
    },
    fixed_count: |n| format!("This model makes {n} at a time; submit again for more."),
    seed: "Seed",
    no_seed: "The reference does not list a seed for this model, so none is sent; the live service would take one.",
    random: "random",
    dice: "Throw the dice",
    sizes: "Sizes",
    ratio: "Ratio",
    extent_label: "Extent",
    extent_smallest: "Smallest",
    extent_usual: "Standard",
    extent_largest: "Largest",
    width: "Width",
    height: "Height",
    turn: "Turn sideways",
    pixels_in_all: |pixels| format!("{pixels} pixels"),
    pixels: |pixels, most| format!("{pixels} pixels of at most {most}"),
    switched: "The other model changed these settings:",
    dropped: |label, from| format!("{label}: {from}, not offered by this model"),
    changed: |label, from, to| format!("{label}: {from} → {to}"),
    from_recipe: "The settings are in the form; nothing is submitted yet.",
    undo: "Undo",
    understood: "Got it",
    sent_otherwise: "This will be sent differently:",
    submit: "Generate",
    price_how: |each, n| format!("{each} × {n}"),
    problems: |n| {
        if n == 1 {
            "1 thing to fill in or change".to_owned()
        } else {
            format!("{n} things to fill in or change")
        }
    },
    simulated: "Simulated, not billed",
    prices_as_of: |date| format!("Prices as of {date}; the bill decides"),
    wait: |seconds| match seconds {
        0 => "Starts at once".to_owned(),
        _ => format!("Starts in about {seconds} s"),
    },
    recent: "Recent",
    all: "All history",
    nothing: "Nothing here yet",
    nothing_help: "Write a prompt, then press Generate or Ctrl/⌘ + Enter.",
    sending: "Submitting",
    send_again_soon: "Not delivered, trying again; never billed twice",
    not_sent: "Not submitted",
    take_back: "Back to the form",
};
