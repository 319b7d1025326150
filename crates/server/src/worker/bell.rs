//! Tells the worker that a client has a new message.

use onlyauth_core::ids::ClientId;
use tokio::sync::mpsc;

const WAITING: usize = 1024;

/// The handler's end.
#[derive(Debug, Clone)]
pub struct Bell(mpsc::Sender<ClientId>);

impl Bell {
    /// A bell, and what the worker hears.
    pub fn new() -> (Self, mpsc::Receiver<ClientId>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(sender), receiver)
    }

    /// Never waits: when too many rings wait already, the worker's next sweep finds the message.
    pub fn ring(&self, client: ClientId) {
        let _ = self.0.try_send(client);
    }
}
