"""What Airflow's OpenLineage provider is told of a run. Nothing here is needed without that provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airflow.providers.openlineage.extractors import OperatorLineage


def is_listening() -> bool:
    """Whether the provider is installed and will tell somebody."""
    try:
        from airflow.providers.openlineage import conf
    except ImportError:
        return False
    return not conf.is_disabled()


def parent_id(task_instance: Any) -> str | None:  # noqa: ANN401 - its class differs between versions of Airflow
    """The run of the task, for events that Aegis tells somebody itself; None without the provider."""
    try:
        from airflow.providers.openlineage.plugins.macros import lineage_parent_id
    except ImportError:
        return None
    return lineage_parent_id(task_instance)


def operator_lineage(datasets: list[dict[str, Any]]) -> OperatorLineage:
    """Inputs with their `dataQualityAssertions` and `dataQualityMetrics`."""
    from airflow.providers.openlineage.extractors import OperatorLineage
    from openlineage.client.event_v2 import InputDataset

    return OperatorLineage(
        inputs=[
            InputDataset(each["namespace"], each["name"], inputFacets=_input_facets(each["inputFacets"]))
            for each in datasets
        ]
    )


def _input_facets(facets: dict[str, Any]) -> dict[str, Any]:
    from openlineage.client.facet_v2 import data_quality_assertions_dataset, data_quality_metrics_input_dataset

    told: dict[str, Any] = {}
    if (assertions := facets.get("dataQualityAssertions")) is not None:
        told["dataQualityAssertions"] = data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(
            assertions=[
                _known(data_quality_assertions_dataset.Assertion, each) for each in assertions.get("assertions", [])
            ]
        )
    if (metrics := facets.get("dataQualityMetrics")) is not None:
        columns = metrics.get("columnMetrics", {})
        told["dataQualityMetrics"] = data_quality_metrics_input_dataset.DataQualityMetricsInputDatasetFacet(
            rowCount=metrics.get("rowCount"),
            columnMetrics={
                name: _known(data_quality_metrics_input_dataset.ColumnMetrics, each) for name, each in columns.items()
            },
        )
    return told


def _known(facet: Any, values: dict[str, Any]) -> Any:  # noqa: ANN401 - classes that older clients lack fields of
    """An older client lacks newer fields."""
    names = {attribute.name for attribute in facet.__attrs_attrs__}
    return facet(**{name: value for name, value in values.items() if name in names})
