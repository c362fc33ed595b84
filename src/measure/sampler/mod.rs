//! Takes one round of the built-in measurements: of the database that holds the runs, and of a health endpoint.

mod health;
mod mysql;
mod postgres;
mod server;
mod statements;

use std::time::Duration;

use self::health::HealthAnswer;
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::{Clock, Timestamp};
use crate::database::{DatabaseError, Dialect, Session};
use crate::measurement::{
    BuiltIn, HEALTH_LATENCY, HEALTH_UP, HealthEndpoint, SampleProblem, SampleRound, Sampling, TakenSample,
    UPTIME,
};

/// For all statements of a round, connecting included, and for the answer of an endpoint.
const PATIENCE: Duration = Duration::from_secs(5);

/// One round: of the database at `url`, where there is one, and of the endpoint, where one is declared. An SQLite file has
/// no connections to count.
pub async fn sample(
    url: Option<&str>,
    sampling: &Sampling,
    clock: Clock,
    cancellation: &Cancellation,
) -> SampleRound {
    let database = async {
        let mut taken = RoundSoFar { sampling, round: SampleRound::default() };
        if let Some(url) = url
            && let Err(error) = taken.add_server(url, cancellation).await
        {
            taken.round.problems.push(error.to_string().into());
        }
        taken.round
    };
    let endpoint = async {
        let mut taken = RoundSoFar { sampling, round: SampleRound::default() };
        if let Some(health) = &sampling.health {
            let answer = health::ask(health, PATIENCE, cancellation).await;
            taken.add_answer(health, clock.now(), answer);
        }
        taken.round
    };
    let (mut round, of_endpoint) = tokio::join!(database, endpoint);
    round.samples.extend(of_endpoint.samples);
    round.problems.extend(of_endpoint.problems);
    round
}

/// A round, while it is taken.
struct RoundSoFar<'a> {
    sampling: &'a Sampling,
    round: SampleRound,
}

impl RoundSoFar<'_> {
    async fn add_server(&mut self, url: &str, cancellation: &Cancellation) -> Result<(), DatabaseError> {
        let deadline = Deadline::after(PATIENCE);
        let mut session = Session::open_until(cancellation, deadline, url, PATIENCE).await?;
        let state = match session.dialect() {
            Dialect::Sqlite => return Ok(()),
            Dialect::Postgres => postgres::state(&mut session, self.sampling.slow_query_after).await?,
            Dialect::MySql | Dialect::MariaDb => mysql::state(&mut session).await?,
        };
        let place = session.place();
        let is_hidden = state.values.iter().any(|(_, value)| value.is_none());
        for (built_in, value) in state.values {
            self.add(built_in, &place, state.at, value);
        }
        if is_hidden {
            let found = format!("what other sessions of {} do is hidden from this role", session.identity());
            self.round.problems.push(SampleProblem { found, advice: Some(postgres::GRANT) });
        }
        Ok(())
    }

    fn add_answer(&mut self, health: &HealthEndpoint, at: Timestamp, answer: HealthAnswer) {
        let HealthAnswer { is_up, latency, uptime, problem } = answer;
        let up = is_up.map(|up| f64::from(u8::from(up)));
        let latency = latency.map(|latency| latency.as_secs_f64() * 1_000.0);
        for (built_in, value) in [(&HEALTH_UP, up), (&HEALTH_LATENCY, latency), (&UPTIME, uptime)] {
            self.add(built_in, "", at, value);
        }
        let problem = problem.map(|problem| format!("{} {problem}", health.place()).into());
        self.round.problems.extend(problem);
    }

    fn add(&mut self, built_in: &BuiltIn, place: &str, at: Timestamp, value: Option<f64>) {
        if let (Some(key), Some(value)) = (self.sampling.series(built_in, place), value) {
            self.round.samples.push(TakenSample { key, at, value });
        }
    }
}
