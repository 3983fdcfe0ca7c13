"""What a page says of its article: whichever of the ways publishers have to say it."""

import json

import pytest

from generator.ingest.webpages.metadata import Metadata, read_metadata
from generator.ingest.webpages.visible import parse_page

BRIDGE = "https://courier.example/2025/bridge"


def read(head: str, body: str = "<p>x</p>", tag: str = "<html>") -> Metadata:
    tree, _ = parse_page(f"{tag}<head>{head}</head><body>{body}</body></html>")
    return read_metadata(tree)


def linked(**said: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge reopens", **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_json_ld_says_all() -> None:
    said = read(
        linked(
            url=BRIDGE,
            author=[{"@type": "Person", "name": "Nina Torvald"}, {"name": "By Jette Marr"}],
            datePublished="2025-06-02T10:00:00+02:00",
            dateModified="2025-06-03",
            image={"url": "https://courier.example/a.jpg"},
            publisher={"name": "The Ellery Courier", "url": "https://courier.example/"},
            keywords="bridge, Port Ellery",
            description="In May.",
            inLanguage="en_GB",
            articleBody="It reopens.",
        )
    )

    assert said == Metadata(
        titles=("Bridge reopens",),
        authors=("Nina Torvald", "Jette Marr"),
        published="2025-06-02T10:00:00+02:00",
        updated="2025-06-03",
        language="en-GB",
        address=BRIDGE,
        image="https://courier.example/a.jpg",
        publisher="The Ellery Courier",
        publisher_address="https://courier.example/",
        keywords=("bridge", "Port Ellery"),
        description="In May.",
        text="It reopens.",
        is_article=True,
    )


def test_meta_tags_say_all() -> None:
    said = read(
        f"""<title>Bridge reopens - Courier</title><link rel="canonical" href="{BRIDGE}">
        <meta property="og:title" content="Bridge reopens"><meta property="og:type" content="article">
        <meta property="og:site_name" content="The Ellery Courier"><meta property="og:image" content="/a.jpg">
        <meta property="og:description" content="In&amp;nbsp;May."><meta name="author" content="Nina Torvald">
        <meta property="og:url" content="{BRIDGE}">
        <meta property="article:published_time" content="2025-06-02T08:00:00Z">
        <meta property="article:tag" content="bridge"><meta property="article:tag" content="Port Ellery">""",
        tag='<html lang="en-GB">',
    )

    assert said.titles == ("Bridge reopens", "Bridge reopens - Courier")
    assert (said.authors, said.published) == (("Nina Torvald",), "2025-06-02T08:00:00Z")
    assert (said.language, said.address, said.image) == ("en-GB", BRIDGE, "https://courier.example/a.jpg")
    assert (said.publisher, said.keywords) == ("The Ellery Courier", ("bridge", "Port Ellery"))
    assert (said.description, said.is_article) == ("In May.", True)


def test_microdata_says_who_and_when() -> None:
    said = read(
        "",
        """<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Bridge reopens</h1>
        <span itemprop="author"><span itemprop="name">Nina Torvald</span>, our reporter</span>
        <time itemprop="datePublished" datetime="2025-06-02">2 June</time></div>""",
    )

    assert (said.titles, said.authors) == (("Bridge reopens",), ("Nina Torvald",))
    assert said.published == "2025-06-02"


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "headline": "Bridge reopens"}]}',
        '[{"@type": ["Article", "NewsArticle"], "headline": "Bridge\n reopens"}]',
        '<!-- {"@type": "Article", "headline": "Bridge reopens",} -->',
        '//<![CDATA[\n{"@type": "http://schema.org/ReportageNewsArticle", "headline": "Bridge reopens"}\n//]]>',
    ],
)
def test_json_ld_is_read_however_it_is_wrapped(script: str) -> None:
    assert read(f'<script type="application/ld+json">{script}</script>').titles[0] == "Bridge reopens"


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, "null", "7", '{"@type": {"a": [1, null]}, "headline": {}}']
)
def test_json_ld_that_is_none_says_nothing(script: str) -> None:
    said = read(f'<title>Bridge reopens</title><script type="application/ld+json">{script}</script>')

    assert said == Metadata(titles=("Bridge reopens",))


def test_the_page_s_own_article_is_told_from_others() -> None:
    other = linked(headline="Bakers strike", url="https://courier.example/2025/bakers")
    said = read(f'<link rel="canonical" href="{BRIDGE}">{other}{linked(url=BRIDGE)}')

    assert said.titles[0] == "Bridge reopens"


def test_a_home_page_is_nobody_s_address() -> None:
    lie = '<link rel="canonical" href="https://courier.example/">'

    assert read(lie).address == ""
    assert read(lie).is_front
    assert read(f'{lie}<meta property="og:url" content="{BRIDGE}">').address == BRIDGE


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://[broken", "/2025/bridge", "ftp://a.example/x", " "]
)
def test_what_is_no_address_of_the_web_is_none(address: str) -> None:
    assert read(f'<link rel="canonical" href="{address}">').address == ""


def test_without_a_name_the_host_is_the_publisher() -> None:
    assert (
        read('<link rel="canonical" href="https://www.courier.example/2025/bridge">').publisher
        == "courier.example"
    )


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-06-02T10:00:00.123Z", "2025-06-02T10:00:00.123Z"),
        ("2025-06-02 10:00:00+0200", "2025-06-02 10:00:00+0200"),
        ("Mon, 02 Jun 2025 10:00:00 GMT", "2025-06-02T10:00:00+00:00"),
        ("2 June 2025", "2025-06-02T00:00:00"),
        ("yesterday", ""),
        ("soon", ""),
    ],
)
def test_times_are_iso_or_nothing(written: str, iso: str) -> None:
    assert read(f'<meta name="date" content="{written}">').published == iso


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Nina Torvald", ("Nina Torvald",)),
        ("Nina Torvald | The Ellery Courier", ("Nina Torvald",)),
        ("admin", ()),
        ("https://courier.example/torvald", ()),
        ("newsroom@courier.example", ()),
        ("", ()),
    ],
)
def test_authors_are_people(byline: str, authors: tuple[str, ...]) -> None:
    assert read(f'<meta name="author" content="{byline}">').authors == authors


@pytest.mark.parametrize("free", ["False", "http://schema.org/False", False])
def test_a_paywall_is_told(free: object) -> None:
    assert not read(linked(isAccessibleForFree=free)).is_free
    assert not read(linked(hasPart={"isAccessibleForFree": free})).is_free


def test_a_page_that_says_nothing_is_free_and_no_article() -> None:
    assert read("") == Metadata()
