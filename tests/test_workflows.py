"""What hosts do with the files that `dateline init` gives them: every step as a shell there runs it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from generator.init import SERVICES, STARTER, init

NOW = datetime(2025, 6, 2, 8, 10, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[1]
WORKFLOW = STARTER / "github/dot-github/workflows/dateline.yml"
BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
ARTICLE = "content/arts/2025-06-02/lighthouse-at-carrow-point-to-open-as-a-museum.md"
PREVIEW, PUBLIC = 'base_url = "http://127.0.0.1:8000/"', 'base_url = "https://pat.example/digest/"'


class Step(NamedTuple):
    """A script of a host."""

    name: str
    script: str


class Ran(NamedTuple):
    """What came of a run: the name of the step that failed, "" if none did, and all that was said."""

    failed: str
    said: str


class Host:
    """A repository with a site, and machines that clone it and run what a host's file says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = folder / "desk"
        self.remote = folder / "remote.git"
        self.machines = 0
        init(self.desk, NOW, tuple(SERVICES))
        self._write_programs()
        self.git(folder, "init", "--bare", "--initial-branch=main", str(self.remote))
        self.git(self.remote, "config", "receive.advertisePushOptions", "true")
        self.git(self.desk, "init", "--initial-branch=main")
        self.git(self.desk, "remote", "add", "origin", str(self.remote))
        self.change("dateline.toml", PREVIEW, PUBLIC)

    def _write_programs(self) -> None:
        package = f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -m generator "$@"\n'
        for name, text in (("dateline", package), ("pip", "#!/bin/sh\necho pip: $@\n")):
            program = self.folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(text)
            program.chmod(0o755)

    def environment(self) -> dict[str, str]:
        url = "https://gitlab-ci-token:secret@gitlab.example/pat/digest.git"
        return os.environ | {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.remote}.insteadOf",
            "GIT_CONFIG_VALUE_0": url,
            "GITHUB_TOKEN": "secret",
            "GITHUB_REF_NAME": "main",
            "GITHUB_REPOSITORY": "pat/digest",
            "GITHUB_REPOSITORY_OWNER": "pat",
            "CI_COMMIT_BRANCH": "main",
            "CI_JOB_TOKEN": "secret",
            "CI_SERVER_HOST": "gitlab.example",
            "CI_SERVER_URL": "https://gitlab.example",
            "CI_PROJECT_PATH": "pat/digest",
            "CI_PAGES_URL": "https://pat.gitlab.example/digest",
        }

    def git(self, place: Path, *arguments: str) -> str:
        who = ("-c", "user.name=Pat", "-c", "user.email=pat@news.example")
        command = ["git", *who, *arguments]
        done = subprocess.run(
            command, cwd=place, env=self.environment(), capture_output=True, text=True, check=True
        )
        return done.stdout

    def change(self, path: str, before: str, after: str) -> "Host":
        """Change a file at the desk, or write one, and push it."""
        target = self.desk / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(target.read_text().replace(before, after) if before else after)
        self.git(self.desk, "add", "--all")
        self.git(self.desk, "commit", "--message", f"Change {path}")
        self.git(self.desk, "push", "origin", "HEAD:main")
        return self

    def machine(self) -> Path:
        """Check the branch out as hosts do: afresh, and nothing but its last commit."""
        self.machines += 1
        place = self.folder / f"machine-{self.machines}"
        self.git(self.folder, "clone", "--depth=1", f"file://{self.remote}", str(place))
        return place

    def run(self, place: Path, steps: Iterator[Step]) -> Ran:
        said = ""
        for name, script in steps:
            command = [*BASH, "-c", script]
            environment = self.environment()
            done = subprocess.run(
                command, cwd=place, env=environment, capture_output=True, text=True, check=False
            )
            said += done.stdout + done.stderr
            if done.returncode:
                return Ran(name, said)
        return Ran("", said)

    def log(self) -> list[str]:
        return self.git(self.remote, "log", "--format=%s", "main").splitlines()

    def files(self) -> set[str]:
        return set(self.git(self.remote, "ls-tree", "-r", "--name-only", "main").splitlines())


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def workflow() -> Any:  # noqa: ANN401 - as YAML has it
    return yaml.safe_load(WORKFLOW.read_text())


def github() -> Iterator[Step]:
    for step in workflow()["jobs"]["site"]["steps"]:
        if "run" in step:
            yield Step(step["name"], step["run"])


def gitlab() -> Iterator[Step]:
    job = yaml.safe_load((STARTER / "gitlab/dot-gitlab-ci.yml").read_text())["pages"]
    yield Step("pages", "\n".join(job["script"]))


def netlify() -> Iterator[Step]:
    built = tomllib.loads((STARTER / "netlify/netlify.toml").read_text())["build"]
    yield Step("build", built["command"])


