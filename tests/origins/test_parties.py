"""Arms, ministries, spokesmen and media arms are their whole; speaking umbrellas hold their members; others do not."""

from __future__ import annotations

import pytest

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_tables import entity
from tawatur.origins.parties import roots, stance


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ("centcom", {"us"}),
        ("us.mod", {"us"}),
        ("idf", {"il"}),
        ("p.saree", {"houthis"}),
        ("sanaa-moh", {"houthis"}),
        ("nujaba", {"iri"}),
        ("p.askari-abuali", {"iri"}),
        ("iraqi-coordination", {"iri"}),
        ("dz-military-council", {"sdf"}),
        ("us-uk", {"us", "gb"}),
        ("hamas", {"hamas"}),
        ("pij", {"pij"}),
        ("pmf", {"iq"}),
        ("sohr", {"sohr"}),
    ],
)
def test_roots(party: str, expected: set[str]) -> None:
    assert roots(party) == expected


def test_backers_and_factions_stay_apart() -> None:
    assert not roots("hezbollah") & roots("ir.forces")
    assert not roots("hamas") & roots("pij")


def test_stance() -> None:
    assert stance("nujaba", "kataib-hezbollah") == "same"
    assert stance("centcom", "kataib-hezbollah") == "opposed"
    assert stance("sohr", "us") == "other"
    assert stance("nobody-known", "us") == "unknown"


def test_the_table_of_umbrellas_names_parties_and_sources() -> None:
    for r in rows("umbrellas.csv"):
        assert entity(r["umbrella"]) is not None
        assert not r["speaks_as"] or entity(r["speaks_as"]) is not None
        assert r["source"]
