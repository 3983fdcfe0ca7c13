"""Sitemaps, their index, the news sitemap (sitemaps.org 0.9, Google News 0.9) and robots.txt (RFC 9309)."""

from datetime import datetime
from functools import lru_cache

from generator import urls
from generator.feed_views import NewsView, RobotsView, SitemapView
from generator.text import element_text

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render_sitemap(view: SitemapView) -> bytes:
    """Write a sitemap: an address each, with the time of its last change where that is known."""
    return _document("urlset", "url", view)


def render_index(view: SitemapView) -> bytes:
    """Write the index of sitemaps."""
    return _document("sitemapindex", "sitemap", view)


def render_news(view: NewsView) -> bytes:
    """Write a news sitemap: publication, language, date and title of each recent article."""
    site = view.site
    items = "".join(
        f"  <url>\n    <loc>{_address(site.base_url, card.path)}</loc>\n    <news:news>\n"
        f"      <news:publication>\n        <news:name>{element_text(site.title)}</news:name>\n"
        f"        <news:language>{news_language(card.language or site.language)}</news:language>\n"
        f"      </news:publication>\n"
        f"      <news:publication_date>{_moment(card.date)}</news:publication_date>\n"
        f"      <news:title>{element_text(card.title)}</news:title>\n    </news:news>\n  </url>\n"
        for card in view.cards
    )
    return f'{_HEAD}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n{items}</urlset>\n'.encode()


@lru_cache(maxsize=256)
def news_language(tag: str) -> str:
    """Name a language as news sitemaps do (Google Search Central, "News sitemaps"): by its ISO 639 code alone.

    Only Chinese tells its scripts apart: `zh-cn` is simplified, `zh-tw` traditional.

    Args:
        tag: a language tag (BCP 47), such as `en-GB`.
    """
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-cn"


def render_robots(view: RobotsView) -> bytes:
    """Write robots.txt: who may read nothing, that others may read everything, and where the list of it is."""
    refused = "".join(f"User-agent: {name}\n" for name in view.refused)
    group = f"{refused}Disallow: /\n\n" if refused else ""
    sitemaps = "".join(f"Sitemap: {urls.link(view.site.base_url, path)}\n" for path in view.sitemaps)
    return f"{group}User-agent: *\nAllow: /\n\n{sitemaps}".encode()


def _document(root: str, element: str, view: SitemapView) -> bytes:
    items = "".join(
        f"  <{element}><loc>{_address(view.site.base_url, location.path)}</loc>"
        + (f"<lastmod>{_moment(location.changed)}</lastmod>" if location.changed else "")
        + f"</{element}>\n"
        for location in view.locations
    )
    return f'{_HEAD}<{root} xmlns="{SITEMAP}">\n{items}</{root}>\n'.encode()


def _address(base_url: str, path: str) -> str:
    return element_text(urls.link(base_url, path))


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
