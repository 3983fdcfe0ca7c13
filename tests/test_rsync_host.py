"""Publishing by rsync: what stands there afterwards, what is told apart, what is said when it fails."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import quiet, tree
from processes import await_end
from rsyncing import MISSING, RemoteShell, daemon

from generator import hosts
from generator.model import Passing
from generator.publishing import lease
from generator.publishing.host import LOCK, MANIFEST, PENDING, File, HostError
from generator.publishing.manifest import UNKNOWN
from generator.publishing.rsync import tree as rsync
from generator.publishing.rsync.copies import Copies
from generator.publishing.rsync.destination import Way, parse_destination
from generator.publishing.rsync.notes import Notes
from generator.publishing.rsync.program import Program
from generator.publishing.rsync.ssh import remote_shell
from generator.publishing.rsync.tree import Tree

pytestmark = pytest.mark.skipif(MISSING, reason="there is no rsync here to publish with")

ODD = (
    "index.html",
    "2025/06/02/cup/index.html",
    "tags/c++/index.html",
    "tags/北京/index.html",
    "a folder/with 'quotes' and \"others\".html",
    "-dash",
    "--delete",
    "#remark",
    "#folder/page.html",
    ";remark",
    "!bang",
    "+ plus",
    " space ",
    "a -> b",
    "new\nline",
    "carriage\rreturn",
    "tab\tin it",
    r"back\slash",
    r"back\#012octal",
    "[a-z]*?",
    "host:path",
    ":colon",
    "~tilde",
    "%n %i",
    "$HOME `x`",
)
"""Paths that a shell, rsync or a parser could take for something else."""


@dataclass
class Site:
    """Files to publish."""

    folder: Path

    def file(self, path: str, text: str = "") -> File:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text or path)
        return File(path, target, hashlib.sha256(target.read_bytes()).hexdigest(), target.stat().st_size)

    def files(self, *paths: str, text: str = "") -> dict[str, File]:
        return {path: self.file(path, text) for path in paths}


@dataclass
class Server:
    """Where files are published to: how it is named, and where they are then."""

    destination: str
    folder: Path
    root: Path

    def opened(self, *, looking: bool = False) -> AbstractContextManager[Tree]:
        target = hosts.Rsync(destination=self.destination)
        return rsync.opened(target, self.root, quiet, looking=looking)

    def notes(self) -> Notes:
        """What its lease is kept with."""
        place = parse_destination(self.destination, self.root)
        return Notes("there", Copies("there", place, Program("there", (), daemon=place.way is Way.DAEMON)))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "root" / "site")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RemoteShell:
    made = RemoteShell(tmp_path)
    monkeypatch.setenv("RSYNC_RSH", str(made.program))
    return made


@pytest.fixture
def remote(tmp_path: Path, shell: RemoteShell) -> Server:  # noqa: ARG001 - it is what rsync goes by
    (tmp_path / "root").mkdir()
    public = tmp_path / "pub lic" / "it's"
    return Server(f"me@web:{public}", public, tmp_path / "root")


@pytest.fixture(params=["a folder", "a remote shell", "a daemon"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Every way that rsync goes. The folder to publish to is not there yet, nor is the one above it."""
    public = tmp_path / "up" / "public"
    root = tmp_path / "root"
    if request.param == "a daemon":
        root.mkdir()
        (tmp_path / "up").mkdir()
        with daemon(tmp_path, f"[web]\npath = {tmp_path}/up\nread only = no\n") as address:
            yield Server(f"rsync://{address}/web/public", public, root)
    elif request.param == "a remote shell":
        request.getfixturevalue("remote")
        yield Server(f"web:{public}", public, root)
    else:
        root.mkdir()
        yield Server("../up/public", public, root)


def own(server: Server) -> list[str]:
    """Name what Dateline keeps at a place for itself."""
    return sorted(path.name for path in server.folder.glob(".*"))


