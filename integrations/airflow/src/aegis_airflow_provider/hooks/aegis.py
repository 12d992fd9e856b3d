"""The hook behind connections of type `aegis`."""

from __future__ import annotations

import asyncio
import os
import subprocess
from typing import Any

try:
    from airflow.sdk import BaseHook
except ImportError:  # Airflow 3.0 has it elsewhere.
    from airflow.hooks.base import BaseHook  # type: ignore[no-redef]

from aegis_airflow_provider.connections import WarehouseConnection, warehouse_connection
from aegis_airflow_provider.exceptions import AegisUsageError, AirflowNotFoundException
from aegis_airflow_provider.request import RunRequest, program_of


class AegisHook(BaseHook):
    """Where rules run, from a connection of type `aegis` or of a warehouse that Aegis has an adapter for.

    :param aegis_conn_id: the connection
    :param aegis_bin: the command that starts Aegis, for `test_connection`
    """

    conn_name_attr = "aegis_conn_id"
    default_conn_name = "aegis_default"
    conn_type = "aegis"
    hook_name = "Aegis"

    def __init__(self, aegis_conn_id: str = default_conn_name, aegis_bin: str = "aegis") -> None:
        super().__init__()
        self.aegis_conn_id = aegis_conn_id
        self.aegis_bin = aegis_bin

    def get_conn(self) -> WarehouseConnection:
        """The warehouse and its options.

        :raises AegisUsageError: when there is no such connection, or Aegis cannot use connections of its type
        """
        try:
            return warehouse_connection(self.get_connection(self.aegis_conn_id))
        except AirflowNotFoundException as error:
            raise self._not_found() from error

    async def aget_conn(self) -> WarehouseConnection:
        """The same, for triggers."""
        ask = getattr(self, "aget_connection", None)
        if ask is None:
            return await asyncio.to_thread(self.get_conn)
        try:
            return warehouse_connection(await ask(self.aegis_conn_id))
        except AirflowNotFoundException as error:
            raise self._not_found() from error

    def test_connection(self) -> tuple[bool, str]:
        """Reads the connection and asks the installed program for its version; asks no warehouse."""
        try:
            connection = self.get_conn()
            request = RunRequest(program=program_of(self.aegis_bin), flags=[], rules=[])
            request.check_program(os.environ)
        except AegisUsageError as error:
            return False, str(error)
        version = _version(request)
        where = connection.warehouse or "the default warehouse of aegis.yaml"
        return version is not None, f"aegis {version}, {where}" if version else "aegis does not start"

    def _not_found(self) -> AegisUsageError:
        return AegisUsageError(f'There is no connection "{self.aegis_conn_id}" in Airflow.')


def _version(request: RunRequest) -> str | None:
    command = [*request.program, "--version"]
    answer: Any = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None
