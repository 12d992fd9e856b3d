from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aegis_airflow_provider.ending import Ending
from aegis_airflow_provider.request import RunRequest
from aegis_airflow_provider.run_folder import RunFolder
from aegis_airflow_provider.triggers.aegis import AegisTrigger
from conftest import report, result

RequestOf = Callable[..., RunRequest]

KEY = "a" * 32
PASSES = f"open(report_path, 'w').write({json.dumps(report(result('a', 'pass')))!r})\n"
WAITS = "say('Run r1: 1 rule')\nopen('starts', 'a').write('x')\nwhile not os.path.exists('gate'): time.sleep(0.01)\n"


def trigger_of(request: RunRequest, tmp_path: Path, **arguments: Any) -> AegisTrigger:
    return AegisTrigger(
        request=request.to_json(), run_key=KEY, state_dir=str(tmp_path / "state"), poll_interval_s=0.01, **arguments
    )


def copy_of(trigger: AegisTrigger) -> AegisTrigger:
    """As another triggerer gets it."""
    return AegisTrigger(**json.loads(json.dumps(trigger.serialize()[1])))


async def event_of(trigger: AegisTrigger) -> Ending:
    event = await anext(trigger.run())
    return Ending(**json.loads(json.dumps(event.payload)))


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


def test_one_event_tells_how_the_run_ended(request_of: RequestOf, tmp_path: Path) -> None:
    ending = asyncio.run(event_of(trigger_of(request_of(PASSES), tmp_path)))
    assert ending.exit_code == 0
    assert ending.summary is not None


def test_a_triggerer_that_starts_again_finds_the_run_it_had(request_of: RequestOf, tmp_path: Path) -> None:
    trigger = trigger_of(request_of(WAITS + PASSES), tmp_path)

    async def scenario() -> Ending:
        lost = asyncio.create_task(event_of(trigger))
        await until((tmp_path / "starts").exists)
        lost.cancel()
        await asyncio.gather(lost, return_exceptions=True)
        (tmp_path / "gate").touch()
        return await event_of(copy_of(trigger))

    ending = asyncio.run(scenario())
    assert ending.exit_code == 0
    assert (tmp_path / "starts").read_text() == "x"


def test_a_run_that_died_with_its_triggerer_is_continued(request_of: RequestOf, tmp_path: Path) -> None:
    trigger = trigger_of(
        request_of("if '--resume=r1' not in flags:\n    " + WAITS.replace("\n", "\n    ") + "\n" + PASSES), tmp_path
    )

    async def scenario() -> Ending:
        lost = asyncio.create_task(event_of(trigger))
        await until((tmp_path / "starts").exists)
        lost.cancel()
        await asyncio.gather(lost, return_exceptions=True)
        folder = RunFolder(tmp_path / "state" / KEY)
        folder.send(signal.SIGKILL)
        await until(lambda: not folder.is_running())
        return await event_of(copy_of(trigger))

    assert asyncio.run(scenario()).exit_code == 0


def test_killing_the_task_interrupts_the_run(request_of: RequestOf, tmp_path: Path) -> None:
    body = "def stop(*_):\n    sys.exit(3)\nsignal.signal(signal.SIGINT, stop)\n" + WAITS
    trigger = trigger_of(request_of(body), tmp_path, kill_after_s=30)

    async def scenario() -> Ending:
        waiting = asyncio.create_task(event_of(trigger))
        await until((tmp_path / "starts").exists)
        await copy_of(trigger).on_kill()
        return await waiting

    assert asyncio.run(scenario()).exit_code == 3


def test_the_run_is_stopped_when_the_time_of_the_task_is_over(request_of: RequestOf, tmp_path: Path) -> None:
    trigger = trigger_of(request_of(WAITS), tmp_path, deadline=time.time() + 0.1, kill_after_s=0.1)
    assert asyncio.run(event_of(trigger)).timed_out


def test_a_run_that_cannot_start_is_told_as_an_event(tmp_path: Path) -> None:
    request = RunRequest(program=["aegis-that-is-nowhere"], flags=[], rules=["r.yaml"])
    ending = asyncio.run(event_of(trigger_of(request, tmp_path)))
    assert ending.usage_error is not None
    assert "cannot be found" in ending.usage_error
