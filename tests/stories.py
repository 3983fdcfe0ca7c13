"""What happens to a site: to its articles, in time, on its disk and to its looks. The rules of the law."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, consumes, initialize, multiple, rule
from law import Law
from samples import png

from generator.model import DatelineError

TOPICS = ("sport", "politics", "odd topic")
DAYS = ("2024-12-31", "2025-01-15", "2025-02-27", "2025-02-28", "2025-03-01", "2025-03-02")
HOURS = ("", "T08:00", "T12:00", "T23:30")
SLUGS = ("alpha", "gamma", "delta", "Ünïcode name")
TAGS = (
    "Rail",
    "rail",
    "RAIL",
    "Port Ellery",
    "port ellery",
    "C++",
    "C",
    "北京",
    "Storm Edda",
    "Vote",
    "Hill",
)
SOURCES = ("", "The Courier", "the courier", "Wire")
PAGES = ("about", "About", "old", "tags", "2025")
"""Names of files that are pages where they have no date; some fold to the same address, some to another page's."""

BODIES = (
    "One.",
    "Two *stars*.",
    "![p](photo.png) and [d](data)",
    "![p](photo.png)",
    "[d](data) [m](more/index.html)",
    "# Head\n\n- a\n- b",
    "",
)
BESIDE = ("photo.png", "data", "data/raw", "more/index.html")
ALIASES = (
    "/old/",
    "/old/older/",
    "/old/data/",
    "/about/",
    "/.old/",
    "/2025/02/28/alpha/",
    "/2025/03/01/gamma/",
    "/2025/02/28/alpha/data/",
    "/2025/02/28/alpha/more/",
)
LANGUAGES = ("en", "en-GB", "de", "de-AT", "nl")
TRANSLATIONS = (
    "",
    'msgid "Tags"\nmsgstr "Words"\n',
    'msgid "Reading time"\nmsgstr "It takes"\n\nmsgid "Sources"\nmsgstr "Papers"\n',
    'msgctxt "topic"\nmsgid "Sport"\nmsgstr "Games"\n',
)
CONFIGS = (
    "",
    'sport = "Games"\narts = false\n',
    "[feeds]\nfull = false\nlimit = 2\n",
    '[tags.aliases]\nrail = "Railways"\nvote = "Hill"\n',
    '[theme]\nnavigation = ["sport"]\n',
    '[theme]\naccent = "#0a6"\nsections = ["sport", "arts"]\nhide = ["related"]\n',
    '[pages]\nabout = "About"\nold = "Old"\n',
)
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
BASES = ("https://news.example/", "https://example.org/digest/")
TEMPLATES = ("base.html", "_card.html", "article.html", "front.html", "term.html", "day.html", "archive.html")
PARTLY = {
    "article.html": '{% extends "default/article.html" %}',
    "_card.html": "{% macro tags(card) %}{{ card.tags | length }}{% endmacro %}",
}
BROKEN = ("{% if %}", "{{ page.nothing }}", '{% include "nowhere.html" %}')
ASSETS = ("assets/style.css", "assets/extra.txt")
STRANGERS = (
    "notes.txt",
    "tags/rail/notes.txt",
    "tags/rail",
    "tags/rail/index.html",
    "tags/rail/index.html/notes.txt",
    "2025/02/28/alpha/notes.txt",
    "2025/02/28/alpha/index.html",
    "sources/wire/2025/index.html",
    "old/index.html",
    "pagefind",
    "pagefind/parts.json",
)
THEME = Path(__file__).parents[1] / "templates"

files = Bundle("files")
topics, days, hours = st.sampled_from(TOPICS), st.sampled_from(DAYS), st.sampled_from(HOURS)
slugs, sources, bodies = st.sampled_from(SLUGS), st.sampled_from(SOURCES), st.sampled_from(BODIES)
tags = st.lists(st.sampled_from(TAGS), max_size=4, unique=True)


