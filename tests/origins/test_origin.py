"""The table of kinds: who counts as an origin, and as which."""

from __future__ import annotations

import pytest

from tawatur.model import Party
from tawatur.origins.families import publisher_of
from tawatur.origins.origin import independent, origin_of
from tests.origins.conftest import Tell, party

US_OFFICIAL = party("مسؤول أميركي", kind="unnamed")
CASES = [
    ([party("Kataib Hezbollah", "kataib-hezbollah")], "Reuters", "party:iri", "party", True),
    ([party("Reuters", "reuters"), US_OFFICIAL], "الميادين", "party:us", "party", True),
    ([party("US official", kind="unnamed")], "Reuters", "party:us", "party", True),
    ([party("مصدر في البيشمركة", "peshmerga", "unnamed")], "Rudaw", "party:krg", "party", True),
    ([party("Amaq", "amaq")], "Reuters", "party:isis", "party", True),
    ([party("وكالة سانا", "sana"), party("مصدر عسكري", kind="unnamed")], "RT", "party:sy", "party", True),
    ([party("مصدر أمني", kind="unnamed")], "Shafaq News", "outlet_unnamed:shafaq", "outlet_unnamed", True),
    ([party("Reuters", "reuters"), party("two sources", kind="unnamed")], "BBC News", "outlet_unnamed:reuters",
     "outlet_unnamed", True),
    ([party("شهود عيان", kind="unnamed")], "Al Hadath", "outlet_unnamed:arabiya", "outlet_unnamed", True),
    ([party("residents", kind="civilian")], "", "unnamed", "unnamed", False),
    ([party("our correspondent", kind="outlet")], "Al Jazeera", "outlet_field:jazeera", "outlet_field", True),
    ([party("Reuters", "reuters")], "Al Jazeera", "voice:reuters", "unattributed", False),
    ([party("قناة الجسر", kind="outlet")], "RT", "voice:name:جسر", "unattributed", False),
    ([], "Al Jazeera", "voice:jazeera", "unattributed", False),
    ([], "Al-Manar", "party:hezbollah", "party", True),
    ([], "Islamic Resistance in Iraq", "party:iri", "party", True),
    ([], "وزارة الخارجية العراقية", "party:iq", "party", True),
    ([], "", "unknown", "unknown", False),
    ([party("وسائل إعلام إسرائيلية", "il.media", "outlet")], "RT", "unknown:وسايل اعلام اسراييليه", "unknown", False),
    ([party("وسائل إعلام محلية", kind="outlet")], "RT", "unknown:وسايل اعلام محليه", "unknown", False),
    ([party("صفحات على فيسبوك", kind="other")], "RT", "unknown:صفحات علي فيسبوك", "unknown", False),
    ([party("المتحدث", kind="official")], "RT", "unknown:المتحدث", "unknown", False),
    ([party("التحقيقات")], "RT", "unknown:التحقيقات", "unknown", False),
    ([party("محمد أبو سلمية", kind="official")], "RT", "named:محمد ابو سلميه", "party", True),
]  # fmt: skip


@pytest.mark.parametrize(("chain", "outlet", "key", "kind", "counts"), CASES)
def test_kinds(tell: Tell, chain: list[Party], outlet: str, key: str, kind: str, counts: bool) -> None:
    found = origin_of(tell("d", outlet=outlet, source=chain))
    assert (found.key, found.kind, found.counts) == (key, kind, counts)
    assert found.reason.en
    assert found.reason.ar


def test_a_copy_speaks_with_the_sources_of_its_original(tell: Tell) -> None:
    told = tell("d", outlet="Gate Post", source=[party("a security source", kind="unnamed")])
    assert origin_of(told, publisher_of("Reuters")).key == "outlet_unnamed:reuters"


def test_the_correspondent_of_an_outlet_quoted_by_another(tell: Tell) -> None:
    text = "An Al Jazeera correspondent said a house was hit."
    told = tell("d", outlet="RT", text=text, source=[party("Al Jazeera", "jazeera", start=3)])
    assert origin_of(told).key == "outlet_field:jazeera"
    plain = "The broadcaster Al Jazeera said a house was hit."
    told = tell("d", outlet="RT", text=plain, source=[party("Al Jazeera", "jazeera", start=16)])
    assert origin_of(told).key == "voice:jazeera"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("قال مراسلنا إن طائرة قصفت الحي.", "outlet_field:mayadeen"),
        ("قال مراسل الميادين إن طائرة قصفت الحي.", "outlet_field:mayadeen"),
        ("قُتل مراسل رويترز في قصف الحي.", "voice:mayadeen"),
        ("قصفت طائرة الحي.", "voice:mayadeen"),
    ],
)
def test_the_publishers_own_correspondent_stands_in_no_chain(tell: Tell, text: str, key: str) -> None:
    word = "قصف"
    start = text.rindex(word)
    told = tell("d", outlet="الميادين", text=text)
    anchor = type(told.record.anchor)(start, start + 3, word)
    from dataclasses import replace

    assert origin_of(replace(told, record=replace(told.record, anchor=anchor))).key == key


def test_independent_origins_share_neither_key_nor_party(tell: Tell) -> None:
    chains = [
        ([party("centcom", "centcom")], "AP"),
        ([party("Pentagon", "us.mod")], "Reuters"),
        ([party("US and UK forces", "us-uk")], "BBC News"),
        ([party("الدفاع البريطانية", "gb.mod")], "RT"),
        ([party("residents", kind="civilian")], "Reuters"),
        ([party("residents", kind="civilian")], "Al Arabiya"),
        ([party("residents", kind="civilian")], "Al Hadath"),
        ([], "Al Jazeera"),
    ]
    origins = [origin_of(tell(f"d{i}", outlet=o, source=c)) for i, (c, o) in enumerate(chains)]
    groups = [[o.key for o in g] for g in independent(origins)]
    assert groups == [
        ["outlet_unnamed:arabiya"],
        ["outlet_unnamed:reuters"],
        ["party:gb", "party:gb+us"],
        ["party:us"],
    ]


def test_a_states_own_outlet_is_not_independent_of_the_state(tell: Tell) -> None:
    seen = origin_of(tell("a", outlet="SANA", source=[party("our correspondent", kind="outlet")]))
    said = origin_of(tell("b", outlet="RT", source=[party("the Syrian army", "sy.forces")]))
    assert seen.kind == "outlet_field"
    assert len(independent([seen, said])) == 1


def test_an_account_is_no_outlet_but_an_outlets_page_is(tell: Tell) -> None:
    page = "https://www.facebook.com/somebody/posts/1"
    sources = [party("مصادر محلية", kind="unnamed")]
    assert not origin_of(tell("a", outlet="Abu Ahmad", url=page, source=sources)).counts
    assert origin_of(tell("b", outlet="River Valley FM", url=page, source=sources)).kind == "outlet_unnamed"
    observers = origin_of(tell("c", outlet="Syrian Observatory for Human Rights", url=page, source=sources))
    assert observers.key == "party:sohr"
