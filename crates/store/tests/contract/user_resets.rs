//! End users who begin anew.

use onlyauth_core::action::Status;
use onlyauth_core::audit::Deed;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::ActionId;
use onlyauth_store::{
    AttemptOutcome, AuditEntry, EndUserKey, EnrolOutcome, Judged, NewReset, Record, Redemption,
    Store,
};

use super::support::*;

fn reset() -> NewReset {
    NewReset {
        end_user: end_user(),
        under_way_from: ActionId::first_at(NOW),
        record: Record {
            audit: AuditEntry {
                deed: Deed::Reset,
                detail: "lost phone".to_owned(),
                ..audit_entry(77)
            },
            ..record(77)
        },
        now: at(40),
    }
}

async fn status(store: &Store, mark: u8) -> Status {
    store.action_find(client(1), action(mark)).await.unwrap().unwrap().status
}

#[tokio::test]
async fn all_but_the_known_phone_is_gone_and_nothing_under_way_passes() {
    let (dir, store) = passed(1).await;
    send_first(&store, 2).await;
    store.challenge_attempt(&attempt(2, 1, Judged::Wrong)).await.unwrap();
    assert!(enrol(&store, end_user(), new_factor(3)).await);
    dir.execute(
        "INSERT INTO backup_codes SELECT client_id, app_id, mode, end_user_hash, phone_hash, 'ACTN-1', 1, NULL
           FROM actions WHERE status = 'open'",
    );
    dir.execute(
        "INSERT INTO trusted_devices SELECT client_id, app_id, mode, end_user_hash, 'DEVC-1', phone_hash, phone_hash, NULL,
           'ACTN-1', 1, 1, 1800000000000, NULL, NULL FROM actions WHERE status = 'open'",
    );
    assert_eq!(store.end_user_reset(&reset()).await, Ok(true));
    assert_eq!(store.trusted_device_list(&end_user(), at(40)).await, Ok(Vec::new()));
    let left = store.end_user_overview_find(&end_user()).await.unwrap().unwrap();
    assert_eq!((left.factors.len(), left.codes.left, left.failures.len()), (0, 0, 0));
    assert_eq!(left.record.phone.map(|phone| phone.hash), Some([8; 32]));
    assert_eq!(
        (status(&store, 1).await, status(&store, 2).await),
        (Status::Passed, Status::Cancelled)
    );
    assert_eq!(
        store.challenge_attempt(&attempt(2, 2, right(2))).await,
        Ok(AttemptOutcome::ActionClosed)
    );
    assert_eq!(store.success_token_consume(&redeem(1)).await, Ok(Redemption::NotFound));
    assert_eq!(store.end_user_reset(&reset()).await, Ok(true), "once more is no harm");
    let audit = store.audit_list(client(1), user(1), None, 10).await.unwrap();
    let brought = AuditEntry { user_id: user(1), ..brought(99) };
    assert_eq!(audit, [reset().record.audit, brought]);
    assert_eq!(dir.rows("notices"), 1);
}

#[tokio::test]
async fn a_login_that_passed_before_enrols_nothing_afterwards() {
    let (_dir, store) = passed_with_known_phone().await;
    assert_eq!(store.end_user_reset(&NewReset { now: at(20), ..reset() }).await, Ok(true));
    let enrolled = store.factor_enrol(&permit(1), &new_factor(1), &record(1)).await;
    assert_eq!(enrolled, Ok(EnrolOutcome::NotAllowed));
    assert_eq!(store.factor_list(&end_user()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn nobody_else_is_reset() {
    let (dir, store) = passed(1).await;
    send_first(&store, 2).await;
    assert!(enrol(&store, end_user(), new_factor(3)).await);
    for other in [
        EndUserKey { mode: Mode::Live, ..end_user() },
        EndUserKey { app_id: app(2), ..end_user() },
        EndUserKey { client_id: client(2), ..end_user() },
        EndUserKey { end_user_hash: [1; 32], ..end_user() },
    ] {
        let other = NewReset { end_user: other, ..reset() };
        assert_eq!(store.end_user_reset(&other).await, Ok(false));
    }
    assert_eq!(store.factor_list(&end_user()).await.unwrap().len(), 1);
    assert_eq!((dir.rows("audit"), dir.rows("notices")), (1, 0), "of what was enrolled");
    assert_eq!(status(&store, 2).await, Status::Open);
    assert_eq!(login(&store, 2).await.way(Channel::Sms).sends, 1);
}

/// Whichever comes first: nothing enrolled is left.
#[tokio::test]
async fn an_enrolment_at_the_same_time_leaves_nothing() {
    for round in 0..10 {
        let (_dir, store) = passed_with_known_phone().await;
        let enrolling = store.clone();
        let enrols =
            (1..=8).map(move |mark| {
                let store = enrolling.clone();
                async move {
                    store.factor_enrol(&permit(1), &new_factor(mark), &record(mark)).await.is_ok()
                }
            });
        let enrols = tokio::spawn(at_once(enrols));
        assert_eq!(store.end_user_reset(&reset()).await, Ok(true));
        assert!(enrols.await.unwrap().into_iter().all(|done| done), "{round}");
        assert_eq!(store.factor_list(&end_user()).await, Ok(Vec::new()), "{round}");
    }
}
