"""How much of the true text of articles an extractor finds, and how much else with it.

The measure is that of the article extraction benchmark of Scrapinghub (https://github.com/scrapinghub/
article-extraction-benchmark): texts are compared by their runs of four words.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

RUN = 4
"""Words of a run, as the benchmark has them: what `\\w+` matches, in its own case."""

_WORD = re.compile(r"\w+")


class Score(NamedTuple):
    """Precision and recall, each the mean over all pages, and the F1 of the two means."""

    precision: float
    recall: float
    f1: float


def score(gold: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Score texts against the true ones, page by page; a page of which nothing was found counts as empty.

    Raises:
        ValueError: there is no page.
    """
    if not gold:
        raise ValueError("nothing to score")
    pages = [page_score(text, found.get(name, "")) for name, text in gold.items()]
    precision = sum(page.precision for page in pages) / len(pages)
    recall = sum(page.recall for page in pages) / len(pages)
    return Score(precision, recall, _f1(precision, recall))


def page_score(gold: str, found: str) -> Score:
    """Score one text against the true one; how often a run stands in it counts."""
    true, told = _runs(gold), _runs(found)
    shared = (true & told).total()
    precision, recall = shared / told.total(), shared / true.total()
    return Score(precision, recall, _f1(precision, recall))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of a text; one with fewer words, or none, is a single run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
