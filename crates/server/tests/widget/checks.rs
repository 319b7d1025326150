//! Checking codes.

use std::time::{Duration, Instant};

use crate::support::actors::wrong;
use crate::support::guesses::{code_sent, parallel};
use crate::support::page::Page;
use crate::support::{Backend, EndUser, TestServer, Widget};

const CHECKS: u32 = 5;

#[tokio::test]
async fn row_1_guessing_in_sequence_ends_after_five_checks() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, _, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    for left in (1..CHECKS).rev() {
        let page = widget.try_code(&wrong(&code)).await;
        assert_eq!((page.state(), page.tries_left()), ("wrong_code", Some(left)));
    }
    assert_eq!(widget.try_code(&wrong(&code)).await.state(), "tries_used_up");
    let page = widget
        .post(&[("do", "check"), ("attempt", "AAAAAAAAAAAAAAAAAAAAAA"), ("code", &code)])
        .await;
    assert_eq!((page.state(), page.success_token()), ("tries_used_up", None));
}

#[tokio::test]
async fn row_2_guessing_in_parallel_is_judged_exactly_five_times() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, _, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    let pages = parallel(&widget, &vec![wrong(&code); 200]).await;
    let told = pages.iter().filter(|page| page.state() == "wrong_code").count();
    assert!(told < 5, "the fifth is told that tries are used up: {told}");
    assert!(pages.iter().all(|page| page.success_token().is_none()));
    assert_eq!(server.metric(r#"onlyauth_logins_total{channel="sms",outcome="wrong"}"#).await, 5);
    assert_eq!(widget.try_code(&code).await.success_token(), None);
}

#[tokio::test]
async fn row_2_four_wrong_in_parallel_leave_one_for_the_right_one_in_100_rounds() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for round in 0..100 {
        let (widget, page, code) = code_sent(&backend, &app, &EndUser::number(round)).await;
        let pages = parallel(&widget, &vec![wrong(&code); 4]).await;
        assert!(pages.iter().all(|page| page.state() == "wrong_code"), "round {round}");
        assert_eq!(widget.check(&page, &code).await.state(), "passed", "round {round}");
    }
}

