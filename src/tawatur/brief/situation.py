"""What a report is written from; it stands with the origins, so that a collection, below this room, can fill it."""

from tawatur.origins.situation import Situation

__all__ = ["Situation"]
