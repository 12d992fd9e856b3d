"""A started `aegis run`, kept in a folder so that any process of the same machine can find it again."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

# Outlives whoever started it, and writes down how the run ended. Signals are for the run: the shell waits for its end.
_script = 'trap : INT TERM; "$@"; code=$?; echo "$code" > "$0/exit.part"; mv "$0/exit.part" "$0/exit"'

_run_id = re.compile(r"^Run (\S+):", re.MULTILINE)
_run_name = re.compile(r"[0-9a-f]{32}")
_day_s = 86_400
_root = 0


def runs_folder() -> Path:
    """The folder of this user that runs are kept in unless a task names another."""
    return Path(tempfile.gettempdir()) / f"aegis-airflow-{os.getuid()}"


@dataclass(frozen=True)
class RunFolder:
    """The files of one run: what it wrote, which process it is, and its exit code."""

    path: Path

    @property
    def stdout(self) -> Path:
        """What the run printed: its report for people."""
        return self.path / "stdout"

    @property
    def stderr(self) -> Path:
        """Progress and messages."""
        return self.path / "stderr"

    @property
    def report(self) -> Path:
        """The report as JSON."""
        return self.path / "report.json"

    @property
    def events(self) -> Path:
        """The run as OpenLineage events."""
        return self.path / "openlineage.ndjson"

    @property
    def exit_code(self) -> int | None:
        """None while the run goes on, and when something killed it together with its shell."""
        with suppress(OSError, ValueError):
            return int((self.path / "exit").read_text())
        return None

    @property
    def run_id(self) -> str | None:
        """The run as Aegis calls it, once it has said so."""
        found = _run_id.search(_text(self.stderr))
        return found[1] if found else None

    @property
    def was_started(self) -> bool:
        """Whether a process was ever started here."""
        return (self.path / "process").exists()

    @property
    def was_resumed(self) -> bool:
        """Whether the last start continued an earlier run."""
        return (self.path / "resumed").exists()

    def create(self) -> None:
        """Makes the folder, for its user alone. Also removes folders beside it that nobody asks for any more."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(self.path.parent)
        _remove_old(self.path.parent)
        self.path.mkdir(mode=0o700, exist_ok=True)

    def start(
        self,
        command: Sequence[str],
        *,
        cwd: str | None,
        env: Mapping[str, str],
        is_resumed: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Starts the command in a process group of its own.

        :raises OSError: when `cwd` is no folder
        """
        self._forget_end()
        if is_resumed:
            (self.path / "resumed").touch()
        with self.stdout.open("wb") as stdout, self.stderr.open("ab") as stderr:
            process = subprocess.Popen(
                ["/bin/sh", "-c", _script, str(self.path), *command],
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        _write(self.path / "process", json.dumps({"pid": process.pid, "created": _created(process.pid)}))
        return process

    def is_running(self) -> bool:
        """Whether the process that was started last is there, and not another one with its number."""
        if self.exit_code is not None:
            return False
        pid, created = self._process()
        return pid is not None and created is not None and _created(pid) == created

    def send(self, number: signal.Signals) -> None:
        """Signals the whole process group, so that it also reaches what stands between the shell and Aegis."""
        pid, _ = self._process()
        if pid is not None and self.is_running():
            with suppress(ProcessLookupError):
                os.killpg(pid, number)

    def stop(self, kill_after_s: float) -> None:
        """Has Aegis end its statements in the warehouse, waits, and kills what is left after that time."""
        self.send(signal.SIGINT)
        deadline = time.monotonic() + kill_after_s
        while self.is_running() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.send(signal.SIGKILL)

    def remove(self) -> None:
        """Removes the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _process(self) -> tuple[int | None, float | None]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            written = json.loads((self.path / "process").read_text())
            return int(written["pid"]), float(written["created"])
        return None, None

    def _forget_end(self) -> None:
        for name in ("exit", "process", "resumed"):
            (self.path / name).unlink(missing_ok=True)


@dataclass
class LineReader:
    """Reads a file that grows, a whole line at a time."""

    path: Path
    _offset: int = 0
    _rest: bytes = b""

    def lines(self) -> list[str]:
        """The lines that have come since the last call."""
        *whole, self._rest = (self._rest + self._grown()).split(b"\n")
        return [line.decode(errors="replace") for line in whole]

    def last(self) -> list[str]:
        """What has come, also a last line without an end."""
        lines = self.lines()
        rest, self._rest = self._rest, b""
        return [*lines, rest.decode(errors="replace")] if rest else lines

    def _grown(self) -> bytes:
        with suppress(FileNotFoundError), self.path.open("rb") as file:
            file.seek(self._offset)
            grown = file.read()
            self._offset += len(grown)
            return grown
        return b""


def _created(pid: int) -> float | None:
    """When the process began; None when it is gone or waits to be buried."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None


def _refuse_foreign(folder: Path) -> None:
    """In a temporary folder that all users share, somebody else may have made it first."""
    if folder.stat().st_uid not in (os.getuid(), _root):
        raise PermissionError(f"{folder} belongs to another user")


def _remove_old(folder: Path) -> None:
    for each in (each for each in folder.iterdir() if _run_name.fullmatch(each.name)):
        with suppress(FileNotFoundError):
            if time.time() - each.stat().st_mtime > _day_s and not RunFolder(each).is_running():
                shutil.rmtree(each, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text)
    part.replace(path)


def _text(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text(errors="replace")
    return ""