def annotations(said: str) -> list[tuple[str, str, int, str]]:
    """Read what a run said as GitHub does, with the matchers it was told of: severity, file, line, message."""
    matchers = json.loads((STARTER / "github/dot-github/dateline-matcher.json").read_text())["problemMatcher"]
    found = []
    for line in said.splitlines():
        for matcher in matchers:
            (pattern,) = matcher["pattern"]
            if match := re.search(pattern["regexp"], line):
                file, number, message = (match[pattern[part]] for part in ("file", "line", "message"))
                found.append((matcher["severity"], file, int(number), message))
    return found


@pytest.mark.parametrize("steps", [github, gitlab])
def test_a_morning_takes_in_keeps_and_builds(host: Host, steps: Any) -> None:  # noqa: ANN401 - makes steps
    place = host.machine()

    ran = host.run(place, steps())

    assert ran.failed == ""
    assert "pip: install --requirement requirements.txt" in ran.said
    assert {ARTICLE, "content/.ledger.jsonl"} <= host.files()
    assert len(host.log()) == 2
    assert "Lighthouse at Carrow Point" in (place / "site/index.html").read_text()
    assert not {path for path in host.files() if path.startswith((".dateline", "site/"))} - {
        "site/.gitignore"
    }


@pytest.mark.parametrize("steps", [github, gitlab])
def test_a_morning_with_nothing_new_commits_and_writes_nothing(host: Host, steps: Any) -> None:  # noqa: ANN401
    first, second = host.machine(), None
    host.run(first, steps())
    second = host.machine()
    for folder in (".dateline", "site") if steps is github else (".cache",):  # as their caches do
        shutil.copytree(first / folder, second / folder, dirs_exist_ok=True)

    ran = host.run(second, steps())

    assert ran.failed == ""
    assert len(host.log()) == 2
    assert "\n0 written, " in ran.said


@pytest.mark.parametrize("steps", [github, gitlab])
def test_a_refused_input_does_not_end_the_morning(host: Host, steps: Any) -> None:  # noqa: ANN401
    place = host.change("seeds/empty.txt", "", "").machine()

    ran = host.run(place, steps())

    assert ran.failed == ""
    assert annotations(ran.said) == [("error", "seeds/empty.txt", 1, "empty")]
    assert ARTICLE in host.files()
    assert (place / "site/index.html").exists()


@pytest.mark.parametrize(("steps", "step"), [(github, "Ingest"), (gitlab, "pages")])
def test_a_broken_configuration_ends_it(host: Host, steps: Any, step: str) -> None:  # noqa: ANN401
    place = host.change("dateline.toml", 'title = "News digest"', "title = 1").machine()

    ran = host.run(place, steps())

    assert ran.failed == step
    message = "`site.title` expected `str`, got `int`"
    line = (place / "dateline.toml").read_text().splitlines().index("title = 1") + 1
    assert annotations(ran.said) == [("error", "dateline.toml", line, message)]
    assert len(host.log()) == 2
    assert not (place / "site/index.html").exists()


@pytest.mark.parametrize(("steps", "step"), [(github, "Build"), (gitlab, "pages")])
def test_a_broken_article_leaves_the_site_online_as_it_was(host: Host, steps: Any, step: str) -> None:  # noqa: ANN401
    place = host.change(
        "content/sport/2025-06-02/cup.md", "", "---\ntitle: The cup\ndate: soon\n---\n"
    ).machine()

    ran = host.run(place, steps())

    assert ran.failed == step
    assert [found[:3] for found in annotations(ran.said)] == [("error", "content/sport/2025-06-02/cup.md", 3)]
    assert ARTICLE in host.files()
    assert not (place / "public").exists()


@pytest.mark.parametrize(
    ("steps", "step", "address"),
    [
        (github, "Look where the site will be", "https://pat.github.io/digest/"),
        (gitlab, "pages", "https://pat.gitlab.example/digest/"),
    ],
)
def test_an_address_nobody_else_can_reach_ends_it(host: Host, steps: Any, step: str, address: str) -> None:  # noqa: ANN401
    place = host.change("dateline.toml", PUBLIC, PREVIEW).machine()

    ran = host.run(place, steps())

    assert ran.failed == step
    assert address in ran.said
    if steps is github:
        line = (place / "dateline.toml").read_text().splitlines().index(PREVIEW) + 1
        assert f"::error file=dateline.toml,line={line}::" in ran.said


@pytest.mark.parametrize("steps", [github, gitlab])
def test_what_somebody_pushes_meanwhile_is_kept_and_built(host: Host, steps: Any) -> None:  # noqa: ANN401
    place = host.machine()
    meanwhile = "---\ntitle: The cup\ndate: 2025-06-02\n---\n"

    def interrupted() -> Iterator[Step]:
        for name, script in steps():
            before, ingest, after = script.partition("dateline ingest")
            if ingest:
                yield Step(name, before)
                host.change("content/sport/2025-06-02/cup.md", "", meanwhile)
            yield Step(name, ingest + after if ingest else script)

    ran = host.run(place, interrupted())

    assert ran.failed == ""
    assert {ARTICLE, "content/sport/2025-06-02/cup.md"} <= host.files()
    assert len(host.log()) == 3
    assert (place / "site/2025/06/02/cup/index.html").exists()


