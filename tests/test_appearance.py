"""`[theme]`: what it sets, what of it can be wrong, and that a site follows it, built anew or not."""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Project

from generator import appearance, inputs
from generator.appearance import Fonts, Theme
from generator.config import parse_config
from generator.model import DatelineError
from generator.views import Shows

STYLESHEET = Path(__file__).parents[1] / "templates" / "assets" / "style.css"

MISTAKES = {
    "a colour by name": (
        '[theme]\n\naccent = "teal"',
        3,
        "`theme.accent` must be a colour such as `#005a4b`",
    ),
    "a colour that ends the style": ('[theme]\naccent = "#000}"', 2, "`theme.accent` must be a colour"),
    "a transparent colour": ('[theme]\naccent = "#00000080"', 2, "`theme.accent` must be a colour"),
    "a number for a colour": ("[theme]\naccent = 123", 2, "`theme.accent` expected `str`, got `int`"),
    "fonts like no other": ('[theme]\nfonts = "comic"', 2, '`theme.fonts` must be "serif" or "sans"'),
    "a number for fonts": ("[theme]\nfonts = 5", 2, "`theme.fonts` expected `str | object`, got `int`"),
    "an unknown font": (
        '[theme.fonts]\ntxet = "a"',
        2,
        "`theme.fonts.txet` is not known; did you mean `text`?",
    ),
    "a font of no text": ("[theme.fonts]\n\ntext = 5", 3, "`theme.fonts.text` expected `str`, got `int`"),
    "a font in a list": (
        '[theme]\nfonts = {text = "a, , b"}',
        2,
        "`theme.fonts.text` must be a list of fonts",
    ),
    "a topic that is not there": (
        '[theme]\nsections = [\n  "politics",\n  "sprot",\n]',
        2,
        "`theme.sections` names 'sprot', which is no topic of the site; did you mean `sport`?",
    ),
    "a topic like no other": ('[theme]\nsections = ["zzz"]', 2, "names 'zzz', which is no topic of the site"),
    "a misspelt part": (
        '[theme]\nhide = ["brief"]',
        2,
        "`theme.hide` names 'brief', which is no part of a page that can be hidden; did you mean `briefs`?",
    ),
    "a part like no other": (
        '[theme]\nhide = ["zzz"]',
        2,
        "known here: briefs, related, reading-time, trends",
    ),
    "a misspelt key": ('[theme]\n\nacent = "#000"', 3, "`theme.acent` is not known; did you mean `accent`?"),
    "a misspelt topic in the masthead": ('[theme]\nnavigation = ["sprot"]', 2, "did you mean `sport`?"),
}


@pytest.mark.parametrize("kind", sorted(MISTAKES))
def test_a_mistake_is_named_with_its_line(kind: str) -> None:
    text, line, message = MISTAKES[kind]

    with pytest.raises(DatelineError) as caught:
        parse_config(text)

    assert str(caught.value).startswith(f"dateline.toml:{line}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "families",
    [
        "Georgia",
        'Georgia, "Noto Serif", serif',
        "-apple-system, Segoe UI, 'Noto Sans Arabic', sans-serif",
        '"明朝", Überschrift',
    ],
)
def test_fonts_are_lists_of_families(families: str) -> None:
    theme = Theme(fonts=Fonts(text=families))

    assert list(appearance.mistakes(theme, theme.navigation)) == []
    assert appearance.style(theme) == f":root{{--serif:{families}}}"


@pytest.mark.parametrize(
    "families",
    [
        "a;color:red",
        "a}",
        "{",
        "</style>",
        '"a',
        "'a\"",
        '"a\nb"',
        '"a\\',
        '"a;b"',
        "a,",
        ",a",
        "a /* b",
        "url(a)",
        "12pt",
        "!important",
    ],
)
def test_what_could_end_a_declaration_is_no_font(families: str) -> None:
    theme = Theme(fonts=Fonts(furniture=families))

    assert [where for where, _ in appearance.mistakes(theme, theme.navigation)] == [("fonts", "furniture")]


def test_a_site_that_sets_nothing_adds_no_style() -> None:
    assert inputs.settings(parse_config("")).site.style == ""
    assert inputs.settings(parse_config('[theme]\nfonts = "serif"\naccent = ""\n')).site.style == ""


def test_the_accent_is_the_nearest_shade_that_can_be_read_and_for_screens_alone() -> None:
    assert appearance.style(Theme(accent="#0A6E5C")) == (
        "@media screen{:root{--accent:#006252}}"
        "@media screen and (prefers-color-scheme:dark){:root{--accent:#5cb09b}}"
    )


def test_fonts_are_set_for_what_is_read_and_for_what_surrounds_it() -> None:
    both = parse_config('[theme.fonts]\ntext = "Georgia, serif"\nfurniture = "Inter, sans-serif"\n').theme

    assert appearance.style(both) == ":root{--serif:Georgia, serif;--sans:Inter, sans-serif}"
    assert appearance.style(Theme(fonts="sans")) == ":root{--serif:var(--sans)}"


