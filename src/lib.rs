//! jobdelta: what did this deployment change for our scheduled jobs, and how do we know?
//!
//! How it works, from top to bottom:
//!
//! | room | holds |
//! |---|---|
//! | [`clock`], [`run`], [`window`] | the small words of the language |
//! | [`mapping`], [`sql_text`], [`time_format`] | how a native table becomes runs, the SQL that people write for it, and how they write times |
//! | [`log_pattern`] | how the lines of a log become runs |
//! | [`measurement`] | where the samples of a measurement beside the runs come from |
//! | [`cancellation`] | a request to stop |
//! | [`web`], [`web_address`] | questions to other programs over HTTP |
//! | [`webhook`] | who is sent a message, and how it is signed |
//! | [`figure`], [`legible`], [`nearest`] | how a number, a foreign text, a guess at a mistyped word are written |
//! | [`finite`] | numbers that can be compared and hashed |
//! | [`settings`], [`deployment`] | what was asked: flags, the deployment file, the environment |
//! | [`database`] | connections, the read-only snapshot, dialects |
//! | [`source`] | how a native table, or a file, becomes the relation `runs` |
//! | [`measure`] | the samples of such measurements |
//! | [`observe`], [`observation`] | the queries, and what was seen: counts, frequency tables, levels |
//! | [`analysis`] | figures and comparisons |
//! | [`inventory`] | each job of a table by itself |
//! | [`judgement`] | targets, triggers, the decision |
//! | [`report`] | the model that every format is rendered from |
//! | [`pipeline`] | the one way from settings to a report |
//! | [`render`], [`sink`] | formats, and where their bytes go |
//! | [`store`] | what jobdelta remembers, in a file of its own |
//! | [`watch`] | the hours after a deployment |
//! | [`cli`] | the door: arguments in, exit code out |
//! | [`http`] | the other door: requests in, answers out |
//! | [`demo`] | the rows of a real deployment, made anew |

pub mod analysis;
pub mod cancellation;
pub mod cli;
pub mod clock;
pub mod database;
pub mod demo;
pub mod deployment;
pub mod figure;
pub mod finite;
pub mod http;
pub mod inventory;
pub mod judgement;
pub mod legible;
pub mod log_pattern;
pub mod mapping;
pub mod measure;
pub mod measurement;
pub mod nearest;
pub mod observation;
pub mod observe;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod run;
pub mod settings;
pub mod sink;
pub mod source;
pub mod sql_text;
pub mod staged;
pub mod store;
pub mod time_format;
pub mod watch;
pub mod web;
pub mod web_address;
pub mod webhook;
pub mod window;
