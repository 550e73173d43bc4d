//! How the server ends: once asked, it takes no new questions, answers those at work, and waits no longer than a deadline.

use super::ServeError;
use axum::Router;
use std::future::IntoFuture;
use std::io;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// How long what is at work may take once the server is asked to stop. Whoever runs programs as services waits about as
/// long before killing them (ten seconds in most container engines).
pub(super) const GRACE: Duration = Duration::from_secs(10);

/// How the server came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Every question was answered.
    Answered,
    /// Some question was not answered by the deadline, or before the server was asked to stop again.
    BrokenOff,
}

/// Listens from now on for what asks a process to stop: Ctrl-C and, where there is such a thing, SIGTERM. Each arrives as
/// one message.
#[cfg(unix)]
pub(super) fn signals() -> io::Result<mpsc::Receiver<()>> {
    use std::future::poll_fn;
    use std::task::Poll;
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (tell, told) = mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            let asked = poll_fn(|context| match interrupt.poll_recv(context) {
                Poll::Ready(signal) => Poll::Ready(signal),
                Poll::Pending => terminate.poll_recv(context),
            });
            if asked.await.is_none() || tell.send(()).await.is_err() {
                return;
            }
        }
    });
    Ok(told)
}

/// The same where Ctrl-C is all there is.
#[cfg(not(unix))]
pub(super) fn signals() -> io::Result<mpsc::Receiver<()>> {
    let (tell, told) = mpsc::channel(1);
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() && tell.send(()).await.is_ok() {}
    });
    Ok(told)
}

/// Answers until `asked` says to stop, then finishes what is at work: for `grace` at most, and no longer than until
/// `asked` says so again.
pub(super) async fn answer_until(
    mut asked: mpsc::Receiver<()>,
    listener: TcpListener,
    router: Router,
    grace: Duration,
) -> Result<Ending, ServeError> {
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        // The sender is dropped rather than used, which ends the wait as well.
        let _ = stopped.await;
    });
    let server = tokio::spawn(server.into_future());
    asked.recv().await;
    drop(stop);
    let hurry = server.abort_handle();
    tokio::spawn(async move {
        if asked.recv().await.is_some() {
            hurry.abort();
        }
    });
    match timeout(grace, server).await {
        Ok(Ok(done)) => done.map(|()| Ending::Answered).map_err(ServeError::Stopped),
        Ok(Err(_)) | Err(_) => Ok(Ending::BrokenOff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::time::Instant;

    const LONG: Duration = Duration::from_secs(60);

    /// A server whose one answer takes as long as given, and a way to ask it to stop.
    async fn server(
        work: Duration,
        grace: Duration,
    ) -> (
        SocketAddr,
        mpsc::Sender<()>,
        tokio::task::JoinHandle<Result<Ending, ServeError>>,
    ) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answer = move || async move {
            tokio::time::sleep(work).await;
            "done"
        };
        let router = Router::new().route("/", get(answer));
        let (ask, asked) = mpsc::channel(1);
        let running = tokio::spawn(answer_until(asked, listener, router, grace));
        (address, ask, running)
    }

    /// Puts a question, and waits a moment so that it is at work.
    async fn question(address: SocketAddr) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        stream
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_at_work_is_answered_and_an_idle_connection_keeps_nobody() {
        let (address, ask, running) = server(Duration::from_millis(600), LONG).await;
        let _idle = TcpStream::connect(address).unwrap();
        let mut stream = question(address).await;
        ask.send(()).await.unwrap();
        assert_eq!(running.await.unwrap().unwrap(), Ending::Answered);
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("done"), "{answer}");
        assert!(
            TcpStream::connect(address).is_err(),
            "nobody listens any more"
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_deadline_and_a_second_request_to_stop_break_off() {
        let (address, ask, running) = server(LONG, Duration::from_millis(300)).await;
        let _stream = question(address).await;
        let began = Instant::now();
        ask.send(()).await.unwrap();
        assert_eq!(running.await.unwrap().unwrap(), Ending::BrokenOff);
        assert!(began.elapsed() < LONG / 2, "{:?}", began.elapsed());

        let (address, ask, running) = server(LONG, LONG).await;
        let _stream = question(address).await;
        let began = Instant::now();
        ask.send(()).await.unwrap();
        ask.send(()).await.unwrap();
        assert_eq!(running.await.unwrap().unwrap(), Ending::BrokenOff);
        assert!(began.elapsed() < LONG / 2, "{:?}", began.elapsed());
    }
}
