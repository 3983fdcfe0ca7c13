"""What the theme says in other languages, and what files that translate it may get wrong."""

import re

import messages
import pytest

from generator.locales import Locale
from generator.model import DatelineError, Language, TemplateText
from generator.speech import Speech
from generator.theme import default_folder, read_theme
from generator.translations import read_translations

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
STORIES = 'msgid "%(count)s story"\nmsgid_plural "%(count)s stories"\n'


def po(text: str, path: str = "templates/languages/nl.po") -> TemplateText:
    return TemplateText(path, HEAD + text)


def speech(tag: str, *files: TemplateText) -> Speech:
    """Speak a language as the theme does, and as further files say."""
    language = read_theme(default_folder().parent, "no templates of its own").language(tag)
    return Speech(Locale(Language(tag, (*language.files, *files))))


def count(tag: str, number: int) -> str:
    return speech(tag).ngettext("%(count)s story", "%(count)s stories", number, count=number)


def test_the_theme_speaks_five_languages() -> None:
    assert ["en", *messages.tags()] == ["en", "ar", "de", "es", "fr"]


@pytest.mark.parametrize("tag", messages.tags())
def test_a_language_says_all_that_the_theme_says_and_nothing_else(tag: str) -> None:
    """`python tests/messages.py --write` adds what is missing, for somebody to translate."""
    assert list(messages.faults(messages.read(tag), messages.said())) == []


@pytest.mark.parametrize("name", sorted(file.name for file in default_folder().glob("*.html")))
def test_what_a_template_says_is_marked_for_translation(name: str) -> None:
    assert messages.unmarked((default_folder() / name).read_text()) == []


def test_unmarked_words_are_found() -> None:
    text = '<p class="a">{{ _("Marked") }} and not</p><img alt="A dog"><b title="{{ _("Yes") }}">RSS</b>'

    assert messages.unmarked(text) == ["and not", "A dog"]


def test_french_signs_stay_with_the_words_before_them() -> None:
    texts = [text for message in messages.read("fr") for text in messages.forms(message.string)]

    assert [text for text in texts if re.search(r" [:;?!»]", text)] == []


def test_faults_of_a_translation_are_found() -> None:
    catalog = messages.read("de")
    for key, text in (("Draft", ""), ("Topics", "<b>Themen</b>"), ("More in %(topic)s", "Mehr")):
        catalog[key].string = text
    catalog.delete("Tags")
    catalog.add("Never said", "Nie gesagt")

    assert sorted(messages.faults(catalog, messages.said())) == [
        "has other HTML than its message: (None, 'Topics')",
        "leaves [] open instead of ['topic']: (None, 'More in %(topic)s')",
        "not translated: (None, 'Draft')",
        "not translated: (None, 'Tags')",
        "nothing says it: (None, 'Never said')",
    ]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", ("Topics", "More in Sport", "Skip to the content")),
        ("en-GB", ("Topics", "More in Sport", "Skip to the content")),
        ("de", ("Themen", "Mehr aus Sport", "Zum Inhalt springen")),
        ("fr", ("Rubriques", "Plus d’articles\xa0: Sport", "Aller au contenu")),
        ("es-MX", ("Temas", "Más en Sport", "Ir al contenido")),
        ("ar", ("الموضوعات", "المزيد في Sport", "انتقل إلى المحتوى")),
    ],
)
def test_a_language_has_words_of_its_own(tag: str, words: tuple[str, ...]) -> None:
    said = speech(tag)

    assert words == (
        said.gettext("Topics"),
        said.gettext("More in %(topic)s", topic="Sport"),
        said.gettext("Skip to the content"),
    )


