use super::*;

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(1_000_000_000 + ms)
}

fn address(n: u32) -> Source {
    Source::Address(format!("address-{n}"))
}

/// Tries a wrong code: whether it was looked at, else how long to wait.
fn guess(gate: &mut Gate, source: &Source, now: Timestamp) -> Option<u64> {
    let (wait, _) = gate.may_compare(source, now);
    if wait.is_none() {
        gate.wrong(source, true, now);
    }
    wait
}

#[test]
fn a_source_waits_longer_with_each_wrong_code() {
    let mut gate = Gate::default();
    let home = address(1);
    for _ in 0..FREE {
        assert_eq!(guess(&mut gate, &home, at(0)), None);
    }
    assert_eq!(guess(&mut gate, &home, at(0)), None, "the one that begins the waits");
    assert_eq!(guess(&mut gate, &home, at(0)), Some(1_000));
    assert_eq!(guess(&mut gate, &home, at(999)), Some(1));
    assert_eq!(guess(&mut gate, &home, at(1_000)), None);
    assert_eq!(guess(&mut gate, &home, at(1_000)), Some(2_000));
    let mut now = at(3_000);
    for _ in 0..40 {
        assert_eq!(guess(&mut gate, &home, now), None);
        now = now.after(LONGEST_MS);
    }
    assert_eq!(guess(&mut gate, &home, now), None);
    assert_eq!(guess(&mut gate, &home, now), Some(LONGEST_MS), "the longest wait");
    assert_eq!(guess(&mut gate, &home, now.after(FORGOTTEN_MS)), None, "a day later it starts anew");
    assert_eq!(guess(&mut gate, &home, now.after(FORGOTTEN_MS)), None);
}

#[test]
fn the_right_code_forgives_what_was_wrong_before() {
    let mut gate = Gate::default();
    let home = address(1);
    for _ in 0..FREE {
        guess(&mut gate, &home, at(0));
    }
    assert!(gate.right(&home, at(1)).source.is_some());
    assert_eq!(gate.right(&home, at(2)), Changed::default(), "nothing new to write down");
    for _ in 0..=FREE {
        assert_eq!(guess(&mut gate, &home, at(3)), None);
    }
    assert!(guess(&mut gate, &home, at(3)).is_some());
}

#[test]
fn a_crowd_is_looked_at_fifty_times_and_the_owner_gets_in_by_waiting() {
    let mut gate = Gate::default();
    let (home, laptop) = (address(0), Source::Device("laptop".to_owned()));
    gate.right(&home, at(0));
    let seconds = 60;
    let looked = (0..10_000_u32)
        .filter(|n| guess(&mut gate, &address(1 + n), at(u64::from(*n) * seconds / 10)).is_none())
        .count();
    assert_eq!(looked, 50 + 5, "and one for each of the ten seconds that were over");
    let now = at(seconds * 1000);
    assert_eq!(gate.may_compare(&home, now).0, None, "where the owner has been before");
    assert_eq!(gate.may_compare(&laptop, now).0, None, "a browser of the owner's");
    let train = address(20_000);
    while gate.may_compare(&address(20_001), now).0.is_none() {
        gate.wrong(&address(20_001), true, now);
    }
    assert_eq!(gate.may_compare(&train, now).0, Some(3_000));
    for n in 30_000..31_000 {
        guess(&mut gate, &address(n), now.after(1));
    }
    assert_eq!(gate.may_compare(&train, now.after(1_000)).0, Some(2_000));
    assert_eq!(gate.may_compare(&train, now.after(3_000)).0, None, "as it was told");
}

#[test]
fn a_promise_is_for_one_code_and_the_next_takes_longer() {
    let mut gate = Gate::default();
    for n in 0..SPARE {
        assert_eq!(guess(&mut gate, &address(n), at(0)), None);
    }
    let one = address(1_000);
    let mut now = at(0);
    for expected in [3_000, 6_000, 12_000] {
        let wait = guess(&mut gate, &one, now).unwrap();
        assert_eq!(wait, expected);
        now = now.after(wait);
        // What all strangers have by now is used by others first.
        for n in 2_000..2_100 {
            guess(&mut gate, &address(n), now);
        }
        assert_eq!(guess(&mut gate, &one, now), None);
    }
}

#[test]
fn no_more_sources_are_remembered_than_may_be_and_the_known_ones_longest() {
    let mut gate = Gate::default();
    let home = address(0);
    gate.right(&home, at(0));
    let mut stored = HashMap::new();
    for n in 1..30_000 {
        let changed = gate.wrong(&address(n), true, at(n.into()));
        for name in &changed.forgotten {
            stored.remove(name);
        }
        stored.extend(changed.source);
    }
    assert!(gate.counts.len() <= MOST);
    assert!(gate.count(&home, at(1)).known);
    stored.insert(home.name(), gate.counts[&home.name()].clone());
    assert_eq!(stored, gate.counts, "what is written down is what is remembered");
}

#[test]
fn a_restart_forgives_nothing() {
    let mut gate = Gate::default();
    for n in 0..SPARE {
        guess(&mut gate, &address(n), at(0));
    }
    let mut again = Gate::resume(gate.counts.clone(), gate.crowd);
    assert_eq!(guess(&mut again, &address(999), at(1)), Some(3_000));
}
