"""Every command that the manual and the README show runs, and prints what they say."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import examples
import manual
import pytest
from examples import Session, Step

if TYPE_CHECKING:
    from buckets import Buckets

NOT_DONE = {
    "make site": "the README's two commands are what runs these tests; they work on the repository itself",
}
"""Blocks that no test does, by their first line, and why."""

STAND_INS = {
    "pip": "exit 0",  # installs nothing: a test of the tutorial does, and the rest is tested with what is there
    "python": f'exec {sys.executable} "$@"',  # that of the environment Dateline is installed in
    "curl": f"cat {Path(__file__).parent}/feed.xml",  # no network
    "ssh": 'while [ "$1" != www.digest.example ]; do shift; done; shift; cd && exec sh -c "$*"',  # nor this
    "systemctl": "test -f ~/.config/systemd/user/digest.timer",  # the machine stays as it is
    "loginctl": "exit 0",  # the same
}
"""Commands that would leave this machine or change it, and what is done instead."""

TUTORIAL = "tutorial.md"
PAGES = [page for page in ("../README.md", *manual.pages()) if [*examples.steps(manual.read(page))]]


def done(page: str) -> list[Step]:
    found = examples.steps(manual.read(page))
    return [step for step in found if not step.name.startswith(tuple(NOT_DONE))]


@pytest.mark.parametrize("page", [page for page in PAGES if page != TUTORIAL])
def test_its_examples_do_what_it_says(page: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    around = {}
    if page == "how-to/publish-rsync.md" and not shutil.which("rsync"):
        pytest.skip("there is no rsync here")
    if page == "how-to/publish-bucket.md":  # no network: the environment says where the store is
        server: Buckets = request.getfixturevalue("server")
        server.forget()
        server.make("ellery-digest")
        around = {
            "AWS_ENDPOINT_URL_S3": server.endpoint,
            "AWS_ACCESS_KEY_ID": "k",
            "AWS_SECRET_ACCESS_KEY": "s",
        }
    follow(page, begin(page, tmp_path, around), done(page))


def follow(page: str, session: Session, listed: list[Step]) -> None:
    for step, following in zip(listed, [*listed[1:], None], strict=True):
        fails = following is not None and following.name == "echo $?"
        wrong = session.do(step, may_fail=fails)
        assert not wrong, f"docs/{page}:{step.line}: {wrong}"


def test_the_tutorial_works_from_its_first_line_on(tmp_path: Path) -> None:
    install, *others = examples.steps(manual.read(TUTORIAL))
    around = {"XDG_CONFIG_HOME": str(Path.home() / ".config"), **os.environ}  # pip's settings may be there
    around.pop("PYTHONPATH", None)
    session = Session(
        tmp_path, around | {"PATH": f"{tmp_path / 'bin'}:{around['PATH']}", "PIP_NO_COMPILE": "1"}
    )
    put_repositories(tmp_path)
    compiled = shutil.ignore_patterns("__pycache__")
    for name in ("generator", "templates", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        source, target = manual.REPOSITORY / name, session.here / name
        shutil.copytree(source, target, ignore=compiled) if source.is_dir() else shutil.copy(source, target)

    wrong = session.do(install)
    if wrong and not os.environ.get("CI"):  # what it needs cannot be installed here, as test_package says
        examples.put_commands(tmp_path / "bin", {})
    else:
        assert not wrong
    follow(TUTORIAL, session, others)


def begin(page: str, folder: Path, around: Mapping[str, str] | None = None) -> Session:
    """Open a terminal: in a new site without its examples for how-tos and the reference, else in a bare folder."""
    examples.put_commands(folder / "bin", STAND_INS)
    session = Session(folder, {"PATH": f"{folder / 'bin'}:{os.defpath}", **(around or {})})
    put_repositories(folder)
    if page.startswith(("how-to/", "reference/")):
        assert not session.do(Step(0, "command", "dateline init\nrm -r content/*/ seeds/*", None))
    return session


def put_repositories(folder: Path) -> None:
    """Make the repositories that pages speak of: git looks for them here, and knows whose commits it makes."""
    (folder / "home").mkdir(exist_ok=True)
    settings = '[user]\nname = "You"\nemail = "you@news.example"\n'
    for host in ("github.com", "gitlab.com", "codeberg.org"):
        place = folder / "hosts" / host
        settings += f'[url "{place}/"]\ninsteadOf = "https://{host}/"\ninsteadOf = "git@{host}:"\n'
        command = ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(place / "you/news.git")]
        subprocess.run(command, check=True)
    (folder / "home/.gitconfig").write_text(settings)


def test_what_is_not_done_is_on_a_page() -> None:
    names = [step.name for page in PAGES for step in examples.steps(manual.read(page))]

    assert [start for start in NOT_DONE if not any(name.startswith(start) for name in names)] == []


def test_a_page_that_shows_too_little_is_found(tmp_path: Path) -> None:
    step = next(examples.steps("```console\n$ printf 'one\\ntwo\\n'\none\n```\n"))

    assert "prints something else" in begin("index.md", tmp_path).do(step)


def test_every_block_of_every_page_is_seen() -> None:
    for page in ("../README.md", *manual.pages()):
        fences = [line for line in manual.read(page).splitlines() if line.lstrip().startswith("```")]
        assert [fence for fence in fences if fence[0].isspace()] == []
        assert len(fences) == 2 * len([*examples.blocks(manual.read(page))])


def test_keys_are_entered_below_the_tables_that_are_there() -> None:
    there = '[site]\ntitle = "Old"\nlanguage = "en"\n\n[feeds]\nlimit = 5\n'

    assert examples.enter(there, '[site]\ntitle = "New"\n\n[search]\nenabled = true\n') == (
        '[site]\ntitle = "New"\nlanguage = "en"\n\n[feeds]\nlimit = 5\n[search]\nenabled = true\n'
    )
