//! Guessing: wrong codes are counted exactly, wherever they come from, and lock nobody out who has the right one.

use futures_util::{StreamExt, stream};
use serde_json::json;
use studio_tests::client::send;
use studio_tests::{Answer, Client, Setup, Studio};

tests![ten_thousand_wrong_codes_from_many_addresses_are_looked_at_fifty_times_and_the_owner_gets_in];

/// Wrong codes of the test.
const GUESSES: u32 = 10_000;

/// Calls at once.
const AT_ONCE: usize = 32;

/// Tries a code from an address. Cloudflare's own network writes this header; the local runtime leaves it to the caller.
async fn from(client: &Client, address: &str, code: &str) -> Answer {
    let request = client.request("POST", "/api/session").header("cf-connecting-ip", address);
    send(request.json(&json!({"code": code}))).await
}

async fn ten_thousand_wrong_codes_from_many_addresses_are_looked_at_fifty_times_and_the_owner_gets_in() {
    let studio = Studio::start(Setup::default()).await;
    let right = Setup::default().owner_code;
    let home = "198.51.100.7";
    let device =
        from(&studio.nobody, "198.51.100.8", right).await.with(200).cookie("studio_device").to_owned();
    let _ = from(&studio.nobody, home, right).await.with(200);
    let member = studio.issue(&json!({"name": "成员"})).await;

    let begun = std::time::Instant::now();
    let guess = async |n: u32| {
        let address = format!("2001:db8:{:x}:{:x}::{n:x}", n / 5000, n % 5000);
        let answer = from(&studio.nobody, &address, &format!("guess-number-{n}")).await;
        match answer.status {
            401 => drop(answer.refused(401, "WrongCode")),
            _ => {
                let error = answer.refused(429, "TooManyAttempts").error;
                let wait = error.retry_after_ms.unwrap();
                assert!(wait > 0 && wait <= 900_000, "{wait}");
                assert_eq!(answer.header("retry-after"), wait.div_ceil(1000).to_string());
            }
        }
        answer.status
    };
    let answers: Vec<u16> = stream::iter(0..GUESSES).map(guess).buffer_unordered(AT_ONCE).collect().await;
    let looked_at = answers.iter().filter(|status| **status == 401).count();
    let seconds = begun.elapsed().as_secs();
    println!("of {GUESSES} wrong codes in {seconds} s {looked_at} were looked at");
    // Fifty, one more every ten seconds, and those of addresses that came again after the wait they were told.
    let at_most = 50 + usize::try_from(seconds).unwrap() / 10 + 1;
    assert!(looked_at >= 50, "{looked_at}");
    assert!(looked_at <= at_most, "{looked_at} of at most {at_most}");

    // Codes that were made here always pass, from wherever.
    let _ = from(&studio.nobody, "2001:db8:0:1::1", &member.secret).await.with(200);
    // The owner: in a browser that has logged in before, where they have logged in before, and at a new place.
    let browser = Client::with_cookie(studio.nobody.base_url(), &device);
    let _ = from(&browser, "203.0.113.1", right).await.with(200);
    let _ = from(&studio.nobody, home, right).await.with(200);
    let tries = at_a_new_place(&studio, right).await;
    println!("the owner, at a new place, got in at try {tries}");
    assert!(tries <= 2, "{tries}");

    // A restart forgives nothing.
    studio.kill_worker().await;
    studio.start_worker().await;
    let statuses = async |address: &str| from(&studio.nobody, address, "guess-again").await.status;
    let mut after = Vec::new();
    for n in 0..5 {
        after.push(statuses(&format!("203.0.113.{}", 100 + n)).await);
    }
    assert!(after.iter().filter(|status| **status == 429).count() >= 2, "{after:?}");

    // One address alone, over and over: ten, and then longer and longer waits. A right code of a member passes all the same.
    let mut looked_at = 0;
    for n in 0..40 {
        // Headers that the caller writes are no other address.
        let request = studio.nobody.request("POST", "/api/session").header("cf-connecting-ip", home);
        let claims = request
            .header("x-forwarded-for", format!("10.0.0.{n}"))
            .header("x-real-ip", format!("10.1.0.{n}"));
        let claims = claims.header("forwarded", format!("for=10.2.0.{n}"));
        let answer = send(claims.json(&json!({"code": "guess-from-home"}))).await;
        looked_at += u32::from(answer.status == 401);
    }
    assert!((11..=14).contains(&looked_at), "{looked_at}");
    from(&studio.nobody, home, right).await.refused(429, "TooManyAttempts");
    from(&studio.nobody, home, "bs_0000-0000-0000-0000-0000-0000-0000").await.refused(429, "TooManyAttempts");
    let _ = from(&studio.nobody, home, &member.secret).await.with(200);
    let _ = from(&browser, home, right).await.with(200);
}

/// How often the owner has to try from where nobody has been before, waiting as they are told.
async fn at_a_new_place(studio: &Studio, code: &str) -> u32 {
    let mut tries = 0;
    loop {
        tries += 1;
        let answer = from(&studio.nobody, "203.0.113.77", code).await;
        if answer.status == 200 {
            return tries;
        }
        let wait = answer.refused(429, "TooManyAttempts").error.retry_after_ms.unwrap();
        assert!(wait <= 3_000, "seconds: {wait}");
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
    }
}
