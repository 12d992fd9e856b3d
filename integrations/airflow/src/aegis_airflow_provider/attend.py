"""Starting a run, or finding one that was started before."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cached_property

from aegis_airflow_provider.connections import WarehouseConnection
from aegis_airflow_provider.exceptions import AegisUsageError
from aegis_airflow_provider.request import RunRequest
from aegis_airflow_provider.run_folder import LineReader, RunFolder

_usage = 2


@dataclass
class AttendedRun:
    """A run in a folder, and what it has said since it was last asked."""

    folder: RunFolder
    request: RunRequest
    connection: WarehouseConnection | None
    _process: subprocess.Popen[bytes] | None = None

    @cached_property
    def _progress(self) -> LineReader:
        return LineReader(self.folder.stderr)

    def begin(self) -> str:
        """Starts the run, or continues what is in the folder; says which.

        :raises AegisUsageError: when it cannot start
        """
        self._create()
        if self.folder.exit_code is not None:
            return f"The run {self._name()} has ended in the meantime"
        if self.folder.is_running():
            return f"Found the run {self._name()} again"
        if self.folder.was_started and self.folder.run_id is not None:
            self._start(self.folder.run_id)
            return f"The run {self._name()} was lost; continuing it without repeating finished tables"
        self._start(None)
        return "Started aegis"

    def lines(self) -> list[str]:
        """Progress and messages that are new."""
        return self._progress.lines()

    def last_lines(self) -> list[str]:
        """What is left of them after the end, then the report for people."""
        return [*self._progress.last(), *LineReader(self.folder.stdout).last()]

    def has_ended(self) -> bool:
        """Whether there is nothing to wait for. A run that may not be continued starts over once."""
        if self._process is not None:
            self._process.poll()
        if self.folder.is_running():
            return False
        if not (self.folder.was_resumed and self.folder.exit_code == _usage):
            return True
        self._start(None)
        return False

    def _create(self) -> None:
        try:
            self.folder.create()
        except OSError as error:
            raise AegisUsageError(f"The folder of runs {self.folder.path.parent} cannot be used: {error}") from error

    def _name(self) -> str:
        return self.folder.run_id or f"in {self.folder.path}"

    def _start(self, resumed: str | None) -> None:
        env = self.request.environment(self.connection)
        self.request.check_program(env)
        command = self.request.command(self.folder, self.connection, resumed)
        try:
            self._process = self.folder.start(command, cwd=self.request.cwd, env=env, is_resumed=resumed is not None)
        except OSError as error:
            raise AegisUsageError(f"aegis cannot start in {self.request.cwd}: {error.strerror}") from error
        except ValueError as error:
            raise AegisUsageError(f"aegis cannot be started with these arguments or variables: {error}") from error
