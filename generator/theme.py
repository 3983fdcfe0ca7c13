"""The theme on disk: the default one that ships with Dateline, and what a site puts in its place."""

from dataclasses import dataclass
from pathlib import Path

from generator import files, fingerprint
from generator.model import TemplateText

ASSETS = "assets/"
"""Below a theme's folder: files that are published as they are, under the same name."""

DEFAULT = "default/"
"""Prefix of a template of the theme that ships with Dateline, whatever the site overrides."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A published file of a theme: where it lies, and the digest of its bytes."""

    file: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A site's theme: the templates by name, the default ones also as `default/…`, and the assets by path."""

    templates: dict[str, TemplateText]
    assets: dict[str, Asset]


def default_folder() -> Path:
    """Find the default theme: inside an installed package, at the top of the repository otherwise."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_theme(root: Path, folder: str) -> Theme:
    """Read the default theme and the site's own files over it.

    Args:
        root: the site's folder.
        folder: its templates, relative to it; need not exist.
    """
    default = default_folder()
    templates, assets = _read(default, "templates")
    prefixed = {
        f"{DEFAULT}{name}": TemplateText(f"default/{name}", source.text) for name, source in templates.items()
    }
    own = root / folder
    if own.is_dir() and not own.samefile(default):
        own_templates, own_assets = _read(own, folder)
        templates, assets = templates | own_templates, assets | own_assets
    return Theme(templates | prefixed, assets)


def _read(folder: Path, name: str) -> tuple[dict[str, TemplateText], dict[str, Asset]]:
    templates: dict[str, TemplateText] = {}
    assets: dict[str, Asset] = {}
    for path in files.scan(folder):
        data = files.read(folder / path) or b""
        if path.startswith(ASSETS):
            assets[path] = Asset(folder / path, fingerprint.digest(data))
        else:
            templates[path] = TemplateText(f"{name}/{path}", data.decode("utf-8", "replace"))
    return templates, assets
