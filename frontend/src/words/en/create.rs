//! The texts of the page: create.

use studio_shared::kind::Kind;

use crate::words::create::Texts;

/// What is counted.
const fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "pictures",
        Kind::Text => "tokens",
        Kind::Video | Kind::Transcription => "seconds",
        Kind::Speech => "characters",
    }
}

pub(super) const TEXTS: Texts = Texts {
    form: |kind| match kind {
        Kind::Image => "Picture settings",
        Kind::Text => "Chat settings",
        Kind::Video => "Film settings",
        Kind::Speech => "Speech settings",
        Kind::Transcription => "Transcript settings",
    },
    prompt_example: |kind| match kind {
        Kind::Image => "What should the picture show? For example: a ginger cat on wet stones in an old lane",
        Kind::Video => {
            "What should the film show? For example: a time lapse of a sunrise over a sea of clouds"
        }
        Kind::Speech => "What is read aloud. For example: The next station is Hangzhou East.",
        Kind::Text | Kind::Transcription => "",
    },
    examples_label: "Examples",
    in_use: "in use",
    model: "Model",
    reference_models: "Models of the reference",
    newer_models: "Newer models",
    each: |kind, price| match kind {
        Kind::Image => format!("{price} each"),
        Kind::Text => format!("{price}/token"),
        Kind::Video | Kind::Transcription => format!("{price}/s"),
        Kind::Speech => format!("{price}/10k characters"),
    },
    unlisted: "Price not listed",
    unlisted_help: "the vendor’s bill decides",
    by_length: "the total is known afterwards",
    automatic: "automatic",
    option: |parameter, word| match (parameter, word) {
        ("shot_type", "single") => Some("One shot"),
        ("shot_type", "multi") => Some("Several shots"),
        ("language_hints", "zh") => Some("Chinese"),
        ("language_hints", "en") => Some("English"),
        ("language_hints", "ja") => Some("Japanese"),
        ("language_hints", "yue") => Some("Cantonese"),
        ("language_hints", "ko") => Some("Korean"),
        ("language_hints", "de") => Some("German"),
        ("language_hints", "fr") => Some("French"),
        ("language_hints", "ru") => Some("Russian"),
        _ => None,
    },
    free: |kind, amount, days| match days {
        Some(days) => format!(" · {amount} {} free in a new account's first {days} days", unit(kind)),
        None => format!(" · {amount} {} free each month", unit(kind)),
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
    recording: "Recording",
    recording_way: "Where the recording comes from",
    by_address: "Address",
    by_address_help: "a public http or https address, which the vendor opens",
    by_file: "File",
    by_file_help: |keeps| match keeps {
        true => "sound or film of at most 1 GiB",
        false => "sound or film of at most 1 GiB; for the chosen model only, for 48 hours",
    },
    by_microphone: "Record",
    by_microphone_help: "with the microphone; listen before you use it",
    no_recording: "There is no recording yet; choose a file or record one.",
    still_uploading: "The recording is still on its way; wait a moment.",
    pick_file: "Choose a file, or drop it here",
    uploading: |name, sent, all| format!("Uploading {name}, {sent} of {all}"),
    not_uploaded: "Not uploaded",
    other_file: "Another one",
    file_empty: "This file is empty (0 bytes); choose another one.",
    file_too_large: |bytes, most| {
        format!("This file has {bytes}, at most {most} are taken; compress or shorten it.")
    },
    file_ending: |ending, known| match ending {
        "" => format!("The format cannot be told; use one of these endings: {known}"),
        _ => format!(".{ending} is not read; use one of these: {known}"),
    },
    file_name: |most| format!("The file's name has more than {most} characters; shorten it."),
    record: "Start recording",
    recording_now: "Recording",
    level: "Level",
    stop_recording: "Stop",
    recorded: "What was recorded",
    use_recording: "Use this recording",
    discard: "Discard",
    microphone_denied: "The microphone was refused",
    no_microphone: "No microphone was found",
    cannot_record: "This browser cannot record",
    microphone_help: "Allow the microphone beside the address, then try again; or upload a file.",
    submit: |kind| match kind {
        Kind::Image | Kind::Video => "Generate",
        Kind::Text => "Send",
        Kind::Speech => "Read aloud",
        Kind::Transcription => "Transcribe",
    },
    price_how: |kind, each, n| match kind {
        Kind::Image | Kind::Text => format!("{each} × {n}"),
        Kind::Video | Kind::Transcription => format!("{each} × {n} s"),
        Kind::Speech => format!("{n} characters, {each} per 10,000"),
    },
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
    nothing_help: |kind| match kind {
        Kind::Image | Kind::Video => "Write a prompt, then press Generate or Ctrl/⌘ + Enter.",
        Kind::Text => "Write a question, then press Send.",
        Kind::Speech => "Write what is to be read, then press Read aloud or Ctrl/⌘ + Enter.",
        Kind::Transcription => "Give a recording, then press Transcribe.",
    },
    sending: "Submitting",
    send_again_soon: "Not delivered, trying again; never billed twice",
    not_sent: "Not submitted",
    take_back: "Back to the form",
};
