"""The report of the planted month (``tests/planted/README.md``): what it says, and that every sentence is proven."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest

from tawatur.brief.compose import compose
from tawatur.brief.draft import Draft, Sentence
from tawatur.brief.happened import LEAD, ROOM
from tawatur.brief.situation import Situation
from tawatur.brief.write import write_brief
from tawatur.export.names import Lang
from tests.brief.made import month, situation

BOTH: tuple[Lang, ...] = ("en", "ar")
_MARKS = re.compile(r"(?:\[\^\d+\]–?)+$")


@cache
def draft(lang: Lang) -> Draft:
    return compose(month(), lang)


@cache
def text(lang: Lang, form: str) -> str:
    return write_brief(month(), lang=lang, form="html" if form == "html" else "md")


def body(lang: Lang) -> list[Sentence]:
    made = draft(lang)
    return list(made.sentences())[len(made.main) :]


def sentence(lang: Lang, *words: str) -> str:
    """The one sentence of the body that has all the words."""
    found = [s.text for s in body(lang) if all(w in s.text for w in words)]
    assert len(found) == 1, (words, found)
    return found[0]


@pytest.mark.parametrize("lang", BOTH)
def test_every_sentence_has_a_record_and_every_word_of_a_note_stands_in_its_report(lang: Lang) -> None:
    made = draft(lang)
    assert all(s.records and made.marks(s) for s in made.sentences())
    assert [n.number for n in made.notes] == list(range(1, len(made.notes) + 1))
    for note in made.notes:
        words = note.record.evidence
        assert note.facts.doc == note.record.doc
        assert note.facts.text[words.start : words.end] == words.text


@pytest.mark.parametrize("lang", BOTH)
def test_markdown_ends_every_sentence_in_marks_and_every_mark_has_its_words(lang: Lang) -> None:
    lines = text(lang, "md").splitlines()
    body = lines[next(i for i, x in enumerate(lines) if x in ("## Main points", "## أبرز ما فيه")) :]
    body = [x for x in body if not x.startswith("- **")]  # what the grades mean
    said = [x for x in body if x.startswith("- ")]
    assert len(said) == len(list(draft(lang).sentences()))
    assert [x for x in said if not _MARKS.search(x)] == []
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", "\n".join(body), flags=re.M))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", "\n".join(said))) <= notes.keys()
    for note in draft(lang).notes:
        words = re.search(r"<q [^>]*>(.*)</q>", notes[str(note.number)])
        assert words is not None
        assert unescape(re.sub(r"\\(.)", r"\1", words[1])) == " ".join(note.record.evidence.text.split())
        assert note.record.doc in notes[str(note.number)]


class Page(HTMLParser):
    """Ids, inner links, list items of sentences, and whatever a page without scripts may not have."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.bad: list[str] = []
        self.turned: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attrs}
        self.bad += [tag] if tag in ("script", "link", "iframe", "img") else []
        self.bad += [k for k in found if k.startswith("on") or k == "style"]
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if found.get("href", "").startswith("#") else []
        self.turned += [found["dir"]] if tag in ("html", "q") else []


@pytest.mark.parametrize("lang", BOTH)
def test_the_page_is_whole_without_scripts_and_its_marks_lead_somewhere(lang: Lang) -> None:
    page = Page()
    page.feed(text(lang, "html"))
    assert page.bad == []
    assert len(page.ids) == len(set(page.ids))
    assert {x[1:] for x in page.links} <= set(page.ids)
    assert page.turned[0] == {"en": "ltr", "ar": "rtl"}[lang]
    assert {"ltr", "rtl"} <= set(page.turned[1:])
    assert "\u25cc" not in text(lang, "html")  # a steering mark shown instead of obeyed
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'", text(lang, "html"))


@pytest.mark.parametrize(("lang", "form"), [(x, f) for x in BOTH for f in ("md", "html")])
def test_isolates_are_closed_and_nothing_is_named_none(lang: Lang, form: str) -> None:
    whole = text(lang, form)
    assert whole.count("\u2068") == whole.count("\u2069")
    assert "None" not in whole
    assert "{" not in re.sub(r"<style>.*?</style>", "", whole, flags=re.S)


def test_english_sentences_hold_no_arabic_and_arabic_ones_no_english() -> None:
    assert [s.text for s in draft("en").sentences() if re.search("[\u0621-\u064a]", s.text)] == []
    assert [s.text for s in draft("ar").sentences() if re.search("[A-Za-z]", s.text)] == []


