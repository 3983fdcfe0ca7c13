"""The theme on disk: the default one that ships with Dateline, and what a site puts in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import filenames, files, fingerprint
from generator.model import DEFAULT, DatelineError, Language, TemplateText

ASSETS = "assets/"
"""Below a theme's folder: files that are published as they are, under the same name."""

LANGUAGES = "languages/"
"""Below a theme's folder: PO files that translate what it says, called by the language's tag."""

PO = ".po"


@dataclass(frozen=True, slots=True)
class Asset:
    """A published file of a theme: where it lies, and the digest of its bytes."""

    file: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A site's theme: the templates by name, the default ones also as `default/…`, and the assets by path.

    `languages` are the PO files, each known by the tag it is called by: the default theme's, then the site's own.
    """

    templates: dict[str, TemplateText]
    assets: dict[str, Asset]
    languages: tuple[tuple[str, TemplateText], ...] = ()

    def language(self, tag: str) -> Language:
        """Give what translates into a language: the files of its tag over those of shorter ones (RFC 4647, 3.4)."""
        parts = plain_tag(tag).split("-")
        tags = ["-".join(parts[:end]) for end in range(1, len(parts) + 1)]
        return Language(tag, tuple(file for one in tags for name, file in self.languages if name == one))


def default_folder() -> Path:
    """Find the default theme: inside an installed package, at the top of the repository otherwise."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_theme(root: Path, folder: str) -> Theme:
    """Read the default theme and the site's own files over it. In messages its templates are `default/…`.

    Args:
        root: the site's folder.
        folder: its templates, relative to it; need not exist.
    """
    default = default_folder()
    templates, assets, languages = _read(default, DEFAULT)
    prefixed = {f"{DEFAULT}{name}": source for name, source in templates.items()}
    own = root / folder
    if own.is_dir():
        own_templates, own_assets, own_languages = _read(own, f"{folder}/")
        templates, assets = templates | own_templates, assets | own_assets
        languages = (*languages, *own_languages)
    return Theme(templates | prefixed, assets, tuple(languages))


def is_english(tag: str) -> bool:
    """Tell whether a language is English, which a theme speaks without a translation."""
    return plain_tag(tag).partition("-")[0] == "en"


def plain_tag(tag: str) -> str:
    """Write a language's tag in one way: `pt-br` for `pt-BR` and `pt_BR` (BCP 47 knows no case)."""
    return tag.replace("_", "-").casefold()


_Read = tuple[dict[str, TemplateText], dict[str, Asset], Sequence[tuple[str, TemplateText]]]


def _read(folder: Path, shown: str) -> _Read:
    templates: dict[str, TemplateText] = {}
    assets: dict[str, Asset] = {}
    languages: list[tuple[str, TemplateText]] = []
    ill_named: list[str] = []
    found = files.scan(folder, ill_named=ill_named)
    for path in ill_named:
        raise DatelineError(f"{shown}{filenames.escaped(path)}: {filenames.ILL_NAMED}")
    for path in found:
        data = files.read(folder / path)
        if data is None:  # it went meanwhile
            continue
        if path.startswith(ASSETS):
            assets[path] = Asset(folder / path, fingerprint.digest(data))
            continue
        text = TemplateText(f"{shown}{path}", data.decode("utf-8", "replace"))
        if not path.startswith(LANGUAGES):
            templates[path] = text
        elif path.endswith(PO):
            _check_text(text, data)
            languages.append((plain_tag(path.removeprefix(LANGUAGES).removesuffix(PO)), text))
    return templates, assets, languages


def _check_text(file: TemplateText, data: bytes) -> None:
    """Refuse a translation in another encoding than UTF-8: what it says could not be told."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DatelineError(f"{file.path}:{line}: not UTF-8") from None
