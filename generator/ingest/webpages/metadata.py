"""What a web page says of its article outside the text: JSON-LD, OpenGraph, microdata, meta tags, links.

Sources of the names: https://schema.org/Article, https://ogp.me/, the Dublin Core terms, and what publishers'
systems are known to write.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urlsplit

from generator.ingest.dating import dates
from generator.ingest.webpages import linked_data
from generator.ingest.webpages.linked_data import Node
from generator.ingest.webpages.page_head import Head, plain, read_head
from generator.ingest.webpages.visible import Element

_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "parsely-title", "sailthru.title", "title")
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date",
    "dcterms.created", "dc.date.issued", "dcterms.date", "dc.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "date_published", "article.published", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "article_date_original", "datecreated", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)
_IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_KEYWORDS = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "xx"})
_BY = re.compile(r"(?:(?<!\s)\s++)?(?:by|von|par|por|di)\s+(?=\S)", re.IGNORECASE)
_LISTINGS = frozenset({"collectionpage", "searchresultspage", "profilepage"})
_NOBODY = frozenset({"admin", "administrator", "editor", "staff", "webmaster", "author", "redaktion"})
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_KEYWORD, _MOST_KEYWORDS, _MOST_AUTHORS = 500, 80, 60, 40, 12


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article, "" or () where it says nothing.

    Attributes:
        titles: wordings of the headline, best first, some with the site's name in them.
        authors: names.
        published: when it came out, ISO 8601.
        updated: when it was last changed, ISO 8601.
        language: a BCP 47 tag.
        address: the canonical address, absolute; never a home page.
        image: an absolute address.
        publisher: the publisher's name, else the host of the address.
        publisher_address: the publisher's own page, absolute.
        keywords: tags and categories.
        description: what the publisher wrote about it.
        text: the article's text as the page's JSON-LD has it.
        is_article: whether the page says that it is an article.
        is_front: whether the page says that it is a site's home page.
        is_listing: whether it says that it lists other pages.
        is_free: whether everybody may read all of it; False only where the page says so.
    """

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    language: str = ""
    address: str = ""
    image: str = ""
    publisher: str = ""
    publisher_address: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    text: str = ""
    is_article: bool = False
    is_front: bool = False
    is_listing: bool = False
    is_free: bool = True


def read_metadata(tree: Element) -> Metadata:
    """Read what a parsed page says of its article."""
    head = read_head(tree)
    nodes = linked_data.read_nodes(head.scripts)
    addresses = _addresses(head)
    article = _article(nodes, addresses)
    said = [
        head.address(text)
        for key in ("url", "mainEntityOfPage")
        for text in linked_data.texts(article.get(key))
    ]
    deep = [address for address in (*addresses, *said) if address and not _is_home(address)]
    address = deep[0] if deep else ""
    publisher = _publisher(head, article, nodes, address or next(iter(addresses), ""))
    authors = _authors(head, article, publisher)
    return Metadata(
        titles=_titles(head, article),
        authors=authors,
        published=_moment(
            (*linked_data.texts(article.get("datePublished")), *head.all(_PUBLISHED), *head.times)
        ),
        updated=_moment((*linked_data.texts(article.get("dateModified")), *head.all(_UPDATED))),
        language=_language(head, article),
        address=address,
        image=_image(head, article),
        publisher=publisher,
        publisher_address=_publisher_address(head, article),
        keywords=_keywords(head, article),
        description=plain(head.first(_SUMMARIES))
        or plain(" ".join(linked_data.texts(article.get("description"))[:1])),
        text="\n".join(linked_data.texts(article.get("articleBody"))[:1]),
        is_article=bool(article)
        or head.first(("og:type",)).lower() in {"article", "news", "news.article", "blog"},
        is_front=bool(addresses) and not deep,
        is_listing=not article and any(_LISTINGS & set(linked_data.types(node)) for node in nodes),
        is_free=not any(_says_no(node.get("isAccessibleForFree")) for node in (article, *_parts(article))),
    )


def _addresses(head: Head) -> list[str]:
    """The addresses the page gives itself, best first."""
    found = [
        *head.links.get("canonical", ()),
        *head.meta.get("og:url", ()),
        *head.meta.get("twitter:url", ()),
    ]
    return [address for address in map(head.address, found) if address]


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/").lower() in {"", "index.html", "index.php", "home"} and not parts.query


def _article(nodes: list[Node], addresses: list[str]) -> Node:
    """The node of the page's own article: at its address, else the first."""
    found = linked_data.article_nodes(nodes)
    for node in found:
        own = {
            text.partition("#")[0]
            for key in ("url", "mainEntityOfPage", "@id")
            for text in _links(node.get(key))
        }
        if own & set(addresses):
            return node
    return found[0] if found else {}


