"""A scene to the pieces that a model is asked about: whole sentences of the report, with the offsets kept."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.reader.scene import Scene

MOST = 6000
"""Code points of a piece: about 2,500 tokens of Arabic, and few enough records that an answer is not cut off."""
_LEFT_OUT = ("furniture",)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Stretches ``[start, end)`` of the document's text that the model reads, and the headline where it is not among
    them: its words may be values as well, but it is not asked about again."""

    ranges: tuple[Range, ...]
    headline: tuple[Range, ...] = ()

    def text(self, whole: str) -> str:
        """What the model is shown of a document's text."""
        return "\n".join(whole[start:end] for start, end in self.ranges)


def pieces(scene: Scene, most: int = MOST) -> list[Piece]:
    """The pieces of a scene in order, cut between sentences: each of at most ``most`` code points, but for a single
    sentence that is longer. Page furniture is no part of the report and is not sent."""
    parts = scene.document.parts
    groups: list[list[Range]] = []
    size = 0
    for s in scene.sentences:
        if s.part >= 0 and parts[s.part].kind in _LEFT_OUT:
            continue
        # one stretch with the sentence before where only white space stands between them
        joined = bool(groups) and not scene.text[groups[-1][-1][1] : s.start].strip()
        start = groups[-1][-1][1] if joined else s.start
        size += s.end - start
        if not groups or size > most:
            groups.append([(s.start, s.end)])
            size = s.end - s.start
        elif joined:
            groups[-1][-1] = (groups[-1][-1][0], s.end)
        else:
            groups[-1].append((s.start, s.end))
    title = tuple((p.start, p.end) for p in parts if p.kind == "title")
    return [Piece(tuple(group), () if _holds(group, title) else title) for group in groups]


def _holds(group: list[Range], title: tuple[Range, ...]) -> bool:
    return any(start <= a < end for a, _ in title for start, end in group)
