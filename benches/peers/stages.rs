//! What each stage of a build takes: wall time, and processor time of all threads where the system tells.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use hexapla::config::{self, Config};
use hexapla::pipeline::{self, Event, Outcome, Shown, Watch, build};

use crate::measure::Cost;

/// Builds the archive of a folder, and tells at each step how far it is.
pub fn tell(folder: &Path) -> Result<(), Box<dyn Error>> {
    run(folder, &|config, watch| Ok(build(config, watch)?))
}

/// Edits a text of the archive of a folder and shows it as `serve` does: by what the last build left
/// in memory. Says what that cost, for [`told`].
pub fn preview(folder: &Path) -> Result<(), Box<dyn Error>> {
    let config = Config::new(folder, config::read(folder)?.0);
    let begun = Instant::now();
    let resident = pipeline::resident(&config)?;
    let mut resident = resident.ok_or("there is no build beside which anything could be shown")?;
    say("read into memory", begun);
    let seed = std::path::absolute(edit(&config.seeds)?)?;
    let (begun, used) = (Instant::now(), processor());
    let Shown::Edits(outcome) = resident.preview(&config, &BTreeSet::from([seed]))? else {
        return Err("the edit could not be shown at once".into());
    };
    say("shown", begun);
    let (wall, processor) = (begun.elapsed(), Duration::from_secs_f64(processor() - used));
    let set = outcome.receipt.map_or(0, |it| it.set.len());
    eprintln!("{:.2} s of processor time, {set} pages", processor.as_secs_f64());
    let (wall, processor) = (wall.as_micros(), processor.as_micros());
    Ok(writeln!(std::io::stdout(), "{wall} {processor} {}", memory() * 1_000_000)?)
}

/// What a command says that its work cost, as [`preview`] does: a process of its own, since what a benchmark
/// holds itself would be counted with each command that it runs.
pub fn told(command: &mut Command) -> Result<Cost, Box<dyn Error>> {
    let end = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8(end.stdout)?;
    let numbers: Vec<u64> = said.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [wall, processor, memory] = numbers[..] else {
        return Err(format!("{command:?} did not say what it cost").into());
    };
    let [wall, processor] = [wall, processor].map(Duration::from_micros);
    Ok(Cost { wall, processor, memory })
}

/// Puts one more line at the end of the seed in the middle.
fn edit(seeds: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(seeds)?.map(|it| Ok(it?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    let path = paths.swap_remove(paths.len() / 2);
    let text = fs::read_to_string(&path)?;
    fs::write(&path, text + "\n\nOne more line.\n")?;
    Ok(path)
}

/// A way from an archive to its site.
type Way<'a> = &'a dyn Fn(&Config, Watch) -> Result<Outcome, Box<dyn Error>>;

/// Goes a way, and tells at each step how far it is.
fn run(folder: &Path, way: Way) -> Result<(), Box<dyn Error>> {
    let config = Config::new(folder, config::read(folder)?.0);
    let begun = Instant::now();
    let stage = Mutex::new("listing");
    let note = |event: &Event| match (event, stage.lock()) {
        (Event::Begin { stage, .. }, Ok(mut now)) => {
            say(&format!("before {stage}"), begun);
            *now = stage;
        }
        (Event::End, Ok(now)) => say(&now, begun),
        _ => {}
    };
    let outcome = way(&config, &note)?;
    say("all", begun);
    eprintln!("{} documents, {} statements", outcome.documents, outcome.statements);
    Ok(())
}

/// Tells how long it has been, and the most memory so far.
fn say(what: &str, begun: Instant) {
    let wall = begun.elapsed().as_secs_f64();
    eprintln!("{what:20} {wall:8.2} s wall {:8.2} s processor {:6} MB", processor(), memory());
}

/// Seconds of processor time so far; 0 where the system does not tell.
fn processor() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory so far in megabytes; 0 where the system does not tell.
fn memory() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = text.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let number = peak.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    number.unwrap_or(0) / 1000
}
