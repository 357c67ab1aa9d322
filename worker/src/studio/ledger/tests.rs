use proptest::prelude::*;

use super::*;

const FIRST: u64 = 20_000; // 2024-10-04

fn day(n: u64) -> Day {
    Day::nth(FIRST + n)
}

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

fn settled(spent: i64, at_most: i64) -> Settlement {
    let sums = Sums { reserved: Money::ZERO, spent: fen(spent), at_most: fen(at_most) };
    Settlement { job: "job".to_owned(), attempt: 0, day: day(0), sums, closed: true, code: None }
}

fn held(amount: i64) -> Charge {
    Charge { day: day(0), sums: Sums { reserved: fen(amount), ..Sums::default() }, closed: false }
}

fn denied(whose: Whose, period: Period, limit: i64, taken: i64, price: i64) -> Denied {
    Denied::Exceeded { whose, period, limit: fen(limit), taken: fen(taken), price: fen(price) }
}

#[test]
fn a_budget_is_used_to_its_last_fen_and_not_beyond() {
    let mut ledger = Ledger::default();
    ledger.limit("a", Period::Day, Some(fen(140)));
    for _ in 0..10 {
        assert_eq!(ledger.reserve("a", day(0), None, Some(fen(14))), Ok(held(14)));
    }
    let refused = denied(Whose::Member, Period::Day, 140, 140, 1);
    assert_eq!(ledger.reserve("a", day(0), None, Some(fen(1))), Err(refused));
    assert_eq!(ledger.reserve("a", day(0), None, Some(Money::ZERO)), Ok(held(0)), "what is free is allowed");
    assert_eq!(
        ledger.reserve("b", day(0), None, Some(fen(999))),
        Ok(held(999)),
        "another member has no limit"
    );
    assert_eq!(ledger.reserve("a", day(1), None, Some(fen(14))).map(|charge| charge.sums), Ok(held(14).sums));
    ledger.limit("a", Period::Day, Some(fen(141)));
    assert_eq!(ledger.reserve("a", day(0), None, Some(fen(1))), Ok(held(1)));
    ledger.limit("a", Period::Day, None);
    assert_eq!(ledger.reserve("a", day(0), None, Some(fen(9999))), Ok(held(9999)));
}

#[test]
fn the_studios_budget_counts_everybody_and_a_months_every_day_of_it() {
    let mut ledger = Ledger::default();
    ledger.limit(STUDIO, Period::Month, Some(fen(100)));
    ledger.limit("a", Period::Month, Some(fen(60)));
    assert_eq!(ledger.reserve("a", day(0), None, Some(fen(30))).map(|charge| charge.day), Ok(day(0)));
    assert_eq!(ledger.reserve("a", day(1), None, Some(fen(30))).map(|charge| charge.day), Ok(day(1)));
    let refused = denied(Whose::Member, Period::Month, 60, 60, 30);
    assert_eq!(ledger.reserve("a", day(2), None, Some(fen(30))), Err(refused));
    let refused = denied(Whose::Studio, Period::Month, 100, 60, 41);
    assert_eq!(ledger.reserve("b", day(2), None, Some(fen(41))), Err(refused));
    assert_eq!(ledger.reserve("b", day(2), None, Some(fen(40))).map(|charge| charge.day), Ok(day(2)));
    // 2024-11-01: another month.
    assert_eq!(ledger.reserve("a", day(28), None, Some(fen(60))).map(|charge| charge.day), Ok(day(28)));
    let month = |ledger: &Ledger, today| ledger.budget(STUDIO, today).month.reserved;
    assert_eq!((month(&ledger, day(27)), month(&ledger, day(28))), (fen(100), fen(60)));
    assert_eq!(ledger.budget(STUDIO, day(1)).day.reserved, fen(30));
}

