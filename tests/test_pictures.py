"""Pictures keep their place before they are there, and wait until somebody comes to them."""

import os
import struct
from pathlib import Path

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from samples import gif, jpeg, png

from generator import image_sizes, markdown, pictures

ARTICLE = "sport/2025-06-02/cup.md"
PAGE = "2025/06/02/cup/index.html"
FOLDER = "content/sport/2025-06-02"


def prepared(text: str, *, above: bool = True) -> str:
    sizes = {"sport/2025-06-02/a.png": (30, 20), "sport/2025-06-02/in/b c.png": (3, 2)}
    return pictures.prepare(markdown.render_markdown(text), ARTICLE, sizes.get, above=above)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![A](a.png)", '<img alt="A" src="a.png" loading="lazy" decoding="async" width="30" height="20">'),
        (
            "![A](./a.png?x#y)",
            '<img alt="A" src="./a.png?x#y" loading="lazy" decoding="async" width="30" height="20">',
        ),
        (
            "![A](<in/b c.png>)",
            '<img alt="A" src="in/b c.png" loading="lazy" decoding="async" width="3" height="2">',
        ),
        (
            "<img src=a.png>",
            '<img src="a.png" alt="" loading="lazy" decoding="async" width="30" height="20">',
        ),
        ("![A](gone.png)", '<img alt="A" src="gone.png" loading="lazy" decoding="async">'),
        ("![A](../a.png)", '<img alt="A" src="../a.png" loading="lazy" decoding="async">'),
        (
            "![A](https://x.example/a.png)",
            '<img alt="A" src="https://x.example/a.png" loading="lazy" decoding="async">',
        ),
        (
            '<img src="a.png" width="5" loading="eager">',
            '<img src="a.png" width="5" loading="eager" alt="" decoding="async">',
        ),
    ],
)
def test_a_picture_is_loaded_when_it_is_wanted_into_its_own_place(text: str, expected: str) -> None:
    assert prepared(text) == f"<p>{expected}</p>"


def test_one_that_stands_at_the_very_beginning_is_not_waited_for() -> None:
    body = "![A](a.png)\n\n![B](a.png)"

    assert prepared(body, above=False).count('loading="lazy"') == 1
    assert prepared(body, above=True).count('loading="lazy"') == 2
    assert prepared(f"Text.\n\n{body}", above=False).count('loading="lazy"') == 2


def test_what_only_looks_like_a_picture_stays_as_it_is() -> None:
    html = markdown.render_markdown(
        '`<img src="a.png">`\n\n<abbr title="<img src=a.png>">A</abbr> ![A](b.png)'
    )

    assert prepared('`<img src="a.png">`') == markdown.render_markdown('`<img src="a.png">`')
    assert (
        pictures.prepare(html, ARTICLE, lambda _: None, above=True).replace(
            ' loading="lazy" decoding="async"', ""
        )
        == html
    )


def test_what_was_prepared_is_safe_html_still() -> None:
    html = prepared("![A](a.png)\n\n[![B](a.png)](https://x.example/)")

    assert markdown.sanitise(html).count('width="30"') == 2
    assert markdown.sanitise(html).count('loading="lazy"') == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(640, 480), (640, 480)),
        (gif(7, 9), (7, 9)),
        (jpeg(40, 30), (40, 30)),
        (jpeg(40, 30, orientation=6), (30, 40)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>', (20, 10)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="20.6px" height="1in"/>', (21, 96)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 22.4"/>', None),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>', None),
        (png(0, 480), None),
        (png(2_000_000_000, 480), None),
        (png(640, 480)[:18], None),
        (b"", None),
        (b"no picture", None),
    ],
)
def test_the_beginning_of_a_file_tells_its_size(
    tmp_path: Path, data: bytes, expected: tuple[int, int] | None
) -> None:
    (tmp_path / "a.png").write_bytes(data)

    assert image_sizes.measure(tmp_path, "a.png") == expected


@given(
    begin=st.sampled_from(
        (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"<svg ", b"RIFF", b"II*\0")
    ),
    rest=st.binary(max_size=200),
)
def test_a_damaged_file_has_no_size_or_a_possible_one(
    tmp_path_factory: pytest.TempPathFactory, begin: bytes, rest: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "damaged").write_bytes(begin + rest)

    size = image_sizes.measure(folder, "damaged")

    assert size is None or all(type(side) is int and 0 < side <= image_sizes.LARGEST for side in size)


