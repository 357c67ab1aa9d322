//! The texts of the page: create.

/// The texts of the page: create.
#[derive(Debug)]
pub struct Texts {
    /// Name of the form, for those who listen.
    pub form: &'static str,
    /// Example in the empty prompt.
    pub prompt_example: &'static str,
    /// Name of the row of examples.
    pub examples_label: &'static str,
    /// A folded part of the form that has something in it.
    pub in_use: &'static str,
    /// Label: model.
    pub model: &'static str,
    /// The price of one picture.
    pub each: fn(price: &str) -> String,
    /// What is free at first, after the model's id.
    pub free: fn(amount: u32, days: Option<u32>) -> String,
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
    /// The button.
    pub submit: &'static str,
    /// How the price comes about.
    pub price_how: fn(each: &str, n: u32) -> String,
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
    pub nothing_help: &'static str,
    /// It is being sent.
    pub sending: &'static str,
    /// It is sent again after a pause.
    pub send_again_soon: &'static str,
    /// It was not sent.
    pub not_sent: &'static str,
    /// Back into the form.
    pub take_back: &'static str,
}
