//! Tells the worker that there is a new message.

use onlyauth_core::ids::{ClientId, MessageId};
use tokio::sync::mpsc;

const WAITING: usize = 1024;

/// A message that waits to be sent.
pub type Ring = (ClientId, MessageId);

/// The handler's end.
#[derive(Debug, Clone)]
pub struct Bell(mpsc::Sender<Ring>);

impl Bell {
    /// A bell, and what the worker hears.
    pub fn new() -> (Self, mpsc::Receiver<Ring>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(sender), receiver)
    }

    /// Never waits: when too many rings wait already, the worker's next sweep finds the message.
    pub fn ring(&self, client: ClientId, message: MessageId) {
        let _ = self.0.try_send((client, message));
    }
}
