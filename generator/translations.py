"""Words of a language, from PO files (GNU gettext): what the theme and the generator say, translated.

English needs no file: it is what the messages themselves say. A later file goes before an earlier one.
"""

import re
from collections.abc import Iterator, Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from generator.characters import shown
from generator.model import DatelineError, TemplateText

Translations = NullTranslations
"""Gives messages in a language, or as they are: `gettext`, `ngettext`, `pgettext` and `npgettext`."""

MOST_PLURALS = 10
"""Forms of plural that a language may have; those of the CLDR have six at most."""

_TRIED = 1000
"""Numbers whose plural is tried: rules look at the last two digits."""

_PLACEHOLDER = re.compile(r"%(?:%|\((\w+)\)s|(?P<stray>.?))", re.DOTALL)


def read_translations(files: Sequence[TemplateText], locale: Locale | None = None) -> Translations:
    """Read the PO files of a language.

    Args:
        files: what each holds; what a later one translates goes before what an earlier one says.
        locale: has the plural forms of files that do not name theirs.

    Raises:
        DatelineError: a file is no PO, or a translation has a placeholder that its message does not have; the
            message begins with the file's path and the line.
    """
    found: Translations = NullTranslations()
    for file in files:
        read = _compile(file, parse_po(file, locale))
        read.add_fallback(found)
        found = read
    return found


def parse_po(file: TemplateText, locale: Locale | None = None) -> Catalog:
    """Read one PO file; see `read_translations`.

    Raises:
        DatelineError: as `read_translations`.
    """
    try:
        catalog = read_po(file.text.splitlines(keepends=True), locale=locale, abort_invalid=True)
    except PoFileError as error:
        reason = " ".join(str(error).rpartition(" on ")[0].split())  # it quotes the message as it is
        raise DatelineError(f"{file.path}:{error.lineno + 1}: {reason}") from None
    except (AttributeError, TypeError, ValueError) as error:  # a header that is broken, or goes over lines
        raise DatelineError(f"{file.path}:1: {error}") from None
    if not 1 <= catalog.num_plurals <= MOST_PLURALS:
        raise DatelineError(f"{file.path}:1: Plural-Forms: nplurals is none of 1 to {MOST_PLURALS}")
    catalog.charset = "utf-8"  # what the file is in, it was decoded from when it was read
    for message in catalog:
        for problem in problems(message, catalog.num_plurals):
            raise DatelineError(f"{file.path}:{message.lineno or 1}: {problem}")
    return catalog


def problems(message: Message, forms: int) -> Iterator[str]:
    """Say what is wrong with a translation, in a language whose plurals have so many forms."""
    texts = [text for text in _texts(message.string) if text] if message.id and not message.fuzzy else []
    if not texts:
        return
    if message.pluralizable and len(texts) != forms:
        name = _texts(message.id)[0]
        yield f"{name!r} needs {forms} plural forms and has {len(texts)}; Plural-Forms may say otherwise"
    known = {name for text in _texts(message.id) for name in placeholders(text)}
    for text in texts:
        if shown(text) != text:
            yield f"a control character, or a direction that is left open: {text!r}"
        if any(found["stray"] is not None for found in _PLACEHOLDER.finditer(text)):
            yield f"a percent sign stands for itself as %%: {text!r}"
        for name in sorted(placeholders(text) - known):
            yield f"%({name})s is no part of {_texts(message.id)[0]!r}"


def placeholders(text: str) -> set[str]:
    """Name what a message leaves open: `count` in `%(count)s stories`."""
    return {found[1] for found in _PLACEHOLDER.finditer(text) if found[1]}


def _texts(text: str | Sequence[str] | None) -> Sequence[str]:
    return [text] if isinstance(text, str) else text or ()


def _compile(file: TemplateText, catalog: Catalog) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    try:
        found = GNUTranslations(compiled)
        for count in range(_TRIED):
            found.ngettext("", "", count)
    except (ArithmeticError, ValueError) as error:
        raise DatelineError(f"{file.path}:1: Plural-Forms: {error}") from None
    return found
