"""The law: whatever happens to a site, its incremental build has the bytes of a clean build elsewhere."""

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from conftest import Project
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from generator.config import TAXONOMY

TOPICS = ("sport", "politics", "odd topic")
DAYS = ("2025-01-15", "2025-02-27", "2025-02-28", "2025-03-01", "2025-03-02", "2024-12-31")
TAGS = ("Rail", "rail", "Port Ellery", "C++", "C", "北京", "Storm Edda")
SOURCES = ("", "The Courier", "the courier", "Wire")
FEW = "".join(
    f"{topic.slug} = false\n" for topic in TAXONOMY if topic.slug not in {"sport", "politics", "arts"}
)
CONFIGS = (
    "",
    'sport = "Games"\narts = false\n',
    "[feeds]\nfull = false\nlimit = 2\n",
    '[tags.aliases]\nrail = "Railways"\n',
    '[theme]\nnavigation = ["sport"]\n',
)
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
TEMPLATES = ("base.html", "_card.html", "article.html", "front.html", "term.html", "terms.html", "day.html")
THEME = Path(__file__).parents[1] / "templates"

texts = st.sampled_from(
    ("One.", "Two *stars*.", "![p](photo.png) and [d](data.csv)", "# Head\n\n- a\n- b", "")
)
tags = st.lists(st.sampled_from(TAGS), max_size=3, unique=True)
days = st.sampled_from(DAYS)
hours = st.sampled_from(("", "T08:00", "T08:00", "T23:30"))


