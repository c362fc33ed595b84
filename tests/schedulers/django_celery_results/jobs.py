"""Celery's tasks and Django's settings in one file: jobs.py migrate | mixed | revoke | again"""

import os
import signal
import sys
import time

import django
from celery import Celery
from celery.exceptions import Ignore, Reject
from django.conf import settings

track = not os.environ.get("JOBS_DEFAULTS")
database = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "jobs",
    "HOST": os.environ["PGHOST"],
    "PORT": os.environ["PGPORT"],
    "USER": os.environ["PGUSER"],
}
settings.configure(
    INSTALLED_APPS=["django_celery_results", "django_celery_beat"],
    DATABASES={"default": database},
    USE_TZ=True,
    TIME_ZONE="Asia/Kathmandu",
)
django.setup()

app = Celery("jobs", broker="filesystem://", backend="django-db")
app.conf.update(
    broker_transport_options={
        "data_folder_in": "broker/in",
        "data_folder_out": "broker/in",
        "control_folder": "broker/control",
    },
    task_track_started=track,
    result_extended=track,
    timezone="Asia/Kathmandu",
    worker_prefetch_multiplier=1,
)


@app.task
def succeeds(customer):
    return {"customer": customer}


@app.task
def fails(customer):
    raise LookupError(f"no such customer: {customer}")


@app.task
def sleeps(seconds):
    time.sleep(seconds)


@app.task(bind=True, max_retries=2)
def retries(self, succeed_at, countdown):
    if self.request.retries < succeed_at:
        raise self.retry(countdown=countdown, exc=ConnectionError("the mail server is away"))


@app.task(bind=True)
def progresses(self, seconds):
    self.update_state(state="PROGRESS", meta={"done": 40, "of": 100})
    time.sleep(seconds)


@app.task
def kills_itself():
    os.kill(os.getpid(), signal.SIGKILL)


@app.task
def ignored():
    raise Ignore()


@app.task(acks_late=True)
def rejected():
    raise Reject("not here", requeue=False)


def mixed():
    succeeds.delay(9)
    fails.delay("Ærø & Søn's \"møbler\"")
    sleeps.delay(6)
    sleeps.apply_async((30,), soft_time_limit=2)
    sleeps.apply_async((30,), time_limit=3)
    retries.delay(1, 1)
    retries.delay(9, 1)
    retries.delay(9, 3600)
    progresses.delay(1)
    kills_itself.delay()
    ignored.delay()
    rejected.delay()
    sleeps.apply_async((1,), expires=-5)
    time.sleep(16)
    fails.delay(10)
    progresses.delay(600)
    sleeps.delay(600)
    sleeps.apply_async((601,), task_id="00000000-0000-0000-0000-000000000001")
    sleeps.apply_async((602,), task_id="00000000-0000-0000-0000-000000000002", countdown=30)


def revoke():
    app.control.revoke("00000000-0000-0000-0000-000000000001", terminate=True)
    app.control.revoke("00000000-0000-0000-0000-000000000002")


def again():
    succeeds.delay(12)
    fails.delay(13)


if __name__ == "__main__":
    if sys.argv[1] == "migrate":
        from django.core.management import call_command

        from django_celery_beat.models import IntervalSchedule, PeriodicTask

        call_command("migrate", verbosity=0)
        often = IntervalSchedule.objects.create(every=4, period=IntervalSchedule.SECONDS)
        PeriodicTask.objects.create(name="nightly report", task="jobs.succeeds", args="[7]", interval=often)
        PeriodicTask.objects.create(name="nightly check", task="jobs.fails", args="[8]", interval=often, priority=1)
    else:
        globals()[sys.argv[1]]()