class Beginning(Law):
    """Begins with stories that have much in common, so that every change has somebody to concern."""

    @initialize(
        target=files,
        count=st.sampled_from((1, 4, 8)),
        tags=st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True),
    )
    def begin(self, count: int, tags: list[str]) -> MultipleResults[Any]:
        stories = [
            self.put(TOPICS[n % 2], DAYS[n % 6], SLUGS[n % 3], f"[{', '.join(tags)}]", SOURCES[n % 3])
            for n in range(count)
        ]
        self.disk.ns += 2 * self.disk.STEP
        return multiple(*stories)

    def put(self, topic: str, day: str, slug: str, tags: str, source: str = "", **fields: str) -> str:
        path = f"content/{topic}/{day}/{slug}.md"
        usual = {"title": f"About {slug}", "date": day, "tags": tags, "source": source, "body": "One."}
        self.fields[path] = {}
        self.change(path, **(usual | fields))
        return path

    @rule(builds=st.integers(1, 3))
    def do_more_before_the_next_build(self, builds: int) -> None:
        self.unbuilt = builds

    @rule(seconds=st.sampled_from((1, 3)))
    def wait(self, seconds: int) -> None:
        self.disk.ns += seconds * 1_000_000_000


class Articles(Beginning):
    """Articles come, change, compete and go."""

    @rule(
        target=files, topic=topics, day=days, hour=hours, slug=slugs, tags=tags, source=sources, body=bodies
    )
    def add(  # noqa: PLR0913, PLR0917 - an article has many sides
        self, topic: str, day: str, hour: str, slug: str, tags: list[str], source: str, body: str
    ) -> str:
        return self.put(topic, day, slug, f"[{', '.join(tags)}]", source, date=f"{day}{hour}", body=body)

    @rule(target=files, path=files, topic=topics, slug=slugs, body=bodies)
    def add_a_neighbour(self, path: str, topic: str, slug: str, body: str) -> str:
        """In the same folder it shares the files there, with the same name in another it claims the address."""
        old_topic, day, name = (topic, DAYS[0], *path.split("/")[1:])[-3:]
        known = self.fields.get(path)
        if not known:
            return path
        places = ((old_topic, slug), (topic, name.removesuffix(".md")))
        place = places[topic != old_topic]
        return self.put(place[0], day, place[1], known["tags"], date=known["date"] or day, body=body)

    @rule(target=files, name=st.sampled_from(PAGES), body=bodies, draft=st.sampled_from(("", "true")))
    def add_a_page(self, name: str, body: str, draft: str) -> str:
        path = f"content/{name}.md"
        self.fields[path] = {}
        self.change(path, title=f"About {name}", date="", tags="[]", body=body, draft=draft)
        return path

    @rule(path=files, body=bodies)
    def edit_body(self, path: str, body: str) -> None:
        self.change(path, body=body)

    @rule(path=files, title=st.sampled_from(("News", "Other news", "<b>&amp;")))
    def retitle(self, path: str, title: str) -> None:
        self.change(path, title=title)

    @rule(path=files, tags=tags)
    def retag(self, path: str, tags: list[str]) -> None:
        self.change(path, tags=f"[{', '.join(tags)}]")

    @rule(path=files, spell=st.sampled_from((str.upper, str.lower, str.title)))
    def respell_tags(self, path: str, spell: Any) -> None:  # noqa: ANN401 - a method of str
        self.change(path, tags=spell(self.fields.get(path, {}).get("tags", "")))

    @rule(path=files, day=days, hour=hours)
    def redate(self, path: str, day: str, hour: str) -> None:
        self.change(path, date=f"{day}{hour}")

    @rule(path=files, source=sources)
    def change_source(self, path: str, source: str) -> None:
        self.change(path, source=source)

    @rule(path=files, language=st.sampled_from(("", "en-GB", "de", "de-AT", "ar")))
    def change_language(self, path: str, language: str) -> None:
        self.change(path, language=language)

    @rule(path=files, topic=st.sampled_from((*TOPICS, "Odd Topic", "")))
    def refile_by_front_matter(self, path: str, topic: str) -> None:
        self.change(path, topic=topic)

    @rule(path=files, image=st.sampled_from(("photo.png", "more/index.html", "https://x.example/a.png", "")))
    def illustrate(self, path: str, image: str) -> None:
        self.change(path, image=image)

    @rule(path=files, other=st.sampled_from(("/2025/03/01/gamma/", "https://x.example/", "")))
    def translate(self, path: str, other: str) -> None:
        self.change(path, translations=f"{{de: {other}}}" if other else "")

    @rule(path=files, draft=st.sampled_from(("true", "false")))
    def draft(self, path: str, draft: str) -> None:
        self.change(path, draft=draft)

    @rule(path=files, aliases=st.lists(st.sampled_from(ALIASES), max_size=3))
    def alias(self, path: str, aliases: list[str]) -> None:
        self.change(path, aliases=f"[{', '.join(aliases)}]")

    @rule(path=files)
    def break_front_matter(self, path: str) -> None:
        if path in self.fields:
            self.disk.write(self.project.root / path, b"---\ntitle: [broken\n---\n")

    @rule(path=consumes(files))
    def delete(self, path: str) -> None:
        if self.fields.pop(path, None):
            self.project.remove(path)

    @rule(target=files, path=consumes(files), topic=topics, slug=slugs)
    def move(self, path: str, topic: str, slug: str) -> str:
        target = f"content/{topic}/{(path.split('/')[2:-1] or DAYS)[0]}/{slug}.md"
        if path in self.fields and target not in self.fields:
            self.fields[target] = self.fields.pop(path)
            self.project.move(path, target)
        return target

    @rule(
        path=files,
        name=st.sampled_from(BESIDE),
        data=st.sampled_from((b"", b"1", b"2", b"22", png(3, 2), png(2, 3))),
    )
    def put_beside(self, path: str, name: str, data: bytes) -> None:
        target = (self.project.root / path).parent / name
        if target.parent.is_file():
            target.parent.unlink()
        if target.is_dir():
            shutil.rmtree(target)
        self.disk.write(target, data)

    @rule(path=files, name=st.sampled_from(BESIDE))
    def take_away(self, path: str, name: str) -> None:
        target = (self.project.root / path).parent / name
        if target.is_file():
            target.unlink()


