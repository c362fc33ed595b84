// jobs.mjs queues | work PATTERN | send PATTERN | cancel QUEUE, for pg-boss 9 and 10 ($MAJOR)
import { setTimeout as sleep } from 'node:timers/promises'
import PgBoss from 'pg-boss'

const nine = process.env.MAJOR === '9'
const fail = async () => { throw new Error('no such customer') }
const queues = {
  succeeds: { work: () => sleep(50) },
  fails: { work: fail },
  retried: { retryLimit: 2, retryDelay: 1, work: async (job) => { if (!(job.retryCount ?? job.retrycount)) await fail() } },
  exhausted: { retryLimit: 1, retryDelay: 1, work: fail },
  'waits-for-retry': { retryLimit: 1, retryDelay: 3600, work: fail },
  'times-out': { expireInSeconds: 2, work: () => sleep(20_000) },
  long: { work: () => sleep(8_000) },
  running: { work: () => sleep(600_000) },
  cancelled: { work: () => sleep(600_000) },
  'cancelled-early': {},
  queued: {},
  deferred: { startAfter: 3600 },
  killed: { expireInSeconds: 3600, work: () => sleep(600_000) },
  'killed-and-expired': { expireInSeconds: 5, work: () => sleep(600_000) },
}

const [what, pattern] = process.argv.slice(2)
const boss = new PgBoss({
  connectionString: `postgres://jobdelta:x@127.0.0.1:${process.env.PGPORT}/jobs`,
  maintenanceIntervalSeconds: 1, archiveCompletedAfterSeconds: 10, archiveFailedAfterSeconds: 15,
})
boss.on('error', (error) => console.error(error.message))
await boss.start()
for (const [name, { work, ...options }] of Object.entries(queues)) {
  if (what === 'queues') {
    await boss.createQueue(name)
  } else if (what === 'cancel' && name === pattern) {
    const { rows } = await (boss.db ?? boss.getDb()).executeSql(`SELECT id FROM pgboss.job WHERE name = '${name}'`)
    await (nine ? boss.cancel(rows[0].id) : boss.cancel(name, rows[0].id))
  } else if (what === 'send' && new RegExp(pattern).test(name)) {
    await boss.send(name, { customer: 7 }, { retryLimit: 0, ...options })
  } else if (what === 'work' && new RegExp(pattern).test(name) && work) {
    const often = nine ? { newJobCheckInterval: 500 } : { pollingIntervalSeconds: 0.5 }
    await boss.work(name, { includeMetadata: true, ...often }, (jobs) => work(nine ? jobs : jobs[0]))
  }
}
if (what !== 'work') {
  await boss.stop({ graceful: false, timeout: 1000 })
  process.exit(0)
}
