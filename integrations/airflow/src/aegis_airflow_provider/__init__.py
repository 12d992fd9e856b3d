"""Checks data with Aegis in Apache Airflow."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_package = "aegis_airflow_provider"


def get_provider_info() -> dict[str, Any]:
    """What Airflow shows and looks up: the entry point `apache_airflow_provider`."""
    return {
        "package-name": "aegis-airflow-provider",
        "name": "Aegis",
        "description": "Checks data with [Aegis](https://aegis.dev).",
        "versions": [__version__],
        "integrations": [{"integration-name": "Aegis", "external-doc-url": "https://aegis.dev", "tags": ["software"]}],
        "operators": [{"integration-name": "Aegis", "python-modules": [f"{_package}.operators.aegis"]}],
        "hooks": [{"integration-name": "Aegis", "python-modules": [f"{_package}.hooks.aegis"]}],
        "triggers": [{"integration-name": "Aegis", "python-modules": [f"{_package}.triggers.aegis"]}],
        "connection-types": [_connection_type()],
    }


def _connection_type() -> dict[str, Any]:
    return {
        "connection-type": "aegis",
        "hook-class-name": f"{_package}.hooks.aegis.AegisHook",
        "hook-name": "Aegis",
        "conn-fields": {
            "warehouse": {
                "label": "Warehouse",
                "description": "A name from aegis.yaml, or a type such as postgres, bigquery or duckdb.",
                "schema": {"type": ["string", "null"]},
            },
            "options": {
                "label": "Options",
                "description": "Further options of the warehouse, as a JSON object.",
                "schema": {"type": ["string", "null"], "format": "multiline"},
            },
            "secret_options": {
                "label": "Secret options",
                "description": "The same for options that are secret, other than the password.",
                "schema": {"type": ["string", "null"], "format": "password"},
            },
        },
        "ui-field-behaviour": {
            "hidden-fields": ["extra"],
            "relabeling": {"login": "User", "schema": "Database", "host": "Host, or file of DuckDB"},
            "placeholders": {"warehouse": "postgres", "options": '{"sslmode": "verify-full"}'},
        },
    }
