//! What was spent, added up by day, kind and model. Pure.

use std::collections::BTreeMap;

use studio_shared::day::Day;
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::spend::{MemberSpendRow, Spend, SpendRow};

/// Days of a chart at most: longer than any period.
const MOST_DAYS: usize = 400;

/// A sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// Jobs.
    pub(super) jobs: u32,
    /// Billed.
    pub(super) spent: Money,
    /// Billed at most.
    pub(super) at_most: Money,
}

impl Sum {
    fn add(&mut self, row: &SpendRow) {
        self.jobs = self.jobs.saturating_add(row.jobs);
        self.spent = self.spent.plus(row.spent);
        self.at_most = self.at_most.plus(row.at_most);
    }

    /// Billed, and billed at most.
    pub(super) const fn all(&self) -> Money {
        self.spent.plus(self.at_most)
    }
}

/// A day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DaySum {
    /// Which.
    pub(super) day: Day,
    /// Billed for each kind, in the order of [`Kind::ALL`].
    pub(super) kinds: [Money; 5],
    /// In all.
    pub(super) sum: Sum,
}

/// What was spent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sums {
    /// Every day of the period, those without anything too.
    pub(super) days: Vec<DaySum>,
    /// Kinds that were used, in the order of [`Kind::ALL`].
    pub(super) kinds: Vec<(Kind, Sum)>,
    /// Models that were used, the dearest first.
    pub(super) models: Vec<(String, Kind, Sum)>,
    /// In all.
    pub(super) sum: Sum,
}

/// Adds up.
pub(super) fn sums(spend: &Spend) -> Sums {
    let mut days = Vec::new();
    let mut day = spend.from;
    while day <= spend.to && days.len() < MOST_DAYS {
        days.push(DaySum { day, kinds: [Money::ZERO; 5], sum: Sum::default() });
        day = day.next();
    }
    let mut kinds = Kind::ALL.map(|kind| (kind, Sum::default()));
    let mut models: BTreeMap<&str, (Kind, Sum)> = BTreeMap::new();
    let mut sum = Sum::default();
    for row in &spend.rows {
        sum.add(row);
        models.entry(&row.model).or_insert((row.kind, Sum::default())).1.add(row);
        kinds.iter_mut().filter(|(kind, _)| *kind == row.kind).for_each(|(_, sum)| sum.add(row));
        if let Some(day) = days.iter_mut().find(|day| day.day == row.day) {
            day.sum.add(row);
            for (kind, money) in Kind::ALL.into_iter().zip(&mut day.kinds) {
                if kind == row.kind {
                    *money = money.plus(row.spent);
                }
            }
        }
    }
    let mut models: Vec<_> =
        models.into_iter().map(|(name, (kind, sum))| (name.to_owned(), kind, sum)).collect();
    models.sort_by_key(|(_, _, sum)| std::cmp::Reverse((sum.all(), sum.jobs)));
    let kinds = kinds.into_iter().filter(|(_, sum)| *sum != Sum::default()).collect();
    Sums { days, kinds, models, sum }
}

/// What each member has spent, in the order they come: id, name, sum; and all of them together.
pub(super) fn by_member(rows: &[MemberSpendRow]) -> (Vec<(String, String, Sum)>, Sum) {
    let mut members: Vec<(String, String, Sum)> = Vec::new();
    let mut all = Sum::default();
    for MemberSpendRow { member, name, row } in rows {
        all.add(row);
        match members.iter_mut().find(|(id, ..)| id == member) {
            Some((_, _, sum)) => sum.add(row),
            None => {
                let mut sum = Sum::default();
                sum.add(row);
                members.push((member.clone(), name.clone(), sum));
            }
        }
    }
    (members, all)
}

