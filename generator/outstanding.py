"""What a build would do, without doing it: whether the site stands as its content, theme and configuration say."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from generator import files, fingerprint, intake, keys
from generator.catalogue import Catalogue
from generator.config import NAME as CONFIG
from generator.config import Config
from generator.database import Damaged
from generator.model import Key
from generator.theme import read_theme
from generator.workers import Crew
from generator.workspace import Options, Run, Site

_UNKNOWN = "nothing is known of how it was built"


def outstanding(root: Path, config: Config) -> str:
    """Say why the site would be another after a build, as it was at the moment of the last one.

    The site's lock is held. What the catalogue takes in is rolled back; one that is damaged is thrown away, as a
    build would do.

    Args:
        root: the site's folder.
        config: its configuration.

    Returns: a clause, such as "content/sport/2025-06-02/cup.md is newer than the site"; "" where nothing is to do.

    Raises:
        DatelineError: the output folder is not Dateline's, or the theme cannot be read.
    """
    site = Site(root.resolve(), config, read_theme(root, config.build.templates))
    if not site.catalogue.exists():
        return _UNKNOWN
    try:
        with closing(Catalogue(site.catalogue, patient=True)) as catalogue:
            if not catalogue.recall("epoch", ""):
                return _UNKNOWN
            then = datetime.fromisoformat(catalogue.recall("now", datetime.now(UTC).isoformat()))
            return _outstanding(Run(site, catalogue, Crew(1), Options(then), lambda *_: None))
    except Damaged:
        return _UNKNOWN


def _outstanding(run: Run) -> str:
    if run.catalogue.touched():
        return _unmade(run.catalogue.touched())
    if intake.begins_anew(run):
        return f"{CONFIG}, a translation or Dateline itself is another than it was"
    seen = intake.look(run)
    changed = _changed(run, seen)
    if changed:
        return f"{run.site.config.build.content}/{changed}"
    owned = files.read_journal(run.site.output)
    left = run.catalogue.looks()
    unlike = files.unlike(run.site.output, left)
    with run.catalogue.rehearsing():
        intake.take_in(run, seen)
        unknown = owned - intake.look_at_output(run, owned, left.keys(), lambda: unlike)
        touched = run.catalogue.touched()
    if unlike:
        return f"{run.site.config.build.output}/{min(unlike)} is not as it was left"
    if unknown and not run.site.config.search.enabled:
        return f"{run.site.config.build.output}/{min(unknown)} is of another build"
    return _unmade(touched)


def _changed(run: Run, seen: intake.Look) -> str:
    """Name a content file that holds something else than when it was read."""
    if seen.vanished:
        return f"{seen.vanished[0]} was removed"
    for path, _, _ in seen.changed:
        data = files.read(run.site.content / path)
        if data is None or fingerprint.digest(data) != intake.recorded(run.catalogue, path):
            return f"{path} is newer than the site"
    return ""


def _unmade(touched: list[Key]) -> str:
    if not touched:
        return ""
    if touched == [keys.INDEX]:
        return "its search index is not up to date"
    first = min(key for key in touched if key != keys.INDEX)
    return f"its theme was changed, or its last build did not end (what is about {' '.join(first)} is to be made)"