def test_netlify_builds_what_is_committed(host: Host) -> None:
    place = host.machine()

    assert host.run(place, netlify()).failed == ""
    assert "Storks return" in (place / "site/index.html").read_text()


def test_no_action_can_become_another() -> None:
    used = re.findall(r"uses: (.*)", WORKFLOW.read_text())

    assert len(used) == 5
    assert [
        one for one in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)
    ] == []


def test_no_job_may_do_more_than_it_has_to() -> None:
    said = workflow()
    jobs = said["jobs"]

    assert said["permissions"] == {}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "site": {"contents": "write"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    (checkout,) = (step for step in jobs["site"]["steps"] if "actions/checkout@" in step.get("uses", ""))
    assert checkout["with"]["persist-credentials"] is False
    assert [step["name"] for step in jobs["site"]["steps"] if "token" in str(step.get("env", ""))] == [
        "Keep what came in"
    ]


def test_the_step_that_pushes_gives_git_its_token(host: Host) -> None:
    place = host.machine()
    host.run(place, (step for step in github() if step.name == "Keep what came in"))

    asked, known = "protocol=https\nhost=github.com\n", host.environment()
    command = ["git", "credential", "fill"]
    told = subprocess.run(
        command, cwd=place, env=known, input=asked, capture_output=True, text=True, check=True
    ).stdout

    assert told == f"{asked}username=x-access-token\npassword=secret\n"
    assert "secret" not in (place / ".git/config").read_text()


def test_scripts_hold_nothing_that_others_write() -> None:
    assert [step.name for step in github() if "${{" in step.script] == []


def obeyed(said: str) -> list[str]:
    """Name the commands that GitHub's machine obeys: at a line's beginning, or in the older form anywhere in it."""
    names, word = [], ""
    for line in said.splitlines():
        found = re.match(r"\s*::([^ :]+)[^:]*::(.*)", line) or re.search(r"##\[([^] ]+)[^]]*\](.*)", line)
        if found and word in {"", found[1]}:
            names += [] if word else [found[1]]
            word = found[2] if found[1] == "stop-commands" else ""
    return names


def test_news_gives_the_machine_no_commands(host: Host) -> None:
    command = "##[set-env name=PATH]x"
    host.change(f"seeds/2025-06-01-{command}.txt", "", "")
    host.change("seeds/a.md", "", f"---\ntitle: A\ndate: 2025-06-01\n'{command}': x\n---\n\nA bridge.\n")

    ran = host.run(host.machine(), github())

    assert ran.failed == ""
    assert ran.said.count("##[set-env") >= 3  # told by the ingest, and by the build
    assert obeyed(ran.said) == ["add-matcher", *["stop-commands"] * 3]


def test_a_run_begins_by_itself_every_morning_and_never_beside_another() -> None:
    said = workflow()
    begins = said[True]  # `on` is a truth of YAML 1.1

    assert set(begins) == {"push", "schedule", "workflow_dispatch"}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", begins["schedule"][0]["cron"])
    assert said["concurrency"] == {"group": "dateline", "cancel-in-progress": False}


def test_warnings_and_errors_are_told_apart_and_other_lines_are_none() -> None:
    said = (
        "dateline: dateline.toml:3: `site` is twice",
        "content/sport/2025-06-02/cup.md:4: warning: unknown front matter key `mood`; it is kept",
        "seeds/a.zip/10:30.txt:12: no story: 5: 6",
        "written    content/sport/2025-06-02/cup.md",
        "1 article (1 written), 0 dropped",
        "dateline: waiting for dateline build, process 12",
    )

    assert annotations("\n".join(said)) == [
        ("error", "dateline.toml", 3, "`site` is twice"),
        ("warning", "content/sport/2025-06-02/cup.md", 4, "unknown front matter key `mood`; it is kept"),
        ("error", "seeds/a.zip/10:30.txt", 12, "no story: 5: 6"),
    ]


def test_gitlab_publishes_what_readers_need_and_keeps_what_builds_know_to_the_nanosecond(host: Host) -> None:
    first, second = host.machine(), host.machine()
    host.run(first, gitlab())
    subprocess.run(["tar", "-xf", str(first / ".cache/site.tar")], cwd=second, check=True)

    def times(place: Path, *names: str) -> dict[str, int]:
        found = [path for name in names for path in (place / name).rglob("*") if path.is_file()]
        return {str(path.relative_to(place)): path.stat().st_mtime_ns for path in found}

    site = {path.partition("/")[2] for path in times(first, "site")}
    public = {path.partition("/")[2] for path in times(first, "public")}
    assert (site - public, public - site) == ({".gitignore", ".dateline"}, set())
    assert times(first, ".dateline", "site") == times(second, ".dateline", "site")
