"""Links records with splink, in an environment of its own (it brings duckdb, pandas and sqlglot): JSON on standard input,
``{"thresholds": [...], "sides": [[record, ...], ...]}``, and on standard output, for each side and threshold, the
cluster of each record. Run by :mod:`benchmarks.airwars_events`.

Set up as its documents tell: random sampling for u, expectation maximisation on two blocks for m, no labels.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from typing import Any

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)


def clusters(records: list[dict[str, Any]], thresholds: list[float]) -> list[dict[str, str]]:
    """The cluster of each record at each threshold."""
    import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore]
    import splink.comparison_library as cl  # type: ignore[import-not-found]
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frame = pd.DataFrame(records)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.DistanceInKMAtThresholds("lat", "lon", [2, 5, 10]),
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day", "day"], thresholds=[1, 2, 4]
            ),
            cl.ExactMatch("type"),
            cl.ExactMatch("actor"),
            cl.ExactMatch("target"),
            cl.ExactMatch("killed"),
            cl.ArrayIntersectAtSizes("words", [8, 4, 2, 1]),
        ],
        blocking_rules_to_generate_predictions=[block_on("place"), block_on("day", "admin"), block_on("name")],
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(frame, settings, DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("place", "day"), block_on("name", "day")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("place", "day"), block_on("type", "day")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=min(thresholds))
    out = []
    for threshold in thresholds:
        made = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold)
        table = made.as_pandas_dataframe()
        out.append(dict(zip(table["id"].astype(str), table["cluster_id"].astype(str), strict=True)))
    return out


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    kept, sys.stdout = sys.stdout, sys.stderr  # what splink prints is not the answer
    answer = [clusters(side, asked["thresholds"]) for side in asked["sides"]]
    kept.write(json.dumps(answer))
