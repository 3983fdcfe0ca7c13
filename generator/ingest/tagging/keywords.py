"""Keywords that a publisher gave a story, as far as they are tags."""

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.ingest.tagging.lexicon import fold, fold_text, lexicon, spelled
from generator.ingest.tagging.merging import variant_key
from generator.ingest.tagging.ranking import is_own

_LONGEST = 40  # characters; what is longer was written for search engines
_MOST = 4  # words
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fitting_keywords(
    keywords: Iterable[str], title: str, paragraphs: Sequence[str], source: str
) -> Iterator[str]:
    """Find the keywords that are tags of a story, in their order.

    A keyword is a tag if it stands in the text in whole words, and is no section ("World", "Opinion"), no outlet,
    no day, no office and not the source's own name. A name is spelled as the lexicon has it.
    """
    given = [" ".join(keyword.split()).strip("#") for keyword in keywords]
    if not given:
        return
    text = " ".join((title, *paragraphs))
    words = f" {' '.join(_WORD.findall(fold_text(text)))} "
    seen: set[str] = set()
    for keyword in given:
        key = variant_key(keyword)
        if key in seen or not _is_tag(keyword) or is_own(keyword, source, known=bool(spelled((keyword,)))):
            continue
        whole = f" {' '.join(_WORD.findall(fold(keyword)))} "
        if whole in words or (_UNSPACED.search(keyword) and keyword in text):
            seen.add(key)
            yield spelled(tuple(keyword.split())) or keyword


def _is_tag(keyword: str) -> bool:
    table = lexicon().words
    words = [fold(word) for word in keyword.split()]
    if not 1 < len(keyword) <= _LONGEST or len(words) > _MOST or not any(map(str.isalpha, keyword)):
        return False
    ordinary = table["nameless"] | table["outlets"] | table["sections"]
    return not all(word in ordinary or word.isdigit() for word in words)
