from __future__ import annotations

import json

import pytest

from aegis_airflow_provider.connections import warehouse_connection
from aegis_airflow_provider.exceptions import AegisUsageError
from conftest import Connection

POSTGRES = Connection(
    conn_type="postgres",
    host="db.example.com",
    login="reader",
    password="hunter2",
    schema="shop",
    port=5433,
    extra='{"sslmode": "verify-full", "keepalives_idle": 30}',
)


def test_values_are_in_the_environment_and_never_among_the_flags() -> None:
    connection = warehouse_connection(POSTGRES)
    assert connection.warehouse == "postgres"
    assert connection.flags() == [
        "--connection=host=${env:AEGIS_CONNECTION_HOST}",
        "--connection=port=${env:AEGIS_CONNECTION_PORT}",
        "--connection=database=${env:AEGIS_CONNECTION_DATABASE}",
        "--connection=user=${env:AEGIS_CONNECTION_USER}",
        "--connection=password=${env:AEGIS_CONNECTION_PASSWORD}",
        "--connection=sslmode=${env:AEGIS_CONNECTION_SSLMODE}",
    ]
    assert connection.environment() == {
        "AEGIS_CONNECTION_HOST": "db.example.com",
        "AEGIS_CONNECTION_PORT": "5433",
        "AEGIS_CONNECTION_DATABASE": "shop",
        "AEGIS_CONNECTION_USER": "reader",
        "AEGIS_CONNECTION_PASSWORD": "hunter2",
        "AEGIS_CONNECTION_SSLMODE": "verify-full",
    }


def test_options_that_are_empty_are_left_to_the_adapter() -> None:
    connection = warehouse_connection(Connection(conn_type="postgres", host="db", login="", password=None))
    assert connection.options == {"host": "db"}


@pytest.mark.parametrize(
    ("connection", "warehouse", "options"),
    [
        (Connection(conn_type="duckdb", host="/data/shop.duckdb"), "duckdb", {"path": "/data/shop.duckdb"}),
        (
            Connection(
                conn_type="google_cloud_platform",
                extra=json.dumps({"project": "p", "keyfile_dict": {"type": "service_account"}}),
            ),
            "bigquery",
            {"projectId": "p", "credentials": '{"type": "service_account"}'},
        ),
        (
            Connection(
                conn_type="databricks", host="adb", login="token", password="t", extra='{"http_path": "/sql/1"}'
            ),
            "databricks",
            {"host": "adb", "httpPath": "/sql/1", "token": "t"},
        ),
        (
            Connection(conn_type="databricks", host="adb", login="id", password="s", extra='{"http_path": "/sql/1"}'),
            "databricks",
            {"host": "adb", "httpPath": "/sql/1", "clientId": "id", "clientSecret": "s"},
        ),
        (
            Connection(conn_type="aws", login="k", password="s", schema="shop", extra='{"region_name": "eu-west-1"}'),
            "athena",
            {"accessKeyId": "k", "secretAccessKey": "s", "region": "eu-west-1", "database": "shop"},
        ),
        (
            Connection(conn_type="trino", host="trino", login="me", password="p", port=8443, schema="shop"),
            "trino",
            {"server": "https://trino:8443", "user": "me", "password": "p", "schema": "shop"},
        ),
    ],
)
def test_each_type_means_a_warehouse(connection: Connection, warehouse: str, options: dict[str, str]) -> None:
    read = warehouse_connection(connection)
    assert (read.warehouse, read.options) == (warehouse, options)


def test_a_connection_of_aegis_names_its_warehouse_and_any_options() -> None:
    extra = {"warehouse": "postgres", "options": '{"maxConnections": 2}', "secret_options": '{"sslkey": "k.pem"}'}
    connection = Connection(conn_type="aegis", host="db", password="hunter2", extra=json.dumps(extra))
    read = warehouse_connection(connection)
    assert read.warehouse == "postgres"
    assert read.options == {"host": "db", "password": "hunter2", "maxConnections": "2", "sslkey": "k.pem"}
    assert "--connection=maxConnections=${env:AEGIS_CONNECTION_MAX_CONNECTIONS}" in read.flags()


def test_a_warehouse_of_aegis_yaml_takes_only_the_options_that_are_written() -> None:
    extra = json.dumps({"warehouse": "prod", "options": {"schema": "shop"}})
    read = warehouse_connection(Connection(conn_type="aegis", host="ignored", extra=extra))
    assert (read.warehouse, read.options) == ("prod", {"schema": "shop"})


def test_a_type_without_an_adapter_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(AegisUsageError, match=r'no adapter for "mysql".*Types: aegis, .*postgres'):
        warehouse_connection(Connection(conn_type="mysql"))


@pytest.mark.parametrize("extra", ["{secret", '["secret"]'])
def test_an_extra_that_is_no_object_is_refused_without_showing_it(extra: str) -> None:
    with pytest.raises(AegisUsageError, match='"extra" of the connection "shop" is no JSON object') as refusal:
        warehouse_connection(Connection(conn_type="postgres", extra=extra))
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is None
