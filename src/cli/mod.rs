//! Arguments in, one call of the library out, an exit status back.

mod check;
mod print;
mod serve;

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use self::print::Output;
use crate::config::{self, Config};
use crate::disk;
use crate::error::Error;
use crate::init::{self, Kit};
use crate::pipeline::{self, Event, Outcome};
use crate::publish;
use crate::report::{self, Format, Progress, Volume};
use crate::vocab::codes::{Code, Severity};
use crate::vocab::diagnostic::Diagnostic;
use clap::{Args, Parser, Subcommand};

/// Turns raw texts in many languages into an archive where the versions of one statement stand side by
/// side.
#[derive(Debug, Parser)]
#[command(name = "hexapla", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    common: Common,
}

/// Options that every verb understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
struct Common {
    /// The folder of raw texts
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help = "The folder of raw texts [default: seeds]"
    )]
    seeds: Option<PathBuf>,
    /// The folder of content pages
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help = "The folder of content pages [default: content]"
    )]
    content: Option<PathBuf>,
    /// The output folder
    #[arg(long, global = true, value_name = "DIR", help = "The output folder [default: public]")]
    out: Option<PathBuf>,
    /// A theme in `themes/`, or the path of one; it stands over the default theme file by file
    #[arg(long, global = true, value_name = "NAME|DIR")]
    theme: Option<PathBuf>,
    /// Where the site is published; drives canonical links, feeds and the sitemap
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// How many threads to use [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Treat warnings as errors
    #[arg(long, global = true)]
    strict: bool,
    /// How diagnostics are written
    #[arg(long, global = true, value_enum, default_value_t)]
    message_format: MessageFormat,
    /// Say warnings and errors only
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum MessageFormat {
    /// Several lines each, with the line of the text and a hint
    #[default]
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
}

