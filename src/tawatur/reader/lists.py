"""Places told together: which are items of one list, and which but the area that holds another."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.reader.clauses import word_class
from tawatur.reader.scene import Scene

QUOTES = frozenset("\"«»“”„'#()")


def listed(scene: Scene, place: int, right: int) -> list[int]:
    """The places that a chosen one is listed with ("X وY، وZ", "X وY في ريف كذا، بالإضافة إلى Z"): their indices,
    the chosen one first. What lies in between may be marks, "and", feature words, and the area that holds them."""
    out = [place]
    k = place
    for n in range(place + 1, len(scene.places)):
        a, b = scene.places[k], scene.places[n]
        if b.i >= right:
            break
        if b.i < a.j:
            continue
        how = joint(scene, a.j, b.i, b.start)
        if how == "and":
            out.append(n)
        elif how != "inside":
            break
        k = n
    return out


def joint(scene: Scene, a: int, b: int, start: int) -> str:
    """How the place at token ``b`` follows the one that ends at ``a``: "and" in a list, "inside" as the area that
    holds it, "" not at all."""
    tokens = scene.tokens
    if b - a > 6:
        return ""
    anded = start > tokens[b].start and tokens[b].norm[:1] == "و"
    inside = False
    k = a
    while k < b:
        norm = tokens[k].norm
        if tokens[k].script == "mark":
            if norm not in QUOTES and norm not in "،,/-":
                return ""
        elif norm in ("بالاضافه", "اضافه", "وكذلك", "فضلا", "وايضا", "and", "ثم", "جانب"):
            anded = True
        elif norm in ("الي", "عن", "من") and anded:
            pass
        elif word_class(norm) in ("in", "near", "compass") or norm in ("ريف", "محافظه", "قضاء"):
            # "وسط" begins with the letter and not with the word for "and"
            joined = norm.startswith("و") and bool(word_class(norm[1:]))
            inside = inside or not joined
            anded = anded or joined
        elif norm[:1] == "و" and k - a <= 2:
            anded = True
        elif not (anded or k >= b - 2):
            return ""
        k += 1
    return "and" if anded else "inside" if inside else ""


def whole_list(scene: Scene, place: int) -> list[int]:
    """The list of places of one sentence in which a place stands, in order; only itself where it is in none."""
    s = scene.sentences[scene.sentence_at(scene.places[place].i)]
    out = listed(scene, place, s.j)
    for k in range(place - 1, -1, -1):
        if scene.places[k].i < s.i:
            break
        found = listed(scene, k, s.j)
        if place in found and len(found) > len(out):
            out = found
    return out


def narrowest(scene: Scene, places: Sequence[int]) -> list[int]:
    """The places, in order, without those that are but the area around one before them ("in X in the north of Y")."""
    out: list[int] = []
    for n in sorted(places):
        if not any(_within(scene, k, n) for k in out):
            out.append(n)
    return out


def _within(scene: Scene, place: int, area: int) -> bool:
    """Whether a later place is told as the area that holds an earlier one, straight or by way of others between."""
    k = place
    for n in range(place + 1, area + 1):
        if scene.places[n].i < scene.places[k].j:
            continue
        if joint(scene, scene.places[k].j, scene.places[n].i, scene.places[n].start) != "inside":
            return False
        k = n
    return k == area
