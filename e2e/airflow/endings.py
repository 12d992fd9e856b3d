"""A task for each way to end."""

import os
from datetime import timedelta

from airflow.sdk import DAG

from aegis_airflow_provider.operators.aegis import AegisOperator

shop = {"aegis_conn_id": "shop", "no_llm": True, "history": "history.db", "cwd": os.environ["SHOP"]}
once = {**shop, "poll_interval": timedelta(milliseconds=50)}
twice = {**once, "retries": 1, "retry_delay": timedelta(0)}

with DAG("endings", schedule=None):
    AegisOperator(task_id="passing", rules="rules.yaml", select="ids_unique", **twice)
    AegisOperator(task_id="failing", rules="rules.yaml", **twice)
    AegisOperator(task_id="broken", rules="broken.yaml", **twice)
    AegisOperator(task_id="mistaken", rules="nowhere.yaml", **twice)
    AegisOperator(task_id="deferred", rules="rules.yaml", select="ids_unique", deferrable=True, **twice)
    AegisOperator(task_id="deferred_failing", rules="rules.yaml", deferrable=True, **twice)
    AegisOperator(task_id="timed_out", rules="endless.yaml", execution_timeout=timedelta(seconds=3), **once)

with DAG("endless", schedule=None):
    AegisOperator(task_id="killed", rules="endless.yaml", **once)
