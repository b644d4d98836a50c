"""A stage of ``make model``: the mean of two networks of which the second went on from the first.

    python -m training.average --out out/model --of seed1 refined1 --name model

What a short refining gains is kept and what it forgets comes back: the mean read better than either.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--of", nargs=2, required=True)
    parser.add_argument("--name", required=True)
    options = parser.parse_args()
    one, other = (torch.load(options.out / f"{name}.pt", weights_only=False) for name in options.of)
    if one["names"] != other["names"]:
        print("the two networks take in different features: none went on from the other", file=sys.stderr)
        return 1
    mean = {
        k: (v + other["model"][k]) / 2 if v.is_floating_point() else v for k, v in one["model"].items()
    }  # fmt: skip
    torch.save({"names": one["names"], "model": mean}, options.out / f"{options.name}.pt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
