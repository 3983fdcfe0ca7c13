"""Git repositories for tests: a bare one to publish to, what its branches hold, a server that asks for a token."""

import gzip
import hashlib
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from generator import hosts
from generator.model import DatelineError
from generator.publishing.applying import apply, look
from generator.publishing.git.branch import opened
from generator.publishing.host import MANIFEST, File
from generator.publishing.plan import Plan, plan_publish

if TYPE_CHECKING:
    import pytest

SOMEBODY = ("-c", "user.name=Somebody", "-c", "user.email=somebody@news.example")


def set_apart(tmp_path: Path, monkeypatch: "pytest.MonkeyPatch") -> None:
    """Let nobody's settings count but those that a test writes to `gitconfig`, and nobody sit at a terminal."""
    for name in os.environ:
        if name.startswith(("GIT_", "SSH_", "EMAIL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setattr("sys.stdin", None)
    (tmp_path / "home").mkdir()


def git(folder: Path, *arguments: str, data: bytes | None = None) -> str:
    """Run git somewhere and give what it prints."""
    command = ["git", "-C", str(folder), *SOMEBODY, *arguments]
    return subprocess.run(command, check=True, capture_output=True, input=data).stdout.decode().strip()


def bare(folder: Path, *options: str) -> Path:
    """Make a repository to publish to."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", *options)
    return folder


def commits(repository: Path, branch: str = "gh-pages") -> list[str]:
    """Give the ids of a branch's commits, the newest first."""
    found = subprocess.run(
        ["git", "-C", str(repository), "rev-list", f"refs/heads/{branch}"], capture_output=True, check=False
    )
    return found.stdout.decode().split()


def held(repository: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """Give what a branch holds: every file's bytes by its path, with its mode before them where it is not plain."""
    if not commits(repository, branch):
        return {}
    command = ["git", "-C", str(repository), "ls-tree", "-r", "-z", f"refs/heads/{branch}"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout
    result = {}
    for entry in filter(None, listed.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, _, blob = about.decode().split()
        read = ["git", "-C", str(repository), "cat-file", "blob", blob]
        data = subprocess.run(read, check=True, capture_output=True).stdout
        result[os.fsdecode(path)] = data if mode == "100644" else mode.encode() + data
    return result


def commit(repository: Path, branch: str, files: dict[str, bytes], mode: str = "100644") -> str:
    """Add files to a branch, as somebody does who works there too."""
    ref = f"refs/heads/{branch}"
    before = commits(repository, branch)[:1]
    parts = [
        f"commit {ref}\ncommitter Somebody <somebody@news.example> 1750000000 +0000\ndata 4\nMine\n".encode()
    ]
    parts += [f"from {parent}\n".encode() for parent in before]
    for path, data in files.items():
        parts.append(b"M %b inline %b\ndata %d\n%b\n" % (mode.encode(), os.fsencode(path), len(data), data))
    git(repository, "fast-import", "--quiet", data=b"".join(parts))
    return commits(repository, branch)[0]


def hook(repository: Path, name: str, script: str) -> None:
    """Let a repository run a script, as servers do."""
    path = repository / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@contextmanager
def served(root: Path, authorization: str) -> Iterator[str]:
    """Serve the repositories in a folder by HTTP to whoever sends a header, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """Nobody listens."""

        def _answer(self) -> None:
            if self.headers.get("Authorization") != authorization:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="here"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            path, _, query = self.path.partition("?")
            variables = {
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "REMOTE_USER": "somebody",
                "REMOTE_ADDR": "127.0.0.1",
            }
            done = subprocess.run(
                ["git", "http-backend"],
                input=body,
                env=os.environ | variables,
                capture_output=True,
                check=False,
            )
            head, _, content = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


SITE = {"index.html": b"<p>News", "2025/06/01/walk/index.html": b"<p>A walk", "rss.xml": b"<rss/>"}
EXTRAS = {".nojekyll": b""}


class Desk:
    """A site's folder, and what is published from it."""

    def __init__(self, root: Path, remote: Path) -> None:
        self.root = root
        self.remote = remote
        self.target = hosts.Git(str(remote))

    def publish(
        self,
        files: Mapping[str, bytes],
        target: hosts.Git | None = None,
        *,
        adopt: bool = False,
        verify: bool = False,
    ) -> Plan:
        """Publish some files as the use case does."""
        output = self.root / "site"
        shutil.rmtree(output, ignore_errors=True)
        with opened(target or self.target, self.root, _quiet) as host:
            wanted = {}
            for path, data in (*files.items(), *host.extras.items()):
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                (output / path).write_bytes(data)
                wanted[path] = File(path, output / path, hashlib.sha256(data).hexdigest(), len(data))
            there = look(host, "", wanted, adopt=adopt, verify=verify)
            plan = plan_publish(
                {path: file.digest for path, file in wanted.items()}, there.published, there.standing
            )
            if plan.foreign or plan.claimed:
                raise DatelineError(f"holds {(*plan.claimed, *plan.foreign)}")
            apply(host, plan, wanted, there, _quiet)
            return plan

    def published(self, branch: str = "gh-pages") -> dict[str, bytes]:
        """Give what stands at the branch, without the manifest."""
        return {path: data for path, data in held(self.remote, branch).items() if path != MANIFEST}

    @property
    def copies(self) -> list[Path]:
        return list((self.root / ".dateline/git").iterdir())


def _quiet(*_: object) -> None:
    """Nobody listens."""
