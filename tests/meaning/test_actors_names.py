"""Names of the catalogue, alone: each gives its party, whatever clitic, quotation mark or spelling stands on it."""

from __future__ import annotations

import pytest

from tawatur.meaning.actors import Catalogue, PartyContext
from tawatur.meaning.actors_tables import entity, tables
from tawatur.model import Span
from tawatur.text.tokens import tokenize

CATALOGUE = Catalogue.load()

NAMES = """
حركة حماس|hamas
حماس|hamas
كتائب القسام|qassam
كتائب القسّام|qassam
كتائب "القسام"|qassam
كتائب الشهيد عز الدين القسام|qassam
سرايا القدس|saraya-quds
حركة الجهاد الإسلامي|pij
الجبهة الشعبية لتحرير فلسطين|pflp
كتائب شهداء الأقصى|aqsa-martyrs
ألوية الناصر صلاح الدين|nasser-salahdin
عرين الأسود|lions-den
كتيبة جنين|jenin-battalion
المقاومة الفلسطينية|palestinian-resistance
السلطة الفلسطينية|pna
حزب الله|hezbollah
المقاومة الإسلامية في لبنان|irl
قوة الرضوان|radwan
قوات الفجر|fajr-forces
المقاومة الإسلامية في العراق|iri
كتائب حزب الله|kataib-hezbollah
كتائب حزب الله العراق|kataib-hezbollah
حركة النجباء|nujaba
كتائب سيد الشهداء|kss
عصائب أهل الحق|aah
الحشد الشعبي|pmf
البيشمركة|peshmerga
إقليم كردستان|krg
هيئة تحرير الشام|hts
الجيش الوطني السوري|sna
قسد|sdf
قوات سوريا الديمقراطية|sdf
وحدات حماية الشعب|ypg
مجلس دير الزور العسكري|dz-military-council
قوات النظام|assad-regime
النظام السوري|assad-regime
التحالف الدولي|cjtf
أنصار الله|houthis
جماعة الحوثي|houthis
القوات المسلحة اليمنية|ye-saf
حكومة صنعاء|sanaa-gov
المجلس الانتقالي الجنوبي|stc
تنظيم داعش|isis
داعش|isis
تنظيم الدولة|isis
تنظيم القاعدة|al-qaeda
حركة الشباب|shabaab
بوكو حرام|boko-haram
مجموعة فاغنر|wagner
قوات الدعم السريع|rsf
الجيش السوداني|saf-sd
الجيش الوطني الليبي|lna
حكومة الوحدة الوطنية|gnu
حركة طالبان|taliban
حزب العمال الكردستاني|pkk
الحرس الثوري|irgc
حرس الثورة|irgc
فيلق القدس|irgc-qf
جيش الاحتلال|idf
"جيش" الاحتلال|idf
الجيش الإسرائيلي|idf
قوات الاحتلال الإسرائيلي|idf
سلاح الجو الإسرائيلي|iaf
الشاباك|shin-bet
الموساد|mossad
الكنيست|knesset
القوات الأميركية|us.forces
القوات الأمريكية|us.forces
الاحتلال الأميركي|us.forces
البنتاغون|us.mod
وزارة الدفاع الأميركية|us.mod
وزارة الخارجية الأميركية|us.mfa
البيت الأبيض|us.president
القيادة المركزية الأميركية|centcom
الكرملين|kremlin
وزارة الدفاع الروسية|ru.mod
حلف شمال الأطلسي|nato
الاتحاد الأوروبي|eu
الأمم المتحدة|un
مجلس الأمن الدولي|unsc
الأونروا|unrwa
اليونيفيل|unifil
اليونيسف|unicef
منظمة الصحة العالمية|who
المرصد السوري لحقوق الإنسان|sohr
الخوذ البيضاء|white-helmets
أطباء بلا حدود|msf
هيومن رايتس ووتش|hrw
منظمة العفو الدولية|amnesty
الهلال الأحمر الفلسطيني|prcs
وزارة الصحة في غزة|gaza-moh
المكتب الإعلامي الحكومي في غزة|gaza-media
الجيش اللبناني|lb.forces
الجيش التركي|tr.forces
وكالة فرانس برس|afp
فرانس برس|afp
رويترز|reuters
وكالة الأناضول|anadolu
وكالة سانا|sana
وكالة تسنيم|tasnim
صحيفة هآرتس|haaretz
يديعوت أحرونوت|yedioth
القناة 12|channel12
وول ستريت جورنال|wsj
سي أن أن|cnn
أكسيوس|axios
قناة الجزيرة|jazeera
يحيى سريع|p.saree
أبو عبيدة|p.abu-obeida
حسن نصر الله|p.nasrallah
حسين أمير عبد اللهيان|p.amir-abdollahian
لويد أوستن|p.austin
نتنياهو|p.netanyahu
Islamic Resistance in Iraq|iri
IDF|idf
Hezbollah|hezbollah
Houthi|houthis
CENTCOM|centcom
Pentagon|us.mod
US-led coalition|cjtf
White Helmets|white-helmets
Syrian Observatory for Human Rights|sohr
Reuters|reuters
""".strip().splitlines()


@pytest.mark.parametrize("row", NAMES)
def test_a_name_gives_its_party(row: str) -> None:
    name, _, party = row.rpartition("|")
    said = CATALOGUE.party(name, Span(0, len(name), name), PartyContext())
    assert said.entity == party
    assert said.label.en
    assert said.label.ar


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("وبحسب وكالة رويترز وقع الانفجار", "وكالة رويترز", "reuters"),
        ("انسحبت القوة بعد اشتباك مع عناصر لكتائب القسام", "كتائب القسام", "qassam"),
        ("نفت بغداد ذلك لوكالة الأناضول", "وكالة الأناضول", "anadolu"),
        ('أطلقت "كتائب القسام" صاروخا', "كتائب القسام", "qassam"),
        ("دورية #قسد في البلدة", "قسد", "sdf"),
        ("مقر لحزب الله في البلدة", "حزب الله", "hezbollah"),
    ],
)
def test_clitics_and_marks_stay_outside(text: str, name: str, party: str) -> None:
    found = {text[m.start : m.end]: m.entity for m in CATALOGUE.find(text, tokenize(text))}
    assert found[name] == party


def test_every_party_has_a_source_and_relations_point_at_parties() -> None:
    from tawatur.lexicon.tables import rows

    t = tables()
    own = [e for e in t.entities.values() if len(e.id) > 2]
    assert len(own) >= 700
    assert all(e.source for e in own)
    for r in rows("relations.csv"):
        assert entity(r["id"]) is not None, r
        assert entity(r["other"]) is not None, r
    for e in own:
        assert not e.affiliation or entity(e.affiliation) is not None, e


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        ("us.mod", "us.forces", "same"),
        ("hamas", "qassam", "same"),
        ("p.saree", "houthis", "same"),
        ("p.kirby", "centcom", "same"),
        ("irl", "hezbollah", "same"),
        ("iri", "kataib-hezbollah", "umbrella"),
        ("kataib-hezbollah", "pmf", "umbrella"),
        ("qassam", "palestinian-resistance", "umbrella"),
        ("hamas", "idf", "opposed"),
        ("iri", "us.forces", "opposed"),
        ("iri", "pmf", "no"),
        ("il.media", "idf", "no"),
        ("afp", "reuters", "no"),
        ("hamas", None, "unknown"),
        ("hamas", "nobody-known", "unknown"),
    ],
)
def test_how_two_parties_stand(a: str, b: str | None, how: str) -> None:
    assert CATALOGUE.same_party(a, b) == how
    assert CATALOGUE.same_party(b, a) == how
