from __future__ import annotations

import json
from pathlib import Path

import pytest

from aegis_airflow_provider.exceptions import AegisIncomplete
from aegis_airflow_provider.report import named, read_report, told_report, told_summary
from conftest import report, result


def test_no_value_of_a_row_is_told() -> None:
    error = {"code": "warehouse/syntax", "message": "cannot convert anna@example.com", "hint": None}
    written = report(result("there", "fail"), result("lost", "error", error=error))
    told = json.dumps([told_report(written), told_summary(written)])
    assert "anna" not in told
    assert "warehouse/syntax" in told


def test_failures_come_first_and_what_does_not_fit_is_counted() -> None:
    passing = [result(f"passing_{number}", "pass") for number in range(2000)]
    told = told_report(report(*passing, result("failing", "fail")))
    assert told["results"][0]["rule_id"] == "failing"
    assert len(json.dumps(told)) < 50_000
    assert told["omitted_results"] == 2001 - len(told["results"])


def test_a_single_result_may_not_grow_without_end() -> None:
    told = told_report(report(result("x" * 100_000, "fail", tags=["y" * 1000] * 1000)))
    assert len(json.dumps(told)) < 50_000
    assert told["results"][0]["rule_id"].startswith("xxx")


def test_the_summary_names_what_did_not_pass() -> None:
    written = report(result("a", "pass"), result("b", "fail"), result("c", "error"))
    summary = told_summary(written)
    assert (summary["failed_rules"], summary["errored_rules"]) == (["b"], ["c"])
    assert (summary["run_id"], summary["total_rules"], summary["failed"]) == ("r1", 3, 1)


def test_a_sentence_names_rules_with_their_tables_up_to_a_limit() -> None:
    written = report(*[result(f"r{number}", "fail") for number in range(60)])
    assert named(written, "fail").startswith("r0 (orders), r1 (orders)")
    assert named(written, "fail").endswith("and 10 more")
    assert named(written, "error") == ""


@pytest.mark.parametrize("text", ["{", '{"schema": "aegis.dev/report/v2"}', "[]"])
def test_a_file_that_is_no_report_is_said_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.json").write_text(text)
    with pytest.raises(AegisIncomplete, match=r"report\.json is no"):
        read_report(tmp_path / "report.json")


def test_a_run_without_a_report_has_none(tmp_path: Path) -> None:
    assert read_report(tmp_path / "report.json") is None
