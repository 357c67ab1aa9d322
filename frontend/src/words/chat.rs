//! The texts of conversations.

/// The texts of conversations.
#[derive(Debug)]
pub struct Texts {
    /// Name of the list of conversations.
    pub conversations: &'static str,
    /// Begin a new conversation.
    pub new: &'static str,
    /// Search the conversations.
    pub search: &'static str,
    /// There are no conversations.
    pub none: &'static str,
    /// No conversation matches.
    pub no_match: &'static str,
    /// Show older conversations.
    pub more: &'static str,
    /// So many messages.
    pub turns: fn(u32) -> String,
    /// Give another title.
    pub rename: &'static str,
    /// Heading of that dialog.
    pub rename_title: &'static str,
    /// Label of the title.
    pub title: &'static str,
    /// Save the title.
    pub save: &'static str,
    /// Do not do it.
    pub keep: &'static str,
    /// Delete a conversation.
    pub delete: &'static str,
    /// Ask before that.
    pub delete_title: &'static str,
    /// What goes with it.
    pub delete_help: &'static str,
    /// It was deleted.
    pub deleted: &'static str,
    /// There is no such conversation.
    pub gone: &'static str,
    /// What to do.
    pub gone_help: &'static str,
    /// Heading of an empty conversation.
    pub welcome: &'static str,
    /// What can be done here.
    pub welcome_help: &'static str,
    /// Name of the examples.
    pub examples: &'static str,
    /// Who said it: the person.
    pub you: &'static str,
    /// Who said it: the model.
    pub model_said: &'static str,
    /// Label of the box that is written into.
    pub message: &'static str,
    /// An example in it.
    pub message_example: &'static str,
    /// Send it.
    pub send: &'static str,
    /// Stop the answer.
    pub stop: &'static str,
    /// Label of the choice of the model.
    pub model: &'static str,
    /// Price of a million tokens in and out.
    pub price_tokens: fn(&str, &str) -> String,
    /// There is no listed price.
    pub price_unlisted: &'static str,
    /// What it costs at most.
    pub estimate: fn(&str) -> String,
    /// Fold of the other settings.
    pub settings: &'static str,
    /// So many of them are not the usual ones.
    pub changed: fn(usize) -> String,
    /// Back to the usual settings.
    pub usual: &'static str,
    /// What a setting is by itself.
    pub usual_is: fn(&str) -> String,
    /// Go to the end.
    pub to_end: &'static str,
    /// The message is on its way.
    pub sending: &'static str,
    /// It did not arrive yet.
    pub unsent: &'static str,
    /// It was not sent.
    pub refused: &'static str,
    /// Nothing has come yet.
    pub thinking: &'static str,
    /// The connection is gone.
    pub lost: &'static str,
    /// Said when an answer begins.
    pub begun: &'static str,
    /// Said when an answer is complete.
    pub complete: &'static str,
    /// Said when an answer has ended otherwise.
    pub broke_off: &'static str,
    /// It reached the longest answer.
    pub finish_length: &'static str,
    /// The person stopped it.
    pub finish_stopped: &'static str,
    /// The vendor broke it off.
    pub finish_cut: &'static str,
    /// Go on with a cut answer.
    pub go_on: &'static str,
    /// What is said for it.
    pub go_on_prompt: &'static str,
    /// Answer once more.
    pub again: &'static str,
    /// Try once more.
    pub retry: &'static str,
    /// Ask before a repeat that may be billed twice.
    pub unsure_title: &'static str,
    /// Why.
    pub unsure_help: &'static str,
    /// Edit what was said.
    pub edit: &'static str,
    /// Label of that box.
    pub edit_label: &'static str,
    /// Send it.
    pub send_edited: &'static str,
    /// Put an unsent message back into the box.
    pub take_back: &'static str,
    /// Copy the answer.
    pub copy: &'static str,
    /// Which branch of how many.
    pub branch: fn(usize, usize) -> String,
    /// The branch before.
    pub previous: &'static str,
    /// The branch after.
    pub next: &'static str,
    /// Tokens in and out.
    pub tokens: fn(u32, u32) -> String,
    /// Tokens that have come.
    pub tokens_so_far: fn(u32) -> String,
    /// Tokens a second.
    pub pace: fn(u32) -> String,
    /// What is sent otherwise.
    pub notes: &'static str,
    /// What was sent otherwise.
    pub was_sent: &'static str,
    /// From a job to its conversation.
    pub open_in_chat: &'static str,
}
