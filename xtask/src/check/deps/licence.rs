//! Whether a licence expression (SPDX) can be met by the licences that this project takes.

/// Licences that ask for nothing but their own text, or, of those on file level, for nothing of ours.
const TAKEN: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether `expression` leaves a choice that is taken. The old form with a slash means `OR`.
pub(super) fn is_taken(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest) && rest.is_empty()
}

/// One of several, with `OR` between.
fn any(rest: &mut &[&str]) -> bool {
    let mut taken = all(rest);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        taken = all(rest) || taken;
    }
    taken
}

/// All of several, with `AND` between.
fn all(rest: &mut &[&str]) -> bool {
    let mut taken = one(rest);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        taken = one(rest) && taken;
    }
    taken
}

/// One licence, or an expression in brackets.
fn one(rest: &mut &[&str]) -> bool {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let taken = any(rest);
            if let [")", after @ ..] = *rest {
                *rest = after;
                taken
            } else {
                false
            }
        }
        [name, "WITH", exception, after @ ..] => {
            *rest = after;
            TAKEN.contains(&format!("{name} WITH {exception}").as_str())
        }
        [name, after @ ..] => {
            *rest = after;
            TAKEN.contains(name)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_enough_and_a_demand_is_not() {
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
            "(GPL-3.0 AND MIT) OR ISC",
        ] {
            assert!(is_taken(good), "{good}");
        }
        for bad in
            ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT)", "MIT MIT", "Apache-2.0 WITH Other", "OR MIT"]
        {
            assert!(!is_taken(bad), "{bad}");
        }
    }
}
