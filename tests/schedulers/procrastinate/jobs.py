"""Procrastinate's tasks: jobs.py killed | defer | cancel | again"""

import asyncio
import datetime
import os
import sys

import procrastinate

connector = procrastinate.PsycopgConnector(
    conninfo=f"host={os.environ['PGHOST']} port={os.environ['PGPORT']} user=jobdelta dbname=jobs"
)
app = procrastinate.App(connector=connector)


@app.task(name="succeeds")
async def succeeds():
    await asyncio.sleep(0.05)


@app.task(name="fails")
async def fails():
    raise LookupError("no such customer")


@app.task(name="long")
async def long():
    await asyncio.sleep(6)


@app.task(name="running")
async def running():
    await asyncio.sleep(600)


@app.task(name="aborted")
async def aborted():
    await asyncio.sleep(600)


@app.task(name="retried", retry=procrastinate.RetryStrategy(max_attempts=3, wait=1), pass_context=True)
async def retried(context):
    if context.job.attempts == 0:
        raise ConnectionError("the mail server is away")


@app.task(name="exhausted", retry=procrastinate.RetryStrategy(max_attempts=2, wait=1))
async def exhausted():
    raise ConnectionError("the mail server is away")


@app.task(name="waits_for_retry", retry=procrastinate.RetryStrategy(max_attempts=2, wait=3600))
async def waits_for_retry():
    raise ConnectionError("the mail server is away")


@app.task(name="killed", queue="killed", pass_context=True)
async def killed(context):
    if context.job.attempts == 0:
        await asyncio.sleep(600)


@app.periodic(cron="* * * * * */5")
@app.task(name="periodic")
async def periodic(timestamp):
    await asyncio.sleep(0.02)


def ids(task, status):
    return [job.id for job in app.job_manager.list_jobs(task=task, status=status)]


def main(what):
    jobs = app.job_manager
    if what == "killed":
        for _ in range(3):
            killed.defer()
    elif what == "defer":
        first, second, _ = ids("killed", "doing")
        now = datetime.datetime.now(datetime.timezone.utc)
        jobs.retry_job_by_id(first, retry_at=now, queue="default")
        jobs.cancel_job_by_id(second, abort=True)
        for task in (succeeds, succeeds, succeeds, fails, long, retried, exhausted, waits_for_retry, aborted):
            task.defer()
        succeeds.configure(schedule_in={"hours": 1}).defer()
        succeeds.configure(queue="unserved").defer()
        jobs.cancel_job_by_id(succeeds.configure(queue="unserved").defer())
    elif what == "cancel":
        jobs.cancel_job_by_id(ids("aborted", "doing")[0], abort=True)
    else:
        fails.defer()
        running.defer()


if __name__ == "__main__":
    with app.open():
        main(sys.argv[1])
