"""What planning says in the site's language, from the words of its locale: names of topics, indexes and groups."""

from generator.config import Config
from generator.inputs import NAMES
from generator.locales import speak
from generator.model import Language
from generator.records import changed
from generator.taxonomy import TAXONOMY

TOPIC = "topic"
"""The context (`msgctxt`) of the messages that name topics."""


def localise(config: Config, language: Language) -> Config:
    """Give a configuration whose topics are named in the site's language, where their owner names no others.

    Raises:
        DatelineError: a translation is broken; the message begins with its path and line.
    """
    words = speak(language).words
    labels: dict[str, str | bool] = {topic.slug: words.pgettext(TOPIC, topic.label) for topic in TAXONOMY}
    own = {slug: label for slug, label in config.topics.items() if label is not True}
    return changed(config, topics=labels | own)


def languages(language: Language) -> dict[str, str]:
    """Name every language in the site's, by its code, as CLDR has it."""
    return speak(language).languages()


def names(language: Language) -> dict[str, str]:
    """Name in the site's language what `inputs.NAMES` names in English.

    Raises:
        DatelineError: as `localise`.
    """
    words = speak(language).words
    return {name: words.gettext(text) for name, text in NAMES.items()}
