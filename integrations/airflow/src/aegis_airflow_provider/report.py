"""What a task tells of a report: bounded, and without values of rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aegis_airflow_provider.exceptions import AegisIncomplete

Report = Mapping[str, Any]

_most_bytes = 48 * 1024
_most_text = 200
_most_named = 50

_run_fields = ("schema", "run_id", "status", "started_at", "finished_at", "duration_ms", "rules_files", "warehouses")
# What was observed, samples, explanations and messages are left out: they may hold values of rows.
_result_fields = (
    *("rule_id", "rule_type", "description", "owner", "tags", "table", "columns", "warehouse", "location"),
    *("outcome", "severity", "effective_severity"),
    *("rows_checked", "rows_failed", "unit", "failed_percent", "duration_ms"),
)
_order = {"fail": 0, "error": 1, "warn": 2, "pass": 3, "not_applicable": 4}


def read_report(path: Path) -> Report | None:
    """The report of a run; None when it wrote none.

    :raises AegisIncomplete: when the file is no report
    """
    try:
        report = json.loads(path.read_text())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise AegisIncomplete(f"{path} is no JSON, though aegis should have written its report there.") from error
    if isinstance(report, dict) and str(report.get("schema", "")).startswith("aegis.dev/report/v1"):
        return report
    raise AegisIncomplete(f"{path} is no report of a version that this provider knows. Update aegis-airflow-provider.")


def told_report(report: Report) -> dict[str, Any]:
    """The report for XCom: failures first, cut where it would grow too long."""
    results = sorted(report.get("results", []), key=lambda result: _order.get(result["outcome"], 0))
    told = {
        **{field: _short(report.get(field)) for field in _run_fields},
        "summary": report.get("summary", {}),
        "results": [],
        "omitted_results": 0,
    }
    told["results"] = _fitting([_told_result(result) for result in results], _most_bytes - _size(told))
    told["omitted_results"] = len(results) - len(told["results"])
    return told


def told_summary(report: Report) -> dict[str, Any]:
    """What the next task most likely asks for: how it ended, counts, and the rules that did not pass."""
    summary = report.get("summary", {})
    counts = ("total_rules", "passed", "warned", "failed", "errored", "not_applicable", "pass_rate", "cost_usd")
    return {
        "run_id": report.get("run_id"),
        "status": report.get("status"),
        **{name: summary.get(name) for name in counts},
        "failed_rules": _ids(report, "fail"),
        "errored_rules": _ids(report, "error"),
    }


def in_words(rules: int) -> str:
    """A number of rules."""
    return f"{rules} rule{'' if rules == 1 else 's'}"


def named(report: Report, outcome: str) -> str:
    """The rules of one outcome with their tables, as a sentence names them."""
    rules = [f"{each['rule_id']} ({each['table']})" for each in report["results"] if each["outcome"] == outcome]
    shown = ", ".join(_short(rule) for rule in rules[:_most_named])
    return shown if len(rules) <= _most_named else f"{shown} and {len(rules) - _most_named} more"


def _told_result(result: Report) -> dict[str, Any]:
    error = result.get("error")
    return {
        **{field: _short(result.get(field)) for field in _result_fields},
        "error_code": error["code"] if error else None,
    }


def _ids(report: Report, outcome: str) -> list[str]:
    ids = [_short(each["rule_id"]) for each in report.get("results", []) if each["outcome"] == outcome]
    return ids[:_most_named]


def _fitting(results: list[dict[str, Any]], most_bytes: int) -> list[dict[str, Any]]:
    fitting = []
    for result in results:
        most_bytes -= _size(result) + 2
        if most_bytes < 0:
            break
        fitting.append(result)
    return fitting


def _size(value: object) -> int:
    return len(json.dumps(value))


def _short(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and len(value) > _most_text:
        return f"{value[: _most_text - 1]}…"
    if isinstance(value, list):
        return [_short(each) for each in value[:_most_named]]
    return value