def test_what_is_uploaded_stands_there_whatever_its_name(server: Server, site: Site) -> None:
    files = site.files(*ODD)

    with server.opened() as host:
        assert host.listing(files) == {}
        assert sorted(host.upload(list(files.values()))) == sorted(ODD)
        assert host.listing(files) == {path: file.digest for path, file in files.items()}

    assert tree(server.folder) == tree(site.folder)
    assert own(server) == []


def test_what_is_deleted_is_gone_with_its_empty_folders_and_nothing_else(server: Server, site: Site) -> None:
    kept = ("index.html", "2025/06/03/derby/index.html", "shop/index.html")
    gone = ("2025/06/02/cup/index.html", "2025/06/02/cup/cup.png", "old/a/b/c/d", "top.html")
    with server.opened() as host:
        list(host.upload(list(site.files(*kept, *gone, *ODD).values())))
        (server.folder / "theirs").mkdir()
        (server.folder / "shop" / "empty").mkdir()

        deleted = [*gone, *(path for path in ODD if path not in {*kept, *gone}), "never/was/there", "shop"]
        assert sorted(host.delete(deleted)) == sorted(deleted)

    assert sorted(tree(server.folder)) == sorted(kept)
    assert {path.name for path in server.folder.iterdir()} == {"index.html", "2025", "shop", "theirs"}
    assert (server.folder / "shop" / "empty").is_dir()
    assert not (server.folder / "2025/06/02").exists()


def test_small_files_are_read_written_and_removed(server: Server) -> None:
    with server.opened() as host:
        assert host.read(MANIFEST) is None
        for data in (b"one", b"two", b"", b"\x00\xff" * 70_000):
            host.write(MANIFEST, data)
            assert host.read(MANIFEST) == data
        assert host.read(PENDING) is None
        assert own(server) == [LOCK, MANIFEST]
        host.remove(MANIFEST)
        host.remove(MANIFEST)
        assert host.read(MANIFEST) is None


def test_a_file_is_sent_though_it_looks_as_the_one_that_is_there(server: Server, site: Site) -> None:
    with server.opened() as host:
        list(host.upload([site.file("index.html", "old")]))
        file = site.file("index.html", "new")
        there = (server.folder / "index.html").stat()
        os.utime(file.source, ns=(there.st_mtime_ns, there.st_mtime_ns))

        assert host.listing({"index.html": file}) == {"index.html": UNKNOWN}
        list(host.upload([file]))

        assert (server.folder / "index.html").read_text() == "new"


def test_the_listing_knows_the_sites_files_by_checksum_and_others_by_name(server: Server, site: Site) -> None:
    same, other, missing = site.file("a/same.html"), site.file("a/other.html"), site.file("missing.html")
    with server.opened() as host:
        list(host.upload([same, other]))
        host.write(MANIFEST, b"m")
        (server.folder / "a/other.html").write_text("A/other.html")
        (server.folder / "shop.html").write_text("theirs")
        (server.folder / "link.html").symlink_to("shop.html")
        (server.folder / ".well-known").mkdir()
        (server.folder / ".well-known/acme").write_text("theirs")

        found = host.listing({file.path: file for file in (same, other, missing)})

    assert found == {
        "a/same.html": same.digest,
        "a/other.html": UNKNOWN,
        "shop.html": UNKNOWN,
        "link.html": UNKNOWN,
    }


def test_who_only_looks_changes_nothing_and_keeps_nobody_waiting(server: Server, site: Site) -> None:
    file = site.file("index.html")
    with server.opened(looking=True) as host:
        host.check()
        assert host.read(MANIFEST) is None
        assert host.listing({"index.html": file}) == {}
        assert not server.folder.exists()
    with server.opened() as host:
        list(host.upload([file]))
        with server.opened(looking=True) as looking:
            assert looking.listing({"index.html": file}) == {"index.html": file.digest}
        assert own(server) == [LOCK]


