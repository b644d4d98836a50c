"""One event for the terminal, as a page and as a line, from the planted month and from copies of our own."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache

import pytest

from tawatur.export.event_graph import svg_graph
from tawatur.export.event_line import event_line
from tawatur.export.event_page import event_page
from tawatur.export.event_text import event_text
from tawatur.export.names import Lang
from tawatur.export.say_ar import event as arabic
from tawatur.export.say_en import event as english
from tawatur.model import Label
from tawatur.origins.explain import Edge, Graph, Node
from tawatur.origins.view import EventView
from tests.brief.made import month, situation

BOTH: tuple[Lang, ...] = ("en", "ar")
WIRE = (
    "قال مراسل وكالة الرافد إن طائرات حربية قصفت بلدة الشدادي جنوبي الحسكة، أمس الأحد، فقُتل ثلاثة أشخاص وأصيب سبعة.\n"
    "وعملت فرق الإطفاء حتى الفجر على إخماد حريق كبير في ورشة للحدادة قرب السوق القديم وسط الأمطار والرياح."
)


@cache
def contested() -> EventView:
    (found,) = [v for v in month().events if v.grade.grade == "contested"]
    return found


@cache
def copied() -> EventView:
    """A wire story, and the same printed by another outlet next day."""
    reports = [
        {"outlet": "وكالة الرافد", "published": "2031-03-03", "title": "قصف على الشدادي", "text": WIRE},
        {"outlet": "صحيفة الضفتين", "published": "2031-03-04", "title": "قتلى في الشدادي", "text": f"{WIRE}\n(الرافد)"},
    ]
    views = situation(reports, date(2031, 3, 1), date(2031, 3, 9)).events
    return max(views, key=lambda v: len(v.accounts))


def test_the_screen_says_who_claims_and_who_denies() -> None:
    shown = event_text(contested(), 110)
    assert "Grade: contested" in shown
    assert "Harir Air Base, Iraq" in shown
    assert "21 March 2031" in shown
    assert shown.count("claims it") >= 2
    assert "denies it" in shown
    assert "Iraqi Security Media Cell" in shown
    assert "→" in shown
    for account in contested().accounts:
        assert account.words.text.split()[0] in shown


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_the_screen_keeps_its_width_and_closes_its_isolates(lang: Lang, width: int) -> None:
    from rich.cells import cell_len

    shown = event_text(contested(), width, lang=lang)
    assert max(cell_len(line.replace("\u2068", "").replace("\u2069", "")) for line in shown.splitlines()) <= max(
        width, 60
    )
    assert shown.count("\u2068") == shown.count("\u2069")
    assert "\x1b" not in shown


def test_the_screen_in_ascii_has_no_arrows_or_frames() -> None:
    shown = event_text(contested(), ascii_only=True)
    assert not re.search("[→←─│]", shown)
    assert "->" in shown


def test_the_arabic_screen() -> None:
    shown = event_text(contested(), 110, lang="ar")
    assert "الدرجة: متنازع عليه" in shown
    assert "خلية الإعلام الأمني" in shown


def test_a_copy_is_shown_as_one_and_adds_no_origin() -> None:
    view = copied()
    assert len({a.doc for a in view.accounts}) == 2
    assert event_line(view)["origins"] == 1
    assert "copy: " in event_text(view)
    page = event_page(view)
    assert re.search(r'class="edge copy"', page)
    assert "copies that add no origin: 1" in page


def test_the_line_holds_what_programs_need() -> None:
    line = json.loads(json.dumps(event_line(contested()), ensure_ascii=False))
    assert {"event", "docs", "origins", "grade", "date", "place", "type"} <= line.keys()
    assert line["event"] == contested().event.id
    assert line["grade"] == "contested"
    assert line["date"] == ["2031-03-21", "2031-03-21"]
    assert line["place"]["en"] == "Harir Air Base"
    assert line["country"] == "IQ"
    assert abs(line["lat"] - 36.5) < 0.2
    assert sorted({a["doc"] for a in line["accounts"]}) == line["docs"]
    assert {a["position"] for a in line["accounts"]} == {"claims", "denies"}
    assert set(line["records"]) <= {a["record"] for a in line["accounts"]}


def test_the_line_of_every_event_is_json_with_the_words_of_its_reports() -> None:
    for view in month().events:
        line = json.loads(json.dumps(event_line(view)))
        for account in line["accounts"]:
            words, text = account["words"], month().documents[account["doc"]].text
            assert text[words["start"] : words["end"]] == words["text"]


@pytest.mark.parametrize("lang", BOTH)
def test_the_page_is_whole_and_has_every_account(lang: Lang) -> None:
    page = event_page(contested(), lang=lang)
    assert not re.search(r"<script|\son\w+=|\sstyle=|\ssrc=|@import|url\(http", page)
    assert page.count('<div class="head">') == len(contested().accounts)
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page
    assert page.count('<g class="node') == len(contested().graph.nodes)
    for account in contested().accounts:
        assert account.words.text in page
    assert "\u25cc" not in page


def test_a_ring_of_copies_is_drawn() -> None:
    ring = Graph(
        (Node("a", Label("A", "A"), "report"), Node("b", Label("B", "B"), "report")),
        (Edge("a", "b", "copy", Label("edited", "بتعديل")), Edge("b", "a", "copy", Label("edited", "بتعديل"))),
    )
    assert svg_graph(ring, {}, "en").count('class="edge copy"') == 2


def test_a_long_way_does_not_run_through_other_boxes() -> None:
    nodes = tuple(Node(i, Label(i, i), "report" if i == "r" else "source") for i in "osr")
    says = Label("claims it", "تبنٍّ")
    graph = Graph(nodes, (Edge("o", "s", "says", says), Edge("s", "r", "says", says), Edge("o", "r", "says", says)))
    drawn = svg_graph(graph, {}, "en")
    long = drawn.split('<path class="edge claims"')[3]
    (free,) = re.findall(r" (\d+)H", long)
    box = re.search(r'<g class="node source"><title>s</title><rect x="\d+" y="(\d+)"', drawn)
    assert box is not None
    assert not int(box[1]) <= int(free) <= int(box[1]) + 44


def test_every_event_of_the_month_has_a_whole_sentence() -> None:
    for view in month().events:
        for said in (english(view), arabic(view)):
            assert said.endswith(".")
            assert "  " not in said
            assert " ." not in said
            assert said.count("\u2068") == said.count("\u2069")
        assert english(view)[0].isupper()
