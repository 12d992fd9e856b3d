"""A program in place of Aegis for what only depends on how a process behaves; the real one is in e2e/airflow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aegis_airflow_provider.request import RunRequest

ProgramOf = Callable[[str], str]


@pytest.fixture
def program_of(tmp_path: Path) -> ProgramOf:
    """Writes a program that has the flags of a run in `flags` and can `say` something to stderr."""

    def write(body: str) -> str:
        program = tmp_path / "aegis"
        head = f"#!{sys.executable}\nimport json, os, signal, sys, time\nflags = sys.argv[1:]\n"
        say = "def say(text):\n    print(text, file=sys.stderr, flush=True)\n"
        path = "report_path = next(flag for flag in flags if flag.startswith('--output-json=')).partition('=')[2]\n"
        program.write_text(f"{head}{say}{path}{body}")
        program.chmod(0o755)
        return str(program)

    return write


@pytest.fixture
def request_of(program_of: ProgramOf, tmp_path: Path) -> Callable[..., RunRequest]:
    """A request for such a program."""

    def make(body: str, **changes: Any) -> RunRequest:
        fields: dict[str, Any] = {"flags": [], "rules": ["rules.yaml"], "cwd": str(tmp_path), **changes}
        return RunRequest(program=[program_of(body)], **fields)

    return make


@dataclass
class Connection:
    """The fields that a connection of Airflow has."""

    conn_id: str = "shop"
    conn_type: str | None = None
    host: str | None = None
    login: str | None = None
    password: str | None = None
    schema: str | None = None
    port: int | None = None
    extra: str | None = None


@dataclass
class TaskInstance:
    """What the operator asks of the instance that it runs as."""

    dag_id: str = "shop"
    run_id: str = "manual"
    task_id: str = "check"
    map_index: int = -1
    try_number: int = 1
    pushed: dict[str, Any] = field(default_factory=dict)

    def xcom_push(self, key: str, value: object) -> None:
        self.pushed[key] = value


def result(rule_id: str, outcome: str, **changes: Any) -> dict[str, Any]:
    """One result of a report."""
    return {
        "rule_id": rule_id,
        "rule_type": "not_null",
        "table": "orders",
        "columns": ["status"],
        "outcome": outcome,
        "severity": "high",
        "effective_severity": "high",
        "rows_checked": 10,
        "rows_failed": 1,
        "unit": "rows",
        "observed": {"least": "anna@example.com"},
        "sample": [{"email": "anna@example.com"}],
        "error": None,
        **changes,
    }


def report(*results: dict[str, Any], status: str = "completed", run_id: str = "r1") -> dict[str, Any]:
    """A report of these results."""
    outcomes = [each["outcome"] for each in results]
    return {
        "schema": "aegis.dev/report/v1",
        "run_id": run_id,
        "status": status,
        "results": list(results),
        "summary": {
            "total_rules": len(outcomes),
            "passed": outcomes.count("pass"),
            "failed": outcomes.count("fail"),
            "warned": outcomes.count("warn"),
            "errored": outcomes.count("error"),
            "not_applicable": 0,
        },
    }
