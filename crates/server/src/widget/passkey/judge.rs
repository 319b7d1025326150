//! Judging what a browser answered for a passkey: judge, then count and consume in one commit, then tell.

use onlyauth_core::action::{Command, Outcome, Standing};
use onlyauth_core::challenge::AttemptKey;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::failures::Band;
use onlyauth_core::ids::ChallengeId;
use onlyauth_core::keys::Purpose;
use onlyauth_core::trust::DeviceToken;
use onlyauth_store::{ActionRecord, Attempt, AttemptOutcome, CeremonyRecord, FactorUse, Judged};

use super::{begin, held};
use crate::webauthn::{Owner, Refused};
use crate::widget::Fields;
use crate::widget::check::{self, After, ROUNDS, refuse, right};
use crate::widget::page::Page;
use crate::widget::screen::Notice;
use crate::widget::standing::Login;
use crate::widget::trust;
use crate::widget::visit::{Denied, Visit};

const CHANNEL: Channel = Channel::Webauthn;

/// An attempt, what became of it, and why it was refused.
type Counted = (Attempt, AttemptOutcome, Option<Refused>);

/// Judges an answer. One that reaches an open ceremony ends it, whatever its shape: the next needs another challenge.
pub(in crate::widget) async fn judge(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let mut login = Login::find(visit).await?;
    if fields.answer.as_deref().unwrap_or_default().is_empty() && !fields.strange {
        // Without its script a browser has nothing to say, which is no guess.
        return Ok(login.page_with(visit, Some(Notice::NoPasskey)));
    }
    for _ in 0..ROUNDS {
        let device = trust::wanted(visit, fields, &login).await?;
        let counted = judge_and_count(visit, fields, &login, device.as_ref()).await?;
        let Some((attempt, outcome, refused)) = counted else { return refuse(visit, None).await };
        if !outcome.was_overtaken() {
            let after = After { next: None, device };
            return tell(visit, &login, (attempt, outcome, refused), after).await;
        }
        login = Login::find(visit).await?.judging(login.record.challenge);
    }
    refuse(visit, None).await
}

/// Judges, and commits what was found. None where there is nothing to judge.
async fn judge_and_count(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
    device: Option<&DeviceToken>,
) -> Result<Option<Counted>, Denied> {
    let band = match login.decide(Command::Check, visit) {
        Outcome::Judge(band) => Some(band),
        Outcome::Recall => None,
        _ => return Ok(None),
    };
    let (Some(action), Some(challenge)) = (&login.record.action, &login.record.challenge) else {
        return Ok(None);
    };
    let Some(ceremony) = find(visit, fields).await?.filter(|_| challenge.channel == CHANNEL) else {
        return Ok(None);
    };
    let key = AttemptKey::parse(fields.attempt.as_deref().unwrap_or_default());
    let well_formed = key.is_some() && !fields.strange;
    let answer = fields.answer.as_deref().filter(|_| well_formed).unwrap_or_default();
    let key = key.unwrap_or_else(|| AttemptKey::new(visit.service.entropy.bytes()));
    let ring_key = visit.ring.at(Purpose::Attempt, action.created_at)?;
    let attempt = Attempt {
        action_id: action.action_id,
        challenge_id: challenge.challenge_id,
        end_user: visit.end_user,
        channel: CHANNEL,
        fingerprint: key.fingerprint_of_answer(ring_key, ceremony.ceremony_id, answer),
        band: band.unwrap_or(Band::EMPTY),
        now: visit.now,
        factor: None,
        ceremony: Some(ceremony.ceremony_id),
        backup_code: None,
        record: None,
        proven: action.proven.clone(),
        judged: Judged::Wrong,
    };
    let store = &visit.service.store;
    if band.is_none() || !ceremony.open_at(visit.now) {
        let repeat = store.challenge_attempt_find(&attempt).await?;
        return Ok(Some((attempt, repeat.unwrap_or(AttemptOutcome::Closed), None)));
    }
    let (judged, factor, refused) = match verdict(visit, login, action, &ceremony, answer)? {
        Ok((judged, used)) => (judged, Some(used), None),
        Err(refused) => (Judged::Wrong, None, Some(refused)),
    };
    let attempt = check::trusting(visit, Attempt { judged, factor, ..attempt }, device);
    let outcome = store.challenge_attempt(&attempt).await?;
    Ok(Some((attempt, outcome, refused)))
}

async fn find(visit: &Visit, fields: &Fields) -> Result<Option<CeremonyRecord>, Denied> {
    let id: Option<ChallengeId> = fields.ceremony.as_deref().and_then(|id| id.parse().ok());
    let Some(id) = id else { return Ok(None) };
    let client_id = visit.grant().client_id;
    let found = visit.service.store.ceremony_find(client_id, visit.action_id(), id).await?;
    Ok(found.filter(|ceremony| ceremony.kind == Ceremony::Get))
}

fn verdict(
    visit: &Visit,
    login: &Login,
    action: &ActionRecord,
    ceremony: &CeremonyRecord,
    answer: &str,
) -> Result<Result<(Judged, FactorUse), Refused>, Denied> {
    let begun = begin::open_state(visit, ceremony)?;
    let (ids, passkeys): (Vec<_>, Vec<_>) = held::open(visit, &login.factors)?.into_iter().unzip();
    let (Some(party), Some(known)) = (&visit.service.relying_party, &login.record.end_user) else {
        return Ok(Err(Refused::Other));
    };
    let owner = Owner { user_id: known.user_id, passkeys: &passkeys };
    let settings = &visit.place.app.settings;
    Ok(match party.finish_get(&begun.state, answer, owner, settings) {
        Ok(used) => {
            let moved =
                FactorUse { factor_id: ids[used.index], position: i64::from(used.position) };
            Ok((right(visit, action, CHANNEL)?, moved))
        }
        Err(refused) => Err(refused),
    })
}

/// The commit held: now, and only now, the verdict is told.
async fn tell(
    visit: &Visit,
    login: &Login,
    (attempt, outcome, refused): Counted,
    after: After,
) -> Result<Page, Denied> {
    if !matches!(outcome, AttemptOutcome::Counted { .. }) {
        return check::tell(visit, login, (&attempt, outcome), after).await;
    }
    let reason = refused.unwrap_or(Refused::Other);
    visit.service.metrics.login(CHANNEL, "wrong");
    tracing::warn!(
        action.id = %visit.action_id(),
        app.id = %visit.grant().app_id,
        %reason,
        "login.passkey_refused"
    );
    // The challenge is used up, so another one is asked for at once.
    if matches!(Login::find(visit).await?.standing(visit), Standing::Prove { .. }) {
        begin::ask(visit).await?;
    }
    let copied = reason == Refused::Counter;
    refuse(visit, Some(if copied { Notice::PasskeyCopied } else { Notice::PasskeyWrong })).await
}