def test_the_same_situation_gives_the_same_text() -> None:
    assert write_brief(month(), lang="en", form="html") == text("en", "html")


def test_a_claim_that_the_other_side_confirms() -> None:
    said = sentence("en", "Ain al-Asad", "on 2 March;")
    assert said.startswith("The Islamic Resistance in Iraq claimed to have carried out a drone attack")
    assert "confirmed it; grade: confirmed (2 independent origins)." in said
    said = sentence("ar", "عين الأسد", "في 2 آذار/مارس؛")
    assert said.startswith("تبنّت المقاومة الإسلامية في العراق هجومًا بالطائرات المسيّرة")
    assert said.endswith("الدرجة: مؤكَّد (مصدران مستقلان).")


def test_the_contested_and_the_denied() -> None:
    assert "the Iraqi Security Media Cell denied it; grade: contested." in sentence("en", "Harir", "21 March")
    assert "ونفت خلية الإعلام الأمني ذلك؛ الدرجة: متنازع عليه." in sentence("ar", "حرير", "21 آذار")
    denied = sentence("en", "Balad")
    assert re.search(r"^The .* denied any .*attack.* at Balad Air Base", denied)
    assert denied.endswith("grade: denied.")


def test_the_false_total_differs_and_the_true_ones_agree() -> None:
    false = sentence("en", "counted 30 operations of its own")
    assert (
        "in this collection 27 events fall under this count: 27 itemised by the same origin, 0 by others only" in false
    )
    assert "3 are itemised by nobody" in false
    assert "differs from what this collection holds: 3 fewer than stated" in false
    for words in ("counted 11 operations", "counted 20 attacks", "counted 27 attacks"):
        assert "the statement agrees with what this collection holds" in sentence("en", words)
    assert "النقص عن المذكور: 3" in sentence("ar", "30 عملية لها", "ما تفصّله")
    assert "والمذكور يوافق ما في هذه المجموعة" in sentence("ar", "20 هجومًا")


def test_the_rise_is_true_under_one_way_of_counting() -> None:
    said = sentence("en", "a rise of 45%")
    assert "+45% counting every event; +20% counting only events of two or more origins" in said
    assert said.endswith("agrees with what this collection holds, counting every event.")
    assert "بعدّ كل الأحداث: \u2068+45%\u2069" in sentence("ar", "ارتفاعًا بنسبة 45 في المئة")


def test_the_first_time_is_not_the_first() -> None:
    assert "holds 1 event" in sentence("en", "Al-Tanf", "the first of its kind")
    assert "there are earlier ones" in sentence("en", "Al-Tanf", "the first of its kind")


def test_figures_are_those_of_the_checks() -> None:
    """Every count of the sentences on counts is a number of the very objects that ``tawatur check`` prints."""
    for i in month().itemised:
        found = sentence("en", f"counted {i.claim.low:g} ", "fall under this count")
        numbers = {int(n) for n in re.findall(r"\d+", found)}
        assert {i.held, len(i.own), len(i.others)} <= numbers


def test_threats_and_pledges_with_what_came_after() -> None:
    threat = sentence("en", "made a threat")
    after = next(e.after for e in month().statements if e.said == "threatened")
    assert after is not None
    assert f"in the 30 days after, this collection holds {len(after.events)} events" in threat
    assert "«بقصف قاعدة التنف" in sentence("ar", "تهديدًا")
    pledged = sum(e.said == "pledged" for e in month().statements)
    assert f"made {pledged} pledges; what was said stands in the notes, in Arabic." in sentence("en", "pledges")
    assert sum("تعهّدًا" in s.text for s in body("ar")) == pledged


def test_the_main_points_are_sentences_of_the_body_in_short_and_as_well_proven() -> None:
    made = draft("en")
    assert made.main
    said = {r for s in body("en") for r in s.records}
    assert all(s.records and set(s.records) <= said for s in made.main)
    assert any("3 fewer than stated" in s.text for s in made.main)


