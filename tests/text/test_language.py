from __future__ import annotations

import pytest

from tawatur.text.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("سقطت ثلاثة صواريخ قرب القاعدة", "ar"),
        ("The rockets fell near the base on Friday, a spokesman said.", "en"),
        ("Rockets hit a base", "en"),
        ("وزارت دفاع اعلام کرد که سه موشک شلیک شده است", "fa"),
        ("وزیر نے کہا کہ تین میزائل داغے گئے", "ur"),
        ("12 — 34", ""),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language(text) == code
