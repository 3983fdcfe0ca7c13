"""The plan of a publish and the manifest: pure."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import DatelineError
from generator.publishing.git.branch import DOMAINS, NO_JEKYLL
from generator.publishing.host import LOCK, MANIFEST
from generator.publishing.manifest import UNKNOWN, Manifest, parse_manifest, render_manifest
from generator.publishing.plan import Stage, allowance, plan_pending, plan_publish, settle, stage

DIGEST = st.binary(min_size=32, max_size=32).map(bytes.hex)
NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1)
PATH = st.lists(NAME.filter(lambda name: not name.startswith(".")), min_size=1, max_size=3).map("/".join)
PATHS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([UNKNOWN, "1", "2", "3"]))


@pytest.mark.parametrize(
    ("path", "when"),
    [
        ("assets/style.css", Stage.ASSETS),
        ("2025/06/02/cup/cup.png", Stage.ASSETS),
        ("2025/06/02/cup/notes.txt", Stage.ASSETS),
        ("pagefind/en-1/pagefind.js", Stage.ASSETS),
        ("2025/06/02/cup/index.html", Stage.ARTICLES),
        ("about/index.html", Stage.ARTICLES),
        ("old/address/index.html", Stage.ARTICLES),
        ("2025/06/02/index.html", Stage.LISTINGS),
        ("2025/index.html", Stage.LISTINGS),
        ("topics/sport/index.html", Stage.LISTINGS),
        ("topics/sport/2025/06/index.html", Stage.LISTINGS),
        ("tags/index.html", Stage.LISTINGS),
        ("trends/index.html", Stage.LISTINGS),
        ("pagefind/parts.json", Stage.LISTINGS),
        ("index.html", Stage.FRONT),
        ("rss.xml", Stage.FEEDS),
        ("topics/sport/feed.json", Stage.FEEDS),
        ("2025/06/sitemap.xml", Stage.FEEDS),
        ("subscriptions.opml", Stage.FEEDS),
        ("robots.txt", Stage.FEEDS),
    ],
)
def test_when_a_changed_file_goes(path: str, when: Stage) -> None:
    assert stage(path) is when


@given(PATHS, PATHS, PATHS, PATHS)
def test_a_plan_that_is_carried_out_leaves_what_is_wanted(
    site: dict[str, str], published: dict[str, str], pending: dict[str, str], others: dict[str, str]
) -> None:
    wanted = {path: digest for path, digest in site.items() if digest != UNKNOWN}
    known = published.keys() | pending.keys()
    standing = others | settle(published, pending)

    plan = plan_publish(wanted, known, standing)

    assert sorted((*plan.to_upload, *plan.same)) == sorted(wanted)
    assert set(plan.deletions) == known - wanted.keys()
    assert {*plan.claimed, *plan.foreign, *plan.same} >= others.keys() - known
    assert not {*plan.claimed, *plan.foreign} & known
    assert plan_pending(plan, wanted).keys() == {*plan.to_upload, *plan.deletions}


@given(PATHS, PATHS)
def test_what_a_publisher_that_was_stopped_was_changing_is_never_taken_for_the_same(
    published: dict[str, str], pending: dict[str, str]
) -> None:
    standing = settle(published, pending)

    for path, digest in pending.items():
        assert standing.get(path, UNKNOWN) in {UNKNOWN, digest}
    assert standing.keys() == published.keys()


@given(
    st.dictionaries(PATH, DIGEST),
    st.sampled_from(["", "gzip"]),
    st.sampled_from(["", "https://a.example/b", "https://a.example/\u2028/"]),
)
def test_a_manifest_is_read_back_as_it_was_written(digests: dict[str, str], form: str, site: str) -> None:
    data = render_manifest(Manifest(digests, form, site))

    assert parse_manifest(data) == Manifest(digests, form, site)
    assert parse_manifest(data[:-1]) is None


@given(st.binary())
def test_whatever_stands_in_its_place_is_no_manifest_or_one(data: bytes) -> None:
    found = parse_manifest(data)

    assert found is None or set(map(len, found.digests.values())) <= {64}


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/x",
        "a/../../x",
        "a//x",
        "./x",
        ".",
        "a/",
        "x\0y",
        LOCK,
        MANIFEST,
        ".git/config",
        "a/.ssh/x",
    ],
)
def test_what_names_other_files_than_a_publish_puts_there_is_no_manifest(path: str) -> None:
    good = Manifest({"index.html": "1" * 64, NO_JEKYLL: "2" * 64, DOMAINS: "3" * 64})

    assert parse_manifest(render_manifest(good)) == good
    assert parse_manifest(render_manifest(Manifest({**good.digests, path: "4" * 64}))) is None


def test_a_manifest_is_what_sha256sum_checks(tmp_path: Path) -> None:
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    names = ["a.html", "with space.txt", "back\\slash", "line\nbreak", "كأس.png", "-dash"]
    for name in names:
        (tmp_path / name).write_text(name)
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in names}
    (tmp_path / "manifest").write_bytes(render_manifest(Manifest(digests)))

    command = ["sha256sum", "--check", "--strict", "--quiet", "manifest"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "there", "allowed"),
    [("", 100, 50), ("", 1000, 100), ("0", 1000, 0), ("70", 10, 70), ("20%", 1000, 200), ("100 %", 7, 7)],
)
def test_how_much_may_be_deleted(text: str, there: int, allowed: int) -> None:
    assert allowance(text, there) == allowed


@pytest.mark.parametrize("text", ["-1", "many", "1.5", "%", "10%%"])
def test_what_is_no_amount_is_told(text: str) -> None:
    with pytest.raises(DatelineError, match="--max-delete"):
        allowance(text, 10)