def test_a_long_report_tells_what_nobody_stands_behind_only_in_its_annex() -> None:
    bare = "شهدت بلدة الشدادي قصفًا مدفعيًا، اليوم.\n"
    reports = [
        {
            "outlet": "وكالة الرافد",
            "published": f"2031-{n // 14 + 1:02}-{2 * (n % 14) + 1:02}",
            "title": f"خبر {n}",
            "text": bare,
        }
        for n in range(ROOM + 1)
    ]
    situation_ = situation(reports, date(2031, 1, 1), date(2031, 6, 30))
    assert len(situation_.events) > ROOM
    made = compose(situation_, "en")
    assert sum(len(g.sentences) for g in made.annex) == len(situation_.events)
    (group,) = made.sections[0].groups
    assert [s.link for s in group.sentences] == [1]
    assert set(group.sentences[0].records) == {s.records[0] for s in made.annex[0].sentences}


def test_notes_inside_a_run_lead_back_to_it() -> None:
    html = text("en", "html")
    assert {f"r{n.number}" for n in draft("en").notes} <= set(re.findall(r'id="(r\d+)"', html))


def test_a_denial_that_an_event_tells_is_not_told_twice() -> None:
    assert [s.text for s in draft("en").sentences() if "made a denial" in s.text] == []


def test_counted_events_are_cited_behind_the_words_of_the_count() -> None:
    made = draft("en")
    said = next(s for s in made.sentences() if "counted 11 operations" in s.text)
    first = made.marks(said)[0][0]
    assert "11" in made.notes[first - 1].record.evidence.text
    assert len(said.counted) == 11


def test_what_has_no_room_stands_in_the_annex_and_is_counted() -> None:
    text_ = "أعلنت المقاومة الإسلامية في العراق، في بيان، استهداف قاعدة حرير شمالي العراق، اليوم، بطائرة مسيّرة.\n"
    count = LEAD + 3
    reports = [
        {
            "outlet": "وكالة الرافد",
            "published": f"2031-03-{2 * n + 1:02}",
            "title": f"هجوم على قاعدة حرير: {'ابتثجحخدذرز'[n]}",
            "text": text_,
        }
        for n in range(count)
    ]
    made = compose(situation(reports, date(2031, 3, 1), date(2031, 3, 31)), "en")
    (annex,) = made.annex
    (area,) = [g for g in made.sections[0].groups if g.sentences]
    assert len(annex.sentences) == 3
    assert len(area.sentences) == LEAD + 1
    assert area.sentences[-1].text == "Further events of this area, listed in the annex: 3."
    assert area.sentences[-1].link == annex.number
    assert set(area.sentences[-1].records) == {s.records[0] for s in annex.sentences}


@pytest.mark.parametrize(("lang", "form"), [(x, f) for x in BOTH for f in ("md", "html")])
def test_a_collection_without_anything_gives_a_report_that_says_so(lang: Lang, form: str) -> None:
    nothing = Situation("nothing", date(2031, 1, 1), date(2031, 1, 3))
    whole = write_brief(nothing, lang=lang, form="html" if form == "html" else "md")
    assert not list(compose(nothing, lang).sentences())
    assert {"en": "0 of 3", "ar": "0 من 3"}[lang] in whole


def test_titles_with_markup_stay_text() -> None:
    reports = [
        {
            "outlet": "<b>Ledger</b>", "published": "2031-03-02", "title": "*Pentagon*: [drone](x) <script>1</script>",
            "text": "The Pentagon said Harir air base in northern Iraq was attacked with a drone on Sunday, March 2.",
        }
    ]  # fmt: skip
    made = situation(reports, date(2031, 3, 1), date(2031, 3, 3))
    assert "<script" not in write_brief(made, lang="en", form="html")
    markdown = write_brief(made, lang="en", form="md")
    assert "<script" not in markdown
    assert r"\*Pentagon\*: \[drone\](x)" in markdown


def test_who_is_not_in_the_catalogue_is_named_only_in_the_note() -> None:
    text_ = "قال مراسل وكالة الرافد إن مسلحين أطلقوا النار على الشاب سالم الخابوري في بلدة الشدادي، أمس الأحد، فقُتل."
    reports = [{"outlet": "وكالة الرافد", "published": "2031-03-03", "title": "إطلاق نار في الشدادي", "text": text_}]
    made = compose(situation(reports, date(2031, 3, 1), date(2031, 3, 5)), "ar")
    assert any("الخابوري" in n.record.evidence.text for n in made.notes)
    assert [s.text for s in made.sentences() if "الخابوري" in s.text] == []
