"""Addresses: which file a request may reach, what it is sent as, and which part of it is wanted."""

import os
from pathlib import Path

import pytest
from conftest import write

from generator.addresses import (
    Folder,
    Validators,
    is_embedded,
    is_known,
    is_ours,
    open_file,
    parse_address,
    part,
    read_open,
    version,
)

STATE = Validators('"a-1"', 784111777, "Sun, 06 Nov 1994 08:49:37 GMT")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (b"/", ("",)),
        (b"/a", ("a",)),
        (b"/a/", ("a", "")),
        (b"/a%20b/c.html", ("a b", "c.html")),
        (b"/%E5%8C%97%E4%BA%AC/", ("北京", "")),
        (b"/a+b", ("a+b",)),
        (b"/100%", ("100%",)),
        (b"/%25", ("%",)),
        (b"/%2541", ("%41",)),
        (b"/" + 255 * b"x", (255 * "x",)),
    ],
)
def test_an_address_is_split_and_then_decoded_once(path: bytes, names: tuple[str, ...]) -> None:
    assert parse_address(path) == names


@pytest.mark.parametrize(
    "path",
    [
        b"",
        b"*",
        b"a",
        b"http://localhost/a",
        b"//",
        b"//a",
        b"/a//b",
        b"/a//",
        b"/%2f",
        b"/a%2Fb",
        b"/a%5Cb",
        b"/a\\b",
        b"/a%00",
        b"/a%0d%0ab",
        b"/%7f",
        b"/%c2%85",
        b"/%ff",
        b"/\xff",
        b"/%c0%ae",
        b"/%ed%a0%80",
        b"/" + 256 * b"x",
        b"/" + 86 * b"%e5%8c%97",
    ],
)
def test_what_is_no_address_of_a_file_is_refused(path: bytes) -> None:
    assert parse_address(path) is None


def found(folder: Folder, *names: str) -> str | None:
    """Read what is found."""
    try:
        handle, look = open_file(folder.find(names))
    except OSError:
        return None
    try:
        return read_open(handle, range(look.st_size)).decode()
    finally:
        os.close(handle)


def test_files_are_found_and_the_index_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "index.html", "a/index.html", "a/b.txt", ".well-known/security.txt")
    folder = Folder(tmp_path)

    assert found(folder, "") == "index.html"
    assert found(folder, "a", "") == "a/index.html"
    assert found(folder, "a", "b.txt") == "a/b.txt"
    assert found(folder, ".well-known", "security.txt") == ".well-known/security.txt"


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "gone",
        "gone/index.html",
        "index.html/",
        "index.html/a",
        "a/b/",
        ".dateline",
        "..",
        "../secret",
        ".",
        "./index.html",
        "a/..",
        "a/../index.html",
        ".hidden/a",
        "a/.hidden",
        "a/.well-known/a",
        ".well-known/.hidden",
        ".well-known/../index.html",
        "a\0",
        "/".join(100 * ["x" * 255]),
    ],
)
def test_nothing_else_is_found(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    write(site, "index.html", "a/index.html", ".dateline", ".hidden/a", "a/.hidden", "a/.well-known/a")
    write(site, ".well-known/a", ".well-known/.hidden")
    write(tmp_path, "secret")

    assert found(Folder(site), *path.split("/")) is None


def test_links_are_followed_to_what_may_be_served_and_nowhere_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, "a/b", ".dateline", "c/.hidden")
    write(tmp_path, "secret/b", "site-and-more/b")
    links = {
        "inside": "a/b",
        "whole": "a",
        "up": "../site/a/b",
        "twice": "inside",
        "out": "../secret/b",
        "folder": "../secret",
        "beside": "../site-and-more/b",
        "above": "..",
        "absolute": str(tmp_path / "secret/b"),
        "journal": ".dateline",
        "hidden": "c/.hidden",
        "nowhere": "gone",
        "round": "round",
        "null": "/dev/null",
        "self": ".",
    }
    for name, target in links.items():
        (site / name).symlink_to(target)
    folder = Folder(site)

    assert [found(folder, name) for name in ("inside", "up", "twice")] == 3 * ["a/b"]
    assert found(folder, "whole", "b") == "a/b"
    refused: list[tuple[str, ...]] = [(name,) for name in links if name not in {"inside", "up", "twice"}]
    refused += [("folder", "b"), ("above", "secret", "b"), ("self", ".dateline"), ("round", "b")]
    assert [names for names in refused if found(folder, *names) is not None] == []


