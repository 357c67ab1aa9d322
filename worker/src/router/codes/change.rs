//! The body of `POST` and `PATCH` of a code: pure.

use studio_shared::budget::Limits;
use studio_shared::member::NAME_CAP;
use studio_shared::problem::Problem;

use crate::router::form::Form;

/// What is set of a code.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// For which device or friend.
    pub(super) name: Option<String>,
    /// Its share of the member's budget.
    pub(super) limits: Option<Limits>,
}

impl Change {
    /// Reads it; a new code needs a name.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(super) fn read(bytes: &[u8], is_new: bool) -> Result<Self, Vec<Problem>> {
        let mut form = Form::read(bytes)?;
        let name = if is_new { form.needed("name", NAME_CAP) } else { form.text("name", 1, NAME_CAP) };
        let limits = form.limits("budget");
        form.end()?;
        Ok(Self { name, limits })
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::money::Money;

    use super::*;

    fn fields(text: &str, is_new: bool) -> Vec<String> {
        let problems = Change::read(text.as_bytes(), is_new).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_name_and_a_share_are_read() {
        let change = Change::read(r#"{"name":" 手机 ","budget":{"day":"1.00"}}"#.as_bytes(), true).unwrap();
        let limits = Limits { day: Some(Money::from_fen(100)), month: None };
        assert_eq!(change, Change { name: Some("手机".to_owned()), limits: Some(limits) });
        assert_eq!(Change::read(b"{}", false), Ok(Change { name: None, limits: None }));
    }

    #[test]
    fn everything_that_is_wrong_is_named() {
        assert_eq!(fields("{}", true), ["name"]);
        assert_eq!(fields("[]", true), [""]);
        let all = r#"{"name":"","budget":{"day":"-1","week":"1"},"note":"x"}"#;
        assert_eq!(fields(all, false), ["name", "budget.day", "budget.week", "note"]);
        assert_eq!(fields(r#"{"name":"a\u0000b"}"#, true), ["name"]);
        assert_eq!(fields(&format!(r#"{{"name":"{}"}}"#, "长".repeat(61)), true), ["name"]);
        assert_eq!(fields(r#"{"budget":"5"}"#, false), ["budget"]);
    }
}
