"""Three to eight tags for an article: the people, places and organisations it is about, and its subjects."""

from collections.abc import Sequence

from generator.ingest.tagging.english_tags import find_certain_names, find_english_tags
from generator.ingest.tagging.gazetteer import LANGUAGES
from generator.ingest.tagging.listed_tags import find_listed_tags


def find_tags(
    title: str, paragraphs: Sequence[str], source: str = "", *, language: str = "en", most: int = 8
) -> tuple[str, ...]:
    """Find the tags of an article, best first: at most `most`, at least three where the text gives any.

    Args:
        title: the headline, plain text.
        paragraphs: the body, plain text.
        source: who published it; its own name is no tag.
        language: a BCP 47 tag. English is read word for word; German, French, Spanish, Arabic and Japanese by the
            lists in their `tags.toml` and by what surely shows a name. In another language, or where it is unknown
            (""), only names that are certain in any are tags.
        most: how many tags are wanted.

    Names of people, places and organisations stand in their fullest form, subjects in lower case where the language
    has it, both as `tags.toml` spells them if it does. Tags rank by how often, how early and in how many paragraphs
    they are mentioned, and by whether the title does.
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    if code == "en":
        found = find_english_tags(title, paragraphs, source, most)
    elif code in LANGUAGES:
        found = find_listed_tags(title, paragraphs, source, code, most)
    else:
        found = find_certain_names(title, paragraphs, source, most)
    return tuple(found)
