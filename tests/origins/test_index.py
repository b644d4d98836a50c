"""Lineage of a collection: what is a copy of what, whatever the order in which reports come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.events.told import Facts
from tawatur.model import Forward
from tawatur.origins.descent import by_copy, descend, lineage_keys
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import Lineage, Paper, Post

WIRE = (
    "Six rockets were fired after midnight from a dry valley south of the town, and three of them burned out in wheat "
    "fields, a member of the council said. A fourth rocket pierced an old water tank near the western fence. "
    "Helicopters circled over the villages on the river until sunrise, shepherds on the far bank said."
)
APART = (
    "People in the river villages woke to loud bangs overnight. Our reporter counted half a dozen projectiles, half of "
    "which never reached the fence, and one that left a hole in a tank nobody uses. Farmers fear another search."
)
ELSEWHERE = (
    "A roadside bomb damaged a lorry on the ring road late in the evening; the driver, an employee of a local haulier, "
    "was unharmed and the convoy went on to its destination after the tyre had been changed."
)
DAY = date(2024, 3, 4)


def facts(doc: str, text: str, outlet: str, day: date | None = DAY, url: str = "", language: str = "en") -> Facts:
    return Facts(doc, day, outlet, url, text.split(".")[0], language, (), text)


def index_of(*reports: Facts | Paper) -> LineageIndex:
    index = LineageIndex()
    for r in reports:
        index.add(r if isinstance(r, Paper) else Paper(r))
    return index


def shapes(found: tuple[Lineage, ...]) -> list[tuple[str, str, str]]:
    return [(x.copy, x.original, x.kind) for x in found]


COLLECTION = (
    facts("wire", f"EAST BANK (Rafid Wire) - {WIRE}", "Rafid Wire"),
    facts("copy", f"Six rockets in the east. {WIRE}", "Harbour News", DAY + timedelta(days=1)),
    facts("part", f"{WIRE.split('. ')[0]}.", "Gate Post", DAY + timedelta(days=1)),
    facts("mixed", f"{ELSEWHERE} {WIRE}", "Delta Desk", DAY + timedelta(days=1)),
    facts("apart", APART, "Echo", DAY),
    facts("elsewhere", ELSEWHERE, "Plain Daily", DAY),
)


def test_copies_lead_to_their_originals_and_accounts_stand_alone() -> None:
    found = index_of(*COLLECTION).lineages()
    wire = [x for x in found if x.original == "wire"]
    assert {(x.copy, x.kind) for x in wire} == {("copy", "edited"), ("part", "excerpt"), ("mixed", "merged")}
    assert ("mixed", "elsewhere") in {(x.copy, x.original) for x in found}
    assert not {x.copy for x in found} & {"apart", "wire", "elsewhere"}
    assert "apart" not in {x.original for x in found}


@settings(max_examples=15, deadline=None)
@given(st.permutations(COLLECTION), st.sampled_from([f.doc for f in COLLECTION]))
def test_neither_order_nor_what_came_and_went_matters(order: list[Facts], gone: str) -> None:
    expected = index_of(*COLLECTION).lineages()
    index = index_of(*order)
    assert index.lineages() == expected
    paper = index.paper(gone)
    index.remove(gone)
    assert index.lineages() == index_of(*(f for f in COLLECTION if f.doc != gone)).lineages()
    index.add(paper)
    assert index.lineages() == expected


def test_adding_touches_all_whose_lineage_changes_and_spares_strangers() -> None:
    index = index_of(*(f for f in COLLECTION if f.doc != "wire"))
    before = by_copy(index.lineages())
    touched = index.add(Paper(COLLECTION[0]))
    after = by_copy(index.lineages())
    changed = {d for d in {*before, *after} if before.get(d) != after.get(d)}
    assert changed <= touched
    assert changed
    assert not touched & {"apart", "elsewhere"}


def test_a_kept_signature_gives_the_same() -> None:
    made = index_of(*COLLECTION)
    again = LineageIndex()
    for f in COLLECTION:
        again.add(Paper(f), made.signature(f.doc))
    assert again.lineages() == made.lineages()


def test_replacing_a_report_forgets_the_old_text() -> None:
    index = index_of(*COLLECTION)
    index.add(Paper(replace(COLLECTION[1], text=APART + " Nothing more is known yet.")))
    assert ("copy", "wire") not in {(x.copy, x.original) for x in index.lineages()}
    assert len(index) == len(COLLECTION)


def test_a_credit_outweighs_the_day() -> None:
    late = facts("agency", WIRE, "Rafid Wire", DAY + timedelta(days=1))
    early = facts("site", f"{WIRE} Source: Rafid Wire", "Harbour News", DAY)
    (found,) = index_of(late, early).lineages()
    assert (found.copy, found.original, found.ordered) == ("site", "agency", True)


def test_without_days_or_credits_the_order_is_not_known() -> None:
    (found,) = index_of(facts("a", WIRE, "One", None), facts("b", WIRE, "Two", None)).lineages()
    assert not found.ordered


def test_what_an_outlet_prints_under_everything_makes_no_copies() -> None:
    footer = "Sign up for our morning letter and never miss a story from the river valley and the towns around it."
    bodies = [
        "A bus burned.",
        "Rain fell in the hills.",
        "The bridge was closed.",
        "Wheat is cheap.",
        "A man was shot.",
    ]
    reports = [
        facts(f"d{i}", f"{body} {footer}", "Valley News", DAY + timedelta(days=2 * i)) for i, body in enumerate(bodies)
    ]
    assert index_of(*reports[:2]).lineages() != ()  # two alone could be a copy
    assert index_of(*reports).lineages() == ()


def test_a_story_that_is_often_copied_is_no_standing_phrase() -> None:
    copies = [facts(f"c{i}", WIRE, f"Site {i}", DAY + timedelta(days=i % 2)) for i in range(60)]
    found = index_of(facts("a-wire", f"{WIRE} More was not known.", "Rafid Wire", DAY - timedelta(days=1)), *copies)
    assert {x.copy for x in found.lineages() if x.original == "a-wire"} == {f"c{i}" for i in range(60)}


def test_a_retold_report_needs_credit_and_the_same_facts() -> None:
    arabic = (
        "سقطت ستة صواريخ قرب حقل كونيكو في دير الزور، وأصيب تسعة جنود أميركيين، كما قُتل أحد عشر مدنياً في بلدة "
        "الطابية، وفق مسؤول محلي."
    )
    english = (
        "Six rockets fell near the Conoco field in Deir ez-Zor, wounding nine American soldiers, and eleven civilians "
        "were killed in the town of al-Tabiyah, "
    )
    other = "Two policemen were killed in Basra in southern Iraq when a mine went off, "
    base = facts("ar", arabic, "وكالة الرافد", language="ar")
    credit = "according to وكالة الرافد. A local official was quoted. The road was closed until the evening."
    told = facts("en", english + credit, "Levant Ledger")
    assert shapes(index_of(base, told).lineages()) == [("en", "ar", "translated-quote")]
    assert (
        index_of(base, facts("en", english + "residents said. The road was closed.", "Levant Ledger")).lineages() == ()
    )
    assert index_of(base, facts("en", other + credit, "Levant Ledger")).lineages() == ()
    late = facts("en", english + credit, "Levant Ledger", DAY + timedelta(days=9))
    assert index_of(base, late).lineages() == ()


def test_forwards_and_embedded_posts() -> None:
    post = facts("post", "Rockets towards the base in Shaddadi just now", "khabur", url="https://t.me/khabur/7")
    passed = replace(facts("fwd", "Rockets towards the base in Shaddadi just now !!", "other"), forwards=(
        Forward("khabur", "https://t.me/s/khabur/7"),
    ))  # fmt: skip
    body = "A night of fire. Rockets towards the base in Shaddadi just now. Nothing else was heard until morning."
    start = body.index("Rockets")
    page = Paper(facts("page", body, "Gate Post"), (Post(start, start + 45, "khabur", "https://t.me/khabur/7"),))
    index = index_of(post, passed, page)
    assert ("fwd", "post", "forward") in shapes(index.of("fwd"))
    (embedded,) = [x for x in index.of("page") if x.kind == "forward"]
    assert embedded.runs[0].copy.text == body[start : start + 45]
    assert index.of("post") == ()


def test_furniture_of_a_page_is_no_text() -> None:
    top = "Most read today: the price of bread, the new bridge and why the ferry will not run this winter again. "
    a, b = (
        Paper(facts(d, top + t, o), furniture=((0, len(top)),))
        for d, t, o in (("a", APART, "One"), ("b", ELSEWHERE, "Two"))
    )
    assert index_of(a, b).lineages() == ()


def test_descent_goes_by_the_words_of_the_record() -> None:
    found = by_copy(index_of(*COLLECTION).lineages())
    mixed = COLLECTION[3]

    def first(words: str) -> str:
        from tawatur.model import Span

        start = mixed.text.index(words)
        return descend(found, "mixed", Span(start, start + len(words), words)).doc

    assert first("A fourth rocket pierced an old water tank near the western fence") == "wire"
    assert first("A roadside bomb damaged a lorry on the ring road late in the evening") == "elsewhere"


def test_lineage_keys_join_copies_not_merged_stories() -> None:
    keys = lineage_keys(index_of(*COLLECTION).lineages())
    assert keys["copy"] == keys["wire"] == keys["part"]
    assert keys.get("elsewhere") != keys["wire"]
    assert "apart" not in keys


def test_only_the_credited_paragraphs_of_a_retelling_are_the_originals() -> None:
    wire = facts(
        "wire",
        "Seven mortar shells fell near the US embassy in Baghdad before dawn on Friday, an Iraqi official told us. "
        "The embassy in Baghdad said sirens had gone off.",
        "Rafid Wire",
    )
    credited = "Seven shells came down close to the American embassy in Baghdad, Rafid Wire quoted an Iraqi official."
    own = "In Erbil the counter-terrorism service of the Kurdistan region shot down eleven drones, killing 12 people."
    page = facts("page", f"Night of fire\n{credited}\n{own}", "Gate Post")
    (found,) = index_of(wire, page).of("page")
    assert found.kind == "credit"
    table = by_copy([found])
    from tawatur.model import Span

    for words, origin in ((credited, "wire"), (own, "page")):
        start = page.text.index(words)
        assert descend(table, "page", Span(start, start + len(words), words)).doc == origin


def test_a_retelling_without_days_is_not_tied() -> None:
    text = (
        "Six rockets fell near the Conoco field in Deir ez-Zor, wounding nine American soldiers and eleven civilians."
    )
    wire = facts("wire", text, "Rafid Wire", None)
    told = "At the Conoco field in Deir ez-Zor eleven civilians and nine American soldiers were hurt by six rockets, "
    retold = facts("retold", told + "Rafid Wire reported.", "Gate Post", None)
    assert index_of(wire, retold).lineages() == ()
    assert index_of(replace(wire, published=DAY), replace(retold, published=DAY)).lineages() != ()