@pytest.mark.parametrize(
    ("tag", "counts"),
    [
        ("en", {0: "0 stories", 1: "1 story", 2: "2 stories", 12345: "12,345 stories"}),
        ("de", {0: "0 Meldungen", 1: "1 Meldung", 2: "2 Meldungen", 12345: "12.345 Meldungen"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles", 12345: "12\u202f345 articles"}),
        ("es", {0: "0 noticias", 1: "1 noticia", 2: "2 noticias", 12345: "12.345 noticias"}),
        (
            "ar",
            {
                0: "لا أخبار",
                1: "خبر واحد",
                2: "خبران",
                3: "3 أخبار",
                11: "11 خبرًا",
                100: "100 خبر",
                103: "103 أخبار",
                12345: "12,345 خبرًا",
            },
        ),
    ],
)
def test_a_language_counts_its_own_way(tag: str, counts: dict[int, str]) -> None:
    assert {number: count(tag, number) for number in counts} == counts


def test_a_message_is_text_unless_it_has_tags() -> None:
    said = speech(
        "nl",
        po(
            'msgid "Draft"\nmsgstr "<i>\\"A & B\\"</i>"\n\nmsgid "<b>%(name)s</b>"\nmsgstr "<i>%(name)s</i>"\n'
        ),
    )

    assert said.gettext("Draft") == "&lt;i&gt;&#34;A &amp; B&#34;&lt;/i&gt;"
    assert said.gettext("<b>%(name)s</b>", name="A & B") == "<i>A &amp; B</i>"


def test_a_message_means_what_its_context_says() -> None:
    own = 'msgctxt "topic"\nmsgid "Sport"\nmsgstr "Sport (Ressort)"\n'
    many = f'msgctxt "pages"\n{STORIES}msgstr[0] "%(count)s Blatt"\nmsgstr[1] "%(count)s Blätter"\n'
    said = speech("nl", po(f"{own}\n{many}"))

    assert (said.gettext("Sport"), said.pgettext("topic", "Sport")) == ("Sport", "Sport (Ressort)")
    assert said.npgettext("pages", "%(count)s story", "%(count)s stories", 2, count=2) == "2 Blätter"


def test_a_later_file_goes_first_and_the_rest_stays() -> None:
    own = po(
        'msgid "Topics"\nmsgstr "Ressorts"\n\nmsgid "Tags"\nmsgstr ""\n\n#, fuzzy\nmsgid "Sources"\nmsgstr "?"\n'
    )
    said = speech("de", own)

    assert [said.gettext(text) for text in ("Topics", "Tags", "Sources", "Draft")] == [
        "Ressorts",
        "Schlagwörter",
        "Quellen",
        "Entwurf",
    ]


def test_a_file_without_plural_forms_has_those_of_its_language() -> None:
    forms = "".join(f'msgstr[{number}] "%(count)s: {number}"\n' for number in range(3))
    said = Speech(Locale(Language("pl", (TemplateText("pl.po", STORIES + forms),))))
    counts = [
        said.ngettext("%(count)s story", "%(count)s stories", number, count=number)
        for number in (1, 2, 5, 22)
    ]

    assert counts == ["1: 0", "2: 1", "5: 2", "22: 1"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("nonsense\n", 5, "Unknown or misformatted keyword"),
        ('msgid "Tags"\n', 5, "missing msgstr for msgid 'Tags'"),
        ('msgid "Tags"\nmsgstr "50 %"\n', 5, "a percent sign stands for itself as %%: '50 %'"),
        ('msgid "Tags"\nmsgstr "50 %d"\n', 5, "a percent sign stands for itself as %%: '50 %d'"),
        ('\nmsgid "Tags of %(name)s"\nmsgstr "%(nmae)s"\n', 6, "%(nmae)s is no part of 'Tags of %(name)s'"),
        (f'{STORIES}msgstr[0] "a"\n', 5, "'%(count)s story' needs 2 plural forms and has 1; Plural-Forms"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(DatelineError) as raised:
        read_translations([po(text)])

    assert str(raised.value).startswith(f"templates/languages/nl.po:{line}: {message}")


@pytest.mark.parametrize(
    "plurals",
    [
        "nplurals=2; plural=import os;",
        "nplurals=x; plural=n;",
        "nplurals=2; plural=n/0;",
        "nplurals=1000000000; plural=n;",
    ],
)
def test_plural_forms_that_are_none_are_a_mistake(plurals: str) -> None:
    file = TemplateText("nl.po", f'msgid ""\nmsgstr ""\n"Plural-Forms: {plurals}\\n"\n')

    with pytest.raises(DatelineError, match=r"^nl\.po:1: "):
        read_translations([file])