/// The lines of a scale from nothing up to at least `most`: amounts of one, two or five and noughts.
pub(super) fn lines(most: Money) -> Vec<Money> {
    let most = most.nano().max(1);
    let mut step = 1_i64;
    // 1, 2, 5, 10, 20, 50, …
    let mut factors = [(2, 1), (5, 2), (2, 1)].into_iter().cycle();
    while most > step.saturating_mul(4)
        && let Some((times, parts)) = factors.next()
    {
        step = step.saturating_mul(times) / parts;
    }
    let mut lines = vec![Money::ZERO];
    while lines.last().is_some_and(|last| last.nano() < most) {
        let last = lines.last().map_or(0, |last| last.nano());
        lines.push(Money::from_nano(last.saturating_add(step)));
    }
    lines
}

/// A share of an amount in hundredths of it, for drawing.
pub(super) fn share(part: Money, whole: Money) -> f64 {
    if whole.nano() <= 0 {
        return 0.0;
    }
    // Where a bar ends needs no more than three digits.
    #[allow(clippy::cast_precision_loss)]
    let share = part.nano() as f64 / whole.nano() as f64 * 100.0;
    share.clamp(0.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: &str, kind: Kind, model: &str, fen: i64) -> SpendRow {
        SpendRow {
            day: day.parse().unwrap(),
            kind,
            model: model.to_owned(),
            jobs: 2,
            spent: Money::from_fen(fen),
            at_most: Money::from_fen(1),
        }
    }

    #[test]
    fn rows_are_added_up_by_day_kind_and_model() {
        let spend = Spend {
            currency: "CNY".to_owned(),
            from: "2026-11-30".parse().unwrap(),
            to: "2026-12-02".parse().unwrap(),
            rows: vec![
                row("2026-11-30", Kind::Image, "a", 14),
                row("2026-11-30", Kind::Text, "b", 3),
                row("2026-12-02", Kind::Image, "c", 50),
                row("2026-12-02", Kind::Image, "a", 14),
            ],
        };
        let sums = sums(&spend);
        let days: Vec<_> = sums.days.iter().map(|day| (day.day.to_string(), day.sum.all())).collect();
        let fen = Money::from_fen;
        assert_eq!(
            days,
            [
                ("2026-11-30".to_owned(), fen(19)),
                ("2026-12-01".to_owned(), fen(0)),
                ("2026-12-02".to_owned(), fen(66))
            ]
        );
        assert_eq!(sums.days[0].kinds[..2], [fen(14), fen(3)]);
        let kinds: Vec<_> = sums.kinds.iter().map(|(kind, sum)| (*kind, sum.spent, sum.jobs)).collect();
        assert_eq!(kinds, [(Kind::Image, fen(78), 6), (Kind::Text, fen(3), 2)]);
        let models: Vec<_> = sums.models.iter().map(|(name, _, sum)| (name.as_str(), sum.spent)).collect();
        assert_eq!(models, [("c", fen(50)), ("a", fen(28)), ("b", fen(3))]);
        assert_eq!((sums.sum.jobs, sums.sum.spent, sums.sum.at_most), (8, fen(81), fen(4)));
    }

    #[test]
    fn a_scale_has_few_round_lines_and_holds_everything() {
        let texts = |most: &str| {
            lines(most.parse().unwrap()).iter().map(Money::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(texts("0.14"), "0.00 0.05 0.10 0.15");
        assert_eq!(texts("3.5"), "0.00 1.00 2.00 3.00 4.00");
        assert_eq!(texts("560"), "0.00 200.00 400.00 600.00");
        assert_eq!(texts("0"), "0.00 0.000000001");
        for nano in (0..18).flat_map(|power| [1, 3, 7].map(|digit| digit * 10_i64.pow(power))) {
            let lines = lines(Money::from_nano(nano));
            assert!((2..=5).contains(&lines.len()), "{nano}: {lines:?}");
            assert!(lines.last().unwrap().nano() >= nano);
        }
    }

    #[test]
    fn shares_stay_within_the_bar() {
        assert!((share(Money::from_fen(1), Money::from_fen(4)) - 25.0).abs() < 1e-9);
        assert!(share(Money::from_fen(9), Money::from_fen(4)) <= 100.0);
        assert!(share(Money::from_fen(9), Money::ZERO) <= 0.0);
    }
}
