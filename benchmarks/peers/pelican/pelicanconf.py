"""Pelican at its fastest for the pages Dateline is compared by: no other kinds, no cache, no plugins."""

SITENAME = "The Benchmark Digest"
SITEURL = "https://digest.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
THEME = "theme"
PLUGINS: list[str] = []

ARTICLE_PATHS = [""]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
# Two days may hold the same slug; without this they would be translations of one another.
ARTICLE_TRANSLATION_ID: str | None = None
CATEGORY_URL = "topics/{slug}/"
CATEGORY_SAVE_AS = "topics/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "categories", "tags"]
CATEGORIES_SAVE_AS = "topics/index.html"
TAGS_SAVE_AS = "tags/index.html"
DEFAULT_PAGINATION = False
WITH_FUTURE_DATES = True

# Atom carries whole articles, RSS by Pelican's default their summaries: the one for the site and topics, the other
# for tags.
FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 50
FEED_ALL_ATOM = "atom.xml"
CATEGORY_FEED_ATOM = "topics/{slug}/atom.xml"
TAG_FEED_ATOM = None
TAG_FEED_RSS = "tags/{slug}/rss.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
FORMATTED_FIELDS: list[str] = []
READERS = {"html": None, "rst": None}
MARKDOWN = {
    "extensions": [
        f"markdown.extensions.{name}"
        for name in ("meta", "abbr", "def_list", "fenced_code", "footnotes", "sane_lists", "tables")
    ],
}
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}

NAVIGATION = [
    "politics",
    "conflict",
    "economy",
    "environment",
    "health",
    "science",
    "technology",
    "arts",
    "sport",
]
