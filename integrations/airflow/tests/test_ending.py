from __future__ import annotations

import json
from pathlib import Path

import pytest

from aegis_airflow_provider.ending import Ending, ending_of
from aegis_airflow_provider.exceptions import (
    AegisIncomplete,
    AegisRulesFailed,
    AegisUsageError,
    AirflowException,
    AirflowFailException,
)
from aegis_airflow_provider.request import RunRequest
from aegis_airflow_provider.run_folder import RunFolder
from conftest import report, result

REQUEST = RunRequest(program=["aegis"], flags=[], rules=["rules.yaml"])


def ended(path: Path, code: int | None, written: object = None, stderr: str = "Run r1: 2 rules\n") -> Ending:
    folder = RunFolder(path)
    folder.stderr.write_text(stderr)
    if written is not None:
        folder.report.write_text(json.dumps(written))
    if code is not None:
        (path / "exit").write_text(f"{code}\n")
    return ending_of(folder, REQUEST)


def test_a_run_that_passed_ends_without_a_word(tmp_path: Path) -> None:
    ending = ended(tmp_path, 0, report(result("a", "pass")))
    ending.check()
    assert ending.summary is not None
    assert ending.summary["run_id"] == "r1"


def test_rules_that_failed_are_named_and_not_tried_again(tmp_path: Path) -> None:
    ending = ended(tmp_path, 1, report(result("a", "pass"), result("b", "fail")))
    with pytest.raises(AegisRulesFailed, match=r"^1 of 2 rules failed: b \(orders\)\.$"):
        ending.check()
    assert issubclass(AegisRulesFailed, AirflowFailException)


def test_failed_rules_can_be_let_pass(tmp_path: Path) -> None:
    ended(tmp_path, 1, report(result("b", "fail"))).check(fails_for_rules=False)


def test_rules_that_could_not_be_judged_are_named_and_tried_again(tmp_path: Path) -> None:
    ending = ended(tmp_path, 3, report(result("a", "fail"), result("b", "error")))
    with pytest.raises(AegisIncomplete, match=r"Could not be judged: b \(orders\)\. Failed: a \(orders\)\."):
        ending.check()
    assert issubclass(AegisIncomplete, AirflowException)
    assert not issubclass(AegisIncomplete, AirflowFailException)


def test_a_run_that_was_stopped_says_so(tmp_path: Path) -> None:
    with pytest.raises(AegisIncomplete, match="The run r1 was stopped before every rule was judged"):
        ended(tmp_path, 3, report(result("a", "pass"), status="cancelled")).check()


def test_a_mistake_is_told_in_the_words_of_aegis_and_not_tried_again(tmp_path: Path) -> None:
    stderr = "note\nerror: rules.yaml does not exist\n  Did you mean rule.yaml?\n"
    with pytest.raises(AegisUsageError, match=r"^rules.yaml does not exist\n  Did you mean rule.yaml\?$"):
        ended(tmp_path, 2, stderr=stderr).check()


def test_a_run_that_was_killed_has_no_report_even_where_an_older_one_lies(tmp_path: Path) -> None:
    ending = ended(tmp_path, None, report(result("a", "pass"), run_id="older"))
    assert (ending.summary, ending.report) == (None, None)
    with pytest.raises(AegisIncomplete, match=r"aegis was killed without a report\. It said: Run r1: 2 rules"):
        ending.check()


@pytest.mark.parametrize("code", [0, 1, 3, 126, 137])
def test_an_end_without_a_report_is_not_taken_for_a_verdict(tmp_path: Path, code: int) -> None:
    with pytest.raises(AegisIncomplete, match=f"ended with {code} without a report"):
        ended(tmp_path, code).check()


def test_a_run_that_took_too_long_is_tried_again() -> None:
    with pytest.raises(AegisIncomplete, match="took longer than the task may"):
        Ending(exit_code=3, timed_out=True).check()


def test_an_ending_survives_the_event_of_a_trigger(tmp_path: Path) -> None:
    ending = ended(tmp_path, 1, report(result("b", "fail")))
    assert Ending(**json.loads(json.dumps(ending.to_json()))) == ending


def test_a_thousand_datasets_do_not_fit_into_an_event(tmp_path: Path) -> None:
    inputs = [{"namespace": "file", "name": f"{number}.csv", "inputFacets": {"x": "y" * 100}} for number in range(1000)]
    (tmp_path / "openlineage.ndjson").write_text(json.dumps({"inputs": inputs}))
    ending = ended(tmp_path, 0, report(result("a", "pass")))
    assert 0 < len(json.dumps(ending.datasets)) < 52_000
