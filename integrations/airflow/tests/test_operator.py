from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import TaskDeferred

from aegis_airflow_provider import lineage
from aegis_airflow_provider.exceptions import AegisIncomplete, AegisRulesFailed, AegisUsageError
from aegis_airflow_provider.hooks.aegis import AegisHook
from aegis_airflow_provider.operators.aegis import AegisOperator
from conftest import Connection, TaskInstance, report, result

OperatorOf = Callable[..., AegisOperator]


def ends(code: int, written: dict[str, Any]) -> str:
    """A program that writes a report and ends with a code."""
    said = "say('Run r1: 2 rules')\nprint('a table')\n"
    return f"{said}open(report_path, 'w').write({json.dumps(written)!r})\nsys.exit({code})"


@pytest.fixture
def operator_of(program_of: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OperatorOf:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(lineage, "is_listening", lambda: False)

    def make(body: str = "", **options: Any) -> AegisOperator:
        given = {"task_id": "check", "rules": "rules.yaml", "poll_interval": timedelta(milliseconds=10), **options}
        return AegisOperator(aegis_bin=[program_of(body)], **given)

    return make


def test_a_pass_returns_the_summary_and_leaves_the_report(operator_of: OperatorOf) -> None:
    instance = TaskInstance()
    summary = operator_of(ends(0, report(result("a", "pass")))).execute({"ti": instance})
    assert summary is not None
    assert (summary["run_id"], summary["passed"], summary["failed_rules"]) == ("r1", 1, [])
    assert instance.pushed["summary"] == summary
    assert instance.pushed["report"]["results"][0]["rule_id"] == "a"


def test_a_failure_leaves_summary_and_report_without_values_of_rows(operator_of: OperatorOf) -> None:
    instance = TaskInstance()
    with pytest.raises(AegisRulesFailed, match=r"b \(orders\)"):
        operator_of(ends(1, report(result("b", "fail")))).execute({"ti": instance})
    assert instance.pushed["summary"]["failed_rules"] == ["b"]
    assert "anna" not in json.dumps(instance.pushed)


def test_fail_on_none_lets_failures_pass_and_is_no_severity(operator_of: OperatorOf) -> None:
    operator = operator_of(ends(1, report(result("b", "fail"))), fail_on="none")
    summary = operator.execute({"ti": TaskInstance()})
    assert summary is not None
    assert summary["failed"] == 1
    assert not [flag for flag in operator._flags() if flag.startswith("--fail-on")]


def test_nothing_is_left_of_a_run(operator_of: OperatorOf, tmp_path: Path) -> None:
    operator_of(ends(0, report(result("a", "pass")))).execute({"ti": TaskInstance()})
    assert [each for folder in tmp_path.glob("aegis-airflow-*") for each in folder.iterdir()] == []


def test_every_option_is_a_flag(operator_of: OperatorOf) -> None:
    operator = operator_of(
        select=["a", "b"],
        where="day = date '2026-01-01'",
        warehouse="prod",
        db="shop.duckdb",
        fail_on="high",
        history="history.db",
        lineage="etl/",
        openlineage="events.ndjson",
        no_llm=True,
        now="2026-01-01",
        samples="redacted",
        statement_timeout=timedelta(seconds=1.5),
        arguments=["--max-bytes=1"],
    )
    assert operator._flags() == [
        *("--no-llm", "--warehouse=prod", "--db=shop.duckdb", "--select=a", "--select=b"),
        *("--where=day = date '2026-01-01'", "--fail-on=high", "--history=history.db", "--lineage=etl/"),
        *("--openlineage=events.ndjson", "--now=2026-01-01", "--samples=redacted", "--timeout=1.5", "--max-bytes=1"),
    ]


def test_no_rows_are_shown_and_empty_templates_ask_for_nothing(operator_of: OperatorOf) -> None:
    assert operator_of(where="", select="", warehouse="")._flags() == ["--samples=none"]


@pytest.mark.parametrize("rules", [[], "", " \n", ["", " "]])
def test_rules_that_a_template_left_empty_are_refused(operator_of: OperatorOf, rules: Any) -> None:
    with pytest.raises(AegisUsageError, match="rules is empty"):
        operator_of(rules=rules).execute({"ti": TaskInstance()})


HOSTILE = ["; rm -rf /", "$(touch pwned)", "`touch pwned`", "--version", "a\nb", "'\"&&|", "{{ 1 }}", "*"]


def test_what_templates_make_of_options_is_no_shell_and_no_flag(operator_of: OperatorOf, tmp_path: Path) -> None:
    body = "open('seen', 'w').write(json.dumps([flags, os.environ['WORDS']]))\n" + ends(0, report(result("a", "pass")))
    words = "\n".join(HOSTILE)
    operator_of(body, rules=HOSTILE, where=words, select=HOSTILE, env={"WORDS": words}, cwd=str(tmp_path)).execute(
        {"ti": TaskInstance()}
    )
    flags, seen = json.loads((tmp_path / "seen").read_text())
    assert flags[flags.index("--") + 1 :] == HOSTILE
    assert [flag for flag in flags if flag.startswith("--select")] == [f"--select={word}" for word in HOSTILE]
    assert f"--where={words}" in flags
    assert seen == words
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    "options", [{"where": "a\0b"}, {"rules": "a\0b"}, {"env": {"A": "a\0b"}}, {"env": {"A=": "b"}}]
)
def test_what_no_process_can_be_given_is_a_mistake_of_the_task(
    operator_of: OperatorOf, options: dict[str, Any]
) -> None:
    with pytest.raises(AegisUsageError, match="cannot be started with these arguments or variables"):
        operator_of(**options).execute({"ti": TaskInstance()})


