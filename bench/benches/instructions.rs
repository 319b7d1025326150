//! Instructions of the core paths, counted by Valgrind: the same on a busy machine and a quiet one, so that a
//! change of a percent is seen. Run by `scripts/bench instructions`.

#![expect(missing_docs, reason = "the macros make public items that nobody can name")]

use std::hint::black_box;
use std::time::Duration;

use gungraun::prelude::*;
use gungraun::{Callgrind, EntryPoint};
use onlyauth_core::access_token::{self, Audience, Grant, Subject};
use onlyauth_core::action;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::{ActionId, AppId, ChallengeId, ClientId, KeyId, MessageId};
use onlyauth_core::keys::{KeyRing, Purpose, RingKey};
use onlyauth_core::time::Timestamp;
use onlyauth_server::form;
use onlyauth_store::{
    Access, Database, EndUserKey, NewAction, NewChallenge, OpenOptions, Send, SendChallenge,
    SendOutcome, Store, database_path,
};
use tempfile::TempDir;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
const START_WITHIN: Duration = Duration::from_mins(5);
/// createAccessToken's.
const FORM: &[u8] = b"app_id=APPX-01920000-0000-7000-8000-000000000000\
    &client_id=CLNT-01920000-0000-7000-8000-000000000000&end_user_phone_number=%2B14155552671\
    &end_user_uuid=user-0000000042&redirect_uri=https%3A%2F%2Fshop.example%2Flogin%2Freturn\
    &language=en&region=us-1";

fn ring() -> KeyRing {
    let keys = Purpose::ALL.into_iter().zip(1_u8..).map(|(purpose, mark)| {
        let since = Timestamp::from_millis(0);
        RingKey::new(KeyId::new(since, [mark; 10]), purpose, 1, since, None, [mark; 32])
    });
    KeyRing::new(keys.collect())
}

fn grant() -> Grant {
    Grant {
        audience: Audience::Login,
        action_id: ActionId::new(NOW, [1; 10]),
        client_id: ClientId::new(NOW, [2; 10]),
        app_id: AppId::new(NOW, [3; 10]),
        mode: Mode::Sandbox,
        language: "en".to_owned(),
        region: "us-1".to_owned(),
        subject: Subject {
            phone: "+14155552671".to_owned(),
            end_user_uuid: "user-0000000042".to_owned(),
            redirect_uri: "https://shop.example/login/return".to_owned(),
        },
    }
}

fn issue(ring: &KeyRing, grant: &Grant) -> String {
    access_token::issue(ring, grant, NOW, START_WITHIN, [7; 12]).expect("the ring has every key")
}

/// Once before it is counted: what is made at the first use is not a token's price.
fn to_issue() -> (KeyRing, Grant) {
    let (ring, grant) = (ring(), grant());
    issue(&ring, &grant);
    (ring, grant)
}

fn to_open() -> (KeyRing, String) {
    let ring = ring();
    let token = issue(&ring, &grant());
    access_token::open(&ring, &token, &[Audience::Login], NOW).expect("it is genuine");
    (ring, token)
}

#[library_benchmark(setup = to_issue)]
#[bench::usual()]
fn access_token_issue((ring, grant): (KeyRing, Grant)) -> String {
    black_box(issue(&ring, &grant))
}

#[library_benchmark(setup = to_open)]
#[bench::usual()]
fn access_token_open((ring, token): (KeyRing, String)) -> bool {
    black_box(access_token::open(&ring, &token, &[Audience::Login], NOW).is_ok())
}

#[library_benchmark]
#[bench::create_access_token(FORM)]
fn form_parse(bytes: &[u8]) -> usize {
    black_box(form::parse(black_box(bytes)).map_or(0, |fields| fields.len()))
}

/// A store in a folder of its own, a runtime to ask it, and what to ask.
struct Writing {
    store: Store,
    runtime: tokio::runtime::Runtime,
    sends: Vec<Send>,
    _folder: TempDir,
}

fn to_send(count: u8) -> Writing {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::Sqlite(database_path(folder.path()));
    let claim = database.claim(folder.path()).expect("nobody else has it");
    let store = Store::open(OpenOptions {
        database,
        access: Access::Serve(claim),
        now: NOW,
        reader_threads: 1,
        queue_capacity: 1024,
        on_batch: None,
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Writing {
        store: store.expect("an empty folder"),
        runtime: runtime.expect("a runtime"),
        sends: (1..=count).map(first_send).collect(),
        _folder: folder,
    }
}

/// A login's first message, which starts its action: the largest change set on the way of a login.
fn first_send(mark: u8) -> Send {
    let end_user = EndUserKey {
        client_id: ClientId::new(NOW, [2; 10]),
        app_id: AppId::new(NOW, [3; 10]),
        mode: Mode::Sandbox,
        end_user_hash: [mark; 32],
    };
    let action_id = ActionId::new(NOW, [mark; 10]);
    Send {
        action_id,
        end_user,
        channel: Channel::Sms,
        seen_sends: 0,
        now: NOW,
        challenge: SendChallenge::New(NewChallenge {
            challenge_id: ChallengeId::new(NOW, [mark; 10]),
            seed: [mark; 16],
            code_key_id: KeyId::new(NOW, [1; 10]),
            digits: 6,
            max_attempts: 5,
            expires_at: NOW.plus(START_WITHIN),
        }),
        message_id: MessageId::new(NOW, [mark; 10]),
        next_try_at: NOW,
        start: Some(NewAction {
            action_id,
            purpose: action::Purpose::Login,
            end_user,
            phone_hash: [8; 32],
            sealed: vec![mark; 120],
            language: "en".to_owned(),
            region: "us-1".to_owned(),
            phone_changed: false,
            country: "US".to_owned(),
            created_at: NOW,
            expires_at: NOW.plus(START_WITHIN * 3),
            offered: "sms totp=not_enrolled webauthn=not_enrolled".parse().unwrap_or_default(),
            trust: None,
        }),
    }
}

fn send_all(writing: &Writing) -> usize {
    let each = writing.sends.iter().filter(|send| {
        let outcome = writing.runtime.block_on(writing.store.challenge_send(send));
        outcome == Ok(SendOutcome::Committed)
    });
    each.count()
}

// All threads count here, the writer's too, and so does opening the database: what a change set costs is the
// difference between a hundred of them and none, by a hundred.
#[library_benchmark(
    config = LibraryBenchmarkConfig::default()
        .tool(Callgrind::default().entry_point(EntryPoint::None)),
    setup = to_send
)]
#[bench::none(0)]
#[bench::hundred(100)]
fn change_set_apply(writing: Writing) -> usize {
    black_box(send_all(&writing))
}

library_benchmark_group!(name = tokens, benchmarks = [access_token_issue, access_token_open]);
library_benchmark_group!(name = forms, benchmarks = form_parse);
library_benchmark_group!(name = change_sets, benchmarks = change_set_apply);

main!(library_benchmark_groups = [tokens, forms, change_sets]);
