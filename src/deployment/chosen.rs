//! The deployment file as it holds in one environment.

use super::DeploymentFile;
use super::environments::EnvironmentSection;
use super::problem::Problem;
use super::windows::WindowsSection;
use crate::nearest::did_you_mean;

/// The flag that chooses one.
const FLAG: &str = "--environment";

impl DeploymentFile {
    /// The names of its environments, in their order.
    pub fn environment_names(&self) -> Vec<&str> {
        self.environments.iter().map(|environment| environment.name.value.as_str()).collect()
    }

    /// The file as it holds in an environment: the last one where none is named. A file without any is the same
    /// everywhere.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn in_environment(&self, name: Option<&str>) -> Result<Self, Problem> {
        let chosen = match name {
            None => self.environments.last(),
            Some(name) => {
                let named = self.environments.iter().find(|environment| environment.name.value == name);
                Some(named.ok_or_else(|| self.no_environment(name))?)
            }
        };
        let Some(EnvironmentSection { name, source, windows }) = chosen else { return Ok(self.clone()) };
        let mut file = Self { environments: Vec::new(), ..self.clone() };
        file.facts.environment = Some(name.value.clone());
        if let Some(source) = source {
            file.source = source.clone();
        }
        if let Some(windows) = windows {
            let labels = windows.labels.clone().or(file.windows.labels);
            let (cycle, burst_window) = (file.windows.cycle, file.windows.burst_window);
            file.windows = WindowsSection { labels, cycle, burst_window, ..windows.clone() };
            file.facts.labels = file.windows.labels.clone().unwrap_or(file.facts.labels);
        }
        Ok(file)
    }

    fn no_environment(&self, name: &str) -> Problem {
        let names = self.environment_names();
        let message = if names.is_empty() {
            "the deployment file has no [environments]".to_owned()
        } else {
            let hint = did_you_mean(name, names.iter().copied());
            format!("'{name}' is none of {}{hint}", names.join(", "))
        };
        Problem::with_flag(FLAG, message)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::deployment::Problems;

    const FILE: &str = "name = \"Stagger\"\n[windows]\nlabels = [\"Old\", \"New\"]\ncycle = \"6h\"\n\
        [source]\nurl = \"jobs.sqlite\"\n\
        [environments.staging]\nsource = { url = \"${STAGING}\" }\nwindows = { at = \"2026-02-01T09:00:00Z\" }\n\
        [environments.production.windows]\nat = \"2026-02-05T09:00:00Z\"\n";

    fn read(text: &str) -> Result<DeploymentFile, Problems> {
        DeploymentFile::read(text, "d.toml", &BTreeMap::new())
    }

    #[test]
    fn an_environment_takes_the_place_of_source_and_windows() {
        let file = read(FILE).unwrap();
        assert_eq!(file.environment_names(), ["staging", "production"]);
        let seen = |name: Option<&str>| {
            let file = file.in_environment(name).unwrap();
            let url = file.source.url.unwrap().value;
            assert!(file.windows.cycle.is_some() && file.facts.labels == ["Old", "New"]);
            (file.facts.environment.unwrap(), url, file.windows.at.unwrap().value)
        };
        let staging = ("staging".into(), "${STAGING}".into(), "2026-02-01T09:00:00Z".into());
        let production = ("production".into(), "jobs.sqlite".into(), "2026-02-05T09:00:00Z".into());
        assert_eq!(seen(Some("staging")), staging);
        // The deployment gets to the last one last.
        assert_eq!((seen(Some("production")), seen(None)), (production.clone(), production));
    }

    #[test]
    fn what_is_no_environment_is_said() {
        let said = |file: &str, name| read(file).unwrap().in_environment(Some(name)).unwrap_err().to_string();
        assert_eq!(
            said(FILE, "stagin"),
            "--environment: 'stagin' is none of staging, production; did you mean 'staging'?"
        );
        assert_eq!(said("", "staging"), "--environment: the deployment file has no [environments]");
        let wrong = "[environments.staging]\nwindow = 1\n[environments.production.windows]\ncycle = \"6h\"\n";
        let problems = read(wrong).unwrap_err().to_string();
        assert!(problems.contains("d.toml:2: unknown key 'window' in [environments.staging]"), "{problems}");
        assert!(problems.contains("d.toml:3: cycle and burst_window belong in [windows]"), "{problems}");
    }
}
