"""How a run ended, in a form that an event of a trigger can hold, and what that means for a task."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aegis_airflow_provider.exceptions import AegisIncomplete, AegisRulesFailed, AegisUsageError
from aegis_airflow_provider.report import in_words, named, read_report, told_report, told_summary
from aegis_airflow_provider.request import RunRequest
from aegis_airflow_provider.run_folder import RunFolder

_passed, _failed, _usage = 0, 1, 2
_most_message = 2000
_error = re.compile(r"^error: ", re.MULTILINE)
_most_datasets_bytes = 48 * 1024


@dataclass(frozen=True)
class Ending:
    """The end of a run: small, and without values of rows."""

    exit_code: int | None = None
    """None when the run was killed, or never started."""

    summary: dict[str, Any] | None = None
    report: dict[str, Any] | None = None
    failed: str = ""
    """The rules that failed, in words; likewise those that could not be judged."""

    errored: str = ""
    message: str = ""
    """What Aegis said last on stderr."""

    usage_error: str | None = None
    """Why the run could not start."""

    timed_out: bool = False
    datasets: list[dict[str, Any]] = field(default_factory=list)
    """Inputs as OpenLineage events name them."""

    def to_json(self) -> dict[str, Any]:
        """For the event of a trigger."""
        return asdict(self)

    def check(self, *, fails_for_rules: bool = True) -> None:
        """Raises what the task should end with; does nothing when it passed.

        :raises AegisRulesFailed: rules failed
        :raises AegisUsageError: nothing ran
        :raises AegisIncomplete: rules could not be judged, or the run was stopped
        """
        if self.usage_error is not None:
            raise AegisUsageError(self.usage_error)
        if self.timed_out:
            raise AegisIncomplete(f"The run took longer than the task may, and was stopped.{self._known()}")
        if self.exit_code == _usage:
            raise AegisUsageError(self.message or "aegis refused to run, and did not say why.")
        if self.summary is None or self.exit_code not in (_passed, _failed):
            raise AegisIncomplete(self._incompleteness())
        if self.exit_code == _failed and fails_for_rules:
            raise AegisRulesFailed(self._failures())

    def _failures(self) -> str:
        counts = self.summary or {}
        return f"{counts.get('failed')} of {in_words(counts.get('total_rules', 0))} failed: {self.failed}."

    def _incompleteness(self) -> str:
        if self.summary is None:
            said = f" It said: {self.message}" if self.message else ""
            return f"aegis {self._end()} without a report.{said}"
        if self.summary.get("status") == "cancelled":
            return f"The run {self.summary['run_id']} was stopped before every rule was judged.{self._known()}"
        return f"The run {self.summary['run_id']} is incomplete.{self._known()}"

    def _known(self) -> str:
        errored = f" Could not be judged: {self.errored}." if self.errored else ""
        failed = f" Failed: {self.failed}." if self.failed else ""
        return errored + failed

    def _end(self) -> str:
        return "was killed" if self.exit_code is None else f"ended with {self.exit_code}"


def ending_of(folder: RunFolder, request: RunRequest, *, timed_out: bool = False) -> Ending:
    """Reads what a run that has ended left behind."""
    report = read_report(_report_path(folder, request))
    message = _last_message(folder)
    if report is None or not _is_of(folder, report):
        return Ending(exit_code=folder.exit_code, message=message, timed_out=timed_out)
    return Ending(
        exit_code=folder.exit_code,
        summary=told_summary(report),
        report=told_report(report),
        failed=named(report, "fail"),
        errored=named(report, "error"),
        message=message,
        timed_out=timed_out,
        datasets=_datasets(folder.events),
    )


def _report_path(folder: RunFolder, request: RunRequest) -> Path:
    if request.report_path is None:
        return folder.report
    return Path(request.cwd or ".") / request.report_path


def _is_of(folder: RunFolder, report: Mapping[str, Any]) -> bool:
    """A run that is killed leaves the report of an earlier one where it was."""
    return folder.run_id is None or folder.run_id == report.get("run_id")


def _last_message(folder: RunFolder) -> str:
    """The error that Aegis ended with and its hint; else the last line."""
    with suppress(FileNotFoundError):
        text = folder.stderr.read_text(errors="replace").strip()
        *_, message = _error.split(text) if _error.search(text) else text.split("\n")
        return message[:_most_message]
    return ""


def _datasets(events: Path) -> list[dict[str, Any]]:
    """The inputs of the events, each once, with what was asserted about them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for event in _events(events):
        for dataset in event.get("inputs", []):
            found[(dataset["namespace"], dataset["name"])] = {
                "namespace": dataset["namespace"],
                "name": dataset["name"],
                "inputFacets": dataset.get("inputFacets", {}),
            }
    return _fitting(list(found.values()))


def _events(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text().splitlines() if line]
    except (FileNotFoundError, ValueError):
        return []


def _fitting(datasets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    fitting, left = [], _most_datasets_bytes
    for dataset in datasets:
        left -= len(json.dumps(dataset))
        if left < 0:
            break
        fitting.append(dataset)
    return fitting