#[tokio::test]
async fn every_refusal_is_told_late() {
    const DELAY: Duration = Duration::from_millis(200);
    let server = TestServer::with(|config| config.failures.refusal_delay = DELAY).await;
    let (backend, app) = server.shop().await;
    let (widget, _, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    let wrong = wrong(&code);
    // Wrong five times, then used up; what no code looks like in between.
    for (typed, state) in [
        (wrong.as_str(), "wrong_code"),
        ("no code", "malformed_code"),
        (wrong.as_str(), "wrong_code"),
        (wrong.as_str(), "wrong_code"),
        (wrong.as_str(), "tries_used_up"),
        (code.as_str(), "tries_used_up"),
    ] {
        let began = Instant::now();
        assert_eq!(widget.try_code(typed).await.state(), state);
        assert!(began.elapsed() >= DELAY, "{state} after {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_right_code_is_told_at_once() {
    const DELAY: Duration = Duration::from_secs(5);
    let server = TestServer::with(|config| config.failures.refusal_delay = DELAY).await;
    let (backend, app) = server.shop().await;
    let (widget, page, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    let began = Instant::now();
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
    assert!(began.elapsed() < DELAY, "after {:?}", began.elapsed());
}

#[tokio::test]
async fn row_4_neither_new_tokens_nor_resends_reset_the_count_and_only_success_does() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    // Nine failures over two actions, then success: the count begins anew.
    let (first, _, code) = code_sent(&backend, &app, &user).await;
    for _ in 0..5 {
        first.try_code(&wrong(&code)).await;
    }
    server.clock.advance(Duration::from_secs(31));
    assert_eq!(first.send().await.state(), "code_sent", "a new code in the same action");
    let code = fresh_code(&backend, &app, &user, 2).await;
    for _ in 0..4 {
        first.try_code(&wrong(&code)).await;
    }
    assert_eq!(first.try_code(&code).await.state(), "passed");
    // Twenty rounds of new tokens, five guesses each: ten are judged, then it is locked.
    let mut locked = 0;
    for round in 0..20 {
        server.clock.advance(Duration::from_millis(1));
        let widget = backend.widget(&app, &user).await;
        let page = widget.send().await;
        if page.state() == "locked" {
            locked += 1;
            continue;
        }
        let code = fresh_code(&backend, &app, &user, 3 + round).await;
        for _ in 0..5 {
            widget.try_code(&wrong(&code)).await;
        }
    }
    assert_eq!(locked, 18);
    let judged = server.metric(r#"onlyauth_logins_total{channel="sms",outcome="wrong"}"#).await;
    assert_eq!(judged, 9 + 10);
    // The cool-down ends, but the count goes on: after ten more it is twice as long, and at fifty it is over.
    let mut messages = 4;
    for (round, wait) in [(2, 15), (3, 30), (4, 60), (5, 120)] {
        server.clock.advance(Duration::from_mins(wait));
        for _ in 0..2 {
            messages += 1;
            server.clock.advance(Duration::from_millis(1));
            let (widget, _, code) = code_sent_after(&backend, &app, &user, messages).await;
            for _ in 0..5 {
                widget.try_code(&wrong(&code)).await;
            }
        }
        let state = backend.widget(&app, &user).await.send().await.state().to_owned();
        assert_eq!(
            state,
            if round == 5 { "locked_until_reset" } else { "locked" },
            "round {round}"
        );
        // One minute before the cool-down's end it still is.
        server.clock.advance(Duration::from_mins(wait * 2 - 1));
        assert_eq!(backend.widget(&app, &user).await.send().await.state(), state);
        server.clock.set(server.clock.now().minus(Duration::from_mins(wait * 2 - 1)));
    }
    server.clock.advance(Duration::from_hours(1000));
    let state = backend.widget(&app, &user).await.send().await.state().to_owned();
    assert_eq!(state, "locked_until_reset", "until somebody resets it");
}

/// The newest code once `count` messages are there.
async fn fresh_code(backend: &Backend, app: &str, user: &EndUser, count: usize) -> String {
    crate::support::eventually("the next message", || async {
        (backend.messages(app).await.len() == count).then_some(())
    })
    .await;
    backend.code(app, user).await
}

async fn code_sent_after(
    backend: &Backend,
    app: &str,
    user: &EndUser,
    count: usize,
) -> (Widget, Page, String) {
    let widget = backend.widget(app, user).await;
    let page = widget.send().await;
    assert_eq!(page.state(), "code_sent");
    let code = fresh_code(backend, app, user, count).await;
    (widget, page, code)
}

#[tokio::test]
async fn row_8_while_locked_right_and_wrong_get_the_same_bytes() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    let (victim, form, code) = code_sent(&backend, &app, &user).await;
    // Another action of the same end user uses up the failures.
    for count in [2, 3] {
        server.clock.advance(Duration::from_millis(1));
        let (attacker, _, code) = code_sent_after(&backend, &app, &user, count).await;
        for _ in 0..5 {
            attacker.try_code(&wrong(&code)).await;
        }
    }
    let right = victim.check(&form, &code).await;
    let wrong = victim.check(&form, &wrong(&code)).await;
    assert_eq!(right.state(), "locked");
    assert_eq!(right, wrong);
    // Nothing was judged meanwhile: after the cool-down there is one time, if the code still lives.
    assert_eq!(server.metric(r#"onlyauth_logins_total{channel="sms",outcome="wrong"}"#).await, 10);
}

#[tokio::test]
async fn row_9_of_50_right_answers_from_50_forms_one_wins_and_its_repeat_gets_the_same_token() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, form, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    let pages = parallel(&widget, &vec![code.clone(); 50]).await;
    let tokens: Vec<String> = pages.iter().filter_map(Page::success_token).collect();
    assert_eq!(tokens.len(), 1);
    assert_eq!(pages.iter().filter(|page| page.state() == "already_done").count(), 49);
    let winner = pages.iter().position(|page| page.state() == "passed").unwrap();
    // The very same POST again: the same token, until it is redeemed.
    let attempt = data_encoding::BASE64URL_NOPAD.encode(&(winner as u128).to_be_bytes());
    let again = [("do", "check"), ("attempt", attempt.as_str()), ("code", code.as_str())];
    assert_eq!(widget.post(&again).await.success_token().as_ref(), Some(&tokens[0]));
    assert_eq!(widget.check(&form, &code).await.state(), "already_done", "another form");
    assert_eq!(backend.validate(&app, &tokens[0]).await.status, 200);
    assert_eq!(backend.validate(&app, &tokens[0]).await.status, 404);
    assert_eq!(widget.post(&again).await.success_token(), None, "redeemed: not given out again");
}

#[tokio::test]
async fn row_9_a_repeated_wrong_form_is_counted_once() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, form, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    for _ in 0..10 {
        let page = widget.check(&form, &wrong(&code)).await;
        assert_eq!((page.state(), page.tries_left()), ("wrong_code", Some(4)));
    }
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
}

#[tokio::test]
async fn row_10_codes_of_other_challenges_apps_users_and_clients_never_pass() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let other_app = backend.sandbox_app().await;
    let (stranger, foreign_app) = server.shop().await;
    let mut open = Vec::new();
    for n in 0..25 {
        for (backend, app) in [(&backend, &app), (&backend, &other_app), (&stranger, &foreign_app)]
        {
            open.push(code_sent(backend, app, &EndUser::number(n)).await);
        }
    }
    let mut swaps = 0;
    for (index, (widget, page, code)) in open.iter().enumerate() {
        for step in [1, 2] {
            let (_, _, theirs) = &open[(index + step) % open.len()];
            if theirs != code {
                assert_eq!(widget.check(page, theirs).await.state(), "wrong_code");
                swaps += 1;
            }
        }
    }
    assert!(swaps >= 100, "{swaps}");
    for (widget, page, code) in &open {
        assert_eq!(widget.check(page, code).await.state(), "passed", "its own passes");
    }
}

#[tokio::test]
async fn row_29_odd_shapes_are_refused_and_counted() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for (n, odd) in [
        "do=check&attempt=ATTEMPT&code=",
        "do=check&attempt=ATTEMPT",
        "do=check&attempt=ATTEMPT&code=null",
        "do=check&attempt=ATTEMPT&code=CODE&code=CODE",
        "do=check&attempt=ATTEMPT&code%5B%5D=CODE",
        "do=check&attempt=ATTEMPT&code%5B0%5D=CODE&code=CODE",
        "do=check&attempt=&code=CODE",
        "do=check&code=CODE",
        "do=check&attempt=ATTEMPT&attempt=ATTEMPT&code=CODE",
        "do=check&attempt=ATTEMPT&code=CODE&passed=true",
        "do=check&attempt=ATTEMPT&code=CODECODE",
    ]
    .into_iter()
    .enumerate()
    {
        let user = EndUser::number(u32::try_from(n).unwrap());
        let (widget, page, code) = code_sent(&backend, &app, &user).await;
        let fields = odd.replace("CODE", &code).replace("ATTEMPT", page.field("attempt").unwrap());
        let body = format!("token={}&app_id={}&{fields}", widget.token, widget.app);
        let answer = widget.post_raw(body).await;
        assert_eq!(answer.state(), "malformed_code", "{odd}");
        assert_eq!(answer.tries_left(), Some(4), "{odd}: counted");
        assert_eq!(answer.success_token(), None, "{odd}");
    }
}

#[tokio::test]
async fn row_29_no_step_can_be_skipped() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    for fields in [
        &[("do", "check"), ("attempt", "AAAAAAAAAAAAAAAAAAAAAA"), ("code", "000000")][..],
        &[("do", "passed")],
        &[("do", "finish")],
        &[("do", "")],
        &[("do", "resume")],
        &[],
    ] {
        let page = widget.post(fields).await;
        assert_eq!((page.state(), page.success_token()), ("choose", None), "{fields:?}");
    }
    let refused = server.metric(r#"onlyauth_widget_refusals_total{reason="strange_form"}"#).await;
    assert_eq!(refused, 3, "the three that no form of ours makes");
}

#[tokio::test]
async fn spaces_hyphens_and_other_digits_are_read_as_meant() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for (n, write) in [
        |code: &str| format!("{} {}\r\n", &code[..3], &code[3..]),
        |code: &str| format!("{}-{}", &code[..3], &code[3..]),
        |code: &str| {
            code.chars().map(|c| char::from_u32(c as u32 - 48 + 0x0660).unwrap()).collect()
        },
    ]
    .into_iter()
    .enumerate()
    {
        let user = EndUser::number(u32::try_from(n).unwrap());
        let (widget, page, code) = code_sent(&backend, &app, &user).await;
        assert_eq!(widget.check(&page, &write(&code)).await.state(), "passed", "{n}");
    }
}

