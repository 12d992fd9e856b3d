"""Writes a suite as Great Expectations does, validates it on a table of PostgreSQL, and prints what came of it as JSON."""

import json
import sys

import great_expectations as gx
from great_expectations.expectations.registry import get_expectation_impl

with open(sys.argv[1]) as file:
    settings = json.load(file)

context = gx.get_context(mode="ephemeral")
suite = context.suites.add(gx.ExpectationSuite(name="orders_suite"))
for each in settings["expectations"]:
    suite.add_expectation(get_expectation_impl(each["type"])(**each["kwargs"]))

source = context.data_sources.add_postgres("shop", connection_string=settings["url"])
batch = source.add_table_asset("orders", table_name="orders").add_batch_definition_whole_table("all").get_batch()
result = batch.validate(suite, result_format="BASIC")


def outcome(each):
    return {
        "success": each.success,
        "unexpected": each.result.get("unexpected_count"),
        "raised": bool((each.exception_info or {}).get("raised_exception")),
    }


by_id = {each.expectation_config.id: outcome(each) for each in result.results}
written = suite.to_json_dict()
print(json.dumps({"suite": written, "results": [by_id[each["id"]] for each in written["expectations"]]}, default=str))
