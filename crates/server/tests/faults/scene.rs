//! What all faults have in common: an installation, a gateway, a crowd, a ledger, and the checker at the end.

use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::checker::{Evidence, check};
use crate::client::{Client, Heard};
use crate::crowd::{Crowd, Ends};
use crate::facts::Source;
use crate::gateway::Gateway;
use crate::installation::Installation;
use crate::ledger::{Answer, Entry, Ledger, Told};
use crate::random::Random;
use crate::{say, until};

/// Everything of one test.
pub(crate) struct Scene {
    pub(crate) installation: Installation,
    pub(crate) client: Client,
    pub(crate) random: Random,
    pub(crate) ends: Ends,
    /// How often something was killed or filled.
    pub(crate) faults: u32,
    name: &'static str,
    seed: u64,
    next: Arc<AtomicU32>,
    begun: Instant,
}

impl Scene {
    /// A running installation with a live app.
    pub(crate) async fn open(
        name: &'static str,
        random: Random,
        gateway: Gateway,
        installation: Installation,
    ) -> Self {
        let begun = Instant::now();
        let mut installation = installation;
        let (customer, secret) = installation.client();
        installation.start().await;
        let client = Client {
            http: Client::http(),
            address: installation.address.clone(),
            ledger: Ledger::create(&installation.folder().join("ledger")),
            gateway,
            customer: customer.into(),
            secret: secret.into(),
            app: "".into(),
        };
        let fields = [("app_domain", "shop.example"), ("sandbox_mode", "false")];
        let Heard::Reply { status: 200, body, .. } = client.backend("/apps", &fields).await else {
            panic!("no app: {}", installation.log());
        };
        let answer: Value = serde_json::from_str(&body).unwrap();
        let app = answer["app"][0]["id"].as_str().unwrap();
        let client = Client { app: app.into(), ..client };
        let (seed, ends, next) = (random.seed(), Ends::default(), Arc::default());
        say(&format!("{name}: begins; ONLYAUTH_FAULTS_SEED={seed}"));
        Self { installation, client, random, ends, faults: 0, name, seed, next, begun }
    }

    pub(crate) fn crowd(&self) -> Crowd {
        Crowd::start(&self.client, &self.random, &self.next)
    }

    /// Some time, at most so many milliseconds: here the moment is what is tried, so that there is nothing to wait
    /// for.
    pub(crate) async fn moment(&mut self, longest: u64) {
        let micros = self.random.below(longest * 1000);
        tokio::time::sleep(Duration::from_micros(micros)).await;
    }

    /// The same under load: mostly once the first are through, so that all steps of a login are under way.
    pub(crate) async fn moment_of_load(&mut self, crowd: &Crowd, longest: u64) {
        if self.random.percent(75) {
            let wanted = crowd.begun() + 8 + u32::try_from(self.random.below(8)).unwrap();
            until("somebody who gets through", async || crowd.begun() >= wanted).await;
        }
        self.moment(longest).await;
    }

    /// Lets everybody finish, and sees that everybody could: service came back by itself.
    pub(crate) async fn settle(&mut self, crowd: Crowd) {
        let ends = crowd.finish().await;
        assert!(ends.stuck.is_empty(), "seed {}: not served: {:?}", self.seed, ends.stuck);
        self.ends.join(ends);
    }

    pub(crate) fn evidence(
        &self,
        source: &Source<'_>,
        seen: &Mutex<Vec<(String, String)>>,
    ) -> Evidence {
        Evidence {
            entries: self.client.ledger.read(),
            facts: source.read(),
            handed: self.client.gateway.handed(),
            seen: seen.lock().unwrap().clone(),
        }
    }

    /// Fails with all that is wrong, and with what repeats the run.
    pub(crate) fn check(&self, source: &Source<'_>) {
        self.judge(&self.evidence(source, &Mutex::default()));
    }

    pub(crate) fn judge(&self, evidence: &Evidence) {
        let wrong = check(evidence);
        let (name, seed, faults) = (self.name, self.seed, self.faults);
        assert!(wrong.is_empty(), "{name}: seed {seed}, fault {faults}:\n{}", wrong.join("\n"));
        self.installation.expect_no_panic();
    }

    /// One line with the figures.
    pub(crate) fn report(&self, rounds: u32, faults: &str) {
        let mut answers = [0_u32; 3];
        let mut passes = 0;
        for entry in self.client.ledger.read() {
            let Entry::Result(_, answer) = entry else { continue };
            match answer {
                Answer::Ok(told) => {
                    answers[0] += 1;
                    passes += u32::from(matches!(told, Told::Passed(_)));
                }
                Answer::Refused(_) | Answer::Odd(_) => answers[1] += 1,
                Answer::Unknown => answers[2] += 1,
            }
        }
        let Ends { redeemed, untold, used_up, no_code, .. } = self.ends;
        let [ok, refused, unknown] = answers;
        say(&format!(
            "{}: {rounds} rounds, {} {faults}; logins: {redeemed} redeemed, {untold} whose answer was lost, \
             {used_up} without tries, {no_code} without a code; answers: {ok} acknowledged ({passes} passed), \
             {refused} refused, {unknown} unknown; {:.1} s",
            self.name,
            self.faults,
            self.begun.elapsed().as_secs_f64(),
        ));
    }
}
