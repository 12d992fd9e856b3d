"""Checks data as a task."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from airflow.sdk import BaseOperator

try:
    from airflow.sdk.configuration import conf
except ImportError:  # Airflow 3.0 has it elsewhere.
    from airflow.configuration import conf  # type: ignore[no-redef]

from aegis_airflow_provider import lineage
from aegis_airflow_provider.attend import AttendedRun
from aegis_airflow_provider.ending import Ending, ending_of
from aegis_airflow_provider.exceptions import AegisUsageError
from aegis_airflow_provider.hooks.aegis import AegisHook
from aegis_airflow_provider.report import in_words
from aegis_airflow_provider.request import RunRequest, program_of
from aegis_airflow_provider.run_folder import RunFolder, runs_folder
from aegis_airflow_provider.triggers.aegis import AegisTrigger

if TYPE_CHECKING:
    from airflow.sdk import Context

Texts = str | Sequence[str]
"""One text, or several."""

_never = "none"
_trigger_grace = timedelta(seconds=60)


class AegisOperator(BaseOperator):
    """Runs `aegis run` and ends as the run did.

    Rules that fail, and mistakes in what was asked, fail the task for good; a run that could not judge every rule fails
    it so that Airflow tries again. The summary of the run is the task's XCom, and its report is under the key `report`,
    also when the task fails. Neither holds values of rows.

    :param rules: rules files, folders or patterns
    :param select: only rules of this id, tag or table
    :param where: only rows for which this SQL holds, e.g. `order_date = date '{{ ds }}'`
    :param warehouse: a name from aegis.yaml, or a type
    :param db: a DuckDB database file
    :param aegis_conn_id: a connection of type `aegis`, or of a warehouse; its values never show on a command line
    :param fail_on: failures below this severity do not fail the task; `none` never fails it for rules
    :param history: file of the audit trail
    :param lineage: sources of lineage
    :param openlineage: file or URL that Aegis itself tells of the run, in place of Airflow's OpenLineage provider
    :param no_llm: use no language model, whatever is configured
    :param now: the clock that date rules are judged by
    :param samples: `none` shows no rows in the task's log; also `redacted`, or None for what aegis.yaml says
    :param statement_timeout: ends a statement that takes longer
    :param report_path: where the report is kept, on the machine that the run is on
    :param arguments: further flags of `aegis run`
    :param env: variables of the process, added to those of the worker
    :param append_env: False leaves out those of the worker, other than PATH
    :param cwd: folder to start in; aegis.yaml is found from there
    :param aegis_bin: the command that starts Aegis
    :param deferrable: wait in the triggerer instead of a worker
    :param state_dir: folder that runs of deferrable tasks are kept in until they end
    :param poll_interval: how often to look whether the run has ended
    :param kill_after: how long a stopped run may take to end its statements in the warehouse
    """

    template_fields: Sequence[str] = (
        *("rules", "select", "where", "warehouse", "db", "aegis_conn_id", "fail_on", "history", "lineage"),
        *("openlineage", "now", "report_path", "arguments", "env", "cwd", "aegis_bin", "state_dir"),
    )
    template_fields_renderers: ClassVar[dict[str, str]] = {"env": "json", "where": "sql"}
    ui_color = "#e3eefc"

    def __init__(
        self,
        *,
        rules: Texts,
        select: Texts = (),
        where: str | None = None,
        warehouse: str | None = None,
        db: str | None = None,
        aegis_conn_id: str | None = None,
        fail_on: str | None = None,
        history: str | None = None,
        lineage: Texts = (),
        openlineage: str | None = None,
        no_llm: bool = False,
        now: str | None = None,
        samples: str | None = "none",
        statement_timeout: timedelta | None = None,
        report_path: str | None = None,
        arguments: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        append_env: bool = True,
        cwd: str | None = None,
        aegis_bin: Texts = "aegis",
        deferrable: bool | None = None,
        state_dir: str | None = None,
        poll_interval: timedelta = timedelta(seconds=1),
        kill_after: timedelta = timedelta(seconds=4),
        **kwargs: Any,  # noqa: ANN401 - what every operator takes
    ) -> None:
        super().__init__(**kwargs)
        self.rules = rules
        self.select = select
        self.where = where
        self.warehouse = warehouse
        self.db = db
        self.aegis_conn_id = aegis_conn_id
        self.fail_on = fail_on
        self.history = history
        self.lineage = lineage
        self.openlineage = openlineage
        self.no_llm = no_llm
        self.now = now
        self.samples = samples
        self.statement_timeout = statement_timeout
        self.report_path = report_path
        self.arguments = arguments
        self.env = env
        self.append_env = append_env
        self.cwd = cwd
        self.aegis_bin = aegis_bin
        self.deferrable = _defers() if deferrable is None else deferrable
        self.state_dir = state_dir
        self.poll_interval = poll_interval
        self.kill_after = kill_after
        self._folder: RunFolder | None = None
        self._ending: Ending | None = None

    def execute(self, context: Context) -> dict[str, Any] | None:
        """Runs the rules here, or defers to the triggerer."""
        request = self._request(context)
        if self.deferrable:
            self._defer(request, context)
        return self._end(self._run(request), context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> dict[str, Any] | None:
        """Goes on after the triggerer with how the run ended."""
        self._run_folder(context).remove()
        return self._end(Ending(**event), context)

    def on_kill(self) -> None:
        """Ends the statements in the warehouse. The operator then goes on with what is known."""
        if self._folder is not None:
            self.log.info("Stopping aegis")
            self._folder.stop(self.kill_after.total_seconds())

    def get_openlineage_facets_on_complete(self, task_instance: Any) -> Any:  # noqa: ANN401, ARG002 - see its provider
        """The datasets that were checked, with what was asserted about them; also when rules failed."""
        datasets = self._ending.datasets if self._ending else []
        return lineage.operator_lineage(datasets) if datasets else None

    def _run(self, request: RunRequest) -> Ending:
        connection = AegisHook(request.conn_id).get_conn() if request.conn_id else None
        self._folder = RunFolder(runs_folder() / uuid4().hex)
        run = AttendedRun(self._folder, request, connection)
        try:
            self.log.info("%s", run.begin())
            self.log.info("%s", request.shown(self._folder, connection))
            self._follow(run)
            return ending_of(self._folder, request)
        finally:
            self._folder.stop(self.kill_after.total_seconds())
            self._folder.remove()

    def _follow(self, run: AttendedRun) -> None:
        while not run.has_ended():
            self._log(run.lines())
            time.sleep(self.poll_interval.total_seconds())
        self._log(run.last_lines())

    def _log(self, lines: list[str]) -> None:
        for line in lines:
            self.log.info("%s", line)

    def _end(self, ending: Ending, context: Context) -> dict[str, Any] | None:
        self._ending = ending
        if ending.summary is not None:
            summary = {**ending.summary, "report_path": self.report_path}
            context["ti"].xcom_push(key="summary", value=summary)
            context["ti"].xcom_push(key="report", value=ending.report)
            self.log.info("%s", _in_words(ending.summary))
            ending.check(fails_for_rules=self.fail_on != _never)
            return summary
        ending.check()
        return None

    def _defer(self, request: RunRequest, context: Context) -> None:
        timeout = self.execution_timeout
        trigger = AegisTrigger(
            request=request.to_json(),
            run_key=_run_key(context["ti"]),
            state_dir=self.state_dir,
            poll_interval_s=self.poll_interval.total_seconds(),
            kill_after_s=self.kill_after.total_seconds(),
            deadline=time.time() + timeout.total_seconds() if timeout else None,
        )
        # The trigger stops the run itself when the time is over; Airflow's own timeout is for when it does not.
        self.defer(
            trigger=trigger, method_name="execute_complete", timeout=timeout + _trigger_grace if timeout else None
        )

    def _run_folder(self, context: Context) -> RunFolder:
        return RunFolder(Path(self.state_dir or runs_folder()) / _run_key(context["ti"]))

    def _request(self, context: Context) -> RunRequest:
        rules = [path for path in _texts(self.rules) if path.strip()]
        if not rules:
            raise AegisUsageError("rules is empty: name rules files, folders or patterns.")
        return RunRequest(
            program=program_of(self.aegis_bin),
            flags=self._flags(),
            rules=rules,
            cwd=self.cwd,
            env={**self._parent(context), **(self.env or {})},
            inherits_env=self.append_env,
            conn_id=self.aegis_conn_id,
            has_warehouse=self.warehouse is not None,
            report_path=self.report_path,
            wants_lineage=self.openlineage is None and lineage.is_listening(),
        )

    def _flags(self) -> list[str]:
        timeout = self.statement_timeout
        return [
            *(["--no-llm"] if self.no_llm else []),
            *_flag("--warehouse", self.warehouse),
            *_flag("--db", self.db),
            *_flag("--select", self.select),
            *_flag("--where", self.where),
            *_flag("--fail-on", None if self.fail_on == _never else self.fail_on),
            *_flag("--history", self.history),
            *_flag("--lineage", self.lineage),
            *_flag("--openlineage", self.openlineage),
            *_flag("--now", self.now),
            *_flag("--samples", self.samples),
            *_flag("--timeout", f"{timeout.total_seconds():g}" if timeout else None),
            *self.arguments,
        ]

    def _parent(self, context: Context) -> dict[str, str]:
        parent = lineage.parent_id(context["ti"]) if self.openlineage else None
        return {"OPENLINEAGE_PARENT_ID": parent} if parent else {}


def _defers() -> bool:
    return bool(conf.getboolean("operators", "default_deferrable", fallback=False))


def _texts(texts: Texts) -> list[str]:
    return [texts] if isinstance(texts, str) else [str(text) for text in texts]


def _flag(name: str, values: Texts | None) -> list[str]:
    """An empty template means nothing was asked for."""
    return [f"{name}={value}" for value in _texts(values or ()) if value]


def _run_key(task_instance: Any) -> str:  # noqa: ANN401 - its class differs between versions of Airflow
    """The same for whoever goes on with this try of the task."""
    parts = ("dag_id", "run_id", "task_id", "map_index", "try_number")
    name = "\0".join(str(getattr(task_instance, part, "")) for part in parts)
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _in_words(summary: Mapping[str, Any]) -> str:
    counts = {"passed": "passed", "warned": "warned", "failed": "failed", "errored": "could not be judged"}
    parts = [f"{summary[name]} {words}" for name, words in counts.items() if summary.get(name)]
    return f"Run {summary['run_id']}, {in_words(summary['total_rules'])}: {', '.join(parts) or 'none applied'}"
