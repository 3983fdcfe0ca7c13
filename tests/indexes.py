"""What stands in for Pagefind where it would take too long: files of its form, some of them in any order."""

import gzip
import hashlib
import itertools
import json
import random
from collections.abc import Callable, Iterable, Iterator

from generator import bundle
from generator.indexer import Text
from generator.records import encode

Files = Iterator[tuple[str, bytes]]


def version() -> str:
    """Stand in for `indexer.version`."""
    return "none 1"


def maker() -> Callable[[Iterable[Text]], Files]:
    """Make what stands in for `indexer.make_index`."""
    numbers = itertools.count()
    return lambda texts: make_index(list(texts), random.Random(next(numbers)))


def make_index(texts: list[Text], order: random.Random) -> Files:
    language = texts[0].language
    yield "pagefind.js", b"script"
    yield "pagefind-ui.js", b"nobody needs it"
    yield "wasm.unknown.pagefind", b"code"
    for text in texts:
        data = encode(text)
        yield f"fragment/{hashlib.sha256(data).hexdigest()[:16]}.pf_fragment", data
    names = ["topic", "month"]
    order.shuffle(names)
    hashes = []
    for name in names:
        values = sorted({text.filters[name][0] for text in texts})
        order.shuffle(values)
        pages = [[value, [n for n, t in enumerate(texts) if t.filters[name][0] == value]] for value in values]
        data = pack([name, pages])
        hashes.append([name, hashlib.sha256(data).hexdigest()[:7]])
        yield f"filter/{hashes[-1][1]}.pf_filter", data
    whole = pack(["1", [], [], hashes, [], []])
    name = hashlib.sha256(whole).hexdigest()[:9]
    yield f"pagefind.{name}.pf_meta", whole
    entry = {"languages": {language: {"hash": name, "wasm": None, "page_count": len(texts)}}, "version": "1"}
    yield "pagefind-entry.json", json.dumps(entry).encode()


def pack(value: object) -> bytes:
    return gzip.compress(bundle.MARK + bundle.encode(value))