impl From<MessageFormat> for Format {
    fn from(written: MessageFormat) -> Self {
        match written {
            MessageFormat::Human => Self::Human,
            MessageFormat::Short => Self::Short,
            MessageFormat::Json => Self::Json,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Build the archive: seeds to content pages, content pages to the site
    Build {
        /// Read and make everything again, and use nothing that earlier builds found out
        #[arg(long)]
        fresh: bool,
    },
    /// Begin an archive: a folder that builds at once
    Init {
        /// The folder; what stands in it already is left alone
        dir: PathBuf,
        /// Add the workflow that publishes the archive on GitHub Pages at every push
        #[arg(long)]
        pages: bool,
    },
    /// Build, show the site in a browser, and build again at every change
    Serve {
        /// The address to listen at; with any but loopback, other machines can read the archive
        #[arg(long, default_value = "127.0.0.1")]
        host: IpAddr,
        /// The port; 0 takes any that is free
        #[arg(long, default_value_t = 4040)]
        port: u16,
    },
    /// Look for what is wrong and write nothing: all that a build would say, broken links, doubtful front
    /// matter, alignments that wait for review, names in each other's way
    #[command(after_help = check::HELP)]
    Check {
        /// Print what is found to standard output, in this form
        #[arg(long, value_enum)]
        format: Option<Output>,
    },
    /// Hash the raw texts again and compare: which are unchanged, changed, missing or new
    #[command(after_help = check::VERIFY_HELP)]
    Verify {
        /// Print every raw file to standard output, in this form: state, file, digest, pages
        #[arg(long, value_enum)]
        format: Option<Output>,
    },
    /// Print which texts of a folder are versions of one statement: file, statement, language
    Group {
        /// A folder of raw texts; nothing is written to it
        dir: PathBuf,
        /// The form of the output
        #[arg(long, value_enum, default_value_t)]
        format: Output,
    },
    /// Print which passages of a folder's texts are aligned: statement, unit, file, line
    Align {
        /// A folder of raw texts; nothing is written to it
        dir: PathBuf,
        /// The form of the output
        #[arg(long, value_enum, default_value_t)]
        format: Output,
    },
    /// Print the language of files: file, language, confidence
    Lang {
        /// Raw texts
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The form of the output
        #[arg(long, value_enum, default_value_t)]
        format: Output,
    },
    /// Explain a diagnostic, such as HX101; all of them without a code
    Explain {
        /// The code
        code: Option<String>,
    },
}

/// Nothing is wrong but warnings; something is wrong in the texts; it could not run.
const DONE: u8 = 0;
const WRONG_TEXTS: u8 = 1;
const COULD_NOT_RUN: u8 = 2;

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let format = arguments.common.message_format.into();
    let status = execute(&arguments).unwrap_or_else(|error| {
        match error {
            Error::Faults(faults) => report::print(&faults, format),
            Error::Disk { ref cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe => {
                return DONE;
            }
            other => {
                // Nobody is left to be told where standard error is closed.
                let _ = writeln!(io::stderr(), "error: {other}");
            }
        }
        COULD_NOT_RUN
    });
    ExitCode::from(status)
}

/// Carries out what was asked.
fn execute(arguments: &Arguments) -> Result<u8, Error> {
    let common = &arguments.common;
    if let Some(jobs) = common.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
        pool.map_err(|cause| Error::Setup(format!("cannot start {jobs} threads: {cause}")))?;
    }
    let (config, diagnostics) = configure(common)?;
    match &arguments.verb {
        Verb::Build { fresh } => build(&Config { fresh: *fresh, ..config }, common, diagnostics),
        Verb::Group { dir, format } => raw(dir, &config, common, (print::group, *format)),
        Verb::Align { dir, format } => raw(dir, &config, common, (print::align, *format)),
        Verb::Lang { files, format } => lang(files, &config, *format),
        Verb::Init { dir, pages } => begin(dir, if *pages { Kit::Pages } else { Kit::Archive }),
        Verb::Serve { host, port } => serve::serve((*host, *port), &config, common),
        Verb::Check { format } => check::check(&config, common, diagnostics, *format),
        Verb::Verify { format } => check::verify(&config, common, *format),
        Verb::Explain { code } => explain(code.as_deref()),
    }
}

/// The configuration file with the options of the command line over it.
fn configure(common: &Common) -> Result<(Config, Vec<Diagnostic>), Error> {
    let root = PathBuf::new();
    let (mut written, diagnostics) = config::read(&root)?;
    if let Some(seeds) = common.seeds.as_ref().filter(|it| !disk::is_there(it)) {
        return Err(Error::Setup(format!("there is no folder `{}`", seeds.display())));
    }
    written.seeds = common.seeds.clone().or(written.seeds);
    written.content = common.content.clone().or(written.content);
    written.out = common.out.clone().or(written.out);
    written.theme = common.theme.clone().or(written.theme);
    written.base_url = common.base_url.clone().or(written.base_url);
    let schemes = ["https://", "http://"];
    if let Some(url) = &written.base_url
        && !url.is_empty()
        && !schemes.iter().any(|it| url.starts_with(it))
    {
        let message = format!("the address of the site must begin with `https://`, not `{url}`");
        return Err(Error::Setup(message));
    }
    Ok((Config::new(&root, written), diagnostics))
}

/// Builds, and says what was done.
fn build(config: &Config, common: &Common, mut diagnostics: Vec<Diagnostic>) -> Result<u8, Error> {
    let begun = Instant::now();
    let outcome = with_progress(common, |watch| pipeline::build(config, watch))?;
    diagnostics.extend(outcome.diagnostics.iter().cloned());
    say(&diagnostics, common);
    if !common.quiet {
        let receipt = receipt(config, &outcome, &format!("{:.1} s", begun.elapsed().as_secs_f64()));
        let _ = io::stderr().write_all(receipt.as_bytes());
    }
    Ok(status(&diagnostics, common))
}

/// What a build did, in a few lines for people.
fn receipt(config: &Config, outcome: &Outcome, time: &str) -> String {
    let archive = [
        count(outcome.documents, "document"),
        count(outcome.statements, "statement"),
        count(outcome.languages, "language"),
        count(outcome.pages, "page") + " written to " + &config.content.display().to_string(),
    ];
    let site = match &outcome.receipt {
        None => format!("{} was left as it was", config.out.display()),
        Some(done) => format!(
            "{} written, {} unchanged, {} removed in {}; {:.1} MB ({}); {time}\nopen {}",
            count(done.written, "file"),
            done.unchanged,
            done.removed,
            config.out.display(),
            done.bytes() as f64 / 1e6,
            publish::heaviest(&done.weights),
            config.out.join("index.html").display()
        ),
    };
    format!("{}\n{site}\n", archive.join(", "))
}

/// A number of things in words.
fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Runs a part of the pipeline with its progress shown.
fn with_progress<T>(common: &Common, work: impl FnOnce(pipeline::Watch) -> T) -> T {
    let progress = Progress::new(if common.quiet { Volume::Quiet } else { Volume::Normal });
    work(&|event: &Event| progress.note(event))
}

/// Writes diagnostics to standard error; notes only where nothing is held back.
fn say(diagnostics: &[Diagnostic], common: &Common) {
    let shown = |it: &&Diagnostic| !common.quiet || it.code.severity() != Severity::Note;
    let shown: Vec<Diagnostic> = diagnostics.iter().filter(shown).cloned().collect();
    report::print(&shown, common.message_format.into());
}

/// The exit status that diagnostics call for.
fn status(diagnostics: &[Diagnostic], common: &Common) -> u8 {
    let wrong = |it: &Diagnostic| match it.code.severity() {
        Severity::Error => true,
        Severity::Warning => common.strict,
        Severity::Note => false,
    };
    if diagnostics.iter().any(wrong) { WRONG_TEXTS } else { DONE }
}

/// Begins an archive, and says what was put there.
fn begin(dir: &Path, kit: Kit) -> Result<u8, Error> {
    let written = init::init(dir, kit)?;
    let text = if written.is_empty() {
        "everything is there already; nothing was written".to_owned()
    } else {
        written.join("\n")
    };
    // Nobody is left to be told where standard error is closed.
    let _ = writeln!(io::stderr(), "{text}");
    Ok(DONE)
}

/// How `group` and `align` print what was gathered.
type Printer =
    fn(&pipeline::Gathered, Output, pipeline::Watch, &mut dyn io::Write) -> io::Result<()>;

/// Gathers a folder of raw texts and prints something of it.
fn raw(
    dir: &Path,
    config: &Config,
    common: &Common,
    (print, form): (Printer, Output),
) -> Result<u8, Error> {
    with_progress(common, |watch| {
        let gathered = pipeline::gather(dir, config, watch)?;
        say(&gathered.diagnostics, common);
        to_stdout(|out| print(&gathered, form, watch, out))?;
        Ok(status(&gathered.diagnostics, common))
    })
}

/// Prints the language of files.
fn lang(files: &[PathBuf], config: &Config, form: Output) -> Result<u8, Error> {
    let told = pipeline::tell_languages(files, config)?;
    to_stdout(|out| print::languages(files, &told, form, out))?;
    Ok(DONE)
}

/// Prints what a code means, or all codes.
fn explain(code: Option<&str>) -> Result<u8, Error> {
    let wanted = |it: &&Code| {
        code.is_none_or(|code| it.id().eq_ignore_ascii_case(code) || it.name() == code)
    };
    let codes: Vec<&Code> = Code::ALL.iter().filter(wanted).collect();
    if codes.is_empty() {
        let unknown = code.unwrap_or_default();
        return Err(Error::Setup(format!(
            "there is no code `{unknown}`; `hexapla explain` lists them all"
        )));
    }
    to_stdout(|out| print::codes(&codes, out))?;
    Ok(DONE)
}

/// Writes data to standard output.
fn to_stdout(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(|cause| Error::Disk {
        action: "write",
        path: PathBuf::from("standard output"),
        cause,
    })
}
