from __future__ import annotations

import json

from openlineage.client.serde import Serde

from aegis_airflow_provider.lineage import operator_lineage

DATASET = {
    "namespace": "postgres://db:5432",
    "name": "shop.public.orders",
    "inputFacets": {
        "dataQualityAssertions": {
            "assertions": [
                {"assertion": "not_null", "success": False, "name": "status_there", "column": "status", "later": 1}
            ]
        },
        "dataQualityMetrics": {"rowCount": 7, "columnMetrics": {"status": {"nullCount": 1}}},
    },
}


def test_datasets_are_inputs_with_what_was_asserted_and_measured() -> None:
    [told] = operator_lineage([DATASET]).inputs
    dataset = json.loads(Serde.to_json(told))
    assert (dataset["namespace"], dataset["name"]) == ("postgres://db:5432", "shop.public.orders")
    [assertion] = dataset["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert (assertion["assertion"], assertion["success"], assertion["column"]) == ("not_null", False, "status")
    assert dataset["inputFacets"]["dataQualityMetrics"]["rowCount"] == 7
    assert dataset["inputFacets"]["dataQualityMetrics"]["columnMetrics"]["status"]["nullCount"] == 1


def test_a_dataset_that_nothing_was_asserted_about_is_an_input_all_the_same() -> None:
    [dataset] = operator_lineage([{**DATASET, "inputFacets": {}}]).inputs
    assert dataset.inputFacets == {}
