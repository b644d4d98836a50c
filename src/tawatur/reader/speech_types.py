from __future__ import annotations
from tawatur.reader.scene import Scene
def typed(scene, speeches):
    return speeches
