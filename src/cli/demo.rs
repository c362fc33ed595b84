//! `jobdelta demo`

use std::path::Path;

use super::arguments::{AnalysisArguments, DemoArguments};
use super::{Exit, Failure, Surroundings, settings};
use crate::demo;
use crate::pipeline;
use crate::render::{self, Format, TemplateChoice};
use crate::sink;
use crate::source::load;

/// The reports that the demo writes, and the template of each.
const REPORTS: [(&str, Format, Option<&str>); 3] = [
    ("report.md", Format::Markdown, Some("report")),
    ("final-summary.md", Format::Markdown, Some("final-summary")),
    ("report.json", Format::Json, None),
];

pub async fn run(arguments: DemoArguments, surroundings: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let dir = &arguments.dir;
    prepare(dir).await?;
    let analysis = AnalysisArguments {
        deployment: Some(dir.join("deployment.toml")),
        db: Some(database(dir)),
        as_of: Some(demo::AS_OF.to_owned()),
        ..AnalysisArguments::default()
    };
    let settings = settings::resolve(analysis, surroundings)?;
    let report = pipeline::run(&settings, surroundings.clock).await?;
    for (name, format, template) in REPORTS {
        let template = template.map(|name| TemplateChoice::BuiltIn(name.to_owned()));
        let bytes = render::render(&report, format, template.as_ref(), &surroundings.style)?;
        sink::to_file(&dir.join(name), &bytes)?;
    }
    let summary = render::render(&report, Format::Text, None, &surroundings.style)?;
    let text = format!("{}\n{}", String::from_utf8_lossy(&summary), places(dir));
    sink::to_stdout(surroundings.out, text.as_bytes())?;
    Ok(Exit::Success)
}

/// The rows, the database and the deployment file, made anew.
async fn prepare(dir: &Path) -> Result<(), Failure> {
    sink::make_dir(dir)?;
    let rows = dir.join("runs.csv");
    sink::to_file(&rows, demo::runs_csv().as_bytes())?;
    sink::to_file(&dir.join("deployment.toml"), demo::DEPLOYMENT.as_bytes())?;
    let url = database(dir);
    load::make_tables(&url).await?;
    load::import_into(&url, &[rows], false, &mut |_| {}).await?;
    Ok(())
}

fn database(dir: &Path) -> String {
    format!("sqlite://{}", dir.join("runs.sqlite").display())
}

fn places(dir: &Path) -> String {
    let dir = dir.display();
    format!(
        "In {dir}: runs.sqlite (and runs.csv, the same rows), deployment.toml,\n\
         report.md, final-summary.md, report.json\n\
         Next: cd {dir} && jobdelta check --as-of {}\n",
        demo::AS_OF
    )
}