def test_numbers_are_variables_too(operator_of: OperatorOf, tmp_path: Path) -> None:
    body = "open('seen', 'w').write(os.environ['DAYS'])\n" + ends(0, report(result("a", "pass")))
    operator_of(body, env={"DAYS": 7}, cwd=str(tmp_path)).execute({"ti": TaskInstance()})
    assert (tmp_path / "seen").read_text() == "7"


def test_secrets_among_arguments_reach_the_process_and_no_log(
    operator_of: OperatorOf, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = ["--connection=password=hunter2", "--connection", "host=hunter2.example", "--connection=a=${env:A}"]
    body = "open('seen', 'w').write(json.dumps(flags))\n" + ends(0, report(result("a", "pass")))
    operator = operator_of(body, arguments=arguments, lineage="http://ann:hunter2@marquez:5000", cwd=str(tmp_path))
    operator.aegis_bin = ["env", "SHOP_PASSWORD=hunter2", *operator.aegis_bin]
    operator.execute({"ti": TaskInstance()})
    log = capsys.readouterr().out
    assert arguments[0] in json.loads((tmp_path / "seen").read_text())
    assert "hunter2" not in log
    assert "'--connection=password=***' --connection 'host=***' '--connection=a=${env:A}'" in log
    assert "--lineage=http://***@marquez:5000" in log


def test_the_values_of_a_connection_reach_the_process_and_no_log(
    operator_of: OperatorOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    connection = Connection(conn_type="postgres", host="db", password="hunter2")
    monkeypatch.setattr(AegisHook, "get_connection", classmethod(lambda _cls, _id: connection))
    body = "open('seen', 'w').write(json.dumps([flags, dict(os.environ)]))\n" + ends(0, report(result("a", "pass")))
    operator_of(body, aegis_conn_id="shop", cwd=str(tmp_path)).execute({"ti": TaskInstance()})
    flags, environment = json.loads((tmp_path / "seen").read_text())
    log = capsys.readouterr().out
    assert "--warehouse=postgres" in flags
    assert "--connection=password=${env:AEGIS_CONNECTION_PASSWORD}" in flags
    assert environment["AEGIS_CONNECTION_PASSWORD"] == "hunter2"
    assert "--connection=password=${env:AEGIS_CONNECTION_PASSWORD}" in log
    assert "hunter2" not in json.dumps(flags) + log


def test_a_warehouse_that_is_named_wins_over_the_type_of_the_connection(
    operator_of: OperatorOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connection = Connection(conn_type="postgres", host="db")
    monkeypatch.setattr(AegisHook, "get_connection", classmethod(lambda _cls, _id: connection))
    body = "open('seen', 'w').write(json.dumps(flags))\n" + ends(0, report(result("a", "pass")))
    operator_of(body, aegis_conn_id="shop", warehouse="prod", cwd=str(tmp_path)).execute({"ti": TaskInstance()})
    flags = json.loads((tmp_path / "seen").read_text())
    assert [flag for flag in flags if flag.startswith("--warehouse")] == ["--warehouse=prod"]


def test_a_killed_task_interrupts_the_run_and_tells_what_is_known(operator_of: OperatorOf, tmp_path: Path) -> None:
    stopped = ends(3, report(result("a", "pass"), status="cancelled")).replace("\n", "\n    ")
    operator = operator_of(
        f"def stop(*_):\n    {stopped}\nsignal.signal(signal.SIGINT, stop)\nopen('up', 'w')\ntime.sleep(60)",
        cwd=str(tmp_path),
        kill_after=timedelta(seconds=30),
    )

    def kill() -> None:
        while not (tmp_path / "up").exists():
            time.sleep(0.01)
        operator.on_kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(AegisIncomplete, match="The run r1 was stopped before every rule was judged"):
        operator.execute({"ti": TaskInstance()})
    killer.join()


def test_killing_a_task_that_has_not_started_does_nothing(operator_of: OperatorOf) -> None:
    operator_of().on_kill()


def test_a_deferrable_task_hands_over_names_and_no_values(operator_of: OperatorOf) -> None:
    operator = operator_of(deferrable=True, aegis_conn_id="shop", execution_timeout=timedelta(hours=1))
    with pytest.raises(TaskDeferred) as deferred:
        operator.execute({"ti": TaskInstance()})
    path, arguments = deferred.value.trigger.serialize()
    assert path == "aegis_airflow_provider.triggers.aegis.AegisTrigger"
    assert arguments["request"]["conn_id"] == "shop"
    assert 3500 < arguments["deadline"] - time.time() < 3700
    assert deferred.value.timeout == timedelta(hours=1, seconds=60)


def test_each_try_of_a_task_has_a_run_of_its_own(operator_of: OperatorOf) -> None:
    def key(**instance: Any) -> str:
        with pytest.raises(TaskDeferred) as deferred:
            operator_of(deferrable=True).execute({"ti": TaskInstance(**instance)})
        return deferred.value.trigger.serialize()[1]["run_key"]

    assert key() == key()
    assert len({key(), key(try_number=2), key(map_index=1), key(run_id="other")}) == 4


def test_a_task_goes_on_after_the_triggerer_as_if_it_had_waited_itself(operator_of: OperatorOf) -> None:
    instance = TaskInstance()
    event = {"exit_code": 1, "summary": {"run_id": "r1", "total_rules": 1, "failed": 1}, "report": {}, "failed": "b"}
    with pytest.raises(AegisRulesFailed, match="1 of 1 rule failed: b"):
        operator_of(deferrable=True).execute_complete({"ti": instance}, event)
    assert instance.pushed["summary"]["failed"] == 1


def test_templates_are_rendered_in_what_names_rules_and_places() -> None:
    assert {"rules", "select", "where", "env", "cwd", "aegis_conn_id", "now"} <= set(AegisOperator.template_fields)