class Times(Beginning):
    """Articles fall due and expire, files change while their looks stay the same."""

    @rule(hours=st.sampled_from((1, 6, 24, 24 * 40, -1, -24, -24 * 40)))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(day=days, hour=hours, off=st.sampled_from((-1, 0, 1)))
    def come_to_a_moment(self, day: str, hour: str, off: int) -> None:
        moment = datetime.fromisoformat(f"{day}{hour}").replace(tzinfo=ZoneInfo(self.zone))
        self.now = moment + timedelta(microseconds=off)

    @rule(path=files, day=days, hour=hours)
    def expire(self, path: str, day: str, hour: str) -> None:
        self.change(path, expires=f"{day}{hour}")

    @rule(path=files, other=files)
    def swap_contents(self, path: str, other: str) -> None:
        """Two files exchange what they hold; size and time of each look as before."""
        if path != other and {path, other} <= self.fields.keys():
            places = [self.project.root / name for name in (path, other)]
            held = [place.read_bytes() for place in places]
            times = [place.stat().st_mtime_ns for place in places]
            self.fields[path], self.fields[other] = self.fields[other], self.fields[path]
            self.disk.write(places[0], held[1], times[0])
            self.disk.write(places[1], held[0], times[1])

    @rule(path=files, other=files)
    def swap_names(self, path: str, other: str) -> None:
        if path != other and {path, other} <= self.fields.keys():
            first, second = (self.project.root / name for name in (path, other))
            first.rename(self.folder / "aside")
            second.rename(first)
            (self.folder / "aside").rename(second)
            self.fields[path], self.fields[other] = self.fields[other], self.fields[path]

    @rule(path=files, title=st.sampled_from(("New title", "Old title")))
    def copy_over_with_its_time(self, path: str, title: str) -> None:
        """As `cp -p` does."""
        if path in self.fields:
            place = self.project.root / path
            self.fields[path]["title"] = title
            self.disk.write(place, self.text(path), place.stat().st_mtime_ns)

    @rule(path=files, first=bodies, second=bodies)
    def edit_again_within_the_clocks_step(self, path: str, first: str, second: str) -> None:
        self.change(path, body=first)
        self.build()
        self.change(path, body=second)

    @rule(path=files, title=st.sampled_from(("New title", "Old title")))
    def change_what_only_reading_tells(self, path: str, title: str) -> None:
        if path in self.fields:
            self.fields[path]["title"] = title
            self.disk.overwrite_unseen(self.project.root / path, self.text(path))
            self.build(verify=True)


