//! A provider that keeps what live apps send.

use onlyauth_delivery::{
    Accepted, Callback, NoReceipt, Outgoing, Provider, Receipt, SendError, Sending,
};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What left the building.
pub(crate) struct Recorded {
    sender: UnboundedSender<Outgoing>,
    receiver: Mutex<UnboundedReceiver<Outgoing>>,
}

impl Default for Recorded {
    fn default() -> Self {
        let (sender, receiver) = unbounded_channel();
        Self { sender, receiver: Mutex::new(receiver) }
    }
}

impl Recorded {
    /// The next message.
    pub(crate) async fn next(&self) -> Outgoing {
        let mut receiver = self.receiver.lock().await;
        tokio::time::timeout(super::PATIENCE, receiver.recv()).await.unwrap().unwrap()
    }
}

impl Provider for Recorded {
    fn send(&self, message: Outgoing) -> Sending<'_> {
        let sent = self.sender.send(message);
        Box::pin(async move {
            sent.map(|()| Accepted::default()).map_err(|_| SendError::Refused("test_over".into()))
        })
    }

    fn receipt(&self, _: &Callback<'_>) -> Result<Receipt, NoReceipt> {
        Err(NoReceipt::Unsigned)
    }
}
