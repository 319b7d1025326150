//! Many requests in one go: all are sent before the first answer is waited for.

use std::pin::Pin;

use futures_util::future::{MaybeDone, maybe_done};
use futures_util::poll;

/// A request whose first poll sends it.
pub(super) type Request<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends all, in this order, then waits for all.
pub(super) async fn pipelined<T>(requests: Vec<Request<'_, T>>) -> Vec<T> {
    let mut begun = Vec::with_capacity(requests.len());
    for request in requests {
        let mut request = maybe_done(request);
        // Its answer is looked at below; here it only matters that it is sent before the next.
        let _ = poll!(&mut request);
        begun.push(request);
    }
    let mut answers = Vec::with_capacity(begun.len());
    for mut request in begun {
        if !matches!(request, MaybeDone::Done(_)) {
            (&mut request).await;
        }
        answers.extend(Pin::new(&mut request).take_output());
    }
    answers
}
