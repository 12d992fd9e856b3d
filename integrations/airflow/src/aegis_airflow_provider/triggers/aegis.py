"""Runs Aegis in the triggerer, so that a task that waits for a warehouse holds no worker slot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

from aegis_airflow_provider.attend import AttendedRun
from aegis_airflow_provider.ending import Ending, ending_of
from aegis_airflow_provider.exceptions import AegisIncomplete, AegisUsageError
from aegis_airflow_provider.hooks.aegis import AegisHook
from aegis_airflow_provider.request import RunRequest
from aegis_airflow_provider.run_folder import RunFolder, runs_folder


class AegisTrigger(BaseTrigger):
    """Starts a run and waits for its end.

    The run is kept in a folder that its key names. A triggerer that starts again on the same machine, or on one that
    shares the folder, finds it: still running, ended, or to be continued with `--resume`.

    :param request: what to run, as `RunRequest.to_json` gives it; Airflow encrypts the arguments of triggers
    :param run_key: names this try of the task
    :param state_dir: the folder of runs; None is one in the temporary folder of the machine
    :param poll_interval_s: how often to look
    :param kill_after_s: how long a stopped run may take to end its statements
    :param deadline: when the run is stopped, in seconds since the epoch; None never
    """

    def __init__(
        self,
        *,
        request: dict[str, Any],
        run_key: str,
        state_dir: str | None = None,
        poll_interval_s: float = 1.0,
        kill_after_s: float = 4.0,
        deadline: float | None = None,
    ) -> None:
        super().__init__()
        self.request = request
        self.run_key = run_key
        self.state_dir = state_dir
        self.poll_interval_s = poll_interval_s
        self.kill_after_s = kill_after_s
        self.deadline = deadline

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """For another process that goes on with it."""
        names = ("request", "run_key", "state_dir", "poll_interval_s", "kill_after_s", "deadline")
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return path, {name: getattr(self, name) for name in names}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yields one event: how the run ended, as `Ending.to_json` gives it."""
        try:
            ending = await self._attend()
        except AegisUsageError as error:
            ending = Ending(usage_error=str(error))
        except AegisIncomplete as error:
            ending = Ending(message=str(error))
        yield TriggerEvent(ending.to_json())

    async def on_kill(self) -> None:
        """Ends the statements in the warehouse when somebody clears or marks the task."""
        await asyncio.to_thread(self._folder().stop, self.kill_after_s)

    async def _attend(self) -> Ending:
        request = RunRequest(**self.request)
        connection = await AegisHook(request.conn_id).aget_conn() if request.conn_id else None
        run = AttendedRun(self._folder(), request, connection)
        self.log.info(await asyncio.to_thread(run.begin))
        timed_out = await self._wait(run)
        for line in run.last_lines():
            self.log.info("%s", line)
        return ending_of(run.folder, request, timed_out=timed_out)

    async def _wait(self, run: AttendedRun) -> bool:
        """Whether it was stopped at the deadline."""
        while not run.has_ended():
            for line in run.lines():
                self.log.info("%s", line)
            if self.deadline is not None and time.time() > self.deadline:
                await asyncio.to_thread(run.folder.stop, self.kill_after_s)
                return True
            await asyncio.sleep(self.poll_interval_s)
        return False

    def _folder(self) -> RunFolder:
        return RunFolder(Path(self.state_dir or runs_folder()) / self.run_key)
