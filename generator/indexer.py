"""Pagefind: texts to an index on disk, which a script of its own reads in the browser (pagefind.app).

It is spoken to as its own packages for Python and Node do: a request is JSON in base64 that ends in a comma, and
so is the answer. The one for Python waits a tenth of a second before it reads each answer, which for thousands of
texts takes many minutes.
"""

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

from generator import records
from generator.records import Value

PIECE = 1 << 20
"""Bytes of an answer that are read at once."""


class Failed(Exception):
    """Pagefind is not there, ended early, or refused what it was given."""


class Text(Value, frozen=True):
    """What is to be found: its address, the text itself, what is known of it, and what it can be sifted by.

    `language` is the code of one (ISO 639-1): its words are found in whatever form they are asked for. `meta` is
    searched too, and shown with what was found. `filters` are never searched.
    """

    url: str
    content: str
    language: str
    meta: dict[str, str]
    filters: dict[str, tuple[str, ...]]


@cache  # it does not change while a process runs, and asking starts another
def version() -> str:
    """Name the program and its version: another one may make another index of the same texts.

    Raises:
        Failed: there is none, or it does not run.
    """
    program = _program()
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - found where it was installed
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failed(f"{program} does not run: {error}") from error
    return f"{program.name} {said.stdout.strip()}"


def make_index(texts: Iterable[Text]) -> Iterator[tuple[str, bytes]]:
    """Make an index of texts, in their order, and give its files: names below its folder, and bytes.

    They are handed over rather than written by Pagefind, which says that it has written before all of it is there.

    Raises:
        Failed: it could not be made.
    """
    with _running() as pagefind:
        index = pagefind.ask(type="NewIndex", config=None)["index_id"]
        for text in texts:
            plain = records.decode(records.encode(text), dict[str, Any])
            pagefind.ask(type="AddRecord", index_id=index, sort=None, **plain)
        given = pagefind.ask(type="GetFiles", index_id=index)["files"]
    for file in given:
        yield file["path"], base64.b64decode(file["content"])


def _program() -> Path:
    found = get_executable()
    if found is None:
        raise Failed("the program of Pagefind is not there: pip install 'dateline[search]'")
    return found


class _Pagefind:
    """The running program. It ends when its input does, also when that is because this process was killed."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def ask(self, **payload: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Ask for something, and give the answer."""
        request = json.dumps({"message_id": 1, "payload": payload}).encode()
        try:
            self._send(base64.b64encode(request) + b",")
        except OSError as error:
            raise Failed(f"Pagefind ended before its work was done ({error.strerror})") from error
        said: dict[str, Any] = json.loads(base64.b64decode(self._hear()))["payload"]
        if said["type"] == "Error":
            raise Failed(f"Pagefind says: {said['message']}")
        return said

    def _send(self, request: bytes) -> None:
        if self._process.stdin:
            self._process.stdin.write(request)

    def _hear(self) -> bytes:
        answer = bytearray()
        while not answer.endswith(b","):
            piece = self._process.stdout.read(PIECE) if self._process.stdout else b""
            if not piece:
                raise Failed("Pagefind ended before its work was done")
            answer += piece
        return bytes(answer[:-1])


@contextmanager
def _running() -> Iterator[_Pagefind]:
    command = [str(_program()), "--service"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, bufsize=0) as process:  # noqa: S603 - as above
        try:
            yield _Pagefind(process)
        finally:
            process.kill()
