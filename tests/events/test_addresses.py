from __future__ import annotations

from datetime import date

import pytest

from tawatur.events.addresses import day_of_address


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://twitter.com/somebody/status/1605292300000000000", date(2022, 12, 20)),
        ("https://x.com/somebody/status/1605292300000000000?s=20", date(2022, 12, 20)),
        ("https://news.example/2022/08/06/strike-on-a-town/", date(2022, 8, 6)),
        ("https://news.example/2022-8-6", date(2022, 8, 6)),
        ("https://news.example/2022/13/06/strike/", None),
        ("https://news.example/article/20220806", None),
        ("https://twitter.com/somebody/status/12345", None),
        ("https://elsewhere.example/somebody/status/1605292300000000000", None),
        ("", None),
    ],
)
def test_day(address: str, day: date | None) -> None:
    assert day_of_address(address) == day
