from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aegis_airflow_provider.attend import AttendedRun
from aegis_airflow_provider.exceptions import AegisUsageError
from aegis_airflow_provider.request import RunRequest, program_of
from aegis_airflow_provider.run_folder import LineReader, RunFolder

RequestOf = Callable[..., RunRequest]

WAIT = "say('Run r1: 1 rule')\ntime.sleep(60)\n"
STOPPABLE = "def stop(*_):\n    say('Stopping')\n    sys.exit(3)\nsignal.signal(signal.SIGINT, stop)\n" + WAIT
STUBBORN = "signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + WAIT


def attended(request: RunRequest, path: Path) -> AttendedRun:
    return AttendedRun(RunFolder(path / "state" / ("a" * 32)), request, None)


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


def test_a_run_says_its_lines_as_they_come_and_its_code_at_the_end(request_of: RequestOf, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    run = attended(
        request_of(f"say('first')\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)\nsys.exit(3)"), tmp_path
    )
    run.begin()
    until(lambda: run.lines() == ["first"])
    assert not run.has_ended()
    gate.touch()
    until(run.has_ended)
    assert run.folder.exit_code == 3


def test_another_process_finds_a_running_run_again_and_starts_none(request_of: RequestOf, tmp_path: Path) -> None:
    request = request_of(STOPPABLE)
    first = attended(request, tmp_path)
    first.begin()
    until(lambda: first.folder.run_id)
    second = attended(request, tmp_path)
    assert second.begin() == "Found the run r1 again"
    assert second.lines() == ["Run r1: 1 rule"]
    second.folder.stop(30)
    assert (second.folder.exit_code, second.last_lines()) == (3, ["Stopping"])


def test_a_run_that_has_ended_in_the_meantime_is_not_repeated(request_of: RequestOf, tmp_path: Path) -> None:
    request = request_of("say('Run r1: 1 rule')\nopen('runs', 'a').write('x')")
    first = attended(request, tmp_path)
    first.begin()
    until(first.has_ended)
    again = attended(request, tmp_path)
    assert again.begin() == "The run r1 has ended in the meantime"
    assert again.has_ended()
    assert (tmp_path / "runs").read_text() == "x"


def test_a_run_that_was_lost_is_continued(request_of: RequestOf, tmp_path: Path) -> None:
    request = request_of("say('Run r1: 1 rule')\nif '--resume=r1' not in flags: time.sleep(60)")
    first = attended(request, tmp_path)
    first.begin()
    until(lambda: first.folder.run_id)
    first.folder.send(signal.SIGKILL)
    until(first.has_ended)
    assert first.folder.exit_code is None
    again = attended(request, tmp_path)
    assert "continuing it" in again.begin()
    until(again.has_ended)
    assert again.folder.exit_code == 0


def test_a_run_that_may_not_be_continued_starts_over(request_of: RequestOf, tmp_path: Path) -> None:
    body = "say('Run r1: 1 rule')\nif '--resume=r1' in flags: sys.exit(2)\nif os.path.exists('again'): sys.exit(1)\n"
    request = request_of(body + "open('again', 'w')\ntime.sleep(60)")
    first = attended(request, tmp_path)
    first.begin()
    until((tmp_path / "again").exists)
    first.folder.send(signal.SIGKILL)
    until(first.has_ended)
    again = attended(request, tmp_path)
    again.begin()
    until(again.has_ended)
    assert again.folder.exit_code == 1


def test_stopping_kills_what_does_not_end_in_time(request_of: RequestOf, tmp_path: Path) -> None:
    run = attended(request_of(STUBBORN), tmp_path)
    run.begin()
    until(lambda: run.folder.run_id)
    run.folder.stop(0.1)
    until(run.has_ended)
    assert run.folder.exit_code is None


def test_a_number_that_another_process_has_by_now_is_not_signalled(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / ("a" * 32))
    folder.create()
    (folder.path / "process").write_text(f'{{"pid": {os.getpid()}, "created": 1.0}}')
    assert not folder.is_running()
    folder.send(signal.SIGKILL)


def test_old_runs_are_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b" * 32, "my-data"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    RunFolder(tmp_path / ("a" * 32)).create()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a" * 32, "my-data"]


def test_a_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "state" / ("a" * 32))
    folder.create()
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert folder.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_program_that_is_not_there_is_said_with_how_to_install_it(tmp_path: Path) -> None:
    request = RunRequest(program=["aegis-that-is-nowhere"], flags=[], rules=["r.yaml"])
    with pytest.raises(AegisUsageError, match=r"cannot be found on this worker.*npm install --global @aegis/cli"):
        attended(request, tmp_path).begin()


def test_a_folder_to_start_in_that_is_not_there_is_named(request_of: RequestOf, tmp_path: Path) -> None:
    request = request_of("", cwd=str(tmp_path / "gone"))
    with pytest.raises(AegisUsageError, match=r"aegis cannot start in .*gone: No such file"):
        attended(request, tmp_path).begin()


def test_a_folder_of_runs_that_cannot_be_used_is_named(request_of: RequestOf, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(AegisUsageError, match=r"The folder of runs .*state cannot be used"):
        attended(request_of(""), tmp_path).begin()


def test_what_is_asked_for_cannot_become_a_flag(tmp_path: Path) -> None:
    request = RunRequest(program=["aegis"], flags=["--select=--samples=full"], rules=["--samples=full"])
    command = request.command(RunFolder(tmp_path), None, None)
    assert command[3] == "--select=--samples=full"
    assert command[-2:] == ["--", "--samples=full"]


def test_the_environment_of_the_worker_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "secret")
    alone = RunRequest(program=["aegis"], flags=[], rules=[], env={"A": "1"}, inherits_env=False)
    assert sorted(alone.environment(None)) == ["A", "PATH"]


def test_the_program_is_a_line_of_a_shell_or_its_parts() -> None:
    assert program_of("npx --yes 'my aegis'") == ["npx", "--yes", "my aegis"]
    assert program_of(["node", "my aegis.js"]) == ["node", "my aegis.js"]
    with pytest.raises(AegisUsageError, match="aegis_bin is empty"):
        program_of("")


def test_a_line_is_read_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "stderr"
    reader = LineReader(file)
    assert reader.lines() == []
    file.write_bytes("one\ntwo ä".encode()[:-1])
    assert reader.lines() == ["one"]
    with file.open("ab") as end:
        end.write("ä".encode()[1:])
    assert reader.last() == ["two ä"]
