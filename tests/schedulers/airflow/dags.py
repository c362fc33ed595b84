"""Airflow's DAGs: started by make.sh through the API, but for those with a schedule."""

import os
import time
from datetime import timedelta

import pendulum
from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import DAG, task

START = pendulum.datetime(2026, 1, 1, tz="Asia/Kathmandu")


def dag(name, **options):
    options = {"schedule": None, "start_date": START, "catchup": False, "is_paused_upon_creation": False} | options
    return DAG(name, **options)


def one_task(name, run, retries=0, retry_delay=3, execution_timeout=None, **options):
    with dag(name, **options) as made:
        task(
            task_id="work",
            retries=retries,
            retry_delay=timedelta(seconds=retry_delay),
            execution_timeout=execution_timeout and timedelta(seconds=execution_timeout),
        )(run)()
    return made


def fail():
    raise LookupError("no such customer")


def fail_first(ti=None):
    if ti.try_number == 1:
        raise ConnectionError("the mail server is away")


def lose():
    os.kill(os.getppid(), 9)  # who sends its heartbeats
    time.sleep(1)
    os.kill(os.getpid(), 9)


def sleep(seconds):
    def run():
        time.sleep(seconds)

    return run


dags = [
    one_task("every_minute", sleep(0.1), schedule="* * * * *"),
    one_task("hourly", sleep(0.1), schedule="0 * * * *", end_date=pendulum.datetime(2026, 1, 31)),
    one_task("paused", sleep(0.1), schedule="* * * * *", is_paused_upon_creation=True),
    one_task("succeeds", sleep(0.1)),
    one_task("fails", fail),
    one_task("retried", fail_first, retries=1),
    one_task("exhausted", fail, retries=1),
    one_task("waits_for_retry", fail, retries=1, retry_delay=3600),
    one_task("times_out", sleep(600), dagrun_timeout=timedelta(seconds=10)),
    one_task("task_times_out", sleep(600), execution_timeout=2),
    one_task("long", sleep(30)),
    one_task("cleared", sleep(0.1)),
    one_task("deleted", sleep(0.1)),
    one_task("killed", lambda: os.kill(os.getpid(), 9)),
    one_task("lost", lose),
    one_task("cut_off", sleep(900)),
    one_task("marked_failed", sleep(600)),
    one_task("one_at_a_time", sleep(900), max_active_runs=1),
]

with dag("mapped") as mapped:

    @task
    def part(number):
        time.sleep(number)

    part.expand(number=[1, 2, 3])

with dag("branches") as branches:

    @task
    def skips():
        raise AirflowSkipException("nothing to do today")

    @task
    def after(ti=None):
        time.sleep(0.1)

    after.override(task_id="after_skip")() << skips()
    after.override(task_id="after_failure")() << task(task_id="breaks")(fail)()

with dag("deferred") as deferred:
    TimeDeltaSensor(task_id="waits", delta=timedelta(days=300), deferrable=True)

with dag("rescheduled") as rescheduled:
    PythonSensor(task_id="polls", python_callable=lambda: False, mode="reschedule", poke_interval=600)

globals().update({made.dag_id: made for made in dags})
