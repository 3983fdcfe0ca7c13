"""What the default theme and the generator say, and how far each language of the theme says it.

`python tests/messages.py` lists what is missing, wrong or unused in `templates/languages/*.po`. With `--write` it
adds missing messages to each, empty, and takes unused ones out, for a translator to go on; `--write nl` begins a
language.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

from generator.inputs import NAMES
from generator.localising import TOPIC
from generator.model import TemplateText
from generator.taxonomy import TAXONOMY
from generator.theme import PO, default_folder
from generator.translations import parse_po, placeholders

LANGUAGES = default_folder() / "languages"
HEAD = """# {name}: what Dateline's default theme says.
msgid ""
msgstr ""
"Language: {tag}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
SIGNS = re.compile(r'404|Atom|Dateline|JSON Feed|RSS|OPML|\barticle\b|\bwebsite\b|[\w-]+="[^"]*"')
"""What is the same in every language, or no text: OpenGraph's types, attributes that a macro gives."""
OPTIONS = {
    "extensions": "jinja2.ext.i18n, generator.fragments.Fragments",
    "newstyle_gettext": "true",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}


def said() -> Catalog:
    """Collect the messages of the theme's templates, of the topics and of what planning names."""
    catalog = Catalog(project="Dateline", charset="utf-8", fuzzy=False)
    for file in sorted(default_folder().glob("*.html")):
        for line, function, texts, comments in babel_extract(
            BytesIO(file.read_bytes()), FUNCTIONS, [], OPTIONS
        ):
            words = [
                text for text in ([texts] if isinstance(texts, str) else texts or ()) if text is not None
            ]
            context = words.pop(0) if "pgettext" in function else None
            message = (words[0], words[1]) if len(words) > 1 else words[0]
            catalog.add(message, None, [(file.name, line)], context=context, user_comments=comments)
    for topic in TAXONOMY:
        catalog.add(topic.label, None, [("generator/taxonomy.py", 0)], context=TOPIC)
    for text in NAMES.values():
        catalog.add(text, None, [("generator/inputs.py", 0)])
    return catalog


def unmarked(template: str) -> list[str]:
    """Find what a template says to people without marking it, in elements and in attributes that are read out."""
    environment = Environment(extensions=OPTIONS["extensions"].split(", "), trim_blocks=True)  # noqa: S701 - it renders nothing
    found = environment.parse(template).find_all(nodes.TemplateData)
    text = re.sub(r"<(script|style)\b.*?</\1>", "", "\0".join(data.data for data in found), flags=re.DOTALL)
    named = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    said = [
        SIGNS.sub("", words).strip("\0 \n")
        for words in (*re.sub(r"<[^>]*>", "\n", text).splitlines(), *named)
    ]
    return [words for words in said if re.search(r"[^\W\d_]{2}", re.sub(r"&\w+;", "", words))]


def tags() -> list[str]:
    """Name the languages the theme has a file of."""
    return sorted(file.stem for file in LANGUAGES.glob(f"*{PO}"))


def read(tag: str) -> Catalog:
    """Read the file of a language."""
    file = LANGUAGES / f"{tag}{PO}"
    return parse_po(TemplateText(file.name, file.read_text()), Locale.parse(tag, sep="-"))


def faults(catalog: Catalog, wanted: Catalog) -> Iterator[str]:
    """Say what keeps a language from saying everything, and well."""
    known = {_key(message): message for message in catalog if message.id}
    needed = {_key(message): message for message in wanted if message.id}
    yield from (f"not translated: {key}" for key in needed if key not in known)
    yield from (f"nothing says it: {key}" for key in known if key not in needed)
    for key in known.keys() & needed.keys():
        yield from (f"{fault}: {key}" for fault in _faults(known[key], needed[key]))


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, forms(message.id)[0]


def forms(text: object) -> tuple[str, ...]:
    """Give the texts of a message, or of its translation: one, or one for each form of its plural."""
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type] # messages are text or forms of it


def _faults(translated: Message, message: Message) -> Iterator[str]:
    texts = forms(translated.string)
    if translated.fuzzy or not all(texts):
        yield "not translated"
        return
    if len(forms(translated.id)) != len(forms(message.id)):
        yield "has other plural forms than its message"
    open_ones = placeholders(forms(message.id)[-1])
    may_miss = {"count"} if message.pluralizable else set()  # "one story", "two stories" need no number
    for text in texts:
        if placeholders(text) | may_miss != open_ones | may_miss:
            yield f"leaves {sorted(placeholders(text))} open instead of {sorted(open_ones)}"
        if _tags(text) != _tags(forms(message.id)[-1]):
            yield "has other HTML than its message"


def _tags(text: str) -> list[str]:
    return sorted(re.findall(r"<[^>]*>", text))


def write(tag: str, wanted: Catalog) -> None:
    """Bring a language's file up to date with what is said."""
    file = LANGUAGES / f"{tag}{PO}"
    locale = Locale.parse(tag, sep="-")
    catalog = read(tag) if file.exists() else Catalog(locale)
    catalog.update(wanted, no_fuzzy_matching=True)
    text = BytesIO()
    write_po(text, catalog, width=0, ignore_obsolete=True, omit_header=True, include_lineno=False)
    head = HEAD.format(name=locale.english_name, tag=tag, plurals=catalog.plural_forms)
    file.write_text(head + text.getvalue().decode())


def main() -> int:
    """List the faults of all languages, after adding what is missing where `--write` asks for it."""
    wanted = said()
    if "--write" in sys.argv:
        for tag in {*tags(), *(name for name in sys.argv[1:] if not name.startswith("-"))}:
            write(tag, wanted)
    told = [f"{tag}: {fault}" for tag in tags() for fault in faults(read(tag), wanted)]
    print("\n".join(told) or "nothing is missing")  # noqa: T201 - what it is for
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