def test_two_publishers_do_not_mix(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "GLANCE", 0.01)
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    told: list[str] = []
    with server.opened() as host:
        monkeypatch.setattr(lease, "_machine", lambda: "another machine")
        with (
            pytest.raises(Passing, match="another publisher is at work"),
            lease.leased(server.notes(), told.append),
        ):
            pass
        host.check()
    assert own(server) == []
    assert told == ["there: somebody publishes there, or was stopped; looking whether they still do"]


def test_the_lease_of_a_process_that_is_no_more_is_taken_over(server: Server) -> None:
    program = (
        "import os, sys, pathlib; from generator import hosts; from generator.publishing.rsync import tree\n"
        "target = hosts.Rsync(destination=sys.argv[1])\n"
        "with tree.opened(target, pathlib.Path(sys.argv[2]), print): os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, server.destination, server.root], check=True)
    assert own(server) == [LOCK]

    with server.opened() as host:
        host.check()

    assert own(server) == []


def at_once(number: int, act: Callable[[int], bool]) -> list[int]:
    """Do something several times at the same moment, and give those that succeeded."""
    with ThreadPoolExecutor(number) as pool:
        return [each for each, done in enumerate(pool.map(act, range(number))) if done]


def test_of_several_that_create_a_note_one_succeeds(remote: Server) -> None:
    remote.folder.mkdir(parents=True)
    for turn in range(8):
        notes = [remote.notes() for _ in range(3)]
        data = [f'{{"token": "{turn} {each}"}}'.encode() for each in range(3)]

        winners = at_once(3, lambda each: notes[each].create(LOCK, data[each]))  # noqa: B023 - done at once

        assert [notes[0].read(LOCK)] == [data[each] for each in winners]
        notes[0].remove(LOCK)
    assert own(remote) == []


def test_of_several_that_replace_a_note_one_succeeds(remote: Server) -> None:
    remote.folder.mkdir(parents=True)
    remote.notes().create(LOCK, b"-")
    old, notes = b"-", [remote.notes()]
    for turn in range(6):
        notes = [remote.notes() for _ in range(2)]
        data = [f"{turn} {each}".encode() for each in range(2)]

        winners = at_once(2, lambda each: notes[each].replace(LOCK, old, data[each]))  # noqa: B023 - done at once

        assert [notes[0].read(LOCK)] == [data[each] for each in winners]
        old = data[winners[0]]
    assert not notes[0].replace(LOCK, b"another", b"new")
    assert own(remote) == [LOCK]


def test_a_turn_that_nobody_takes_is_over_some_time(remote: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.publishing.rsync.notes.TURN", 0.1)
    monkeypatch.setattr("generator.publishing.rsync.notes._GLANCE", 0.1)
    remote.folder.mkdir(parents=True)
    notes = remote.notes()
    notes.create(LOCK, b"old")
    notes.create(f"{LOCK}-turn", b"of one who was killed")

    assert notes.replace(LOCK, b"old", b"new")
    assert notes.read(LOCK) == b"new"
    assert own(remote) == [LOCK]


def test_a_renewal_whose_answer_got_lost_is_one(remote: Server, shell: RemoteShell) -> None:
    remote.folder.mkdir(parents=True)
    notes = remote.notes()
    notes.create(LOCK, b"old")
    for call in range(1, 6):
        shell.fails(f"[ $calls = {call} ] && exit 9")
        old, new = f"{call - 1}".encode() if call > 1 else b"old", f"{call}".encode()
        with pytest.raises(HostError):
            notes.replace(LOCK, old, new)
        shell.works()

        assert notes.replace(LOCK, old, new)
        assert notes.read(LOCK) == new
        assert own(remote) == [LOCK]


def modes(folder: Path) -> set[str]:
    return {stat.filemode(path.stat().st_mode) for path in folder.rglob("[!.]*")}


def test_readers_may_read_what_is_published(server: Server, site: Site) -> None:
    file = site.file("a/b/c.html")
    for path in (file.source, *file.source.parents[:2]):
        path.chmod(stat.S_IRWXU)
    before = os.umask(0o077)
    try:
        with server.opened() as host:
            list(host.upload([file]))
    finally:
        os.umask(before)

    assert modes(server.folder) == {"drwxr-xr-x", "-rw-r--r--"}
    assert stat.filemode(server.folder.stat().st_mode) == "drwxr-xr-x"


def test_where_a_group_works_together_it_may_write(server: Server, site: Site) -> None:
    server.folder.mkdir(parents=True)
    server.folder.chmod(0o2775)
    with server.opened() as host:
        list(host.upload([site.file("a/b/c.html")]))

    assert modes(server.folder) == {"drwxrwsr-x", "-rw-rw-r--"}


def test_links_to_folders_that_the_owner_of_the_host_made_stay(remote: Server, site: Site) -> None:
    files = site.files("media/a.png", "media/b.png")
    store = remote.root / "store"
    store.mkdir()
    remote.folder.mkdir(parents=True)
    (remote.folder / "media").symlink_to(store)
    with remote.opened() as host:
        list(host.upload(list(files.values())))
        list(host.delete(["media/b.png"]))

    assert (remote.folder / "media").is_symlink()
    assert sorted(tree(store)) == ["a.png"]


NO_MANIFEST: Mapping[str, str] = {
    "the host is not reached": "echo 'ssh: connect to host web port 22: No route to host' >&2; exit 255",
    "ssh is not let in": "echo 'me@web: Permission denied (publickey).' >&2; exit 255",
    "the host's key is another": "echo 'Host key verification failed.' >&2; exit 255",
    "there is no rsync": "exec sh -c 'rsnyc --server'",
    "it breaks at once": "exit 0",
    "something else answers": "echo Welcome to this host; head -c 4 >/dev/null",
    "an account may do nothing else": "echo 'This account is not available.'; head -c 4 >/dev/null; exit 1",
}

SAID = {
    "the host is not reached": "there is no way to that host",
    "ssh is not let in": "ssh was not let in; it needs a key that the host accepts",
    "the host's key is another": "ssh does not know the host's key, or knows another one",
    "there is no rsync": "rsync is not installed there",
    "it breaks at once": "the connection broke",
    "something else answers": "something other than rsync answers there",
    "an account may do nothing else": "something other than rsync answers there",
}


@pytest.mark.parametrize("fault", NO_MANIFEST)
def test_a_host_that_fails_is_not_taken_for_an_empty_one(
    remote: Server, shell: RemoteShell, site: Site, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with remote.opened() as host:
        host.write(MANIFEST, b"m" * 100_000)
        list(host.upload([site.file(f"{number}.html") for number in range(50)]))
    monkeypatch.setattr("generator.publishing.rsync.program.SILENCE", 10)
    with remote.opened(looking=True) as host:
        shell.fails(NO_MANIFEST[fault])
        try:
            with pytest.raises(HostError, match=f"^me@web:.*: {SAID[fault]}") as failure:
                host.read(MANIFEST)
            with pytest.raises(HostError):
                host.read(PENDING)
            with pytest.raises(HostError):
                host.listing({})
            with pytest.raises(HostError), remote.opened(looking=True):
                pass
            assert "\n" not in str(failure.value)
        finally:
            shell.works()


def test_a_host_that_is_silent_is_not_waited_for_without_end(
    remote: Server, shell: RemoteShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publishing.rsync.program.SILENCE", 1)
    shell.fails("exec sleep 600")

    with pytest.raises(HostError, match="the host did not answer in time"), remote.opened():
        pass


@pytest.mark.parametrize("back", [1, 50, 100, 1_000, 50_000, 99_000])
def test_an_answer_that_breaks_off_is_no_answer(
    remote: Server, shell: RemoteShell, site: Site, back: int
) -> None:
    files = site.files(*(f"{number}.html" for number in range(40)))
    with remote.opened() as host:
        host.write(MANIFEST, os.urandom(100_000))
        list(host.upload(list(files.values())))
        shell.breaks(back=back)
        with pytest.raises(HostError, match="the connection broke"):
            host.read(MANIFEST)
        if back < 500:
            with pytest.raises(HostError, match="the connection broke"):
                host.read(PENDING)
            with pytest.raises(HostError, match="the connection broke"):
                host.listing(files)
        shell.works()


def test_a_file_that_may_not_be_read_is_not_taken_for_one_that_is_not_there(
    remote: Server, shell: RemoteShell
) -> None:
    with remote.opened() as host:
        host.write(MANIFEST, b"m")
        (remote.folder / MANIFEST).unlink()
        (remote.folder / MANIFEST).symlink_to("nowhere")
        assert host.read(MANIFEST) == b"nowhere"
        (remote.folder / MANIFEST).unlink()
        (remote.folder / MANIFEST).write_text("m")
        (remote.folder / MANIFEST).chmod(0)
        as_somebody(shell)
        with pytest.raises(HostError, match=r"the account there may not do that .*\.dateline-manifest"):
            host.read(MANIFEST)
        assert host.read(PENDING) is None
        shell.works()


def as_somebody(shell: RemoteShell) -> None:
    """Go by an account that may not read everything, whatever this one may."""
    if os.getuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may read everything here")
        shell.fails('run() { eval "setpriv --bounding-set=-dac_override,-dac_read_search $1"; }')


def test_folders_of_others_that_may_not_be_read_are_no_obstacle(
    remote: Server, shell: RemoteShell, site: Site
) -> None:
    files = site.files("a/b.html", "c.html")
    with remote.opened() as host:
        list(host.upload(list(files.values())))
        (remote.folder / "private").mkdir(mode=0)
        as_somebody(shell)

        assert host.listing(files) == {path: file.digest for path, file in files.items()}

        shell.works()
        remote.folder.chmod(0)
        as_somebody(shell)
        with pytest.raises(HostError, match="the account there may not do that"):
            host.read(MANIFEST)
        remote.folder.chmod(0o755)
        shell.works()


def test_a_connection_that_breaks_leaves_whole_files_and_the_next_upload_ends_it(
    remote: Server, shell: RemoteShell, site: Site
) -> None:
    files = site.files(*(f"{number}/index.html" for number in range(20)))
    counts, after = list[int](), tree(site.folder)
    with remote.opened() as host:
        list(host.upload(list(files.values())))
        for limit in (1, 1000, 30_000, 200_000, 390_000):
            before = tree(remote.folder)
            for file in files.values():
                file.source.write_bytes(os.urandom(20_000))
            after = tree(site.folder)
            shell.breaks(there=limit)
            told = list[str]()
            with pytest.raises(HostError, match="the connection broke"):
                told.extend(host.upload(list(files.values())))
            shell.await_break()  # whole files may still be moved to their places there
            found = tree(remote.folder)
            assert all(found[path] in {before[path], after[path]} for path in files)
            assert all(found[path] == after[path] for path in told)
            counts.append(sum(found[path] == after[path] for path in files))
        shell.works()
        assert sorted(host.upload(list(files.values()))) == sorted(files)

    assert counts == sorted(counts)
    assert (counts[0], counts[-1] > 10) == (0, True)
    assert tree(remote.folder) == after


def test_what_is_told_to_be_there_is_there(remote: Server, site: Site) -> None:
    files = site.files(*(f"{number % 7}/{number}.html" for number in range(200)))
    with remote.opened() as host:
        for path in host.upload(list(files.values())):
            assert (remote.folder / path).read_text() == path
        for path in host.delete(list(files)):
            assert not (remote.folder / path).exists()


SLOWLY = "import os, time\nwhile data := os.read(0, 4096): time.sleep(0.02); os.write(1, data)"


@pytest.mark.parametrize("lost", [False, True])
def test_an_upload_that_is_given_up_ends(
    remote: Server,
    shell: RemoteShell,
    site: Site,
    tmp_path: Path,
    lost: bool,  # noqa: FBT001 - a parameter
) -> None:
    files = site.files(*(f"{number}.html" for number in range(300)))
    for file in files.values():
        file.source.write_bytes(os.urandom(8_000))
    with remote.opened() as host:
        noted = f'trap "" USR1; echo $$ >> "{tmp_path}/pids"'  # rsync sends that when it ends
        shell.fails(f'run() {{ {noted}; {sys.executable} -E -S -c "{SLOWLY}" | sh -c "$1"; }}')
        uploading = host.upload(list(files.values()))
        first = next(uploading)
        if lost:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(lease.Lease, "check", taken_over)
                with pytest.raises(HostError, match="taken over"):
                    host.check()
        else:
            uploading.close()
        await_end(tmp_path / "pids")
        assert first in tree(remote.folder)
        assert len(tree(remote.folder)) < 300
        shell.works()
        host.write(MANIFEST, b"m")

    assert own(remote) == [MANIFEST]


def taken_over(_: lease.Lease) -> None:
    raise HostError("taken over")


def test_an_upload_ends_with_its_publisher_however_that_dies(
    remote: Server, shell: RemoteShell, site: Site, tmp_path: Path
) -> None:
    for file in site.files(*(f"{number}.html" for number in range(1000))).values():
        file.source.write_bytes(os.urandom(2_000))
    program = (
        "import sys, pathlib; from generator import hosts; from generator.publishing import host\n"
        "from generator.publishing.rsync import tree\n"
        "target, root, site = hosts.Rsync(destination=sys.argv[1]), *map(pathlib.Path, sys.argv[2:])\n"
        "with tree.opened(target, root, print) as place:\n"
        "    print('opened', flush=True), input()\n"
        "    for path in place.upload([host.File(path.name, path, '', 0) for path in site.iterdir()]):\n"
        "        print(path, flush=True)\n"
    )
    command = [sys.executable, "-c", program, remote.destination, str(remote.root), str(site.folder)]
    noted = f'trap "" USR1; echo $$ >> "{tmp_path}/pids"'  # rsync sends that when it ends
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        shell.fails(f'run() {{ {noted}; {sys.executable} -E -S -c "{SLOWLY}" | sh -c "$1"; }}')
        process.stdin.write("\n")
        process.stdin.flush()
        process.stdout.readline()
        process.kill()
    await_end(tmp_path / "pids")

    assert 0 < len(tree(remote.folder)) < 1000


def test_a_full_disk_is_told(remote: Server, shell: RemoteShell, site: Site) -> None:
    big = site.file("big.bin")
    big.source.write_bytes(os.urandom(200_000))
    with remote.opened() as host:
        shell.fails("trap '' XFSZ; ulimit -f 100")
        with pytest.raises(HostError, match=r"there is no room left \(rsync: .*big\.bin.*File too large"):
            list(host.upload([site.file("a.html"), big, site.file("c.html")]))
        shell.works()

    assert sorted(tree(remote.folder)) == ["a.html"]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("nowhere", "the daemon has no such module"),
        ("looking", "the module is for reading only"),
        ("keeping", "the daemon refuses to delete, which a publish has to"),
        ("closed", "the daemon refuses user or password; RSYNC_PASSWORD of the environment has it"),
        ("gone", "the module's folder does not exist"),
    ],
)
def test_a_daemon_that_refuses_is_understood_before_anything_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, said: str
) -> None:
    (tmp_path / "secrets").write_text("me:open-sesame\n")
    (tmp_path / "secrets").chmod(0o600)
    (tmp_path / "public").mkdir()
    here = f"path = {tmp_path}/public\n"
    modules = (
        f"[looking]\n{here}[keeping]\n{here}read only = no\nrefuse options = delete\n[gone]\npath = /nowhere\n"
        f"[closed]\n{here}read only = no\nauth users = me\nsecrets file = {tmp_path}/secrets\n"
    )
    monkeypatch.setenv("RSYNC_PASSWORD", "open-barley")
    with daemon(tmp_path, modules) as address:
        server = Server(f"me@{address.partition(':')[0]}::{module}", tmp_path / "public", tmp_path)
        server.destination = f"rsync://me@{address}/{module}/"
        with pytest.raises(HostError, match=said) as failure, server.opened():
            pass
        assert "open-" not in str(failure.value)
        assert list((tmp_path / "public").iterdir()) == []
        if module == "closed":
            monkeypatch.setenv("RSYNC_PASSWORD", "open-sesame")
            with server.opened() as host:
                host.write(MANIFEST, b"m")
            assert own(server) == [MANIFEST]


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with daemon(tmp_path, "") as address:
        pass
    server = Server(f"rsync://{address}/web", tmp_path, tmp_path)

    with pytest.raises(HostError, match=r"nobody answers there \(.*Connection refused"), server.opened():
        pass


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (
            "rsync  version 3.1.3  protocol version 31",
            "is too old .*3.1.3.*; publishing there needs 3.2 or newer",
        ),
        ("openrsync: protocol version 29, rsync version 2.6.9 compatible", "is too old .*brew install rsync"),
        ("", "is too old"),
    ],
)
def test_an_rsync_that_is_too_old_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str, said: str
) -> None:
    (tmp_path / "rsync").write_text(f"#!/bin/sh\necho '{printed}'\n")
    (tmp_path / "rsync").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    with pytest.raises(HostError, match=said), Server("web:x", tmp_path, tmp_path).opened():
        pass


