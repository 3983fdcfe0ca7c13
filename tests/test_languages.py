"""Sites in the languages that the theme speaks, and in those that a file of their own teaches it."""

import re
from collections.abc import Callable

import pytest
from conftest import Project

from generator.model import DatelineError, Issue, Severity

PO = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n\n'
DUTCH = (
    PO.format("nl")
    + 'msgid "Topics"\nmsgstr "Onderwerpen"\n\nmsgctxt "topic"\nmsgid "Sport"\nmsgstr "Sporten"\n'
)
GERMAN = PO.format("de") + 'msgid "Topics"\nmsgstr "Ressorts"\n'


def site(project: Project, language: str, more: str = "") -> Project:
    """Make a site in a language, with three articles of two days, one of them in another language."""
    head = f'[site]\ntitle = "Test"\nbase_url = "https://news.example/"\nlanguage = "{language}"\n'
    return (
        project.write("dateline.toml", head + more)
        .article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T14:05:00Z", tags="[Cup]", source="Courier")
        .article("politics/2025-06-01/vote.md", "The vote", "2025-06-01T10:00:00Z", tags="[Cup]")
        .article(
            "arts/2025-06-02/dam.md", "Le barrage", "2025-06-02T09:00:00Z", language="fr-BE", tags="[Cup]"
        )
    )


@pytest.mark.parametrize(
    ("language", "begins", "says"),
    [
        (
            "en-GB",
            '<html lang="en-GB" dir="ltr">',
            ("Politics", "Monday, 2 June 2025", "14:05", "French (Belgium)"),
        ),
        (
            "de",
            '<html lang="de" dir="ltr">',
            ("Politik", "Montag, 2. Juni 2025", "14:05", "Französisch (Belgien)"),
        ),
        ("es", '<html lang="es" dir="ltr">', ("Política", "Lunes, 2 de junio de 2025", "Francés (Bélgica)")),
        (
            "ar",
            '<html lang="ar" dir="rtl">',
            ("السياسة", "الاثنين، 2 يونيو 2025", "2:05\u00a0م", "الفرنسية (بلجيكا)"),
        ),
        ("fr", '<html lang="fr" dir="ltr">', ("Politique", "Lundi 2 juin 2025", "14:05")),
    ],
)
def test_a_front_page_speaks_the_sites_language(
    project: Project, language: str, begins: str, says: tuple[str, ...]
) -> None:
    report = site(project, language).build()
    front = project.read("index.html")

    assert report.issues == ()
    assert begins in front
    assert [text for text in says if text not in front] == []


def test_every_page_is_in_one_language(project: Project) -> None:
    site(project, "de").article("sport/2025-06-03/b.md", "B", "2025-06-03", aliases="[/old/]").build()

    assert "<title>Seite nicht gefunden" in project.read("404.html")
    assert "<title>Themen" in project.read("topics/index.html")
    assert "3 Schlagwörter" not in project.read("tags/index.html")
    assert "1 Schlagwort" in project.read("tags/index.html")
    assert "<title>Juni 2025" in project.read("2025/06/index.html")
    assert "4 Meldungen" in project.read("2025/index.html")
    assert "Diese Seite ist umgezogen" in project.read("old/index.html")
    assert '<outline text="Themen">' in project.read("subscriptions.opml")
    assert "<category>Politik</category>" in project.read("rss.xml")


def test_an_article_without_a_topic_is_filed_in_the_sites_language(project: Project) -> None:
    site(project, "de").article("loose.md", "Loose", "2025-06-02").build()

    assert "<h1" in project.read("topics/general/index.html")
    assert "Vermischtes" in project.read("topics/general/index.html")
    assert "Vermischtes" in project.read("2025/06/02/loose/index.html")


def test_what_a_body_says_of_itself_is_in_the_sites_language(project: Project) -> None:
    body = 'A | B\n- | -\n1 | 2\n\nText[^1], `<div aria-label="Table">`.\n\n[^1]: Note.'
    site(project, "de").article("sport/2025-06-03/b.md", "B", "2025-06-03", body).build()
    page = project.read("2025/06/03/b/index.html")

    assert '<div aria-label="Tabelle" class="table"' in page
    assert '<code>&lt;div aria-label="Table"&gt;</code>' in page
    assert ' title="Zurück zum Text">' in page


def test_a_topic_that_the_owner_named_keeps_its_name(project: Project) -> None:
    site(
        project, "de", '[topics]\npolitics = "Aus dem Rathaus"\nweather = false\nharbour = "Hafen"\n'
    ).build()
    topics = project.read("topics/index.html")

    assert [name in topics for name in ("Aus dem Rathaus", "Hafen", "Wirtschaft", "Politik", "Wetter")] == [
        *(True, True, True),
        *(False, False),
    ]


def test_a_file_of_the_sites_own_teaches_a_language(project: Project) -> None:
    report = site(project, "nl").write("templates/languages/nl.po", DUTCH).build()
    front = project.read("index.html")

    assert report.issues == ()
    assert [text in front for text in ("Onderwerpen", "Sporten", "Politics", "Maandag 2 juni 2025")] == [
        True
    ] * 4


def test_a_file_of_the_sites_own_goes_before_the_themes(project: Project) -> None:
    site(project, "de").write("templates/languages/de.po", GERMAN).build()
    front = project.read("index.html")

    assert [text in front for text in ("Ressorts", "Themen", "Schlagwörter")] == [True, False, True]


