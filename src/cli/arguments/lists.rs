//! The arguments of the commands that print what is built in.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `jobdelta sources`
#[derive(Args, Debug)]
pub struct SourcesArguments {
    /// Print the file of one mapping, to start one's own from
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `jobdelta templates`
#[derive(Args, Debug)]
pub struct TemplatesArguments {
    /// What to do with them.
    #[command(subcommand)]
    pub command: TemplatesCommand,
}

/// What to do with templates.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// Name the built-in templates
    List,
    /// Print one, to start one's own from
    Show {
        /// Its name
        name: String,
    },
    /// Render a file against sample reports and say what is wrong with it
    Check {
        /// The template
        file: PathBuf,
    },
}

/// `jobdelta metrics`
#[derive(Args, Debug)]
pub struct MetricsArguments {
    /// How to print them
    #[arg(long, value_enum, default_value = "text")]
    pub format: ListFormat,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For readers.
    Text,
    /// For programs.
    Json,
}

/// `jobdelta man`
#[derive(Args, Debug)]
pub struct ManArguments {
    /// Where to put the pages; it is made where it is missing
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// `jobdelta completions`
#[derive(Args, Debug)]
pub struct CompletionsArguments {
    /// Which shell
    pub shell: clap_complete::Shell,
}