class Mishaps(Beginning):
    """Outputs, catalogue and builds meet with accidents; other people put their files where ours are."""

    @rule(which=st.integers(0, 200))
    def delete_output(self, which: int) -> None:
        for path in self.one_output(which):
            path.unlink()

    @rule(which=st.integers(0, 200), data=st.sampled_from((b"", b"Mine", None)))
    def tamper_with_output(self, which: int, data: bytes | None) -> None:
        for path in self.one_output(which):
            look = path.stat()
            path.write_bytes(b"x" * look.st_size if data is None else data)
            os.utime(path, ns=(look.st_mtime_ns, look.st_mtime_ns + (data is None)))

    @rule(which=st.integers(0, 200))
    def tamper_with_output_so_that_only_reading_tells(self, which: int) -> None:
        for path in self.one_output(which):
            self.disk.overwrite_unseen(path, b"x" * path.stat().st_size)
            self.build(verify=True)

    @rule(which=st.integers(0, 200), back=st.booleans())
    def put_a_folder_in_place_of_an_output(self, which: int, back: bool) -> None:  # noqa: FBT001 - drawn
        for path in self.one_output(which):
            path.unlink()
            path.mkdir()
            if not back:
                self.put_stranger(f"{path.relative_to(self.project.root / 'site')}/notes.txt")

    @rule(which=st.integers(0, 200))
    def put_a_file_in_place_of_a_folder(self, which: int) -> None:
        for path in self.one_output(which):
            folder = path.parent
            if folder.name != "site" and not any(folder.rglob("notes.txt")):
                shutil.rmtree(folder)
                self.foreign = {
                    name: data
                    for name, data in self.foreign.items()
                    if (self.project.root / "site" / name).exists()
                }
                self.put_stranger(str(folder.relative_to(self.project.root / "site")))

    def one_output(self, which: int) -> Iterator[Path]:
        outputs = sorted(self.site().keys() - self.foreign.keys())
        if outputs:
            yield self.project.root / "site" / outputs[which % len(outputs)]

    @rule()
    def delete_all_outputs(self) -> None:
        shutil.rmtree(self.project.root / "site", ignore_errors=True)
        self.foreign.clear()

    @rule(path=st.sampled_from(STRANGERS))
    def put_stranger(self, path: str) -> None:
        site = self.project.root / "site"
        above = [str(parent) for parent in Path(path).parents]
        if not os.path.lexists(site / path) and not any((site / parent).is_file() for parent in above):
            self.project.write(f"site/{path}", "Mine")
            self.foreign[path] = b"Mine"

    @rule(which=st.integers(0, 9))
    def take_stranger_away(self, which: int) -> None:
        if self.foreign:
            path = sorted(self.foreign)[which % len(self.foreign)]
            del self.foreign[path]
            self.project.remove(f"site/{path}")

    @rule()
    def lose_the_catalogue(self) -> None:
        shutil.rmtree(self.project.root / ".dateline", ignore_errors=True)

    @rule(size=st.sampled_from((0, 50, 20_000)))
    def cut_the_catalogue_short(self, size: int) -> None:
        for path in self.catalogue():
            os.truncate(path, size)

    @rule()
    def keep_the_catalogue(self) -> None:
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        (self.folder / "kept").mkdir()
        for path in self.catalogue():
            shutil.copy2(path, self.folder / "kept")

    @rule(sealed=st.booleans())
    def put_the_kept_catalogue_back(self, sealed: bool) -> None:  # noqa: FBT001 - drawn
        kept = list((self.folder / "kept").glob("*"))
        for path in self.catalogue() if kept else ():
            path.unlink()
        for path in kept:
            (shutil.copy2 if sealed else shutil.copy)(path, self.project.root / ".dateline")

    def catalogue(self) -> list[Path]:
        return list((self.project.root / ".dateline").glob("catalogue.sqlite*"))

    @rule(stops=st.lists(st.integers(1, 60), min_size=1, max_size=2))
    def have_the_next_builds_killed(self, stops: list[int]) -> None:
        self.stops, self.unbuilt = stops, 1

    @rule()
    def have_workers_do_the_next_build(self) -> None:
        self.workers, self.unbuilt = 2, 1


