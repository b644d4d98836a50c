"""The samples as a collection: what stands behind their events, as a careful reader has it (samples/README.md)."""

from __future__ import annotations

from functools import cache

from tawatur.events.build import events
from tawatur.events.facets import is_event
from tawatur.events.told import Facts, Told
from tawatur.origins.descent import by_copy
from tawatur.origins.dossier import Dossier, dossier
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import Lineage, paper_of
from tawatur.pipeline import extract
from tests.test_samples import documents


@cache
def dossiers() -> tuple[dict[str, Dossier], tuple[Lineage, ...], dict[str, str]]:
    """Dossiers by the English name of their place and their kind, lineages, and samples by document id."""
    index, names = LineageIndex(), {}
    facts: dict[str, Facts] = {}
    tolds: dict[str, Told] = {}
    denials: list[Told] = []
    for name, document in documents():
        read = extract(document)
        d = read.document
        names[d.id] = name
        facts[d.id] = Facts(d.id, d.published.value, d.outlet, d.url, d.title, d.language, d.forwards, d.text)
        index.add(paper_of(facts[d.id], d))
        for r in read.records:
            if is_event(r):
                tolds[r.id] = Told(facts[d.id], r)
            elif r.type == "denial":
                denials.append(Told(facts[d.id], r))
    found = index.lineages()
    made = {
        f"{e.place.label.en if e.place else ''} {e.type.partition('.')[0]}": dossier(
            [tolds[m] for m in e.members], by_copy(found), facts, denials
        )
        for e in events(tolds.values())
    }
    return made, found, names


def test_the_copied_wire_story_comes_from_the_wire() -> None:
    _, found, names = dossiers()
    assert ("03-outlet-copy.html", "02-wire-story.txt") in {(names[x.copy], names[x.original]) for x in found}
    assert not [x for x in found if names[x.copy][:2] in ("01", "02", "05", "06", "12")]


def test_the_denial_shows_as_denied() -> None:
    made = dossiers()[0]["Harir Air Base strike"]
    assert made.graded.grade == "denied"
    assert {a.origin.key for a in made.accounts if a.position == "denies"} == {"party:iq"}


def test_claimed_and_confirmed_by_the_side_that_was_hit() -> None:
    made = dossiers()[0]["Ain al-Asad Air Base strike"]
    assert made.graded.grade == "confirmed"
    assert {"claims", "confirms"} <= {a.position for a in made.accounts}


def test_a_groups_claim_is_one_origin_however_often_it_is_printed() -> None:
    made = dossiers()[0]["Erbil International Airport strike"]
    keys = [[o.key for o in g] for g in made.graded.origins]
    assert ["party:iri"] in keys
    assert sum("party:iri" in g for g in keys) == 1
