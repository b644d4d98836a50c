from __future__ import annotations

from tawatur.events.wordsets import RARE, content, language_of, rare, signature, stem


def test_articles_and_marks_do_not_count() -> None:
    assert stem("المستودع") == stem("مستودع") == stem("بالمستودع")
    assert content("المستودع، مستودع!") == {"مستودع"}


def test_common_and_short_words_are_no_content() -> None:
    assert content("من في على the of and") == frozenset()


def test_the_same_words_in_another_order_have_the_same_bits_but_are_another_sentence() -> None:
    bits, whole = signature("قصف مستودع الوقود شرق المدينة")
    other_bits, other = signature("شرق المدينة قصف مستودع الوقود")
    assert bits == other_bits
    assert whole != other


def test_a_few_words_are_no_sentence() -> None:
    assert signature("قصف على المدينة")[1] == 0


def test_names_are_rare_and_everyday_words_are_not() -> None:
    names = set(rare("مقتل الشاب خشفان الزعيتراوي")) - {0}
    assert len(names) == 2
    assert set(rare("الحكومة والرئيس والدولة")) == {0}


def test_two_texts_keep_the_same_of_many_rare_words() -> None:
    many = [f"kalimat{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    kept = rare(" ".join(many))
    assert len(kept) == RARE
    assert kept == rare(" ".join(reversed(many)))


def test_language_is_that_of_most_letters() -> None:
    assert language_of("قصف على قاعدة al-Asad") == "ar"
    assert language_of("A strike on عين الأسد base in Anbar") == "en"
    assert language_of("12:30") == ""
