"""The house: which module may import which, and which one door each dependency has."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator"

LAYERS: dict[str, frozenset[str]] = {
    "ground": frozenset(
        {
            "__init__",
            "appearance",
            "characters",
            "clock",
            "colours",
            "config",
            "fields",
            "filenames",
            "fingerprint",
            "frontmatter",
            "hosts",
            "media_types",
            "model",
            "records",
            "scalars",
            "spelling",
            "taxonomy",
            "text",
            "toml_lines",
            "urls",
            "yaml_head",
        }
    ),
    "reading": frozenset(
        {
            "ingest",
            "ingest.adapters",
            "ingest.attributes",
            "ingest.bounds",
            "ingest.classifier",
            "ingest.classifying",
            "ingest.classifying.inflections",
            "ingest.classifying.remnants",
            "ingest.classifying.terms",
            "ingest.classifying.topics",
            "ingest.classifying.wordforms",
            "ingest.cleaning",
            "ingest.cleaning.body",
            "ingest.cleaning.clause_ends",
            "ingest.cleaning.clauses",
            "ingest.cleaning.clean",
            "ingest.cleaning.escape",
            "ingest.cleaning.junk",
            "ingest.cleaning.linked",
            "ingest.cleaning.markup",
            "ingest.cleaning.melting",
            "ingest.cleaning.page_words",
            "ingest.cleaning.promotions",
            "ingest.cleaning.quotation",
            "ingest.cleaning.scales",
            "ingest.cleaning.speaking",
            "ingest.cleaning.voice",
            "ingest.cleaning.weighing",
            "ingest.dating",
            "ingest.dating.date_shapes",
            "ingest.dating.date_words",
            "ingest.dating.dateline_words",
            "ingest.dating.datelines",
            "ingest.dating.dates",
            "ingest.dating.moments",
            "ingest.decoding",
            "ingest.describe",
            "ingest.duplicates",
            "ingest.elements",
            "ingest.feeds",
            "ingest.feeds.authors",
            "ingest.feeds.entry",
            "ingest.feeds.feedfile",
            "ingest.feeds.feedmend",
            "ingest.feeds.fieldtext",
            "ingest.feeds.htmltext",
            "ingest.feeds.jsonfeed",
            "ingest.feeds.timestamps",
            "ingest.feeds.trailers",
            "ingest.feeds.transcript",
            "ingest.finding",
            "ingest.finding.boilerplate",
            "ingest.finding.density",
            "ingest.finding.headtimes",
            "ingest.finding.mainbody",
            "ingest.finding.page_parts",
            "ingest.finding.prose",
            "ingest.finding.repetition",
            "ingest.finding.segment",
            "ingest.formats",
            "ingest.guide",
            "ingest.kinds",
            "ingest.languages",
            "ingest.markdownfile",
            "ingest.pieces",
            "ingest.records",
            "ingest.records.record",
            "ingest.records.recordfields",
            "ingest.records.recordpage",
            "ingest.records.recordreading",
            "ingest.records.recordstream",
            "ingest.rulebook",
            "ingest.rulebook.alternatives",
            "ingest.rulebook.bylines",
            "ingest.rulebook.ownfiles",
            "ingest.rulebook.patterns",
            "ingest.rulebook.rule",
            "ingest.rulebook.rules",
            "ingest.rulebook.structural",
            "ingest.rulebook.weights",
            "ingest.splitting",
            "ingest.splitting.aggregator",
            "ingest.splitting.bylines",
            "ingest.splitting.head",
            "ingest.splitting.headers",
            "ingest.splitting.index",
            "ingest.splitting.lines",
            "ingest.splitting.release",
            "ingest.splitting.split",
            "ingest.splitting.stamps",
            "ingest.splitting.story",
            "ingest.splitting.titles",
            "ingest.splitting.wrapping",
            "ingest.summarising",
            "ingest.summarising.leads",
            "ingest.summarising.summary",
            "ingest.tagging",
            "ingest.tagging.capitals",
            "ingest.tagging.english_tags",
            "ingest.tagging.gazetteer",
            "ingest.tagging.headlines",
            "ingest.tagging.honorifics",
            "ingest.tagging.keywords",
            "ingest.tagging.lexicon",
            "ingest.tagging.listed_tags",
            "ingest.tagging.mentions",
            "ingest.tagging.merging",
            "ingest.tagging.names",
            "ingest.tagging.ranking",
            "ingest.tagging.run_parts",
            "ingest.tagging.runs",
            "ingest.tagging.subjects",
            "ingest.tagging.tags",
            "ingest.tagging.tokens",
            "ingest.webpages",
            "ingest.webpages.alignment",
            "ingest.webpages.charset",
            "ingest.webpages.extraction",
            "ingest.webpages.headline",
            "ingest.webpages.linked_data",
            "ingest.webpages.metadata",
            "ingest.webpages.page_head",
            "ingest.webpages.page_markup",
            "ingest.webpages.recovery",
            "ingest.webpages.teasers",
            "ingest.webpages.visible",
            "ingest.webpages.webpage",
            "ingest.webpages.weighing",
            "ingest.wording",
            "ingest.wording.abbreviations",
            "ingest.wording.arabic",
            "ingest.wording.language",
            "ingest.wording.remembered",
            "ingest.wording.sentences",
        }
    ),
    "planning": frozenset(
        {
            "attachments",
            "crawlers",
            "feed_views",
            "filing",
            "former",
            "importance",
            "initials",
            "inputs",
            "keys",
            "listings",
            "page_views",
            "pages",
            "related",
            "syndication",
            "trends",
            "views",
        }
    ),
    "rendering": frozenset(
        {
            "blocks",
            "calendars",
            "bundle",
            "charts",
            "documents",
            "entries",
            "environment",
            "excerpts",
            "feeds",
            "fragments",
            "frames",
            "html_nesting",
            "locales",
            "localising",
            "linked_data",
            "markdown",
            "markdown_costs",
            "markdown_inline",
            "markdown_metered",
            "markdown_parser",
            "metering",
            "mixed",
            "page_head",
            "paragraphs",
            "references",
            "pictures",
            "render",
            "sitemaps",
            "speech",
            "translations",
            "undefined",
        }
    ),
    "edges": frozenset(
        {
            "catalogue",
            "database",
            "engine",
            "files",
            "giving",
            "indexer",
            "image_sizes",
            "internet",
            "interrupts",
            "ledger",
            "links",
            "locks",
            "lookup",
            "misnamed",
            "members",
            "origin",
            "totals",
            "unreachable",
            "parts",
            "pending",
            "pool",
            "room",
            "schema",
            "seal",
            "shelf",
            "staging",
            "theme",
            "warm",
            "web",
            "workers",
            "writing",
        }
    ),
    "use cases": frozenset(
        {
            "build",
            "check",
            "checking",
            "checking.asking",
            "checking.crawl",
            "checking.documents",
            "checking.faults",
            "checking.feedrules",
            "checking.feedshapes",
            "checking.hazards",
            "checking.identities",
            "checking.linked",
            "checking.markup",
            "checking.others",
            "checking.outward",
            "checking.pictures",
            "checking.policies",
            "checking.readback",
            "checking.references",
            "checking.remembered",
            "checking.sitemaps",
            "checking.stylesheets",
            "checking.survey",
            "checking.targets",
            "checking.verdicts",
            "checking.weights",
            "explain",
            "ingest.admission",
            "ingest.apart",
            "ingest.batches",
            "ingest.documents",
            "ingest.fitness",
            "ingest.folder",
            "ingest.places",
            "ingest.run",
            "ingest.site_tags",
            "ingest.timelimit",
            "ingest.unpacking",
            "ingest.work",
            "init",
            "intake",
            "making",
            "new",
            "oddities",
            "outstanding",
            "publish",
            "publishing",
            "publishing.apart",
            "publishing.applying",
            "publishing.bucket",
            "publishing.bucket.at_once",
            "publishing.bucket.aws_profile",
            "publishing.bucket.bucket",
            "publishing.bucket.delivery",
            "publishing.bucket.errors",
            "publishing.bucket.store",
            "publishing.built",
            "publishing.digests",
            "publishing.folder",
            "publishing.git",
            "publishing.git.branch",
            "publishing.git.commit",
            "publishing.git.copy",
            "publishing.git.program",
            "publishing.git.surroundings",
            "publishing.host",
            "publishing.hubs",
            "publishing.lease",
            "publishing.manifest",
            "publishing.plan",
            "publishing.redaction",
            "publishing.rsync",
            "publishing.rsync.copies",
            "publishing.rsync.destination",
            "publishing.rsync.faults",
            "publishing.rsync.notes",
            "publishing.rsync.program",
            "publishing.rsync.sources",
            "publishing.rsync.ssh",
            "publishing.rsync.tree",
            "publishing.snapshot",
            "reading",
            "reconcile",
            "report",
            "searching",
            "workspace",
        }
    ),
    "shells": frozenset(
        {
            "__main__",
            "addresses",
            "changes",
            "cli",
            "commands",
            "commands.making",
            "commands.options",
            "commands.releasing",
            "commands.starting",
            "commands.staying",
            "connections",
            "indexing",
            "news",
            "observe",
            "preview",
            "progress",
            "prose",
            "ripening",
            "rounds",
            "serve",
            "structured",
            "sweep",
            "telling",
            "watch",
        }
    ),
}

DOORS = {
    "babel": {"locales", "translations"},
    "botocore": {"publishing.bucket.store"},
    "feedgen": {"frames"},
    "feedparser": {"checking.readback", "ingest.feeds.feedfile"},
    "filelock": {"locks"},
    "ftfy": {"ingest.cleaning.clean"},
    "jinja2": {"environment", "fragments", "references", "render", "undefined"},
    "imagesize": {"image_sizes"},
    "lxml": {"checking.documents", "checking.markup", "ingest.feeds.htmltext", "ingest.webpages.visible"},
    "markdown": {"markdown_inline", "markdown_metered", "markdown_parser"},
    "markupsafe": {"environment", "fragments", "page_head", "speech"},
    "msgspec": {"records"},
    "nh3": {"markdown"},
    "rapidfuzz": {"ingest.duplicates"},
    "obstore": {"publishing.bucket.store"},
    "pagefind": {"indexer"},
    "py3langid": {"ingest.wording.language"},
    "rich": {"progress"},
    "slugify": {"urls"},
    "sqlite3": {"database"},
    "starlette": {"preview"},
    "trafilatura": {"ingest.webpages.webpage"},
    "typer": {
        "cli",
        "commands.making",
        "commands.options",
        "commands.releasing",
        "commands.starting",
        "commands.staying",
        "telling",
    },
    "urllib3": {"unreachable", "web"},
    "uvicorn": {"connections", "serve"},
    "watchdog": {"observe"},
    "yaml": {"yaml_head"},
}


def _in_room(room: str) -> set[str]:
    """Give the modules of use cases that lie in a folder of the package."""
    return {name for name in LAYERS["use cases"] if name.partition(".")[0] == room}


USE_CASES = {
    "check": _in_room("checking"),
    "build": {"explain", "intake", "making", "oddities", "outstanding", "reading", "reconcile", "searching"},
    "ingest.run": _in_room("ingest") - {"ingest.run"},
    "init": set(),
    "new": set(),
    "publish": _in_room("publishing"),
}
"""The use cases, and the modules each is made of; none may import another or its parts."""

FORBIDDEN = {"base", "common", "context", "core", "handler", "helpers", "manager", "service", "utils"}


def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__") if name != "__init__" else name] = path
    return found


MODULES = modules()


def imports(name: str) -> Iterator[tuple[str, bool]]:
    """Give what a module imports: dotted names, and whether they are the package's own."""
    for node in ast.walk(ast.parse(MODULES[name].read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            top, _, rest = node.module.partition(".")
            if top != "generator":
                yield top, False
                continue
            for alias in node.names:
                deeper = ".".join(part for part in (rest, alias.name) if part)
                yield (deeper if deeper in MODULES else rest or "__init__"), True


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS.values()) if name in names)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_has_one_place_and_imports_downwards_only(name: str) -> None:
    own = {imported for imported, ours in imports(name) if ours}

    assert sum(name in names for names in LAYERS.values()) == 1, f"{name} stands in no layer or in two"
    assert {imported for imported in own if layer(imported) > layer(name)} == set()


def test_there_are_no_cycles() -> None:
    graph = {name: {imported for imported, ours in imports(name) if ours} - {name} for name in MODULES}

    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_dependency_has_one_door(name: str) -> None:
    foreign = {imported for imported, ours in imports(name) if not ours}

    assert {library for library in foreign if name not in DOORS.get(library, {name})} == set()


def test_every_door_is_used() -> None:
    used = {library for name in MODULES for library, ours in imports(name) if not ours}

    assert DOORS.keys() - used == set()


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_use_cases_do_not_know_each_other(name: str) -> None:
    parts = {part for case, parts in USE_CASES.items() if case != name for part in (case, *parts)}
    own = {imported for member in (name, *USE_CASES[name]) for imported, ours in imports(member) if ours}

    assert own & parts == set()


def test_every_module_at_the_top_is_on_the_map() -> None:
    page = (PACKAGE.parent / "docs/architecture.md").read_text()

    names = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_names_say_what_is_inside() -> None:
    words = {word for name in MODULES for part in name.split(".") for word in part.split("_")}

    assert words & FORBIDDEN == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_stays_small(name: str) -> None:
    assert len(MODULES[name].read_text().splitlines()) <= 300
