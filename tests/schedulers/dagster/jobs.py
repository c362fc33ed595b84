"""Dagster's definitions, and: jobs.py terminate | create | starting JOB"""

import sys
import time

import dagster as dg


def job(name, seconds=0.0, error=None):
    @dg.op(name=f"{name}_op")
    def op():
        time.sleep(seconds)
        if error:
            raise LookupError(error)

    @dg.job(name=name)
    def job():
        op()

    return job


jobs = [
    job("succeeds"),
    job("fails", error="no such customer"),
    job("long", 25),
    job("times_out", 300),
    job("cancelled", 300),
    job("killed", 300),
    job("running", 900),
    job("every_minute", 0.2),
]
every_minute = dg.ScheduleDefinition(
    job=jobs[-1], cron_schedule="* * * * *", default_status=dg.DefaultScheduleStatus.RUNNING
)
defs = dg.Definitions(jobs=jobs, schedules=[every_minute])

if __name__ == "__main__":
    what, name = sys.argv[1:]
    with dg.DagsterInstance.get() as instance:
        if what == "terminate":
            [run] = instance.get_runs(dg.RunsFilter(job_name=name, statuses=[dg.DagsterRunStatus.STARTED]))
            instance.run_launcher.terminate(run.run_id)
        else:
            run = instance.create_run_for_job(next(job for job in jobs if job.name == name))
            if what == "starting":
                instance.report_engine_event("launching", run)
                instance.handle_new_event(
                    dg.EventLogEntry(
                        error_info=None,
                        level=20,
                        user_message="",
                        run_id=run.run_id,
                        timestamp=time.time(),
                        job_name=name,
                        dagster_event=dg.DagsterEvent(event_type_value="PIPELINE_STARTING", job_name=name),
                    )
                )
