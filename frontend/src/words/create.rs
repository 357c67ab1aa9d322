//! The texts of the page: create.

use studio_shared::kind::Kind;

/// The texts of the page: create.
#[derive(Debug)]
pub struct Texts {
    /// Name of the form, for those who listen.
    pub form: fn(Kind) -> &'static str,
    /// Example in the empty prompt.
    pub prompt_example: fn(Kind) -> &'static str,
    /// Name of the row of examples.
    pub examples_label: &'static str,
    /// A folded part of the form that has something in it.
    pub in_use: &'static str,
    /// Label: model.
    pub model: &'static str,
    /// Name of the reference page's models.
    pub reference_models: &'static str,
    /// Name of the newer models.
    pub newer_models: &'static str,
    /// The price of a unit: a picture, a second, ten thousand characters.
    pub each: fn(Kind, price: &str) -> String,
    /// There is no price to show.
    pub unlisted: &'static str,
    /// What that means.
    pub unlisted_help: &'static str,
    /// The price is known when the length is.
    pub by_length: &'static str,
    /// What an empty number means.
    pub automatic: &'static str,
    /// What an option of a parameter is called, where its word on the wire is not for people.
    pub option: fn(parameter: &str, word: &str) -> Option<&'static str>,
    /// What is free at first, after the model's id.
    pub free: fn(Kind, amount: u32, days: Option<u32>) -> String,
    /// Why the number of pictures cannot be chosen.
    pub fixed_count: fn(i64) -> String,
    /// Label: seed.
    pub seed: &'static str,
    /// Why the seed cannot be set.
    pub no_seed: &'static str,
    /// What an empty seed means.
    pub random: &'static str,
    /// Throw the dice for a seed.
    pub dice: &'static str,
    /// Name of the list of sizes.
    pub sizes: &'static str,
    /// Name of the list of ratios.
    pub ratio: &'static str,
    /// Name of the choice of extent.
    pub extent_label: &'static str,
    /// Extent: smallest.
    pub extent_smallest: &'static str,
    /// Extent: usual.
    pub extent_usual: &'static str,
    /// Extent: largest.
    pub extent_largest: &'static str,
    /// Label: width.
    pub width: &'static str,
    /// Label: height.
    pub height: &'static str,
    /// Exchange width and height.
    pub turn: &'static str,
    /// Pixels in all.
    pub pixels_in_all: fn(pixels: &str) -> String,
    /// Pixels in all, and how many are allowed.
    pub pixels: fn(pixels: &str, most: &str) -> String,
    /// Another model took some settings otherwise.
    pub switched: &'static str,
    /// A setting the model does not have.
    pub dropped: fn(label: &str, from: &str) -> String,
    /// A setting that became another.
    pub changed: fn(label: &str, from: &str, to: &str) -> String,
    /// The form was filled from elsewhere.
    pub from_recipe: &'static str,
    /// Back to what it was.
    pub undo: &'static str,
    /// Close the message.
    pub understood: &'static str,
    /// Before what will be sent otherwise.
    pub sent_otherwise: &'static str,
    /// Label: recording.
    pub recording: &'static str,
    /// Name of the choice of where it comes from.
    pub recording_way: &'static str,
    /// From an address.
    pub by_address: &'static str,
    /// What that needs.
    pub by_address_help: &'static str,
    /// From a file.
    pub by_file: &'static str,
    /// What that needs.
    pub by_file_help: fn(bool) -> &'static str,
    /// From the microphone.
    pub by_microphone: &'static str,
    /// What that needs.
    pub by_microphone_help: &'static str,
    /// Nothing was chosen.
    pub no_recording: &'static str,
    /// It has not arrived yet.
    pub still_uploading: &'static str,
    /// Pick or drop.
    pub pick_file: &'static str,
    /// How far it is.
    pub uploading: fn(name: &str, sent: &str, all: &str) -> String,
    /// It did not arrive.
    pub not_uploaded: &'static str,
    /// Choose another one.
    pub other_file: &'static str,
    /// A file without bytes.
    pub file_empty: &'static str,
    /// A file that is too large.
    pub file_too_large: fn(bytes: &str, most: &str) -> String,
    /// A file of no format that is read.
    pub file_ending: fn(ending: &str, known: &str) -> String,
    /// A file whose name is too long.
    pub file_name: fn(most: usize) -> String,
    /// Begin to record.
    pub record: &'static str,
    /// It is being recorded.
    pub recording_now: &'static str,
    /// How loud it is.
    pub level: &'static str,
    /// End it.
    pub stop_recording: &'static str,
    /// What was recorded.
    pub recorded: &'static str,
    /// Take it.
    pub use_recording: &'static str,
    /// Throw it away.
    pub discard: &'static str,
    /// The microphone was refused.
    pub microphone_denied: &'static str,
    /// There is none.
    pub no_microphone: &'static str,
    /// The browser cannot record.
    pub cannot_record: &'static str,
    /// What to do.
    pub microphone_help: &'static str,
    /// The button.
    pub submit: fn(Kind) -> &'static str,
    /// How the price comes about.
    pub price_how: fn(Kind, each: &str, n: u32) -> String,
    /// So many things are still wrong or missing.
    pub problems: fn(usize) -> String,
    /// Nothing is billed.
    pub simulated: &'static str,
    /// The date of the prices.
    pub prices_as_of: fn(&str) -> String,
    /// How long until it is sent.
    pub wait: fn(seconds: u64) -> String,
    /// Heading of the recent jobs.
    pub recent: &'static str,
    /// Link to all jobs.
    pub all: &'static str,
    /// No job yet.
    pub nothing: &'static str,
    /// How to get one.
    pub nothing_help: fn(Kind) -> &'static str,
    /// It is being sent.
    pub sending: &'static str,
    /// It is sent again after a pause.
    pub send_again_soon: &'static str,
    /// It was not sent.
    pub not_sent: &'static str,
    /// Back into the form.
    pub take_back: &'static str,
}
