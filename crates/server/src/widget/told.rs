//! What is written down when the widget changes an end user's ways in.

use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::AuditId;
use onlyauth_core::limits::Quota;
use onlyauth_core::notice::Notice;
use onlyauth_store::{AuditEntry, EndUserRecord, Record};

use super::visit::{Denied, Visit};
use crate::notice::{Change, Told};

/// A change, for the audit alone.
pub(super) fn audit(visit: &Visit, known: &EndUserRecord, deed: Deed, detail: &str) -> AuditEntry {
    change(visit, known).audit(deed, detail)
}

fn change<'a>(visit: &'a Visit, known: &EndUserRecord) -> Change<'a> {
    Change {
        ring: &visit.ring,
        entropy: &visit.service.entropy,
        end_user: visit.end_user,
        user_id: known.user_id,
        actor: Actor::EndUser,
        now: visit.now,
    }
}

/// A change, for the audit and for the number by which the end user was `known`.
pub(super) fn record(
    visit: &Visit,
    known: &EndUserRecord,
    deed: Deed,
    detail: &str,
    notice: Notice,
) -> Result<Record, Denied> {
    let service = &visit.service;
    let change = change(visit, known);
    let mut audit = change.audit(deed, detail);
    if deed == Deed::BackupCodesMade {
        // A form sent again hands out the same codes.
        audit.audit_id = AuditId::of_action(visit.action_id(), deed);
    }
    let carried = |channel: Channel| service.routes.of(channel).is_some();
    let told = Told {
        known,
        app: &visit.place.app.settings,
        carried: &carried,
        quota: Quota::hourly(service.config.limits.notices_per_client_and_phone_per_hour),
        action: Some(visit.action_id()),
        language: &visit.grant().language,
        end_user_uuid: &visit.grant().subject.end_user_uuid,
    };
    Ok(change.record(audit, notice, &told)?)
}
