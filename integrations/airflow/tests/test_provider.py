from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from importlib.metadata import entry_points, version
from pathlib import Path

import airflow
import jsonschema
import pytest

import aegis_airflow_provider
from aegis_airflow_provider.exceptions import AegisUsageError, AirflowNotFoundException
from aegis_airflow_provider.hooks.aegis import AegisHook
from conftest import Connection


def test_airflow_finds_the_provider_by_its_entry_point() -> None:
    found = [
        each
        for each in entry_points(group="apache_airflow_provider")
        if each.dist and each.dist.name == "aegis-airflow-provider"
    ]
    [info] = [each.load()() for each in found]
    assert info["package-name"] == "aegis-airflow-provider"
    assert info["versions"] == [version("aegis-airflow-provider")] == [aegis_airflow_provider.__version__]


def test_what_it_says_about_itself_is_as_airflow_wants_it() -> None:
    schema = json.loads((Path(airflow.__file__).parent / "provider_info.schema.json").read_text())
    info = aegis_airflow_provider.get_provider_info()
    jsonschema.validate(info, schema)
    modules = [
        module
        for kind in ("operators", "hooks", "triggers")
        for group in info[kind]
        for module in group["python-modules"]
    ]
    for module in modules:
        importlib.import_module(module)


def test_the_connection_type_has_the_hook_that_it_names() -> None:
    [connection_type] = aegis_airflow_provider.get_provider_info()["connection-types"]
    module, _, name = connection_type["hook-class-name"].rpartition(".")
    assert getattr(importlib.import_module(module), name) is AegisHook
    assert connection_type["connection-type"] == AegisHook.conn_type


def test_a_connection_that_airflow_does_not_have_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_cls: type, conn_id: str) -> None:
        raise AirflowNotFoundException(f"The conn_id `{conn_id}` isn't defined")

    monkeypatch.setattr(AegisHook, "get_connection", classmethod(missing))
    with pytest.raises(AegisUsageError, match='There is no connection "shop" in Airflow'):
        AegisHook("shop").get_conn()


def test_testing_a_connection_asks_the_program_for_its_version(
    program_of: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = Connection(conn_type="postgres", host="db")
    monkeypatch.setattr(AegisHook, "get_connection", classmethod(lambda _cls, _id: connection))
    program = str(Path(program_of("")).with_name("version"))
    Path(program).write_text("#!/bin/sh\necho 1.2.3\n")
    Path(program).chmod(0o755)
    assert AegisHook("shop", program).test_connection() == (True, "aegis 1.2.3, postgres")
    assert AegisHook("shop", "aegis-that-is-nowhere").test_connection()[0] is False
