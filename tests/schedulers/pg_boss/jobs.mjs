// jobs.mjs queues | work PATTERN | send PATTERN | cancel QUEUE
import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'

const fail = async () => { throw new Error('no such customer') }
const queues = {
  succeeds: { work: () => sleep(50) },
  fails: { retryLimit: 0, work: fail },
  retried: { retryLimit: 2, retryDelay: 1, work: async (job) => { if (job.retryCount === 0) await fail() } },
  exhausted: { retryLimit: 1, retryDelay: 1, work: fail },
  'waits-for-retry': { retryLimit: 1, retryDelay: 3600, work: fail },
  'times-out': { retryLimit: 0, expireInSeconds: 2, work: () => sleep(20_000) },
  long: { work: () => sleep(8_000) },
  running: { work: () => sleep(600_000) },
  cancelled: { work: () => sleep(600_000) },
  'cancelled-early': {},
  queued: {},
  deferred: { startAfter: 3600 },
  'own-table': { partition: true, work: () => sleep(20) },
  'every-minute': { cron: '* * * * *', work: () => sleep(20) },
  killed: { expireInSeconds: 3600, work: () => sleep(600_000) },
  'killed-and-expired': { retryLimit: 0, expireInSeconds: 5, work: () => sleep(600_000) },
}

const [what, pattern] = process.argv.slice(2)
const boss = new PgBoss({
  connectionString: `postgres://jobdelta:x@127.0.0.1:${process.env.PGPORT}/jobs`,
  superviseIntervalSeconds: 1, monitorIntervalSeconds: 1, cronMonitorIntervalSeconds: 1, cronWorkerIntervalSeconds: 1,
})
boss.on('error', (error) => console.error(error.message))
await boss.start()
for (const [name, { work, cron, startAfter, ...options }] of Object.entries(queues)) {
  if (what === 'queues') {
    await boss.createQueue(name, options)
    if (cron) await boss.schedule(name, cron)
  } else if (what === 'cancel' && name === pattern) {
    const { rows } = await boss.getDb().executeSql(`SELECT id FROM pgboss.job WHERE name = '${name}'`)
    await boss.cancel(name, rows[0].id)
  } else if (what === 'send' && new RegExp(pattern).test(name) && !cron) {
    await boss.send(name, { customer: 7 }, startAfter ? { startAfter } : {})
  } else if (what === 'work' && new RegExp(pattern).test(name) && work) {
    await boss.work(name, { includeMetadata: true, pollingIntervalSeconds: 0.5 }, ([job]) => work(job))
  }
}
if (what !== 'work') await boss.stop({ graceful: false })
