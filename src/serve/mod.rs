//! The archive shown while it is worked on: built, served, and built again whenever something changes.
//!
//! The site is served from the output folder as any host would serve it; the one thing added to a page is
//! a script that loads it anew after the next build and shows what is wrong with the texts. A page's own
//! content security policy forbids everything but scripts of the same origin, so news come as scripts, too:
//! the request for the next one is held until there is something to tell.

mod answer;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tiny_http::Server;

use crate::error::Error;

pub use self::watch::Changed;
use self::watch::Changes;

/// How long a request for news is held before it is answered without any.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where and what is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen at; others than loopback can be reached from other machines.
    pub host: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// The folder of the site.
    pub out: PathBuf,
    /// Files and folders whose change calls for a new build.
    pub watched: Vec<PathBuf>,
}

/// What a build said, for the page: nothing where all is well.
pub type Report = String;

/// What a build came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// What it said.
    pub report: Report,
    /// Whether it changed the site.
    pub changed: bool,
}

/// What was shown of a change before the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Previewed {
    /// The site is as a build would make it.
    Unchanged,
    /// What was edited.
    Edits(Built),
    /// Nothing, since only a build can show it.
    Nothing,
}

/// How the site is made.
#[derive(Clone, Copy)]
pub struct Makers<'a> {
    /// Shows what was edited, at once and by itself.
    pub preview: &'a (dyn Fn(&Changed) -> Previewed + Sync),
    /// Makes the site, and tells what is wrong.
    pub build: &'a (dyn Fn() -> Built + Sync),
    /// Makes ready for the next preview while nothing else is to be done.
    pub rest: &'a (dyn Fn() + Sync),
}

/// Serves until the process ends; `ready` is told the address once after the first build.
///
/// Fails where the address cannot be listened at or the folders cannot be watched.
pub fn serve(options: &Options, makers: Makers, ready: &dyn Fn(SocketAddr)) -> Result<(), Error> {
    let server = Server::http((options.host, options.port)).map_err(|cause| {
        let (host, port) = (options.host, options.port);
        Error::Setup(format!("cannot listen at {host}, port {port}: {cause}; try another `--port`"))
    })?;
    let mut changes = Changes::of(&options.watched)?;
    let news = News::default();
    news.tell((makers.build)());
    let address = server.server_addr().to_ip();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            (makers.rest)();
            while let Some(changed) = changes.wait() {
                match (makers.preview)(&changed) {
                    Previewed::Unchanged => continue,
                    Previewed::Edits(shown) => news.tell(shown),
                    Previewed::Nothing => {}
                }
                news.tell((makers.build)());
                (makers.rest)();
            }
        });
        if let Some(address) = address {
            ready(address);
        }
        for request in server.incoming_requests() {
            let (news, out) = (&news, options.out.as_path());
            scope.spawn(move || answer::answer(request, &Site { out, news, address }));
        }
    });
    Ok(())
}

/// What answering a request stands on.
struct Site<'a> {
    out: &'a Path,
    news: &'a News,
    address: Option<SocketAddr>,
}

/// The last build, and those who wait for the next.
#[derive(Default)]
struct News {
    last: Mutex<(u64, Report)>,
    changed: Condvar,
}

impl News {
    /// The last build, whatever became of a thread that looked at it before.
    fn last(&self) -> MutexGuard<'_, (u64, Report)> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody of a new build, unless it changed nothing and says nothing new.
    fn tell(&self, built: Built) {
        let mut last = self.last();
        if last.0 == 0 || built.changed || built.report != last.1 {
            *last = (last.0 + 1, built.report);
            self.changed.notify_all();
        }
    }

    /// The number of the last build.
    fn number(&self) -> u64 {
        self.last().0
    }

    /// The last build as soon as it is another than the one that was seen, or after some patience.
    fn after(&self, seen: Option<u64>) -> (u64, Report) {
        let waiting = |last: &mut (u64, Report)| Some(last.0) == seen;
        let waited = self.changed.wait_timeout_while(self.last(), PATIENCE, waiting);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}
