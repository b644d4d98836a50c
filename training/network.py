"""The network: the encoder, what the tables see beside each word, and the heads that answer.

``Reader.words`` turns windows into a vector a word, ``Heads`` answers: which words anchor a record of which kind; and
for an anchor its type, status and outcome, and for each role which word begins it (a score over all words of the
window and "none"), and which word ends it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import DISTANCES, ENDS, FAR, KINDS, OUTCOMES, STATUSES, TYPES
from training.encoder import Encoder

KEY, END_KEY = 64, 48


class Reader(nn.Module):
    """The encoder with the features of words added below its layer ``joins``. ``features``: how many names there are
    (0 is none)."""

    def __init__(self, encoder: Encoder, features: int, joins: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.joins = joins
        w = encoder.shape.width
        self.low = nn.EmbeddingBag(features, w, mode="sum", padding_idx=0)
        self.high = nn.EmbeddingBag(features, w, mode="sum", padding_idx=0)
        self.norm = nn.LayerNorm(w)
        for bag in (self.low, self.high):
            nn.init.normal_(bag.weight, std=0.02)
            with torch.no_grad():
                bag.weight[0].zero_()

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What goes into layer ``joins``: [batch, pieces, width]."""
        x = self.encoder.embed(ids)
        for layer in self.encoder.layers[: self.joins]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, mask: Tensor, at: Tensor, features: Tensor, drop: float = 0.0) -> Tensor:
        """A vector a word [batch, words, width]. ``at`` [batch, words]: the first piece of each word; ``features``
        [batch, words, most]: the numbers of its features."""
        b, n, most = features.shape
        low = self.low(features.view(b * n, most)).view(b, n, -1)
        index = at.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        x = x.scatter_add(1, index, low.to(x.dtype))
        for layer in self.encoder.layers[self.joins :]:
            x = layer(x, mask, drop)
        words = x.float().gather(1, index)
        high = self.high(features.view(b * n, most)).view(b, n, -1)
        return self.norm(words + high)  # type: ignore[no-any-return]


class Heads(nn.Module):
    """The answers over the words of one window."""

    def __init__(self, width: int) -> None:
        super().__init__()
        roles, steps = len(ROLES), 2 * (len(DISTANCES) + 1) + 1
        self.kinds = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, len(KINDS)))
        self.kind = nn.Embedding(len(KINDS), width)
        self.anchor = nn.Sequential(nn.Linear(width, width), nn.GELU())
        self.kinds_of_deed = nn.Linear(width, len(TYPES))
        self.status = nn.Linear(width, len(STATUSES))
        self.outcome = nn.Linear(width, len(OUTCOMES))
        self.query = nn.Linear(width, roles * KEY)
        self.key = nn.Linear(width, roles * KEY)
        self.salience = nn.Linear(width, roles)
        self.none = nn.Linear(width, roles)
        self.distance = nn.Embedding(steps, roles)
        self.sentence = nn.Embedding(2 * FAR + 1, roles)
        self.hint = nn.Embedding(4, roles)
        self.first = nn.Linear(width, len(ENDS) * END_KEY)
        self.last = nn.Linear(width, len(ENDS) * END_KEY)
        for table in (self.distance, self.sentence, self.hint):
            nn.init.zeros_(table.weight)
        # Few words anchor a record: begin from that.
        nn.init.constant_(self.kinds[2].bias, -4.0)

    def found(self, words: Tensor) -> Tensor:
        """Scores for an anchor of each kind: [..., words, kinds]."""
        return self.kinds(words)  # type: ignore[no-any-return]

    def about(self, words: Tensor, anchors: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """For anchors [n] of ``kinds`` [n] among ``words`` [words, width]: scores for type, status and outcome, and
        their own vectors."""
        a = self.anchor(words[anchors] + self.kind(kinds))
        return self.kinds_of_deed(a), self.status(a), self.outcome(a), a

    def keys(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """What words are to each role: keys [words, roles, size], and how likely at all they play it [words, roles]."""
        return self.key(words).view(words.shape[0], len(ROLES), KEY), self.salience(words)

    def roles(
        self, keys: Tensor, salience: Tensor, a: Tensor, distance: Tensor, sentence: Tensor, hint: Tensor
    ) -> Tensor:
        """Scores [n, roles, words + 1]: which word begins each role of each anchor; the last is "none". ``distance``
        and ``sentence`` [n, words] in steps, ``hint`` [n, roles, words]: 1 the rules' choice, 2 that for the
        telling beside it, 3 both."""
        q = self.query(a).view(a.shape[0], len(ROLES), KEY)
        score = torch.einsum("nrd,wrd->nrw", q, keys) / KEY**0.5
        score = score + salience.T.unsqueeze(0)
        score = score + (self.distance(distance) + self.sentence(sentence)).transpose(1, 2)
        numbers = torch.arange(len(ROLES), device=keys.device).view(1, -1, 1)
        score = score + self.hint.weight[hint, numbers]
        return torch.cat([score, self.none(a).unsqueeze(-1)], dim=-1)

    def ends(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words as first and as last of a span: each [words, ends, size]; their products are the scores."""
        w = words.shape[0]
        first = self.first(words).view(w, len(ENDS), END_KEY)
        return first / END_KEY**0.5, self.last(words).view(w, len(ENDS), END_KEY)


def spread(targets: Tensor, scores: Tensor) -> Tensor:
    """Cross entropy against targets that share one among several right answers, a row each."""
    return -(targets * F.log_softmax(scores, dim=-1)).sum(-1)