def test_without_rsync_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with (
        pytest.raises(HostError, match="rsync is not installed here"),
        Server("../x", tmp_path, tmp_path).opened(),
    ):
        pass


@pytest.mark.parametrize("path", [".", "..", "../root", "site"])
def test_the_site_is_not_published_into_itself(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    (root / "site").mkdir(parents=True)
    (root / "site" / ".dateline").touch()

    with pytest.raises(HostError, match="publish to"), Server(path, root, root).opened():
        pass


@pytest.mark.parametrize(
    ("text", "way", "address"),
    [
        ("me@web.example:/var/www", Way.SHELL, "me@web.example:/var/www/"),
        ("web:", Way.SHELL, "web:./"),
        ("web:/", Way.SHELL, "web:/"),
        ("web:news/", Way.SHELL, "web:news/"),
        ("[::1]:/x", Way.SHELL, "[::1]:/x/"),
        ("web::module/x", Way.DAEMON, "web::module/x/"),
        ("rsync://me@web:8873/module", Way.DAEMON, "rsync://me@web:8873/module/"),
        ("out", Way.HERE, "/srv/site/out/"),
        ("/a:b", Way.HERE, "/a:b/"),
        ("./a:b", Way.HERE, "/srv/site/a:b/"),
        ("../out", Way.HERE, "/srv/out/"),
    ],
)
def test_destinations_are_read_as_rsync_reads_them(text: str, way: Way, address: str) -> None:
    assert parse_destination(text, Path("/srv/site"))[:2] == (way, address)


@pytest.mark.parametrize("text", ["rsync://web", "rsync://web/", "web::"])
def test_a_daemon_without_a_module_is_refused(text: str) -> None:
    with pytest.raises(HostError, match="names no module"):
        parse_destination(text, Path("/srv/site"))


FAKE_SSH = """#!/bin/sh
case "$1" in -G) printf '%s\\n' {settings}; exit ;; esac
echo "$@" >> {log}
"""


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            "'connecttimeout none'",
            {"BatchMode=yes", "ConnectTimeout=15", "ControlMaster=auto", "ControlPersist=60"},
        ),
        ("'connecttimeout 3' 'controlpath /run/mine'", {"BatchMode=yes"}),
    ],
)
def test_ssh_is_as_its_user_has_set_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, expected: set[str]
) -> None:
    (tmp_path / "ssh").write_text(FAKE_SSH.format(settings=settings, log=tmp_path / "log"))
    (tmp_path / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("tempfile.tempdir", "/tmp")  # noqa: S108 - short enough for a socket

    with remote_shell("me@web") as command:
        options = command.split(" -o ")

    assert options[0] == "ssh"
    assert {option for option in options[1:] if not option.startswith("ControlPath=")} == expected