#[test]
fn what_is_held_is_given_back_or_spent_and_may_be_corrected() {
    let mut ledger = Ledger::default();
    let charge = ledger.reserve("a", day(0), None, Some(fen(14))).unwrap();
    let taken = |ledger: &Ledger| {
        let spending = ledger.budget("a", day(0)).day;
        (spending.reserved, spending.spent, spending.at_most)
    };
    let again = ledger.reserve("a", day(0), Some(charge), Some(fen(14))).unwrap();
    assert_eq!((again, taken(&ledger)), (charge, (fen(14), fen(0), fen(0))), "held once");
    let unsure = ledger.settle("a", Some(charge), &settled(0, 14));
    assert_eq!(taken(&ledger), (fen(0), fen(0), fen(14)));
    let unsure = ledger.settle("a", Some(unsure), &settled(0, 14));
    assert_eq!(taken(&ledger), (fen(0), fen(0), fen(14)), "told twice");
    let found = Settlement { sums: held(14).sums, closed: false, ..settled(0, 0) };
    let found = ledger.settle("a", Some(unsure), &found);
    assert_eq!((found, taken(&ledger)), (charge, (fen(14), fen(0), fen(0))), "it had not ended after all");
    let done = ledger.settle("a", Some(found), &settled(7, 0));
    assert_eq!(taken(&ledger), (fen(0), fen(7), fen(0)));
    let late = ledger.reserve("a", day(0), Some(done), Some(fen(14))).unwrap();
    assert_eq!(
        (late, taken(&ledger)),
        (done, (fen(0), fen(7), fen(0))),
        "a reservation that comes late is none"
    );
    let back = ledger.settle("a", None, &settled(0, 0));
    let late = ledger.reserve("a", day(0), Some(back), Some(fen(14))).unwrap();
    assert_eq!((late.closed, taken(&ledger)), (true, (fen(0), fen(7), fen(0))));
}

#[test]
fn what_is_asked_for_again_on_another_day_counts_for_that_day() {
    let mut ledger = Ledger::default();
    ledger.limit("a", Period::Day, Some(fen(14)));
    let charge = ledger.reserve("a", day(0), None, Some(fen(14))).unwrap();
    let moved = ledger.reserve("a", day(1), Some(charge), Some(fen(14))).unwrap();
    assert_eq!(moved.day, day(1));
    assert_eq!(ledger.budget("a", day(0)).day.reserved, fen(0));
    let other = ledger.reserve("a", day(2), None, Some(fen(14))).unwrap();
    assert!(ledger.reserve("a", day(2), Some(moved), Some(fen(14))).is_err());
    assert_eq!(ledger.budget("a", day(1)).day.reserved, fen(0), "nothing is held for what was refused");
    assert_eq!((other.day, ledger.budget("a", day(2)).day.reserved), (day(2), fen(14)));
}

#[test]
fn a_codes_share_is_taken_from_the_code_the_member_and_the_studio_at_once() {
    let mut ledger = Ledger::default();
    let (phone, tablet) =
        (Payer { member: "a", code: Some("phone") }, Payer { member: "a", code: Some("tablet") });
    let account = |code: &str| Account::Code(code.to_owned()).name();
    ledger.limit(&account("phone"), Period::Day, Some(fen(20)));
    ledger.limit("a", Period::Day, Some(fen(50)));
    let first = ledger.reserve(phone, day(0), None, Some(fen(14))).unwrap();
    let refused = denied(Whose::Code, Period::Day, 20, 14, 14);
    assert_eq!(ledger.reserve(phone, day(0), None, Some(fen(14))), Err(refused));
    ledger.reserve(tablet, day(0), None, Some(fen(30))).unwrap();
    let refused = denied(Whose::Member, Period::Day, 50, 44, 14);
    assert_eq!(ledger.reserve(tablet, day(0), None, Some(fen(14))), Err(refused), "all codes together");
    let reserved = |ledger: &Ledger, account: &str| ledger.budget(account, day(0)).day.reserved;
    let all = [&account("phone"), &account("tablet"), "a", STUDIO];
    assert_eq!(all.map(|name| reserved(&ledger, name)), [14, 30, 44, 44].map(fen));
    ledger.settle(phone, Some(first), &settled(7, 0));
    assert_eq!(all.map(|name| reserved(&ledger, name)), [0, 30, 30, 30].map(fen));
    assert_eq!(ledger.budget(&account("phone"), day(0)).day.spent, fen(7));
    assert!(ledger.others("b", day(0)) == ["a"], "a code is no member");
}

#[test]
fn an_unknown_price_is_refused_where_any_budget_is_set() {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.reserve("a", day(0), None, None), Ok(held(0)));
    for (account, period) in [("a", Period::Month), (STUDIO, Period::Day)] {
        ledger.limit(account, period, Some(fen(1)));
        assert_eq!(ledger.reserve("a", day(0), None, None), Err(Denied::Unpriced));
        ledger.limit(account, period, None);
    }
    ledger.limit("b", Period::Day, Some(fen(1)));
    assert_eq!(ledger.reserve("a", day(0), None, None), Ok(held(0)), "another member's budget");
}

