"""The examples of a page, done as a reader would do them: in order, in one folder.

What a page says before a fenced block tells what the block is:

- `path`: at the end of a paragraph, with a colon: the whole text of that file.
- In `path`: the same, of a TOML file: what is entered there beside what stands in it.

A block called `sh` holds commands, which succeed. One called `console` shows what is typed after `$ ` and all that
is printed: times and dates may be others, `…` stands for the rest of a line, or, alone, for any number of lines.
There a command may fail if `$ echo $?` follows, and shows how.
"""

import re
import signal
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from threading import Timer
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]

STAYING = re.compile(r"dateline (?:serve|watch)\b")
"""Commands that stay until Ctrl-C, which they get when they have said what the page shows."""

LONGEST = 600
"""Seconds that a command may take before something is wrong with it."""

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?:^|[.:,] )([Ii]n )?`([\w./-]+)`:$")
_TYPED = re.compile(r"^\$ (.*\n(?:> .*\n)*)((?:(?!\$ ).*\n)*)", re.MULTILINE)
_VARYING = re.compile(
    r"\d{4}(?P<in_date>[-/])\d\d(?P=in_date)\d\d|\d+\.\d\d(?= s)|\d\d:\d\d:\d\d|(?<=127\.0\.0\.1:)\d+|(?P<any>…)"
)
"""What may be another in every run."""

_PROGRESS = re.compile(r"dateline: [\w ]+: [\d,]+ of [\d,]+\n")
"""What is said only where a build takes seconds."""


class Step(NamedTuple):
    """One thing a page does.

    Attributes:
        line: where it stands on the page.
        kind: `file`, `entry` (in a file of TOML) or `command`.
        name: the file, or the command.
        text: the file's text; of a command what it prints, None where the page does not show it.
    """

    line: int
    kind: str
    name: str
    text: str | None


def blocks(page: str) -> Iterator[re.Match[str]]:
    """Find the fenced blocks of a page: what language they are said to be in, and what stands in them."""
    return _BLOCK.finditer(page)


def steps(page: str) -> Iterator[Step]:
    """Read what a page does."""
    for block in blocks(page):
        line = page.count("\n", 0, block.start()) + 1
        language, text = block.groups()
        lead = " ".join(page[: block.start()].rstrip().rpartition("\n\n")[2].split())
        if language == "sh":
            parts = re.split(r"^(dateline (?:serve|watch)\b.*\n)", text, flags=re.MULTILINE)
            yield from (Step(line, "command", part, None) for part in parts if part)
        elif language == "console":
            for typed, printed in _TYPED.findall(text):
                yield Step(line, "command", typed.replace("\n> ", "\n").strip(), printed)
        elif file := _FILE.search(lead):
            yield Step(line, "entry" if file[1] else "file", file[2], text)


def enter(toml: str, more: str) -> str:
    """Enter keys into a text of TOML as a person would: below the tables that are there, or with their tables."""
    for part in re.split(r"^(?=\[)", more, flags=re.MULTILINE):
        head, _, lines = part.partition("\n")
        there = (
            re.search(rf"^{re.escape(head)}.*\n(?:(?!\[).*\n)*", toml, re.MULTILINE) if part.strip() else None
        )
        if there is None:
            toml = f"{toml.rstrip()}\n{part}"
            continue
        rest = there[0].partition("\n")[2]
        for key in tomllib.loads(lines):
            rest = re.sub(rf"^{re.escape(key)} *=.*\n", "", rest, flags=re.MULTILINE)
        toml = f"{toml[: there.start()]}{head}\n{lines.rstrip()}\n{rest}{toml[there.end() :]}"
    return toml


def expected(printed: str) -> re.Pattern[str]:
    """Make what knows the output that a page shows."""
    return re.compile("".join("(?:.*\n)*?" if line == "…" else _like(line) for line in printed.splitlines()))


def _like(line: str) -> str:
    made, end = "", 0
    for found in _VARYING.finditer(line):
        made += re.escape(line[end : found.start()])
        made += ".*" if found["any"] else re.sub(r"\\?\d+", r"\\d+", re.escape(found[0]))
        end = found.end()
    return f"{made}{re.escape(line[end:])}\n"


class Session:
    """A terminal in a folder.

    Args:
        folder: where it begins; everything that is written goes below it.
        environment: what else its commands find there.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.here = folder / "work"
        self._state = folder / "state"
        self._status = 0
        self._environment = {**environment, "HOME": str(folder / "home"), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        for made in (self.here, folder / "home"):
            made.mkdir(parents=True, exist_ok=True)
        self._state.write_text("")

    def do(self, step: Step, *, may_fail: bool = False) -> str:
        """Do what a page does; gives what is wrong with it, "" for nothing."""
        if step.kind == "command":
            said, status = (self._stay if STAYING.match(step.name) else self._run)(step)
            return _wrong(step, said, 0 if may_fail else status)
        file = self.here / step.name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = step.text or ""
        file.write_text(enter(file.read_text(), text) if step.kind == "entry" else text)
        return ""

    def _run(self, step: Step) -> tuple[str, int]:
        keep = f'kept=$?; {{ export -p; printf "cd %q\\n" "$PWD"; }} > {self._state}; exit $kept'
        how = "set -e" if step.text is None else f"(exit {self._status})"
        done = subprocess.run(
            ["bash", "-c", f"trap '{keep}' EXIT\n. {self._state}\n{how}\n{step.name}\n"],
            cwd=self.here,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        self.here = Path(re.findall(r"^cd (.*)$", self._state.read_text(), re.MULTILINE)[-1])
        self._status = done.returncode
        return done.stdout, done.returncode

    def _stay(self, step: Step) -> tuple[str, int]:
        wanted = expected(step.text or "…\n")
        with subprocess.Popen(
            ["bash", "-c", f". {self._state}\nexec {step.name}"],
            cwd=self.here,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            alarm = Timer(LONGEST, running.kill)
            alarm.start()
            said = ""
            try:
                for line in running.stdout or ():
                    said += "" if _PROGRESS.fullmatch(line) else line
                    if wanted.fullmatch(said):
                        break
                for address in re.findall(r"http://127\.0\.0\.1:\S+", said):
                    with urllib.request.urlopen(address) as page:  # noqa: S310 - an address of this machine
                        assert page.status == HTTPStatus.OK
                running.send_signal(signal.SIGINT)
                running.communicate()
            finally:
                running.kill()
                alarm.cancel()
        return said, running.returncode


def _wrong(step: Step, said: str, status: int) -> str:
    if step.text is not None and not expected(step.text).fullmatch(said):
        return f"`{step.name}` prints something else than is shown:\n{said}"
    return f"`{step.name}` ends with {status}:\n{said}" if status else ""


def put_commands(folder: Path, stand_ins: Mapping[str, str]) -> None:
    """Put the command `dateline` of this repository into a folder, and what stands in for others: shell scripts."""
    ours = f'PYTHONPATH={REPOSITORY} exec {sys.executable} -m generator.cli "$@"'
    folder.mkdir()
    for name, script in {"dateline": ours, **stand_ins}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
