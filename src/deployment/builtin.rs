//! The built-in mappings: one file each in `mappings/`, read as `[source]` of a deployment file is.

use super::built_in_file::{self, BuiltInFiles};
use super::document::{Item, Section};
use super::mapping;
use crate::mapping::{KnownSource, MainTable, MappingSettings, Need, Signature};

/// Name and text; the first is the one that every mapping of a user starts from.
const FILES: BuiltInFiles = &[
    ("job_runs", include_str!("../../mappings/job_runs.toml")),
    ("job_execution_logs", include_str!("../../mappings/job_execution_logs.toml")),
    ("pg_cron", include_str!("../../mappings/pg_cron.toml")),
    ("airflow", include_str!("../../mappings/airflow.toml")),
    ("airflow_2", include_str!("../../mappings/airflow_2.toml")),
    ("airflow_2_early", include_str!("../../mappings/airflow_2_early.toml")),
    ("airflow_tasks", include_str!("../../mappings/airflow_tasks.toml")),
    ("django_celery_results", include_str!("../../mappings/django_celery_results.toml")),
    ("pg_boss_10", include_str!("../../mappings/pg_boss_10.toml")),
    ("pg_boss", include_str!("../../mappings/pg_boss.toml")),
    ("pg_boss_9", include_str!("../../mappings/pg_boss_9.toml")),
    ("prefect", include_str!("../../mappings/prefect.toml")),
    ("prefect_tries", include_str!("../../mappings/prefect_tries.toml")),
    ("procrastinate", include_str!("../../mappings/procrastinate.toml")),
    ("pgagent", include_str!("../../mappings/pgagent.toml")),
    ("dagster", include_str!("../../mappings/dagster.toml")),
    ("django_q2", include_str!("../../mappings/django_q2.toml")),
    ("spring_batch", include_str!("../../mappings/spring_batch.toml")),
    ("n8n", include_str!("../../mappings/n8n.toml")),
    ("xxl_job", include_str!("../../mappings/xxl_job.toml")),
    ("good_job", include_str!("../../mappings/good_job.toml")),
    ("oban", include_str!("../../mappings/oban.toml")),
    ("river", include_str!("../../mappings/river.toml")),
    ("windmill", include_str!("../../mappings/windmill.toml")),
    ("laravel_schedule_monitor", include_str!("../../mappings/laravel_schedule_monitor.toml")),
    ("magento", include_str!("../../mappings/magento.toml")),
    ("action_scheduler", include_str!("../../mappings/action_scheduler.toml")),
];

/// The word for the mapping of whichever known table is there.
pub const AUTO: &str = "auto";

pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    FILES.iter().map(|(name, _)| *name)
}

/// Every mapping, in the order in which those of a product are preferred.
///
/// # Errors
/// When one cannot be read: a mistake in `mappings/`.
pub fn all() -> Result<Vec<KnownSource>, String> {
    names().map(find).collect()
}

/// The file of the mapping `name`.
///
/// # Errors
/// When there is none.
pub fn text(name: &str) -> Result<&'static str, String> {
    let found = built_in_file::find(FILES, "source preset", name, Some(AUTO));
    Ok(found.map_err(|error| format!("{error} (`jobdelta sources` lists all)"))?.1)
}

pub fn find(name: &str) -> Result<KnownSource, String> {
    built_in_file::read(name, text(name)?, |section| known_source(name, section))
        .map_err(|problems| format!("the built-in mapping {name} cannot be read: {problems}"))
}

/// The mapping that every other starts from, under the name of a user's own.
pub fn own() -> Result<MappingSettings, String> {
    let (name, _) = FILES[0];
    let base = find(name)?.mapping;
    // Unit and zone of another table's times are not known.
    Ok(MappingSettings { name: "custom".to_owned(), time_unit: None, time_zone: None, ..base })
}

/// The mapping that every user's file starts from when it names none: jobdelta's own table.
pub fn job_runs() -> Result<MappingSettings, String> {
    Ok(find(FILES[0].0)?.mapping)
}

fn known_source(name: &str, section: &mut Section<'_, '_>) -> KnownSource {
    let product = section.required_string("product").unwrap_or_default();
    let versions = section.string("versions");
    let variant = section.string("variant");
    let tested_with = section.required_string("tested_with").unwrap_or_default();
    let signature = section.get("recognised_by").map(signature).unwrap_or_default();
    let main = section.get("main").and_then(main_table);
    let needs = section.get("needs").map(needs).unwrap_or_default();
    let headline_limit = section.string("headline_limit");
    let written = mapping::read(section);
    if !written.is_custom() {
        section.missing(&["table", "columns"]);
    }
    let nothing = || MappingSettings::named(name);
    let mut mapping = written.over(nothing()).unwrap_or_else(|problem| {
        section.reader.problem(1, problem);
        nothing()
    });
    mapping = MappingSettings { main, needs, headline_limit, ..mapping };
    // Of a product's table an older version may lack a column.
    mapping.columns.values_mut().for_each(|column| column.must_exist = false);
    KnownSource { product, versions, variant, tested_with, signature, mapping }
}

/// `{ "cron.job_run_details" = ["runid", "jobid"] }`, the table with the runs first.
fn signature(item: Item<'_, '_>) -> Vec<Signature> {
    let Some(mut section) = item.section() else { return Vec::new() };
    let columns =
        |item: Item<'_, '_>| item.list().unwrap_or_default().iter().filter_map(Item::string).collect();
    let entries = section.entries().into_iter();
    entries.map(|(table, item)| Signature { table, columns: columns(item) }).collect()
}

/// `{ table = "dag_run", started_at = "start_date" }`
fn main_table(item: Item<'_, '_>) -> Option<MainTable> {
    let mut section = item.section()?;
    let (table, started_at) = (section.required_string("table"), section.required_string("started_at"));
    section.finish();
    Some(MainTable { table: table?, started_at: started_at? })
}

/// `[[needs]]`: settings of the product without which its rows lack a field.
fn needs(item: Item<'_, '_>) -> Vec<Need> {
    let read = |item: &Item<'_, '_>| {
        let mut section = item.clone().section()?;
        let mut text = |key| section.required_string(key);
        let (condition, lacking, advice) = (text("where"), text("lacking"), text("advice"));
        section.finish();
        Some(Need { condition: condition?, lacking: lacking?, advice: advice? })
    };
    item.list().unwrap_or_default().iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::NativeRows;
    use crate::run::Field;

    #[test]
    fn every_built_in_mapping_is_read() {
        for name in names() {
            let mapping = find(name).unwrap().mapping;
            assert!(!mapping.statuses.words.is_empty(), "{name} maps no status");
            if let NativeRows::Table(table) = &mapping.rows {
                assert!(!table.is_empty(), "{name} names no table");
                for field in Field::REQUIRED {
                    assert!(mapping.columns.contains_key(&field), "{name} lacks {field}");
                }
            }
        }
    }
}
