"""django-q2's tasks and Django's settings in one file: jobs.py first | killed | second"""

import os
import sys
import time

SECRET_KEY = "not one"
INSTALLED_APPS = ["django_q"]
USE_TZ = True
TIME_ZONE = "Asia/Kathmandu"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "jobs",
        "HOST": os.environ["PGHOST"],
        "PORT": os.environ["PGPORT"],
        "USER": os.environ["PGUSER"],
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
Q_CLUSTER = {"name": "jobs", "workers": 2, "timeout": 8, "retry": 12, "max_attempts": 2, "orm": "default", "poll": 0.2}


def succeed():
    return 7


def fail():
    raise LookupError("no such customer")


def sleep(seconds):
    time.sleep(seconds)


def sleep_long():
    time.sleep(60)


def first():
    from django_q.tasks import async_task, schedule

    schedule("jobs.succeed", name="every minute", schedule_type="C", cron="* * * * *")
    async_task("jobs.succeed")
    async_task("jobs.succeed", group="nightly report")
    async_task("jobs.fail", group="nightly report")
    async_task("jobs.fail", ack_failure=True)
    async_task("jobs.sleep", 3)
    async_task("jobs.sleep", 3, group="slow")
    # Both workers are busy: these wait, and their start says when they were queued.
    async_task("jobs.sleep", 0.1, group="waits")
    async_task("jobs.sleep", 0.1, group="waits")
    async_task("jobs.no_such_function")


def killed():
    from django_q.tasks import async_task

    async_task("jobs.sleep", 7, group="killed")


def second():
    from django_q.tasks import async_task

    async_task("jobs.succeed", group="nightly report")
    async_task("jobs.sleep_long")


if __name__ == "__main__":
    import django

    django.setup()
    globals()[sys.argv[1]]()