class Building(RuleBasedStateMachine):
    """Does to a site what people do, and compares after every step."""

    files = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dateline-law-"))
        self.project = Project(self.folder / "site")
        self.fields: dict[str, dict[str, str]] = {}
        self.now = datetime(2025, 2, 28, 12, tzinfo=UTC)
        self.base, self.zone, self.more = "https://news.example/", "UTC", ""
        self.configure()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def configure(self) -> None:
        site = f'[site]\ntitle = "Law"\nbase_url = "{self.base}"\ntimezone = "{self.zone}"\n'
        self.project.write("dateline.toml", f"{site}\n[topics]\n{FEW}{self.more}")

    def save(self, path: str) -> str:
        fields = self.fields[path]
        head = "".join(f"{name}: {value}\n" for name, value in fields.items() if name != "body" and value)
        self.project.write(path, f"---\n{head}---\n\n{fields['body']}\n")
        return path

    @initialize(target=files, tags=st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True))
    def begin(self, tags: list[str]) -> MultipleResults[Any]:
        """Begin with stories that have much in common, so that every change has somebody to concern."""
        stories = (
            self.add("sport", DAYS[number], "", slug, [*tags, TAGS[number]], SOURCES[number % 3], "One.")
            for number, slug in enumerate(("alpha", "beta", "alpha", "gamma", "beta"))
        )
        return multiple(*stories)

    @rule(
        target=files,
        topic=st.sampled_from(TOPICS),
        day=days,
        hour=hours,
        slug=st.sampled_from(("alpha", "beta", "gamma", "Ünïcode name")),
        tags=tags,
        source=st.sampled_from(SOURCES),
        body=texts,
    )
    def add(  # noqa: PLR0913, PLR0917 - an article has many sides
        self, topic: str, day: str, hour: str, slug: str, tags: list[str], source: str, body: str
    ) -> str:
        path = f"content/{topic}/{day}/{slug}.md"
        self.fields[path] = {
            "title": f"About {slug}",
            "date": f"{day}{hour}",
            "tags": f"[{', '.join(tags)}]",
            "source": source,
            "body": body,
        }
        return self.save(path)

    @rule(path=files, body=texts)
    def edit_body(self, path: str, body: str) -> None:
        self.change(path, body=body)

    @rule(path=files, title=st.sampled_from(("News", "Other news", "<b>&amp;")))
    def retitle(self, path: str, title: str) -> None:
        self.change(path, title=title)

    @rule(path=files, tags=tags)
    def retag(self, path: str, tags: list[str]) -> None:
        self.change(path, tags=f"[{', '.join(tags)}]")

    @rule(path=files, day=days, hour=hours)
    def redate(self, path: str, day: str, hour: str) -> None:
        self.change(path, date=f"{day}{hour}")

    @rule(path=files, source=st.sampled_from(SOURCES))
    def change_source(self, path: str, source: str) -> None:
        self.change(path, source=source)

    @rule(path=files, topic=st.sampled_from(TOPICS))
    def refile_by_front_matter(self, path: str, topic: str) -> None:
        self.change(path, topic=topic)

    @rule(path=files, draft=st.sampled_from(("true", "false")))
    def draft(self, path: str, draft: str) -> None:
        self.change(path, draft=draft)

    @rule(path=files, day=days)
    def expire(self, path: str, day: str) -> None:
        self.change(path, expires=day)

    @rule(path=files, alias=st.sampled_from(("/old/", "/2025/02/28/alpha/", "/2025/02/28/beta/")))
    def alias(self, path: str, alias: str) -> None:
        self.change(path, aliases=f"[{alias}]")

    @rule(path=files)
    def break_front_matter(self, path: str) -> None:
        if path in self.fields:
            self.project.write(path, "---\ntitle: [broken\n---\n")

    def change(self, path: str, **fields: str) -> None:
        if path in self.fields:
            self.fields[path] |= fields
            self.save(path)

    @rule(path=consumes(files))
    def delete(self, path: str) -> None:
        if self.fields.pop(path, None):
            self.project.remove(path)

    @rule(
        target=files,
        path=consumes(files),
        topic=st.sampled_from(TOPICS),
        slug=st.sampled_from(("alpha", "delta")),
    )
    def move(self, path: str, topic: str, slug: str) -> str:
        target = f"content/{topic}/{path.split('/')[2]}/{slug}.md"
        if path in self.fields and target not in self.fields:
            self.fields[target] = self.fields.pop(path)
            self.project.move(path, target)
        return target

    @rule(
        topic=st.sampled_from(TOPICS),
        day=days,
        name=st.sampled_from(("photo.png", "data.csv")),
        data=st.sampled_from((b"", b"1", b"22")),
    )
    def put_beside(self, topic: str, day: str, name: str, data: bytes) -> None:
        self.project.write(f"content/{topic}/{day}/{name}", data)

    @rule(topic=st.sampled_from(TOPICS), day=days, name=st.sampled_from(("photo.png", "data.csv")))
    def take_away(self, topic: str, day: str, name: str) -> None:
        (self.project.root / f"content/{topic}/{day}/{name}").unlink(missing_ok=True)

    @rule(name=st.sampled_from(TEMPLATES), mark=st.sampled_from("xyz"))
    def override_template(self, name: str, mark: str) -> None:
        self.project.write(f"templates/{name}", f"{(THEME / name).read_text()}<!-- {mark} -->")

    @rule(mark=st.sampled_from("xyz"))
    def extend_template(self, mark: str) -> None:
        extended = f'{{% extends "default/article.html" %}}{{# {mark} #}}'
        self.project.write("templates/article.html", extended)

    @rule(name=st.sampled_from((*TEMPLATES, "assets/style.css", "assets/extra.txt")))
    def restore_template(self, name: str) -> None:
        (self.project.root / "templates" / name).unlink(missing_ok=True)

    @rule(
        name=st.sampled_from(("assets/style.css", "assets/extra.txt")), text=st.sampled_from(("a{}", "b{}"))
    )
    def override_asset(self, name: str, text: str) -> None:
        self.project.write(f"templates/{name}", text)

    @rule(more=st.sampled_from(CONFIGS))
    def edit_configuration(self, more: str) -> None:
        self.more = more
        self.configure()

    @rule(base=st.sampled_from(("https://news.example/", "https://example.org/digest/")))
    def move_to_another_host(self, base: str) -> None:
        self.base = base
        self.configure()

    @rule(zone=st.sampled_from(ZONES))
    def change_zone(self, zone: str) -> None:
        self.zone = zone
        self.configure()

    @rule(which=st.integers(0, 200))
    def delete_output(self, which: int) -> None:
        outputs = sorted(self.project.site())
        if outputs:
            self.project.remove(f"site/{outputs[which % len(outputs)]}")

    @rule()
    def delete_all_outputs(self) -> None:
        shutil.rmtree(self.project.root / "site", ignore_errors=True)

    @rule()
    def lose_the_catalogue(self) -> None:
        shutil.rmtree(self.project.root / ".dateline", ignore_errors=True)

    @rule(days=st.sampled_from((-40, -1, 1, 1, 2, 40)))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def incremental_equals_clean(self) -> None:
        self.project.build(self.now)
        clean = Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copytree(
            self.project.root, clean, dirs_exist_ok=True, ignore=shutil.ignore_patterns("site", ".dateline")
        )
        elsewhere = Project.__new__(Project)
        elsewhere.root = clean
        elsewhere.build(self.now)

        assert elsewhere.site() == self.project.site()
        shutil.rmtree(clean)

    @invariant()
    def nothing_to_do_writes_nothing(self) -> None:
        before = self.project.times()
        report = self.project.build(self.now)

        assert (report.written, report.deleted) == ((), ())
        assert self.project.times() == before


Building.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestBuilding = Building.TestCase