class Looks(Beginning):
    """Templates, assets and the configuration change, and break."""

    @rule(name=st.sampled_from(TEMPLATES), mark=st.sampled_from("xy"))
    def override_template(self, name: str, mark: str) -> None:
        self.project.write(f"templates/{name}", f"{(THEME / name).read_text()}<!-- {mark} -->")

    @rule(name=st.sampled_from(tuple(PARTLY)), mark=st.sampled_from("xy"))
    def override_part_of_a_template(self, name: str, mark: str) -> None:
        self.project.write(f"templates/{name}", f"{PARTLY[name]}{{# {mark} #}}")

    @rule(name=st.sampled_from((*TEMPLATES, *ASSETS)))
    def restore_template(self, name: str) -> None:
        (self.project.root / "templates" / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(TEMPLATES), broken=st.sampled_from(BROKEN), path=files)
    def build_with_a_broken_template(self, name: str, broken: str, path: str) -> None:
        place = self.project.root / "templates" / name
        kept = place.read_bytes() if place.exists() else None
        self.change(path, title="Edited before the template was mended")
        self.project.write(f"templates/{name}", broken)
        before = self.site()
        try:
            self.build()
        except DatelineError:
            assert self.site() == before
        if kept is None:
            place.unlink()
        else:
            place.write_bytes(kept)

    @rule(name=st.sampled_from(ASSETS), text=st.sampled_from(("a{}", "b{}")))
    def override_asset(self, name: str, text: str) -> None:
        self.project.write(f"templates/{name}", text)

    @rule(more=st.sampled_from(CONFIGS), base=st.sampled_from(BASES), zone=st.sampled_from(ZONES))
    def edit_configuration(self, more: str, base: str, zone: str) -> None:
        self.more, self.base, self.zone = more, base, zone
        self.configure()

    @rule(search=st.booleans())
    def have_a_search(self, search: bool) -> None:  # noqa: FBT001 - drawn
        self.search = search
        self.configure()

    @rule(language=st.sampled_from(LANGUAGES))
    def speak_another_language(self, language: str) -> None:
        self.language = language
        self.configure()

    @rule(name=st.sampled_from(("de", "nl")), text=st.sampled_from(TRANSLATIONS))
    def translate(self, name: str, text: str) -> None:
        self.project.write(f"templates/languages/{name}.po", text)

    @rule(more=st.sampled_from(("nonsense", "[feeds]\nlimit = 0\n")))
    def build_with_a_broken_configuration(self, more: str) -> None:
        kept, self.more = self.more, more
        self.configure()
        with pytest.raises(DatelineError):
            self.build()
        self.more = kept
        self.configure()
