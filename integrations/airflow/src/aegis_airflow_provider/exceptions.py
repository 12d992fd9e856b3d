"""How a task ends that did not pass."""

from __future__ import annotations

try:
    from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException
except ImportError:  # Airflow 3.0 has them elsewhere.
    from airflow.exceptions import (  # type: ignore[no-redef]
        AirflowException,
        AirflowFailException,
        AirflowNotFoundException,
    )

__all__ = [
    "AegisIncomplete",
    "AegisRulesFailed",
    "AegisUsageError",
    "AirflowException",
    "AirflowFailException",
    "AirflowNotFoundException",
]


class AegisRulesFailed(AirflowFailException):
    """Rules failed. The data has to change, so the task is not tried again."""


class AegisUsageError(AirflowFailException):
    """Nothing ran: a rules file, a flag, a connection or the program itself is wrong. Not tried again."""


class AegisIncomplete(AirflowException):
    """Some rules could not be judged, or the run was stopped. Another try may do better."""
