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
    link_wrong: "This link is not right, or was revoked or replaced. Ask whoever gave it to you for a new one.",
    shut_out: "This code is shut out, or its last day is over. Ask the owner of the studio.",
    slow: "Too many wrong codes, please wait",
    again_in: |seconds| format!("Trying again by itself in {seconds} s."),
    person: "Check that you are a person",
    person_loading: "Loading the check that you are a person…",
    person_waiting: "Waiting for the check that you are a person; logging in by itself after it…",
    person_blocked: "The check that you are a person did not load",
    person_blocked_help: "It comes from challenges.cloudflare.com, which the network, a setting of the browser or a blocking extension may hold back. Let that address through or use another network, then reload.",
    person_failed: "The check that you are a person did not pass",
    person_failed_help: "Please try again; if it keeps failing, switch off a VPN or a blocking extension, or use another browser.",
    person_missing: "The check that you are a person has not passed; your code was not sent.",
    opening: "Logging in with the link…",
    ended: "Your session has ended",
    ended_help: "Log in again and go on where you were.",
    taken: "You were logged out",
    taken_help: "The code was shut out, replaced or revoked, or all devices were logged out. Nothing of yours is left on this page. To go on, ask the owner of the studio.",
    log_in: "Log in",
};