#[tokio::test]
async fn row_12_a_code_is_dead_from_its_last_moment_on_also_when_the_clock_moves_back() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, form, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    server.clock.advance(Duration::from_mins(5));
    assert_eq!(widget.check(&form, &code).await.state(), "code_expired");
    let (widget, form, code) = code_sent(&backend, &app, &EndUser::number(1)).await;
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
    server.clock.set(server.clock.now().minus(Duration::from_secs(45)));
    assert_eq!(widget.try_code(&code).await.success_token(), None, "not twice");
}

#[tokio::test]
async fn a_form_of_an_earlier_code_is_no_try_at_the_newer_one() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    let (widget, form, code) = code_sent(&backend, &app, &user).await;
    assert_eq!(widget.check(&form, &wrong(&code)).await.tries_left(), Some(4));
    server.clock.advance(Duration::from_mins(5));
    assert_eq!(widget.send().await.state(), "code_sent");
    let newer = fresh_code(&backend, &app, &user, 2).await;
    for typed in [wrong(&code), code, newer.clone()] {
        let page = widget.check(&form, &typed).await;
        assert_eq!((page.state(), page.success_token()), ("code_sent", None));
    }
    assert_eq!(widget.try_code(&wrong(&newer)).await.tries_left(), Some(4), "the first try at it");
    assert_eq!(widget.try_code(&newer).await.state(), "passed");
}

#[tokio::test]
async fn a_repeat_after_the_success_token_expired_leads_nowhere() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, form, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
    server.clock.advance(Duration::from_secs(59));
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
    server.clock.advance(Duration::from_secs(1));
    let page = widget.check(&form, &code).await;
    assert_eq!((page.state(), page.success_token()), ("already_done", None));
}