@pytest.mark.parametrize("name", ["de-Latn-AT", "de_latn_at", "de-Latn", "de"])
def test_a_region_has_its_own_words_over_those_of_its_language(project: Project, name: str) -> None:
    site(project, "de-Latn-AT").write(f"templates/languages/{name}.po", GERMAN).build()
    front = project.read("index.html")

    assert [text in front for text in ("Ressorts", "Themen", "Schlagwörter")] == [True, False, True]


def test_files_of_languages_are_neither_templates_nor_published(project: Project) -> None:
    site(project, "en").write("templates/languages/nl.po", DUTCH).write("templates/languages/README", "{% if")
    assert project.build().issues == ()
    assert not [path for path in project.site() if path.endswith((".po", "README"))]

    project.write("templates/404.html", "{% include 'languages/nl.po' %}")
    with pytest.raises(DatelineError, match=r"^templates/404.html:1: there is no template called `languages"):
        project.build()


def test_a_language_that_nothing_teaches_is_told_once_and_english(project: Project) -> None:
    report = site(project, "nl-BE").build()
    message = (
        "nothing translates the theme to 'nl-BE', so it speaks English; templates/languages/nl-BE.po would"
    )

    assert report.issues == (Issue("dateline.toml", 4, message, Severity.WARNING),)
    assert project.build().issues == report.issues
    assert "Maandag 2 juni 2025" in project.read("index.html")
    assert "Skip to the content" in project.read("index.html")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (GERMAN + "nonsense\n", "de.po:7: "),
        (GERMAN + '\nmsgid "Draft"\nmsgstr "%(own)s"\n', r"de.po:8: %\(own\)s is no part of 'Draft'"),
        (GERMAN.encode() + b"\xff", "de.po:7: not UTF-8"),
    ],
)
def test_a_broken_file_is_an_error_and_the_site_stays(
    project: Project, text: str | bytes, error: str
) -> None:
    site(project, "de").build()
    before = project.site()
    project.write("templates/languages/de.po", text)

    with pytest.raises(DatelineError, match=f"^templates/languages/{error}"):
        project.article("sport/2025-06-03/b.md", "B", "2025-06-03").build()
    assert project.site() == before

    assert "2025/06/03/b/index.html" in project.remove("templates/languages/de.po").build().written


@pytest.mark.parametrize(
    ("more", "written"),
    [
        ('\nmsgid "Reading time"\nmsgstr "Dauer"\n', {"2025/06/02/cup/index.html"}),
        (
            '\nmsgid "Made with Dateline"\nmsgstr "Von Dateline"\n',
            {"index.html", "404.html", "tags/index.html"},
        ),
        ('\nmsgctxt "topic"\nmsgid "Sport"\nmsgstr "Leibesübungen"\n', {"rss.xml", "topics/sport/rss.xml"}),
    ],
)
def test_an_edited_file_rebuilds_what_a_clean_build_makes(
    project: Project, another: Callable[[], Project], more: str, written: set[str]
) -> None:
    site(project, "de").write("templates/languages/de.po", GERMAN).build()
    report = project.write("templates/languages/de.po", GERMAN + more).build()

    assert written <= {*report.written}
    clean = site(another(), "de").write("templates/languages/de.po", GERMAN + more)
    clean.build()
    assert project.site() == clean.site()
    assert project.build().written == ()


def test_an_edited_file_of_another_language_changes_nothing(project: Project) -> None:
    site(project, "de").build()

    assert project.write("templates/languages/nl.po", DUTCH).build().written == ()


def test_a_translated_page_names_its_translation_as_what_changed(project: Project) -> None:
    site(project, "de").build()
    report = project.write("templates/languages/de.po", GERMAN).build(explain="2025/06/02/cup/")

    assert report.explanation is not None
    assert [part.name for part in report.explanation.ingredients if part.changed] == ["closure"]


def test_a_story_in_another_language_is_marked_wherever_it_stands(project: Project) -> None:
    site(project, "ar").build()

    for path in ("index.html", "2025/06/02/index.html", "topics/arts/index.html", "tags/cup/index.html"):
        page = project.read(path)
        title = re.search(r'lang="fr-BE"[^<]*>(<a [^>]*>)?Le barrage<', page)
        assert title, path
        assert re.findall(r' dir="(\w+)"', page[: title.start()])[-1] == "ltr", path  # its story's
        assert "الفرنسية (بلجيكا)" in page, path
    article = project.read("2025/06/02/dam/index.html")
    assert re.search(r'<h1[^>]* lang="fr-BE" dir="ltr">Le barrage<', article)
    assert re.search(r'<div class="body[^>]* lang="fr-BE" dir="ltr">', article)
    assert "الفرنسية (بلجيكا)" in article


def test_a_story_in_the_sites_language_is_not_marked(project: Project) -> None:
    site(project, "fr").build()

    pages = "".join(data.decode() for path, data in project.site().items() if path.endswith(".html"))

    assert "Le barrage" in pages
    assert "fr-BE" not in pages
    assert "Français" not in pages


def test_an_article_without_a_topic_is_reported_under_the_name_that_pages_show(project: Project) -> None:
    project.write("dateline.toml", '[site]\nlanguage = "de"\n').article("sport/a.md", "A", "2025-06-02")
    (issue,) = project.article("b.md", "B", "2025-06-02").build().issues

    assert issue.message == "no topic; filed under Vermischtes"
    assert ">Vermischtes</a>" in project.read("2025/06/02/b/index.html")
