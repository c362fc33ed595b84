"""Prefect's flows: flows.py run | serve | start FLOW | deploy FLOW | cancel FLOW | pending | count STATE FLOW"""

import asyncio
import contextlib
import os
import signal
import sys
import time

from prefect import flow, get_client, serve
from prefect.client.schemas.filters import FlowFilter, FlowRunFilter
from prefect.deployments import run_deployment
from prefect.flow_runs import pause_flow_run
from prefect.states import Cancelling, Completed, Failed, Pending


@flow
def succeeds():
    time.sleep(0.1)


@flow
def fails():
    raise LookupError("no such customer")


@flow
def retried(attempts=[]):
    attempts.append(1)
    if len(attempts) == 1:
        raise ConnectionError("the mail server is away")


@flow
def exhausted():
    raise ConnectionError("the mail server is away")


@flow(timeout_seconds=2)
def times_out():
    for _ in range(200):
        time.sleep(0.1)


@flow
def long():
    time.sleep(6)


@flow
def named_states(good: bool):
    # A flow may give its final state a name of its own.
    return Completed(name="Nothing to do") if good else Failed(name="Rejected", message="the bank said no")


@flow
def child():
    time.sleep(0.5)


@flow
def parent():
    child()
    child()


@flow
def paused():
    pause_flow_run(timeout=600)


@flow
def killed():
    time.sleep(600)


@flow
def running():
    time.sleep(900)


@flow
def scheduled():
    time.sleep(0.1)


@flow
def cancelled():
    time.sleep(600)


@flow
def crashes():
    os.kill(os.getpid(), signal.SIGKILL)


def run():
    for _ in range(3):
        succeeds()
    for failing in (fails, times_out, exhausted.with_options(retries=1, retry_delay_seconds=1)):
        with contextlib.suppress(Exception):
            failing()
    retried.with_options(retries=2, retry_delay_seconds=1)()
    long()
    named_states(True)
    with contextlib.suppress(Exception):
        named_states(False)
    parent()
    with contextlib.suppress(Exception):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.alarm(4)
        paused()


def serve_all():
    serve(
        scheduled.to_deployment("scheduled", interval=20),
        cancelled.to_deployment("cancelled"),
        crashes.to_deployment("crashes"),
    )


async def ask(name, state=None, proposed=None):
    async with get_client() as client:
        named = FlowFilter(name={"any_": [name]})
        wanted = FlowRunFilter(state={"name": {"any_": [state]}}) if state else None
        found = await client.read_flow_runs(flow_filter=named, flow_run_filter=wanted)
        if proposed:
            await client.set_flow_run_state(found[0].id, proposed, force=True)
        return len(found)


async def pending():
    async with get_client() as client:
        await client.create_flow_run(succeeds, state=Pending())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run"]:
            run()
        case ["serve"]:
            serve_all()
        case ["start", name]:
            globals()[name.replace("-", "_")]()
        case ["deploy", name]:
            run_deployment(f"{name}/{name}", timeout=0)
        case ["cancel", name]:
            asyncio.run(ask(name, "Running", Cancelling()))
        case ["pending"]:
            asyncio.run(pending())
        case ["count", state, name]:
            print(asyncio.run(ask(name, state)))
