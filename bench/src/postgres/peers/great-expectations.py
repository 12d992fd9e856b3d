"""The thirty rules as expectations of Great Expectations 1.x: validates them once and prints what came of it."""

import json
import sys

import great_expectations as gx
import great_expectations.expectations as gxe

with open(sys.argv[1]) as file:
    settings = json.load(file)

context = gx.get_context(mode="ephemeral")
source = context.data_sources.add_postgres("shop", connection_string=settings["url"])
lines = source.add_table_asset("lines", table_name="lines")
batch = lines.add_batch_definition_whole_table("all").get_batch()


def missing(column: str, table: str) -> gxe.Expectation:
    query = f"SELECT l.{column} FROM {{batch}} l LEFT JOIN {table} r ON l.{column} = r.{column} WHERE l.{column} IS NOT NULL AND r.{column} IS NULL"
    return gxe.UnexpectedRowsExpectation(unexpected_rows_query=query)


columns = settings["columns"]
expectations = [
    *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in columns["not_null"]),
    *(gxe.ExpectColumnValuesToBeBetween(column=c, min_value=low, max_value=high) for c, low, high in columns["between"]),
    *(gxe.ExpectColumnValuesToBeInSet(column=c, value_set=values) for c, values in columns["accepted"]),
    *(gxe.ExpectColumnValuesToMatchRegex(column=c, regex=pattern) for c, pattern in columns["matches"]),
    *(gxe.ExpectColumnMeanToBeBetween(column=c, min_value=low, max_value=high) for c, low, high in columns["mean"]),
    gxe.ExpectColumnSumToBeBetween(column="unit_price", min_value=0),
    gxe.ExpectColumnStdevToBeBetween(column="quantity", max_value=20),
    gxe.ExpectTableRowCountToEqual(value=settings["rows"]),
    gxe.ExpectColumnMaxToBeBetween(column="updated_at", min_value=settings["newest_after"]),
    gxe.ExpectColumnValuesToBeUnique(column="line_id"),
    gxe.ExpectColumnValuesToBeUnique(column="tracking_number"),
    missing("order_id", "orders"),
    missing("part_id", "parts"),
]
suite = gx.ExpectationSuite(name="thirty", expectations=expectations)
result = batch.validate(suite)
broken = [each for each in result.results if each.exception_info.get("raised_exception")]
print(json.dumps({"rules": len(result.results), "failed": sum(not each.success for each in result.results), "errors": len(broken)}))
