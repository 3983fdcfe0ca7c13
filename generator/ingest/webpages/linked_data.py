"""JSON-LD as web pages carry it: the description of their article, whatever is wrong around it.

The vocabulary is schema.org's: https://schema.org/Article and its kinds.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]

_WRAPPING = re.compile(
    r"\A(?:<!--|//\s{0,99}<!\[CDATA\[|<!\[CDATA\[)|(?://\s{0,99})?(?:-->|\]\]>)\s{0,9};?\Z"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_POSTINGS = frozenset(
    {"blogposting", "liveblogposting", "socialmediaposting", "discussionforumposting", "report"}
)
_MOST_NODES = 5_000  # looked at in one page
_LONGEST_TEXT = 2_000_000  # characters of one script


def read_nodes(scripts: Iterable[str]) -> list[Node]:
    """Read all nodes of a page's JSON-LD scripts, outer ones first; a script that is no JSON gives none."""
    waiting: deque[Any] = deque(filter(None, map(_parsed, scripts)))
    nodes: list[Node] = []
    while waiting and len(nodes) < _MOST_NODES:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            nodes.append(item)
            waiting.extend(value for value in item.values() if isinstance(value, (dict, list)))
    return nodes


def article_nodes(nodes: Iterable[Node]) -> list[Node]:
    """Those that describe an article with a headline or a text, in order."""
    return [node for node in nodes if is_article(node) and (node.get("headline") or node.get("articleBody"))]


def is_article(node: Node) -> bool:
    """Whether a node's type is schema.org's Article or one of its kinds."""
    return any(kind.endswith("article") or kind in _POSTINGS for kind in types(node))


def types(node: Node) -> tuple[str, ...]:
    """Give a node's types in lower case, without the vocabulary's address."""
    return tuple(kind.rsplit("/", 1)[-1].lower() for kind in texts(node.get("@type")))


def texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a stranger's JSON holds anything
    """Give the texts a value stands for: itself, its parts, the name (or else the address) of what it describes."""
    return tuple(text for text in _texts(value, 0) if text)


def _texts(value: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, list) and depth < 3:  # noqa: PLR2004 - lists of lists of lists say nothing
        for part in value:
            yield from _texts(part, depth + 1)
    elif isinstance(value, dict) and depth < 3:  # noqa: PLR2004
        named = next((value[key] for key in ("name", "@value", "url", "@id") if value.get(key)), "")
        yield from _texts(named, depth + 1)


def _parsed(script: str) -> Any:  # noqa: ANN401
    text = _WRAPPING.sub("", script[:_LONGEST_TEXT].strip())
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
