"""How well records agree with a gold set of your own: the scorer behind the figures in ``docs/benchmarks.md``.

Gold is ``[{"doc": ID, "records": [...]}]``; predictions are records as ``tawatur extract --format jsonl`` writes them
(a text field may be a plain string, null, or an object with ``text``). Records are aligned one to one inside a
document, best pair first. *found*: a gold record has an aligned prediction of its kind; *exact*: kind, type, status,
place and date agree too; *sourced*: kind, type, place, date, actor and the whole chain of who says so. Fields are
measured over the aligned pairs in which either side gives them, so always leaving one empty scores nothing.
"""

from tawatur.evaluate.aligned import Aligned, aligned
from tawatur.evaluate.compare import Difference, differences
from tawatur.evaluate.errors import ErrorTable, error_table
from tawatur.evaluate.files import notes, parse_predicted, read_gold, read_predicted
from tawatur.evaluate.items import Item, Row, item
from tawatur.evaluate.pairs import agreement, align
from tawatur.evaluate.scores import HEADLINES, evaluate
from tawatur.evaluate.values import party, same, sequence

__all__ = [
    "HEADLINES",
    "Aligned",
    "Difference",
    "ErrorTable",
    "Item",
    "Row",
    "agreement",
    "align",
    "aligned",
    "differences",
    "error_table",
    "evaluate",
    "item",
    "notes",
    "parse_predicted",
    "party",
    "read_gold",
    "read_predicted",
    "same",
    "sequence",
]