def _links(value: object) -> tuple[str, ...]:
    if isinstance(value, dict):
        return linked_data.texts([value.get("@id"), value.get("url")])
    return linked_data.texts(value)


def _parts(article: Node) -> list[Node]:
    parts = article.get("hasPart")
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]


def _says_no(value: object) -> bool:
    return value is False or (
        isinstance(value, str) and value.strip().lower().rsplit("/", 1)[-1] in {"false", "no"}
    )


def _titles(head: Head, article: Node) -> tuple[str, ...]:
    found = (*linked_data.texts(article.get("headline"))[:1], *head.all(_TITLES), head.title)
    return tuple(dict.fromkeys(text for text in map(plain, found) if text and len(text) <= _LONGEST_TITLE))


def _moment(texts: Iterable[str]) -> str:
    """The first text that is a time, as ISO 8601 with what precision it has, or ""."""
    return next((moment for moment in map(_iso, texts) if moment), "")


def _iso(text: str) -> str:
    text = " ".join(text.split())[:80]
    try:
        datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return text
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        pass
    try:
        found = dates.parse_when(text, datetime.max.replace(tzinfo=UTC, year=9000))
    except (ValueError, OverflowError):
        return ""
    return found[0].replace(tzinfo=None).isoformat() if found and found[0].year < 9000 else ""  # noqa: PLR2004


def _language(head: Head, article: Node) -> str:
    declared = (head.tree.get("lang") or head.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",)
    spoken = [
        *linked_data.texts(article.get("inLanguage")),
        *declared,
        *head.all(("content-language", "og:locale")),
    ]
    for text in spoken:
        match = _LANGUAGE.match(text.strip())
        if match and match[0].lower() not in _NO_LANGUAGE:
            return match[0].replace("_", "-")
    return ""


def _image(head: Head, article: Node) -> str:
    pictures = article.get("image")
    pictures = pictures if isinstance(pictures, list) else [pictures]
    given = [text for picture in pictures for text in _picture(picture)]
    return next((address for address in map(head.address, (*head.all(_IMAGES), *given)) if address), "")


def _picture(picture: object) -> tuple[str, ...]:
    if isinstance(picture, dict):
        return linked_data.texts([picture.get("url"), picture.get("contentUrl"), picture.get("@id")])
    return linked_data.texts(picture)


def _publisher(head: Head, article: Node, nodes: list[Node], address: str) -> str:
    named = [node for node in nodes if {"newsmediaorganization", "website"} & set(linked_data.types(node))]
    found = (
        *head.meta.get("og:site_name", ()),
        *linked_data.texts(article.get("publisher")),
        *(text for node in named for text in linked_data.texts(node.get("name"))),
        *head.meta.get("application-name", ()),
    )
    names = (text.partition(" | ")[0] for text in map(plain, found) if "://" not in text)
    name = next((text for text in names if text and len(text) <= _LONGEST_NAME), "")
    return name or (urlsplit(address).hostname or "").removeprefix("www.") if address else name


def _publisher_address(head: Head, article: Node) -> str:
    publisher = article.get("publisher")
    given = linked_data.texts(publisher.get("url")) if isinstance(publisher, dict) else ()
    return next((address for address in map(head.address, given) if address), "")


def _authors(head: Head, article: Node, publisher: str) -> tuple[str, ...]:
    named = linked_data.texts(article.get("author")) or linked_data.texts(article.get("creator"))
    for found in (named, *(head.meta.get(name, ()) for name in _AUTHORS)):
        if told := _names(found, publisher):
            return told
    return ()


def _names(texts: Iterable[str], publisher: str) -> tuple[str, ...]:
    found = (_BY.sub("", plain(text).partition(" | ")[0], count=1).strip(" ,;|") for text in texts)
    people = [
        name for name in found if _is_name(name) and name.casefold() not in {publisher.casefold(), *_NOBODY}
    ]
    return tuple(dict.fromkeys(people))[:_MOST_AUTHORS]


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _LONGEST_NAME
        and "://" not in text
        and "@" not in text
        and any(map(str.isalpha, text))
    )


def _keywords(head: Head, article: Node) -> tuple[str, ...]:
    for found in (
        linked_data.texts(article.get("keywords")),
        *(head.meta.get(name, ()) for name in _KEYWORDS),
    ):
        words = [plain(word) for text in found for word in re.split(r"[,;،、]", unescape(text))]
        words = [word for word in words if word and word[0] != "@" and len(word) <= _LONGEST_KEYWORD]
        if words:
            return tuple(dict.fromkeys(words))[:_MOST_KEYWORDS]
    return ()
