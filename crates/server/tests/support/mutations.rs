//! Row 26 of the threat list: whatever is wrong about a passkey's answer, it is refused and changes nothing.

use std::time::Duration;

use onlyauth_store::FactorRecord;

use super::page::Page;
use super::passkey::{COPIED, Forgery, PRESENT, SoftAuthenticator, VERIFIED};
use super::{Backend, EndUser, TestServer, Widget};

type Mutation = (&'static str, fn(&mut Forgery));

const MUTATIONS: [Mutation; 13] = [
    ("origin", |f| f.origin = "https://evil.example".into()),
    ("top origin", |f| {
        (f.cross_origin, f.top_origin) = (true, Some("https://evil.example".into()));
    }),
    ("top origin of no frame", |f| f.top_origin = Some("https://shop.example".into())),
    ("type", |f| f.kind = "webauthn.create".into()),
    ("challenge", |f| f.challenge = "A".repeat(43)),
    ("rp id", |f| f.rp_id = "evil.example".into()),
    ("user presence", |f| f.flags &= !PRESENT),
    ("user verification", |f| f.flags &= !VERIFIED),
    ("whether it may be copied", |f| f.flags &= !COPIED),
    ("credential", |f| f.credential_id[0] ^= 1),
    ("user handle", |f| f.user_handle = Some(vec![7; 16])),
    ("signature", |f| (f.flags, f.spoilt) = (f.flags & !VERIFIED, true)),
    ("counter", |f| f.counter = 0),
];

/// An end user, Ann, who has made a passkey at this server or another of its database.
pub(crate) struct PasskeyUser<'a> {
    pub(crate) server: &'a TestServer,
    /// By whom she logs in, at this server or at several in turn.
    pub(crate) backend: &'a Backend,
    pub(crate) app: &'a str,
    pub(crate) authenticator: &'a SoftAuthenticator,
}

impl PasskeyUser<'_> {
    /// A new login that asks for the passkey.
    pub(crate) async fn asked(&self) -> (Widget, Page) {
        let widget = self.backend.widget(self.app, &EndUser::ann()).await;
        let page = widget.ask_for_passkey().await;
        assert_eq!(page.state(), "passkey", "{page:?}");
        (widget, page)
    }

    pub(crate) async fn factors(&self) -> Vec<FactorRecord> {
        let key = self.server.key_of(self.backend, self.app, &EndUser::ann()).await;
        self.server.service.store.factor_list(&key).await.unwrap()
    }

    /// A right answer to what `page` asks, with this count.
    pub(crate) fn right(&self, page: &Page, counter: u32) -> Forgery {
        let options = page.options().unwrap();
        let mut forgery = self.authenticator.forge(&self.server.origin(), &options);
        forgery.counter = counter;
        forgery
    }

    /// Answers in every wrong way, each time with a login of its own, and in the right way after each.
    pub(crate) async fn is_safe_from_every_mutation(&self) {
        let nothing: Mutation = ("nothing", |_| {});
        for (name, mutate) in [nothing].into_iter().chain(MUTATIONS) {
            let (widget, page) = self.asked().await;
            let before = self.factors().await;
            let next = u32::try_from(before[0].position).unwrap() + 1;
            let right = |page: &Page| self.right(page, next);
            let mut forgery = right(&page);
            mutate(&mut forgery);
            let refused = widget.answer(&page, &forgery.answer()).await;
            let page = if name == "nothing" {
                refused
            } else {
                let expected = if name == "counter" { "passkey_copied" } else { "passkey_wrong" };
                let told = (refused.state(), refused.success_token());
                assert_eq!(told, (expected, None), "{name}");
                assert_eq!(self.factors().await, before, "{name}");
                assert_ne!(refused.options(), page.options(), "another challenge, {name}");
                // The one that was answered is used up, also for the right answer.
                let late = widget.answer(&page, &right(&page).answer()).await;
                assert_eq!(late.success_token(), None, "{name}");
                widget.answer(&refused, &right(&refused).answer()).await
            };
            assert_eq!(page.state(), "passed", "what was mutated would pass, {name}: {page:?}");
            self.server.clock.advance(Duration::from_secs(1));
        }
    }
}
