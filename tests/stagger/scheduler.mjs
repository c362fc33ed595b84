// A job runner on node-cron, as of the deployment that jobdelta was started from: it logs each run in the database of its
// service. It runs several services; a line on standard input deploys the second schedule of all of them.
import { createInterface } from "node:readline";
import cron from "node-cron";
import pg from "pg";

const services = JSON.parse(process.argv[2]).map(({ url, jobs }) => ({
  pool: new pg.Pool({ connectionString: url, max: 2 }),
  jobs,
}));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function run(service, job, phase) {
  const { schedule, ms, outcome } = job[phase];
  const { rows } = await services[service].pool.query(
    "INSERT INTO job_execution_logs (job_name, started_at, status, metadata) VALUES ($1, $2, 'running', $3) RETURNING id",
    [job.name, new Date(), { effective_schedule: schedule }],
  );
  if (outcome === "lost") return;
  await sleep(ms);
  await services[service].pool.query(
    "UPDATE job_execution_logs SET status = $2, finished_at = now(), error_message = $3 WHERE id = $1",
    [rows[0].id, outcome, outcome === "failed" ? "column confidence does not exist" : null],
  );
  console.log(`${phase} ${service} ${job.name}`);
}

function start(phase) {
  return services.flatMap(({ jobs }, service) =>
    jobs.map((job) => cron.schedule(job[phase].schedule, () => run(service, job, phase))),
  );
}

const tasks = start("before");
createInterface({ input: process.stdin }).on("line", async () => {
  await Promise.all(tasks.map((task) => task.destroy()));
  start("after");
  console.log("deployed");
}).on("close", () => process.exit());
