"""Runs checks of Soda over tables in a new DuckDB file, and prints what came of each as JSON."""

import json
import sys

import duckdb
from soda.scan import Scan

with open(sys.argv[1]) as file:
    settings = json.load(file)

connection = duckdb.connect(settings["database"])
for statement in settings["statements"]:
    connection.execute(statement)

scan = Scan()
scan.disable_telemetry()
scan.set_data_source_name("shop")
scan.add_duckdb_connection(connection, "shop")
scan.add_sodacl_yaml_file(settings["checks"])
scan.execute()
results = scan.get_scan_results()
connection.close()

print(
    json.dumps(
        {
            "errors": [log["message"] for log in results["logs"] if log["level"] == "error"],
            "checks": [
                {
                    "name": check["name"],
                    "outcome": check["outcome"],
                    "value": (check.get("diagnostics") or {}).get("value"),
                }
                for check in results["checks"]
            ],
        },
        default=str,
    )
)
