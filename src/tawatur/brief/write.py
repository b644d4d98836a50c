"""Writes the report of a situation."""

from __future__ import annotations

from typing import Literal

from tawatur.brief.compose import compose
from tawatur.brief.markdown import markdown
from tawatur.brief.page import page
from tawatur.brief.situation import Situation
from tawatur.export.names import Lang


def write_brief(situation: Situation, *, lang: Lang, form: Literal["md", "html"]) -> str:
    """The report in one language, as Markdown or as a page. The same situation gives the same text."""
    draft = compose(situation, lang)
    return page(draft) if form == "html" else markdown(draft)