def test_the_folder_itself_may_be_a_link_or_not_there_yet(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("site")
    folder = Folder(tmp_path / "link")
    assert found(folder, "a") is None

    write(tmp_path / "site", "a")

    assert found(folder, "a") == "a"


def test_only_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    write(tmp_path, "a", "b/c")
    folder = Folder(tmp_path)
    place = folder.find(("a",))
    (tmp_path / "a").unlink()

    assert found(folder, "pipe") is found(folder, "b") is None
    with pytest.raises(FileNotFoundError):
        open_file(place)
    os.mkfifo(tmp_path / "a")
    with pytest.raises(FileNotFoundError):
        open_file(place)
    (tmp_path / "a").unlink()
    (tmp_path / "a").symlink_to("b/c")
    with pytest.raises(OSError, match="link"):
        open_file(place)


def test_reading_stops_where_the_file_does(tmp_path: Path) -> None:
    write(tmp_path, "abc")
    handle, _ = open_file(Folder(tmp_path).find(("abc",)))

    assert [read_open(handle, span) for span in (range(3), range(1, 9), range(5, 9), range(0))] == [
        b"abc",
        b"bc",
        b"",
        b"",
    ]
    os.close(handle)


def test_another_size_or_time_is_another_state(tmp_path: Path) -> None:
    write(tmp_path, "a")
    states = {version((tmp_path / "a").stat())}
    os.utime(tmp_path / "a", ns=(0, 1))
    states.add(version((tmp_path / "a").stat()))
    (tmp_path / "a").write_text("ab")
    os.utime(tmp_path / "a", ns=(0, 1))
    states.add(version((tmp_path / "a").stat()))

    assert len(states) == 3


def test_pages_embed_images_fonts_scripts_and_films() -> None:
    embedded = ["a/b.png", "a.svg", "a.woff2", "a.js", "a.mp4", "a.mp3", "a.vtt"]
    others = ["a.html", "rss.xml", "feed.json", "a.opml", "a.txt", "a.css", "a.pf_index", "CNAME", ".png/a"]

    assert [path for path in embedded + others if is_embedded(path)] == embedded


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost:8000",
        "localhost.",
        "localhost.:80",
        "localhost:",
        "news.localhost:1",
        "127.0.0.1",
        "127.0.0.1:8000",
        "192.168.1.7:8000",
        "[::1]",
        "[::1]:8000",
        "[fe80::1]",
        "mine.example:8000",
    ],
)
def test_a_server_goes_by_numbers_localhost_and_its_own_name(host: str) -> None:
    assert is_ours(host, "mine.example")


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8000",
        "evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "mine.example.evil.example",
        "127.0.0.1.evil.example",
        "127.1",
        "2130706433",
        "::1",
        "[::1",
        "[evil.example]",
        "a@localhost",
        "localhost:80:80",
        "localhost:x",
        "localhost evil",
        "localhost,evil.example",
        "local\nhost",
    ],
)
def test_a_server_goes_by_no_other_name(host: str) -> None:
    assert not is_ours(host, "mine.example")
    assert not is_ours(host, "")


@pytest.mark.parametrize(
    ("field", "value", "known"),
    [
        ("if-none-match", '"a-1"', True),
        ("if-none-match", 'W/"a-1"', True),
        ("if-none-match", '"x", "a-1"', True),
        ("if-none-match", '"x,y" ,W/"a-1" , "z"', True),
        ("if-none-match", " * ", True),
        ("if-none-match", '"x"', False),
        ("if-none-match", "a-1", False),
        ("if-none-match", "", False),
        ("if-none-match", '"a-1', False),
        ("if-modified-since", STATE.date, True),
        ("if-modified-since", "Sunday, 06-Nov-94 08:49:37 GMT", True),
        ("if-modified-since", "Sun Nov  6 08:49:37 1994", True),
        ("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT", False),
        ("if-modified-since", "Mon, 07 Nov 1994 00:00:00 GMT", True),
        ("if-modified-since", "yesterday", False),
        ("if-modified-since", "", False),
        ("if-modified-since", "Sun, 99 Nov 1994 08:49:37 GMT", False),
        ("if-modified-since", "Sun, 06 Nov 99999999999 08:49:37 GMT", False),
        ("if-match", '"a-1"', False),
    ],
)
def test_a_client_that_has_the_state_is_told_so(field: str, value: str, known: bool) -> None:  # noqa: FBT001
    assert is_known({field: value}, STATE) is known


def test_the_tag_counts_before_the_date() -> None:
    assert not is_known({"if-none-match": '"x"', "if-modified-since": STATE.date}, STATE)


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=2-5", range(2, 6)),
        ("bytes=2-", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("bytes=5-99", range(5, 10)),
        ("Bytes= 0-3 ", range(4)),
        ("bytes=10-", range(0)),
        ("bytes=99-200", range(0)),
        ("bytes=-0", range(0)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes", None),
        ("bytes=a-b", None),
        ("bytes=0-1,3-4", None),
        ("bytes=1-2-3", None),
        ("lines=0-1", None),
        ("bytes=--1", None),
        ("bytes=0-" + 5000 * "9", None),
        ("", None),
    ],
)
def test_a_part_is_the_one_asked_for(asked: str, span: range | None) -> None:
    given = part({"range": asked}, STATE, 10)

    assert (given is None) == (span is None)
    assert list(given or ()) == list(span or ())


def test_an_empty_file_has_no_parts() -> None:
    assert part({"range": "bytes=-5"}, STATE, 0) is None
    assert part({"range": "bytes=0-"}, STATE, 0) == range(0)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [(STATE.tag, True), (STATE.date, True), ("W/" + STATE.tag, False), ('"x"', False), ("", False)],
)
def test_a_part_of_another_state_is_never_given(condition: str, holds: bool) -> None:  # noqa: FBT001
    given = part({"range": "bytes=1-2", "if-range": condition}, STATE, 10)

    assert given == (range(1, 3) if holds else None)
