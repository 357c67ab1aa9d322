//! What is written about a member, as it was typed. Pure.

use studio_shared::budget::Limits;
use studio_shared::catalogue;
use studio_shared::day::Day;
use studio_shared::kind::Kind;
use studio_shared::member::{Member, MemberChange, NAME_CAP, NOTE_CAP, Rights};
use studio_shared::money::Money;

use crate::pages::usage::amount;

/// The fields, as problems name them.
pub(super) mod field {
    pub(in crate::pages::people) const NAME: &str = "name";
    pub(in crate::pages::people) const KINDS: &str = "kinds";
    pub(in crate::pages::people) const MODELS: &str = "models";
    pub(in crate::pages::people) const DAY: &str = "budget.day";
    pub(in crate::pages::people) const MONTH: &str = "budget.month";
    pub(in crate::pages::people) const LAST_DAY: &str = "last_day";
    pub(in crate::pages::people) const NOTE: &str = "note";
}

/// What is written about a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// Name.
    pub(super) name: String,
    /// Kinds that are chosen.
    pub(super) kinds: Vec<Kind>,
    /// Whether all their models are allowed.
    pub(super) every_model: bool,
    /// The models that are chosen where not all are.
    pub(super) models: Vec<String>,
    /// Budget of a day.
    pub(super) day: String,
    /// Budget of a month.
    pub(super) month: String,
    /// Last day.
    pub(super) last_day: String,
    /// Note.
    pub(super) note: String,
}

impl Default for Draft {
    /// A new member: everything is allowed, nothing is limited.
    fn default() -> Self {
        Self {
            name: String::new(),
            kinds: Kind::ALL.to_vec(),
            every_model: true,
            models: Vec::new(),
            day: String::new(),
            month: String::new(),
            last_day: String::new(),
            note: String::new(),
        }
    }
}

impl Draft {
    /// A member as they are.
    pub(super) fn of(member: &Member) -> Self {
        let limit = |limit: Option<Money>| limit.map(|money| money.to_string()).unwrap_or_default();
        let Rights { kinds, models } = &member.rights;
        Self {
            name: member.name.clone(),
            kinds: kinds.clone().unwrap_or_else(|| Kind::ALL.to_vec()),
            every_model: models.is_none(),
            models: models.clone().unwrap_or_default(),
            day: limit(member.budget.day.limit),
            month: limit(member.budget.month.limit),
            last_day: member.last_day.map(|day| day.to_string()).unwrap_or_default(),
            note: member.note.clone(),
        }
    }

    /// Chooses the models of one kind; those of the others stay.
    pub(super) fn choose(&mut self, kind: Kind, chosen: Vec<String>) {
        let of_kind = |id: &str| catalogue::model(id).is_some_and(|model| model.kind == kind);
        self.models.retain(|id| !of_kind(id));
        self.models.extend(chosen);
    }

    /// What is to be sent, or the names of the fields that are wrong.
    pub(super) fn change(&self) -> Result<MemberChange, Vec<&'static str>> {
        let name = self.name.trim();
        let of_a_kind = |id: &&String| {
            catalogue::model(id.as_str()).is_some_and(|model| self.kinds.contains(&model.kind))
        };
        let models: Vec<String> = self.models.iter().filter(of_a_kind).cloned().collect();
        let (day, month) = (amount(&self.day), amount(&self.month));
        let last_day = match self.last_day.trim() {
            "" => Ok(None),
            text => text.parse::<Day>().map(Some),
        };
        let wrong = [
            (field::NAME, name.is_empty() || name.chars().count() > NAME_CAP),
            (field::KINDS, self.kinds.is_empty()),
            (field::MODELS, !self.every_model && models.is_empty()),
            (field::DAY, day.is_err()),
            (field::MONTH, month.is_err()),
            (field::LAST_DAY, last_day.is_err()),
            (field::NOTE, self.note.chars().count() > NOTE_CAP),
        ];
        let wrong: Vec<_> = wrong.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect();
        let (Ok(day), Ok(month), Ok(last_day), true) = (day, month, last_day, wrong.is_empty()) else {
            return Err(wrong);
        };
        let has_all = Kind::ALL.iter().all(|kind| self.kinds.contains(kind));
        Ok(MemberChange {
            name: Some(name.to_owned()),
            note: Some(self.note.trim().to_owned()),
            kinds: Some((!has_all).then(|| self.kinds.clone())),
            models: Some((!self.every_model).then_some(models)),
            last_day: Some(last_day),
            budget: Some(Limits { day, month }),
            revoked: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Draft {
        Draft { name: name.to_owned(), ..Draft::default() }
    }

    #[test]
    fn all_kinds_are_no_restriction_and_some_are() {
        let change = named(" 小王 ").change().unwrap();
        assert_eq!(
            (change.name.as_deref(), change.kinds, change.models),
            (Some("小王"), Some(None), Some(None))
        );
        let pictures = Draft { kinds: vec![Kind::Image], day: "1".to_owned(), ..named("a") };
        let change = pictures.change().unwrap();
        assert_eq!(change.kinds, Some(Some(vec![Kind::Image])));
        assert_eq!(change.budget, Some(Limits { day: Some(Money::from_fen(100)), month: None }));
    }

    #[test]
    fn models_of_kinds_that_are_not_chosen_are_left_out() {
        let mut draft = Draft { every_model: false, kinds: vec![Kind::Image], ..named("a") };
        draft.choose(Kind::Text, vec!["qwen-turbo".to_owned()]);
        assert_eq!(draft.change(), Err(vec![field::MODELS]));
        draft.choose(Kind::Image, vec!["qwen-image".to_owned(), "wan2.2-t2i-flash".to_owned()]);
        draft.choose(Kind::Image, vec!["wan2.2-t2i-flash".to_owned()]);
        assert_eq!(draft.change().unwrap().models, Some(Some(vec!["wan2.2-t2i-flash".to_owned()])));
        assert_eq!(draft.models, ["qwen-turbo", "wan2.2-t2i-flash"]);
    }

    #[test]
    fn everything_that_is_wrong_is_named_at_once() {
        let draft = Draft {
            kinds: Vec::new(),
            day: "viel".to_owned(),
            month: "-1".to_owned(),
            last_day: "morgen".to_owned(),
            note: "x".repeat(NOTE_CAP + 1),
            ..named(&"名".repeat(NAME_CAP + 1))
        };
        let wrong = [field::NAME, field::KINDS, field::DAY, field::MONTH, field::LAST_DAY, field::NOTE];
        assert_eq!(draft.change(), Err(wrong.to_vec()));
    }
}
