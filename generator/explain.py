"""Why a page was written or kept: a walk over the very ingredients of its fingerprint, in words."""

from collections.abc import Iterator

from generator import fingerprint, keys, making
from generator.engine import engine
from generator.giving import Giver
from generator.model import Page, Written
from generator.report import Explanation, Ingredient
from generator.spelling import nearest
from generator.text import clipped
from generator.workspace import Run

_ENGINE = "the generator's code, the libraries it renders with, and Python"
_OF_THE_INDEX = "a file of the search index, which is made anew with the articles it was made of"
_LONGEST = 100
"""Characters of a value to show."""


def explain(run: Run, path: str, before: Written | None, *, written: bool | None) -> Explanation:
    """Explain what a build did with a page.

    Args:
        run: after the build.
        path: the page's path below the output folder.
        before: the page as the build before left it.
        written: whether this build wrote it; `None` where it had no reason to look at it.
    """
    found = run.catalogue.output(path)
    if found and found.key == keys.INDEX:
        return Explanation(path, _OF_THE_INDEX, found.key)
    page = next((page for page in _pages(run, found) if page.path == path), None) if found else None
    if found is None or page is None:
        return Explanation(path, _absent(run, path, before))
    closure = run.catalogue.recall("closures", {"": ""}).get(page.template, page.template)
    ingredients = tuple(_ingredients(run, page, closure, before))
    changed = tuple(ingredient.name for ingredient in ingredients if ingredient.changed)
    return Explanation(path, _verdict(before, changed, written=written), page.key, page.template, ingredients)


def _pages(run: Run, found: Written) -> Iterator[Page]:
    return making.plan(run.site, run.catalogue, Giver(run.catalogue, run.site.settings), found.key)


def _ingredients(run: Run, page: Page, closure: str, before: Written | None) -> Iterator[Ingredient]:
    then = before.made_of.split() if before else []
    now = list(fingerprint.ingredients(page, closure, engine()))
    for place, (name, value) in enumerate(now):
        known = then[place] if len(then) == len(now) else ""
        changed = None if before is None else known != fingerprint.checksum(value)
        yield Ingredient(name, _describe(run, page, name, value), len(value), changed)


def _describe(run: Run, page: Page, name: str, value: bytes) -> str:
    if name == "closure" and page.template.endswith(".html"):
        return ", ".join(making.load_theme(run.site).members(page.template))
    text = _ENGINE if name == "engine" else value.decode("utf-8", "replace")
    return clipped(text, _LONGEST)


def _verdict(before: Written | None, changed: tuple[str, ...], *, written: bool | None) -> str:
    if before is None:
        return (
            "written: there was no such page before" if written else "kept: these bytes stood there already"
        )
    if written is None:
        return "kept: nothing changed that it could be made from"
    if changed:
        named = ", ".join(f"`{name}`" for name in changed)
        return f"{'written' if written else 'kept, since its bytes are the same'}: {named} changed"
    if written:
        return "written: its file was missing, or not as the last build left it"
    return "kept: what changed nearby does not show on it, its fingerprint is the same"


def _absent(run: Run, path: str, before: Written | None) -> str:
    if before:
        return "deleted: nothing belongs there any more"
    hint = nearest(path, run.catalogue.looks())
    return f"no page stands there; {hint}" if hint else "no page stands there"
