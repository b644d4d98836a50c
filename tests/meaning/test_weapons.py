"""Weapons: extent, category, and the strike that each implies by the codebook."""

from __future__ import annotations

import pytest

from tawatur.meaning.weapons import find_weapons
from tawatur.text.tokens import tokenize

ROWS = """
قصفوا القاعدة بصواريخ|صواريخ|rocket|rocket
أطلقت الصواريخ نحو المدينة|الصواريخ|rocket|rocket
بصاروخين على الموقع|صاروخين|rocket|rocket
برشقة صاروخية كبيرة|رشقة صاروخية|rocket|rocket
بصواريخ "كاتيوشا" على الثكنة|صواريخ "كاتيوشا"|rocket|rocket
صواريخ الكاتيوشا سقطت|صواريخ الكاتيوشا|rocket|rocket
بصاروخ باليستي|صاروخ باليستي|ballistic_missile|rocket
بصاروخ كروز|صاروخ كروز|cruise_missile|rocket
بصاروخ مضاد للدروع|صاروخ مضاد للدروع|anti_tank|artillery
صواريخ مضادة للدبابات|صواريخ مضادة للدبابات|anti_tank|artillery
بطائرة مسيّرة|طائرة مسيّرة|drone|drone
بالطائرات المسيّرة|الطائرات المسيّرة|drone|drone
بطائرتين مسيرتين|طائرتين مسيرتين|drone|drone
طائرة من دون طيار|طائرة من دون طيار|drone|drone
بمسيّرات انقضاضية|مسيّرات انقضاضية|drone|drone
بالمسيّرات|المسيّرات|drone|drone
الطائرات الحربية أغارت|الطائرات الحربية|aircraft_bomb|air
طيران حربي أغار|طيران حربي|aircraft_bomb|air
بقذائف الهاون|قذائف الهاون|mortar|artillery
بالقذائف المدفعية|القذائف المدفعية|artillery|artillery
بالمدفعية الثقيلة|المدفعية الثقيلة|artillery|artillery
بقذيفة "الياسين 105"|قذيفة "الياسين 105"|anti_tank|artillery
بعبوة ناسفة|عبوة ناسفة|ied|bomb
بالعبوات الناسفة|العبوات الناسفة|ied|bomb
بسيارة مفخخة|سيارة مفخخة|ied|bomb
لغم أرضي انفجر|لغم|mine|bomb
بحزام ناسف|حزام ناسف|suicide_belt|bomb
بالرصاص الحي|الرصاص الحي|small_arms|shooting
بالأسلحة الرشاشة|الأسلحة الرشاشة|small_arms|shooting
fired rockets at it|rockets|rocket|rocket
an anti-tank missile hit|anti-tank missile|anti_tank|artillery
IAF fighter jets struck|fighter jets|aircraft_bomb|air
two drones were downed|drones|drone|drone
mortar shells landed|mortar shells|mortar|artillery
an explosive device went off|explosive device|ied|bomb
ballistic missiles were fired|ballistic missiles|ballistic_missile|rocket
""".strip().splitlines()


@pytest.mark.parametrize("row", ROWS)
def test_a_weapon(row: str) -> None:
    text, words, category, strike = row.split("|")
    found = [(text[m.start : m.end], m.category, m.strike) for m in find_weapons(text, tokenize(text))]
    assert found == [(words, category, strike)]


@pytest.mark.parametrize(
    "text", ["", "سيارة إسعاف وصلت", "ثار بركان في الجزيرة", "حزام أخضر حول المدينة", "دفعة أولى من الطلاب"]
)
def test_a_word_that_needs_a_qualifier_is_no_weapon_alone(text: str) -> None:
    assert find_weapons(text, tokenize(text)) == []