#[test]
fn a_day_that_is_forgotten_takes_nothing() {
    let mut ledger = Ledger::default();
    ledger.reserve("a", day(0), None, Some(fen(14))).unwrap();
    ledger.reserve("a", day(1), None, Some(fen(14))).unwrap();
    ledger.forget_before(day(1));
    assert_eq!(ledger.budget(STUDIO, day(1)).month.reserved, fen(14));
}

/// One thing that happens to one of a few tries of three members.
#[derive(Clone, Debug)]
enum Step {
    Reserve(usize, u64, i64),
    Settle(usize, i64, i64, bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..12_usize, 0..40_u64, 0..60_i64).prop_map(|(at, day, price)| Step::Reserve(at, day, price)),
        (0..12_usize, 0..60_i64, 0..60_i64, any::<bool>())
            .prop_map(|(at, spent, at_most, ended)| Step::Settle(at, spent, at_most, ended)),
    ]
}

/// The sums as the single charges have them.
fn added(charges: &[Option<Charge>], counts: impl Fn(usize, Day) -> bool) -> Sums {
    let all = charges.iter().enumerate().filter_map(|(at, charge)| charge.map(|charge| (at, charge)));
    all.filter(|(at, charge)| counts(*at, charge.day))
        .fold(Sums::default(), |sum, (_, charge)| sum.plus(charge.sums))
}

proptest! {
    #[test]
    fn sums_are_always_those_of_the_charges_and_no_reservation_passes_a_limit(
        steps in proptest::collection::vec(step(), 1..80),
        member in proptest::option::of(0..200_i64),
        month in proptest::option::of(0..300_i64),
        studio in proptest::option::of(0..300_i64),
    ) {
        let names = ["a", "b", "c"];
        let mut ledger = Ledger::default();
        names.iter().for_each(|name| ledger.limit(name, Period::Day, member.map(fen)));
        names.iter().for_each(|name| ledger.limit(name, Period::Month, month.map(fen)));
        ledger.limit(STUDIO, Period::Day, studio.map(fen));
        let mut charges: Vec<Option<Charge>> = vec![None; 12];
        for step in steps {
            match step {
                Step::Reserve(at, on, price) => {
                    let name = names[at % 3];
                    let before = charges[at];
                    let asked = ledger.reserve(name, day(on), before, Some(fen(price)));
                    charges[at] = asked.ok();
                    if asked.is_ok() && before.is_none_or(|charge| !charge.closed) && price > 0 {
                        let budget = ledger.budget(name, day(on));
                        prop_assert!(member.is_none_or(|limit| budget.day.taken() <= fen(limit)));
                        prop_assert!(month.is_none_or(|limit| budget.month.taken() <= fen(limit)));
                        let whole = ledger.budget(STUDIO, day(on)).day.taken();
                        prop_assert!(studio.is_none_or(|limit| whole <= fen(limit)));
                        let once = ledger.reserve(name, day(on), charges[at], Some(fen(price)));
                        prop_assert_eq!(once.ok(), charges[at], "asked twice");
                    }
                }
                Step::Settle(at, spent, at_most, ended) => {
                    let told = Settlement { closed: ended, ..settled(spent, at_most) };
                    charges[at] = Some(ledger.settle(names[at % 3], charges[at], &told));
                    charges[at] = Some(ledger.settle(names[at % 3], charges[at], &told));
                }
            }
            for on in 0..40 {
                let today = day(on);
                let whole = ledger.budget(STUDIO, today);
                let by_charges = added(&charges, |_, day| day == today);
                prop_assert_eq!(whole.day, by_charges.under(whole.day.limit));
                let by_charges = added(&charges, |_, day| day.month() == today.month());
                prop_assert_eq!(whole.month, by_charges.under(None));
                for (nth, name) in names.iter().enumerate() {
                    let own = ledger.budget(name, today);
                    let by_charges = added(&charges, |at, day| at % 3 == nth && day == today);
                    prop_assert_eq!(own.day, by_charges.under(own.day.limit));
                }
            }
        }
    }
}
