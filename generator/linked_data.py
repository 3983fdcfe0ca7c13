"""What a page says of itself to programs, as JSON-LD 1.1 (W3C) in the words of schema.org.

Which properties search engines read: Google Search Central, "Article (NewsArticle) structured data", "Breadcrumb
structured data" and "Site names". What is listed elsewhere on the page is not told again.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from generator import records, urls
from generator.page_views import (
    ArchiveView,
    ArticleView,
    DayView,
    FrontView,
    IndexView,
    NotFoundView,
    PeriodView,
    StandaloneView,
    TermView,
)
from generator.views import Card, Site

MOST = 24
"""Stories of a listing that are named: enough to tell what it is a list of, which the page itself goes on with."""

PACE = 220
"""Words a minute: as fast as most people read news."""

LOGO = "assets/touch-icon.png"
"""The picture that stands for the site; a site may have its own of this name."""

_ESCAPED = (
    ("&", "\\u0026"),
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)

Node = dict[str, Any]
Trail = Sequence[tuple[str, str]]
"""The pages above a page, each by name and path, from the top; without the front page."""


def linked_data(view: Any, title: str, description: str, trail: Trail = ()) -> str:  # noqa: ANN401 - any page's view
    """Describe a page as JSON for `<script type="application/ld+json">`, in which nothing can end that element.

    Args:
        view: the page's view.
        title: its name.
        description: what it is about; "" for nothing.
        trail: the pages above it.

    Returns: one object with a graph; "" for pages that are no place to go to.
    """
    if isinstance(view, NotFoundView):
        return ""
    if isinstance(view, FrontView):
        graph = [_website(view.site, description)]
    elif isinstance(view, ArticleView):
        graph = [_article(view, description), _breadcrumbs(view, title, trail)]
    else:
        graph = [_page(view, title, description), _breadcrumbs(view, title, trail)]
    return _escape(records.encode_plain({"@context": "https://schema.org", "@graph": graph}).decode())


def reading_minutes(words: int) -> int:
    """Tell how many minutes it takes to read so many words, the last one full."""
    return -(-words // PACE)


def _escape(text: str) -> str:
    # Between its texts JSON has none of these signs, and in them an escape is the same (RFC 8259, section 7).
    for sign, escaped in _ESCAPED:
        if sign in text:
            text = text.replace(sign, escaped)
    return text


def _website(site: Site, about: str) -> Node:
    search = f"{urls.link(site.base_url, 'search/')}?q={{search_term_string}}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=search_term_string",
    }
    return _filled(
        **_site(site),
        description=about,
        inLanguage=site.language,
        publisher=_publisher(site),
        potentialAction=action if site.search else None,
    )


def _article(view: ArticleView, about: str) -> Node:
    site, card = view.site, view.card
    address = urls.link(site.base_url, card.path)
    return _filled(
        **{"@type": "NewsArticle", "@id": f"{address}#article"},
        headline=card.title,
        description=about,
        url=address,
        mainEntityOfPage=address,
        datePublished=card.date.isoformat(),
        dateModified=(card.updated or card.date).isoformat(),
        inLanguage=card.language or site.language,
        author=[*_authors(site, card)],
        publisher=_publisher(site),
        isPartOf=_site(site),
        workTranslation=[*_translations(view)],
        isBasedOn=view.source_url or view.canonical,
        image=_image(site, card),
        articleSection=card.topic.name,
        keywords=[tag.name for tag in card.tags],
        wordCount=view.words,
        timeRequired=f"PT{reading_minutes(view.words)}M" if view.words else "",
    )


def _page(view: Any, name: str, about: str) -> Node:  # noqa: ANN401 - any page's view
    site = view.site
    total, cards = _listed(view)
    items = [
        {"@type": "ListItem", "position": position, "url": urls.link(site.base_url, card.path)}
        for position, card in enumerate(islice(cards, MOST), start=1)
    ]
    return _filled(
        **{"@type": "CollectionPage" if items or isinstance(view, IndexView) else "WebPage"},
        name=name,
        description=about,
        url=urls.link(site.base_url, view.head.path),
        inLanguage=(isinstance(view, StandaloneView) and view.card.language) or site.language,
        isPartOf=_site(site),
        mainEntity={"@type": "ItemList", "numberOfItems": total, "itemListElement": items} if items else None,
    )


def _listed(view: Any) -> tuple[int, Iterator[Card]]:  # noqa: ANN401 - any page's view
    """Give the stories of a listing in the order of the page, and how many there are; of other pages none."""
    match view:
        case DayView():
            return view.total, chain.from_iterable(section.cards for section in view.sections)
        case PeriodView() | TermView() | ArchiveView():
            return view.total, chain.from_iterable(day.cards for day in view.days)
        case _:
            return 0, iter(())


def _breadcrumbs(view: Any, name: str, trail: Trail) -> Node:  # noqa: ANN401 - any page's view
    site = view.site
    steps = ((site.title, ""), *trail, (name, view.head.path))
    items = [
        {"@type": "ListItem", "position": position, "name": step, "item": urls.link(site.base_url, path)}
        for position, (step, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _authors(site: Site, card: Card) -> Iterator[Node]:
    """Give who wrote an article: those it names, else its source."""
    yield from ({"@type": "Person", "name": name} for name in card.authors)
    if card.source and not card.authors:
        address = urls.link(site.base_url, f"sources/{card.source.slug}/")
        yield {"@type": "Organization", "name": card.source.name, "url": address}
    if not card.source and not card.authors:
        yield _publisher(site)


def _translations(view: ArticleView) -> Iterator[Node]:
    for other in view.translations:
        address = urls.absolute(view.site.base_url, other.path)
        yield {"@type": "NewsArticle", "inLanguage": other.language, "url": address}


def _image(site: Site, card: Card) -> Node | None:
    if not card.image:
        return None
    address = urls.absolute(site.base_url, card.image)
    return _filled(**{"@type": "ImageObject"}, url=address, width=card.image_width, height=card.image_height)


@lru_cache(maxsize=8)
def _site(site: Site) -> Node:
    return {
        "@type": "WebSite",
        "@id": f"{site.base_url}#website",
        "name": site.title,
        "url": site.base_url,
    }


@lru_cache(maxsize=8)
def _publisher(site: Site) -> Node:
    logo = {"@type": "ImageObject", "url": urls.link(site.base_url, LOGO)}
    return {
        "@type": "Organization",
        "@id": f"{site.base_url}#publisher",
        "name": site.title,
        "url": site.base_url,
        "logo": logo,
    }


def _filled(**fields: Any) -> Node:  # noqa: ANN401 - what JSON holds
    """Leave out what there is nothing to say of."""
    return {name: value for name, value in fields.items() if value}