def test_what_is_hidden_is_said_by_name() -> None:
    site = inputs.settings(parse_config('[theme]\nhide = ["reading-time", "trends"]\n')).site

    assert site.shows == Shows(reading_time=False, trends=False)
    assert inputs.settings(parse_config("")).site.shows == Shows()


def test_the_parts_that_can_be_hidden_are_the_flags_of_the_site() -> None:
    shown = inputs.settings(parse_config(f"[theme]\nhide = {list(appearance.PARTS)}\n")).site.shows

    assert {name: getattr(shown, name) for name in Shows.__struct_fields__} == {
        part.replace("-", "_"): False for part in appearance.PARTS
    }


def test_the_papers_are_those_of_the_stylesheet() -> None:
    (light, light_tint), (dark, dark_tint) = appearance.LIGHT, appearance.DARK
    text = STYLESHEET.read_text()
    found = {name: re.findall(rf"--{name}: (#\w{{6}});", text)[:2] for name in ("paper", "tint")}

    assert found == {
        "paper": [str(light), str(dark)],
        "tint": [str(light_tint), str(dark_tint)],
    }


class Heads(HTMLParser):
    """Collects stylesheets and styles of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "style"
        if tag == "link" and dict(attrs).get("rel") == "stylesheet":
            self.found.append(str(dict(attrs)["href"]))

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)
            self.inside = False


def styles(page: str) -> list[str]:
    heads = Heads()
    heads.feed(page)
    return heads.found


def test_a_page_has_the_style_behind_its_stylesheet_and_only_if_there_is_any(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    assert styles(project.read("index.html")) == ["/assets/style.css"]

    project.configure("[theme.fonts]\ntext = 'Georgia, \"Noto Serif\", serif'\n").build()

    assert styles(project.read("index.html")) == [
        "/assets/style.css",
        ':root{--serif:Georgia, "Noto Serif", serif}',
    ]


STORIES = (
    "politics/2025-06-01/vote",
    "sport/2025-06-02/cup",
    "arts/2025-06-03/opera",
    "sport/2025-06-04/race",
)


def news(project: Project) -> Project:
    for path in STORIES:
        project.article(f"{path}.md", f"The {path.split('/')[2]}", path.split("/")[1], tags="[Town]")
    return project


def clean(another: Callable[[], Project], tables: str) -> Mapping[str, bytes]:
    there = news(another()).configure(tables)
    there.build()
    return there.site()


@pytest.mark.parametrize(
    "tables",
    [
        '[theme]\naccent = "#0a6"\n',
        '[theme]\nfonts = "sans"\n',
        '[theme]\nsections = ["sport"]\n',
        '[theme]\nhide = ["related", "reading-time", "briefs", "trends"]\n',
    ],
)
def test_a_site_follows_its_theme_as_one_built_anew_would(
    project: Project, another: Callable[[], Project], tables: str
) -> None:
    news(project).build()
    before = project.site()
    plain = (project.root / "dateline.toml").read_text()

    project.configure(tables).build()
    assert project.site() == clean(another, tables)

    project.write("dateline.toml", plain).build()
    assert project.site() == before


def test_another_accent_writes_the_pages_and_neither_feeds_nor_assets(project: Project) -> None:
    news(project).build()

    written = project.configure('[theme]\naccent = "#0a6"\n').build().written

    pages = [path for path in project.site() if path.endswith(".html")]
    assert sorted(written) == pages


def test_other_sections_write_the_front_page_alone(project: Project) -> None:
    news(project).build()

    written = project.configure('[theme]\nsections = ["arts"]\n').build().written

    assert written == ("index.html",)


def test_the_front_page_shows_the_stories_of_its_sections_alone(project: Project) -> None:
    news(project).configure('[theme]\nsections = ["sport", "politics", "sport"]\n').build()

    front = project.read("index.html")

    assert [path for path in STORIES if f"/{path.split('/')[2]}/" in front] == [
        "politics/2025-06-01/vote",
        "sport/2025-06-02/cup",
        "sport/2025-06-04/race",
    ]
    assert "The opera" in project.read("rss.xml")


def test_a_front_page_of_a_rare_topic_is_as_full_as_any(project: Project) -> None:
    for number in range(70):
        project.article(
            f"sport/2025-06-02/cup-{number}.md", f"Cup {number}", f"2025-06-02T10:{number % 60:02}"
        )
    project.article("arts/2025-05-01/opera.md", "The opera", "2025-05-01")
    project.article("arts/2025-05-02/play.md", "The play", "2025-05-02")

    project.configure('[theme]\nsections = ["arts"]\n').build()

    assert "The opera" in project.read("index.html")
    assert "The play" in project.read("index.html")


def test_a_new_story_of_a_section_reaches_the_front_page(
    project: Project, another: Callable[[], Project]
) -> None:
    tables = '[theme]\nsections = ["sport"]\n'
    news(project).configure(tables).build()

    project.article("sport/2025-06-05/final.md", "The final", "2025-06-05").build()

    there = news(another()).configure(tables)
    there.article("sport/2025-06-05/final.md", "The final", "2025-06-05").build()
    assert "The final" in project.read("index.html")
    assert project.site() == there.site()
