use super::*;

fn day(n: u64) -> Day {
    Day::nth(20_000 + n)
}

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

fn member(id: &str) -> MemberRow {
    let owner = Register::default().members[OWNER].clone();
    MemberRow { id: id.to_owned(), name: format!("name of {id}"), ..owner }
}

fn code(id: &str, member: &str) -> CodeRow {
    CodeRow {
        id: id.to_owned(),
        member: member.to_owned(),
        name: String::new(),
        hash: format!("hash of {id}"),
        created_at: at(0),
        used_at: None,
        revoked_at: None,
        since: 0,
    }
}

fn register() -> Register {
    Register::resume(
        3,
        vec![member("a"), member("b")],
        vec![code("a1", "a"), code("a2", "a"), code("b1", "b")],
        vec![Left { id: "left".to_owned(), member: "a".to_owned(), until: at(u64::MAX) }],
    )
}

fn holds(register: &Register, member: &str, code: Option<&str>, epoch: u64) -> bool {
    register.by_session(member, code, epoch, "id", day(5)).is_some()
}

fn led(register: &Register, code: &str, today: Day) -> &'static str {
    match register.by_code(&format!("hash of {code}"), today) {
        Led::In(_) => "in",
        Led::Shut(_) => "shut",
        Led::Nowhere => "nowhere",
    }
}

#[test]
fn a_session_needs_its_own_members_code() {
    let register = register();
    assert!(holds(&register, "a", Some("a1"), 3));
    assert!(!holds(&register, "b", Some("a1"), 3), "another member's code");
    assert!(!holds(&register, "a", Some("a9"), 3) && !holds(&register, "c", Some("a1"), 3));
    assert!(!holds(&register, "a", None, 3), "only the owner has a code of the deployment");
    assert!(holds(&register, OWNER, None, 3));
    assert_eq!(register.by_session("a", Some("a1"), 3, "left", day(5)), None, "it was logged out");
}

#[test]
fn what_is_revoked_ended_or_deleted_lets_nobody_in_and_can_be_taken_back() {
    let mut register = register();
    let before = member("a");
    for out in [
        MemberRow { revoked: true, ..before.clone() },
        MemberRow { last_day: Some(day(4)), ..before.clone() },
        MemberRow { leaving: true, ..before.clone() },
    ] {
        register.put_member(out);
        assert!(!holds(&register, "a", Some("a1"), 3));
        assert_eq!((led(&register, "a1", day(5)), led(&register, "b1", day(5))), ("shut", "in"));
        register.put_member(before.clone());
        assert!(holds(&register, "a", Some("a1"), 3));
    }
    register.put_member(MemberRow { last_day: Some(day(5)), ..before });
    assert_eq!((led(&register, "a1", day(5)), led(&register, "a1", day(6))), ("in", "shut"), "to its end");
    register.put_code(CodeRow { revoked_at: Some(at(1)), ..code("b1", "b") });
    assert!(!holds(&register, "b", Some("b1"), 3));
    assert_eq!((led(&register, "b1", day(5)), led(&register, "zz", day(5))), ("shut", "nowhere"));
    register.remove("a");
    assert_eq!((led(&register, "a1", day(5)), register.codes("a").count()), ("nowhere", 0));
}

#[test]
fn sessions_end_exactly_where_they_are_ended() {
    let mut register = register();
    let since = register.next_epoch();
    register.put_member(MemberRow { since, ..member("a") });
    assert!(!holds(&register, "a", Some("a1"), since - 1) && !holds(&register, "a", Some("a2"), since - 1));
    assert!(holds(&register, "b", Some("b1"), since - 1), "another member's go on");
    let Led::In(guest) = register.by_code("hash of a1", day(5)) else { panic!("the code itself holds") };
    assert!(holds(&register, "a", Some("a1"), guest.pass.epoch), "logged in again");
    let since = register.next_epoch();
    register.put_code(CodeRow { since, hash: "another hash".to_owned(), ..code("a1", "a") });
    assert!(!holds(&register, "a", Some("a1"), guest.pass.epoch));
    assert!(holds(&register, "a", Some("a2"), guest.pass.epoch), "another code's go on");
    assert_eq!(led(&register, "a1", day(5)), "nowhere", "what it said before");
    assert!(matches!(register.by_code("another hash", day(5)), Led::In(_)));
}

#[test]
fn a_use_is_written_down_once_an_hour() {
    let mut register = register();
    let hour = 3_600_000;
    assert_eq!(register.used("a1", at(hour + 5)).unwrap().used_at, Some(at(hour)));
    assert_eq!(register.used("a1", at(2 * hour - 1)), None);
    assert_eq!(register.used("a1", at(2 * hour)).unwrap().used_at, Some(at(2 * hour)));
    assert_eq!(register.used("unknown", at(0)), None);
}

#[test]
fn of_revoked_codes_the_last_ones_are_remembered() {
    let mut register = register();
    for n in 0..60_u64 {
        register.put_code(CodeRow { revoked_at: Some(at(n)), ..code(&format!("old{n:02}"), "a") });
    }
    let forgotten = register.forget_revoked("a");
    assert_eq!((forgotten.len(), forgotten.first().map(String::as_str)), (10, Some("old00")));
    assert_eq!((register.codes("a").count(), led(&register, "old00", day(5))), (52, "nowhere"));
}

#[test]
fn the_door_tells_who_is_let_in() {
    let mut register = register();
    register.put_member(MemberRow { revoked: true, last_day: Some(day(7)), since: 2, ..member("a") });
    register.put_code(CodeRow { revoked_at: Some(at(1)), since: 1, ..code("a2", "a") });
    let door = register.door("a").unwrap();
    assert_eq!((door.version, door.out, door.last_day, door.since), (3, true, Some(day(7)), 2));
    let codes: Vec<_> = door.codes.iter().map(|code| (code.id.as_str(), code.out, code.since)).collect();
    assert_eq!(codes, [("a1", false, 0), ("a2", true, 1)]);
    assert_eq!(register.door("nobody"), None);
}