def test_only_what_a_scan_would_find_is_looked_at(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "outside.png").write_bytes(png(1, 1))
    (content / ".hidden.png").write_bytes(png(1, 1))
    (content / "link.png").symlink_to(tmp_path / "outside.png")
    (content / "folder.png").mkdir()
    (content / "own.md").write_bytes(png(1, 1))

    names = (".hidden.png", "link.png", "folder.png", "gone.png", "own.md")

    assert {image_sizes.measure(content, name) for name in names} == {None}


def test_the_picture_of_an_article_has_its_size_wherever_it_is_shown(project: Project) -> None:
    project.write(f"{FOLDER}/a.png", png(640, 480))
    project.article(ARTICLE, "Cup", "2025-06-02", image="a.png").build()

    picture = (
        '<img class="u-photo" src="/2025/06/02/cup/a.png" alt="" decoding="async" width="640" height="480"'
    )
    page, front = project.read(PAGE), project.read("index.html")

    assert f'{picture} fetchpriority="high">' in page
    assert picture in front
    assert (
        '"image":{"@type":"ImageObject","url":"https://news.example/2025/06/02/cup/a.png","width":640,"height":480}'
        in page
    )
    assert '<meta property="og:image:width" content="640">' in page
    assert '<meta property="og:image:height" content="480">' in page


def test_what_is_no_picture_is_shown_nowhere_until_it_is_one(project: Project) -> None:
    project.article(ARTICLE, "Cup", "2025-06-02", image="a.png")
    said = f"content/{ARTICLE}:1: `image` is not shown: 'a.png' beside this file is no picture"

    for damaged in (None, b"picture"):
        if damaged:
            project.write(f"{FOLDER}/a.png", damaged)
        report = project.build()

        assert said in map(str, report.issues)
        assert "a.png" not in project.read(PAGE) + project.read("index.html") + project.read("feed.json")

    assert project.write(f"{FOLDER}/a.png", png(640, 480)).build().issues == ()
    assert 'src="/2025/06/02/cup/a.png"' in project.read("index.html")


def test_a_picture_from_elsewhere_has_no_size(project: Project) -> None:
    project.article(ARTICLE, "Cup", "2025-06-02", image="https://x.example/a.png").build()

    assert (
        '<img class="u-photo" src="https://x.example/a.png" alt="" decoding="async" fetchpriority="high"'
        in project.read(PAGE)
    )
    assert "og:image:width" not in project.read(PAGE)


def test_another_picture_of_the_same_name_is_shown_in_its_own_size(project: Project) -> None:
    project.article(ARTICLE, "Cup", "2025-06-02", body="![A](a.png) ![B](b.png)", image="b.png").build()
    assert "height=" not in project.read(PAGE)

    for size in (30, 40):
        project.write(f"{FOLDER}/a.png", png(size, 20)).write(f"{FOLDER}/b.png", png(20, size)).build()

        assert f'src="a.png" loading="lazy" decoding="async" width="{size}" height="20">' in project.read(
            PAGE
        )
        assert f'width="20" height="{size}" fetchpriority' in project.read(PAGE)
        assert f'width="20" height="{size}" fetchpriority' in project.read("index.html")

    project.remove(f"{FOLDER}/a.png").build()

    assert 'src="a.png" loading="lazy" decoding="async">' in project.read(PAGE)


def test_a_build_that_is_told_of_the_picture_alone_shows_its_size(project: Project) -> None:
    project.article(ARTICLE, "Cup", "2025-06-02", body="![A](a.png)").build()

    project.write(f"{FOLDER}/a.png", png(30, 20)).build(paths=("sport/2025-06-02/a.png",))

    assert 'width="30" height="20"' in project.read(PAGE)


def test_a_picture_whose_change_only_reading_tells_is_found_by_verifying(project: Project) -> None:
    project.write(f"{FOLDER}/a.png", png(30, 20)).article(
        ARTICLE, "Cup", "2025-06-02", body="![A](a.png)"
    ).build()
    picture = project.root / FOLDER / "a.png"
    times = picture.stat()
    picture.write_bytes(png(31, 20))
    os.utime(picture, ns=(times.st_atime_ns, times.st_mtime_ns))

    project.build(verify=True)

    assert 'width="31" height="20"' in project.read(PAGE)


def test_a_picture_is_no_larger_than_its_header() -> None:
    assert struct.unpack(">II", png(30, 20)[16:24]) == (30, 20)
