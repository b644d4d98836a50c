"""A self-contained page without any script: nothing is fetched, and the content policy names the style by its hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from tawatur.export.html_text import inline
from tawatur.export.names import Lang


@cache
def _style() -> tuple[str, str]:
    text = (files("tawatur.export") / "sheet.css").read_text(encoding="utf-8")
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def sheet(title: str, body: str, lang: Lang, *, wide: bool = False) -> str:
    """The page: ``title`` as plain text, ``body`` as HTML without style attributes or handlers."""
    style, digest = _style()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    way = "rtl" if lang == "ar" else "ltr"
    return f"""<!doctype html>
<html lang="{lang}" dir="{way}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="tawatur">
<title>{inline(title)}</title>
<style>{style}</style>
</head>
<body>
<div class="bar-top">tawatur <span lang="ar" dir="rtl">تواتر</span></div>
<main{' class="wide"' if wide else ""}>
{body}
</main>
</body>
</html>
"""
