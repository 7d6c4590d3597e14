//! Sumika turns a folder of articles, plans and lists into a municipality's public site about being
//! cared for at home.
//!
//! ```text
//!  EDGE     CORE: pure functions; no disk, clock, network, randomness                EDGE
//!  load ──> library ──> select ──> site ──> render ──> check ──> changeset ──> apply
//! ```
//!
//! Read `pipeline` first: it is the whole program without input and output. The rooms:
//!
//! - words, which know nothing of sites: `limits`, `source`, `diag`, `tree`, `table`, `calendar`, `japan`, `geo`, `feature`,
//!   `markdown`, `workbook`, `chart`;
//! - authored things, each reading its own files: `config`, `vocabulary`, `theme`, `article`, `plan`, `area`,
//!   `facility`, `figure`, `asset`, `layer`, joined by `library`;
//! - the decision, the model, the output: `select`, `site`, `artifact`, `render`, `check`, `publish`; of a build `bundle`
//!   keeps one edition;
//! - tools for staff: `list` (the canonical form of a list), `import`, `export`, `schedule`, `starter` (first files),
//!   `doubt` (what a list says as a whole), `review` (what a change does), `merge`, `form`, `github`,
//!   `report` (the planners' page), `audit` (what a withdrawn story has left);
//! - `follow`: when a server that keeps the site up to date has to build;
//! - the edge: `fault` (the machine's trouble), `load`, `cache`, `cli`, and of `publish` all but `manifest` and `changeset`.

#![forbid(unsafe_code)]

pub mod area;
pub mod article;
pub mod artifact;
pub mod asset;
pub mod audit;
pub mod bundle;
pub mod cache;
pub mod calendar;
pub mod chart;
pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod doubt;
pub mod export;
pub mod facility;
pub mod fault;
pub mod feature;
pub mod figure;
pub mod follow;
pub mod form;
pub mod geo;
pub mod github;
pub mod import;
pub mod japan;
pub mod layer;
pub mod library;
pub mod limits;
pub mod list;
pub mod load;
pub mod markdown;
pub mod merge;
pub mod pipeline;
pub mod plan;
pub mod publish;
pub mod render;
pub mod report;
pub mod review;
pub mod schedule;
pub mod select;
pub mod site;
pub mod source;
pub mod starter;
pub mod table;
pub mod theme;
pub mod tree;
pub mod vocabulary;
pub mod workbook;
