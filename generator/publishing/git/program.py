"""The system's git, run so that what people set up for their own work neither changes what it does nor holds it up.

Their credentials, proxies and ways to connect count; their hooks, signatures and prompts do not. Nothing is
filtered on its way (gitattributes): only commands are run that take bytes as they are.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import NamedTuple

from generator.publishing.host import HostError
from generator.publishing.redaction import redact

OLDEST = (2, 31)
"""The version that can be given settings by its environment (`GIT_CONFIG_COUNT`), where other users see none."""

PATIENCE = 60.0
"""Seconds in which a server has to answer, where nobody sits who may have to type a passphrase."""

LONGEST = 600
"""Characters of what git or a server says that are shown."""

Setting = tuple[str, str]
"""A key of git's configuration, and its value."""

SETTINGS: tuple[Setting, ...] = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.ignoreCase", "false"),
    ("core.logAllRefUpdates", "false"),
    ("color.ui", "false"),
    ("color.push", "false"),
    ("color.remote", "false"),
    ("color.transport", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("fetch.writeCommitGraph", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("push.gpgSign", "false"),
    ("push.followTags", "false"),
    ("push.recurseSubmodules", "no"),
    ("push.pushOption", ""),
    ("push.useForceIfIncludes", "false"),
    ("protocol.file.allow", "always"),
    ("init.defaultBranch", "unused"),
    ("user.useConfigOnly", "true"),
    ("http.lowSpeedLimit", "1"),
    ("http.lowSpeedTime", "60"),
)
"""What counts whatever the person's own settings are."""

_PLACES = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_ATTR_SOURCE",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DEFAULT_HASH",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NAMESPACE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_TEMPLATE_DIR",
        "GIT_WORK_TREE",
    }
)
"""Variables that speak of another repository: of the one whose hook started this, for example."""

_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
_NOISE = re.compile(
    r"hint: .*|To \S+|Done|Please make sure you have the correct access rights|and the repository exists\."
    r"|(?:error|fatal): (?:failed to push some refs to|Could not read from remote repository|the remote end hung).*"
    r"|warning: filtering not recognized by server, ignoring"
)
_PREFIX = re.compile(r"(?:remote: |fatal: |error: )+")


class Answer(NamedTuple):
    """How a command ended: its status, what it gave, and what it said in words, without secrets."""

    status: int
    out: bytes
    words: str


class Program:
    """Git at work in one repository.

    Args:
        place: the options that say which: `--git-dir`, or `-C` for the one that a folder lies in.
        settings: further settings; they go by the environment, as some hold secrets.
    """

    def __init__(self, place: Sequence[str] = (), settings: Iterable[Setting] = ()) -> None:
        self._command = (_found(), *place)
        self._environment = _environment((*settings, *SETTINGS))

    def ask(self, *arguments: str) -> Answer:
        """Run a command on this machine."""
        with self.running(*arguments) as process:
            return _answer(process, None)

    def reach(self, *arguments: str, patience: float | None = None) -> Answer:
        """Run a command that connects.

        Args:
            arguments: the command.
            patience: seconds it may take, `None` where only silence is limited.
        """
        with self.running(*arguments, **self._way) as process:
            try:
                return _answer(process, None if _somebody_sits_there() else patience)
            except subprocess.TimeoutExpired:
                return Answer(1, b"", f"no answer in {patience:g} seconds")

    @contextmanager
    def running(self, *arguments: str, **variables: str) -> "Iterator[subprocess.Popen[bytes]]":
        """Run a command that is spoken to; it and what it started end with the block."""
        apart = not _somebody_sits_there()  # else it could not ask them, and Ctrl-C would not reach it
        with subprocess.Popen(  # noqa: S603 - the system's git
            [*self._command, *arguments],
            env=self._environment | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=apart,
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    _kill(process, apart=apart)
                with suppress(BrokenPipeError):  # what it was not told yet
                    _ = process.stdin and process.stdin.close()

    @cached_property
    def _way(self) -> dict[str, str]:
        """Let ssh ask nobody and give up in time, unless somebody sits there or has it started their own way."""
        named = not {"GIT_SSH", "GIT_SSH_COMMAND"}.isdisjoint(self._environment)
        own = named or self.ask("config", "--get", "core.sshCommand").status == 0
        return {} if own or _somebody_sits_there() else {"GIT_SSH_COMMAND": _SSH}


def check_version() -> None:
    """See that git is there, and not too old.

    Raises:
        HostError: it is not.
    """
    said = Program().ask("--version").out.decode(errors="replace").strip()
    numbers = re.search(r"(\d+)\.(\d+)", said)
    if not numbers or (int(numbers[1]), int(numbers[2])) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise HostError(f"to publish to a branch takes git {wanted} or later; here is {said or 'none'}")


def _found() -> str:
    """Give the path of git.

    Raises:
        HostError: there is none.
    """
    program = shutil.which("git")
    if not program:
        raise HostError("to publish to a branch takes git, which is not installed, or not on the PATH")
    return program


def _environment(settings: Sequence[Setting]) -> dict[str, str]:
    """Give the environment that git runs in: the person's own, with these settings after theirs."""
    result = {name: value for name, value in os.environ.items() if name not in _PLACES}
    result |= {"LC_ALL": "C", "GIT_ADVICE": "0", "GIT_NO_LAZY_FETCH": "0"}
    result.setdefault("GIT_TERMINAL_PROMPT", "0")
    return result | _given(settings, result.get("GIT_CONFIG_COUNT", ""))


def _given(settings: Sequence[Setting], before: str) -> dict[str, str]:
    start = int(before) if before.isdecimal() else 0
    result = {"GIT_CONFIG_COUNT": str(start + len(settings))}
    for number, (key, value) in enumerate(settings, start):
        result |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return result


def _answer(process: "subprocess.Popen[bytes]", patience: float | None) -> Answer:
    out, said = process.communicate(timeout=patience)
    return Answer(process.returncode, out, words(said))


def words(said: bytes) -> str:
    """Give what git and the server said to people, in a line without secrets."""
    lines = (
        _PREFIX.sub("", line).strip()
        for line in said.decode(errors="replace").splitlines()
        if not _NOISE.fullmatch(line.strip())
    )
    return redact("; ".join(dict.fromkeys(line for line in lines if line)))[:LONGEST]


def _somebody_sits_there() -> bool:
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def _kill(process: "subprocess.Popen[bytes]", *, apart: bool) -> None:
    with suppress(ProcessLookupError):
        if apart and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
