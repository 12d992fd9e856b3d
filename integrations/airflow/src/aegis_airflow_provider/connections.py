"""What a connection of Airflow means to a warehouse adapter of Aegis."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aegis_airflow_provider.exceptions import AegisUsageError


class AirflowConnection(Protocol):
    """The part of a connection that is read here."""

    conn_id: str
    conn_type: str | None
    host: str | None
    login: str | None
    password: str | None
    port: int | None
    extra: str | None


Options = Mapping[str, object]


@dataclass(frozen=True)
class WarehouseConnection:
    """Where rules run. The options may hold secrets, so they travel in the environment only."""

    warehouse: str | None
    """A name from aegis.yaml or an adapter's type; None leaves it to aegis.yaml."""

    options: Mapping[str, str]

    def flags(self) -> list[str]:
        """Flags of `aegis run` that name variables in place of values."""
        return [f"--connection={option}=${{env:{_variable(option)}}}" for option in self.options]

    def environment(self) -> dict[str, str]:
        """The variables that the flags name."""
        return {_variable(option): value for option, value in self.options.items()}


def warehouse_connection(connection: AirflowConnection) -> WarehouseConnection:
    """Reads a connection of any type that Aegis has an adapter for.

    :raises AegisUsageError: for other types, and for an extra that is no JSON object
    """
    conn_type = (connection.conn_type or "").lower().replace("-", "_")
    read = _readers.get(conn_type)
    if read is None:
        raise AegisUsageError(
            f'Aegis has no adapter for "{connection.conn_type}", the type of the connection "{connection.conn_id}". '
            f"Types: {', '.join(sorted(_readers))}."
        )
    warehouse, options = read(connection, _extra(connection))
    return WarehouseConnection(warehouse, {name: _text(value) for name, value in options.items() if _is_there(value)})


def _of_aegis(connection: AirflowConnection, extra: Options) -> tuple[str | None, Options]:
    warehouse = str(extra.get("warehouse") or "") or None
    reader = _readers.get(_types.get(warehouse or "", ""))
    fields = reader(connection, {})[1] if reader else {}
    written = [_json_object(connection, name, extra.get(name)) for name in ("options", "secret_options")]
    return warehouse, {**fields, **written[0], **written[1]}


def _of_postgres(connection: AirflowConnection, extra: Options) -> tuple[str, Options]:
    return "postgres", {
        "host": connection.host,
        "port": connection.port,
        "database": _schema(connection),
        "user": connection.login,
        "password": connection.password,
        **_chosen(extra, "sslmode", "sslrootcert", "sslcert", "sslkey"),
    }


def _of_duckdb(connection: AirflowConnection, extra: Options) -> tuple[str, Options]:
    return "duckdb", {"path": extra.get("path") or extra.get("file") or connection.host or _schema(connection)}


def _of_google(connection: AirflowConnection, extra: Options) -> tuple[str, Options]:
    keyfile = extra.get("keyfile_dict")
    return "bigquery", {
        "projectId": extra.get("project"),
        "dataset": _schema(connection),
        "location": extra.get("location"),
        "keyFilename": extra.get("key_path"),
        "credentials": json.dumps(keyfile) if isinstance(keyfile, dict) else keyfile,
        "impersonate": extra.get("impersonation_chain") if isinstance(extra.get("impersonation_chain"), str) else None,
    }


def _of_databricks(connection: AirflowConnection, extra: Options) -> tuple[str, Options]:
    is_principal = bool(connection.login) and connection.login != "token"
    token = None if is_principal else (extra.get("token") or connection.password)
    return "databricks", {
        "host": connection.host,
        "httpPath": extra.get("http_path"),
        "token": token,
        "clientId": connection.login if is_principal else None,
        "clientSecret": connection.password if is_principal else None,
        "azureTenantId": extra.get("azure_tenant_id"),
        "catalog": extra.get("catalog"),
        "schema": extra.get("schema") or _schema(connection),
    }


def _of_aws(connection: AirflowConnection, extra: Options) -> tuple[str, Options]:
    return "athena", {
        "accessKeyId": connection.login,
        "secretAccessKey": connection.password,
        "sessionToken": extra.get("aws_session_token"),
        "profile": extra.get("profile_name"),
        "region": extra.get("region_name"),
        "roleArn": extra.get("role_arn"),
        "workGroup": extra.get("work_group"),
        "outputLocation": extra.get("s3_staging_dir"),
        "database": _schema(connection),
    }


def _of_trino(connection: AirflowConnection, extra: Options) -> tuple[str, Options]:
    host, scheme = connection.host, extra.get("protocol") or ("https" if connection.password else "http")
    server = host if host and "://" in host else f"{scheme}://{host}:{connection.port or 8080}" if host else None
    return "trino", {
        "server": server,
        "user": connection.login,
        "password": connection.password,
        "accessToken": extra.get("jwt__token"),
        "catalog": extra.get("catalog"),
        "schema": _schema(connection),
    }


_readers: dict[str, Callable[[AirflowConnection, Options], tuple[str | None, Options]]] = {
    "aegis": _of_aegis,
    "postgres": _of_postgres,
    "duckdb": _of_duckdb,
    "google_cloud_platform": _of_google,
    "gcpbigquery": _of_google,
    "databricks": _of_databricks,
    "aws": _of_aws,
    "athena": _of_aws,
    "trino": _of_trino,
}

_types = {
    "postgres": "postgres",
    "duckdb": "duckdb",
    "bigquery": "gcpbigquery",
    "databricks": "databricks",
    "athena": "athena",
    "trino": "trino",
}
"""Adapters, by the connection type whose fields mean the same."""


def _extra(connection: AirflowConnection) -> Options:
    return _json_object(connection, "extra", connection.extra)


def _json_object(connection: AirflowConnection, name: str, value: object) -> Options:
    if isinstance(value, dict):
        return value
    if not _is_there(value):
        return {}
    try:
        parsed = json.loads(str(value))
    except ValueError:
        parsed = None
    if isinstance(parsed, dict):
        return parsed
    # The value may be a secret, so it is not shown; neither is what the parser says about it.
    raise AegisUsageError(f'"{name}" of the connection "{connection.conn_id}" is no JSON object.')


def _schema(connection: Any) -> str | None:  # noqa: ANN401 - `schema` is a method of some classes of connections.
    return connection.schema if isinstance(connection.schema, str) else None


def _chosen(extra: Options, *names: str) -> Options:
    return {name: extra.get(name) for name in names}


def _is_there(value: object) -> bool:
    return value is not None and value != ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _variable(option: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", option)
    return "AEGIS_CONNECTION_" + re.sub(r"\W", "_", words).upper()
