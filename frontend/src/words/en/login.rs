//! The texts of the page: log in.

use crate::words::login::Texts;

pub(super) const TEXTS: Texts = Texts {
    lead: "Enter the code you were given.",
    code: "Code",
    code_help: "The owner of the studio hands it out; a local start prints it.",
    show: "Show the code",
    hide: "Hide the code",
    empty: "Enter your code.",
    wrong: "That code is not right. Check it, its first and last characters too, and try again.",
    log_in: "Log in",
};
