"""A bucket as a host, at moto's S3 server: what is stored how, what happens when the line or the store fails."""

import gzip
import hashlib
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from buckets import Asked, Buckets, Fault
from conftest import Project, quiet
from publishing import BucketPlace, dead_links, publish, shown, torn

from generator import hosts
from generator.model import DatelineError, Passing
from generator.publishing import lease
from generator.publishing.bucket import bucket, store
from generator.publishing.bucket.bucket import Place
from generator.publishing.bucket.delivery import UNCHANGING
from generator.publishing.host import LOCK, MANIFEST, File, HostError
from generator.publishing.manifest import UNKNOWN

Opened = Callable[..., AbstractContextManager[Place]]

HOUR, MINUTE = "public, max-age=3600", "public, max-age=60, must-revalidate"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again as often as ever, and wait for nothing in between."""
    at_once = timedelta(milliseconds=1)
    for name in ("_HASTY", "_PATIENT"):
        found = getattr(store, name)
        backoff = {"init_backoff": at_once, "max_backoff": at_once, "base": 2}
        monkeypatch.setattr(store, name, {**found, "backoff": backoff})


@pytest.fixture
def opened(buckets: Buckets, tmp_path: Path) -> Opened:
    """Open the bucket "news"."""
    buckets.make("news")

    def open_it(tell: Callable[[str], None] = quiet, *, looking: bool = True, **keys: Any) -> Any:  # noqa: ANN401
        target = hosts.Bucket(**{"url": "s3://news", "endpoint": buckets.endpoint, **keys})
        return bucket.opened(target, tmp_path, tell, looking=looking)

    return open_it


@pytest.fixture
def host(opened: Opened) -> Iterator[Place]:
    with opened() as place:
        yield place


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., list[File]]:
    """Make files of a site."""

    def make(**data: bytes) -> list[File]:
        return [one(path, content) for path, content in data.items()]

    def one(path: str, data: bytes) -> File:
        source = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        source.write_bytes(data)
        return File(path, source, hashlib.sha256(data).hexdigest(), len(data))

    return make


def uploads(asked: Asked) -> bool:
    return asked.method == "PUT" and ".dateline" not in asked.path


@pytest.mark.parametrize(
    "path",
    [
        "a.html",
        "tags/c#/a.html",
        "tags/a b/100%.html",
        "tags/北京/ü+&=?;'.html",
        "x/%20.html",
        "a~b/[c]/(d)!.txt",
    ],
)
def test_any_name_comes_and_goes(
    host: Place, buckets: Buckets, made: Callable[..., list[File]], path: str
) -> None:
    (file,) = made(**{path: b"text"})

    assert list(host.upload([file])) == [path]
    assert host.listing({path: file}) == {path: file.digest}
    assert (buckets.get("news", path) or (b"",))[0] == b"text"

    assert list(host.delete([path])) == [path]
    assert host.listing({}) == {}


def test_small_files_are_written_read_and_removed(host: Place) -> None:
    assert host.read("x") is None
    host.write("x", b"1")
    host.write("x", b"2")
    assert host.read("x") == b"2"

    host.remove("x")
    host.remove("x")
    assert host.read("x") is None


@pytest.mark.parametrize(
    ("path", "kind", "keeping"),
    [
        ("index.html", "text/html; charset=utf-8", MINUTE),
        ("2025/06/02/a/index.html", "text/html; charset=utf-8", MINUTE),
        ("rss.xml", "application/rss+xml", MINUTE),
        ("topics/sport/atom.xml", "application/atom+xml", MINUTE),
        ("feed.json", "application/feed+json", MINUTE),
        ("subscriptions.opml", "text/x-opml; charset=utf-8", MINUTE),
        ("sitemap.xml", "application/xml", MINUTE),
        ("robots.txt", "text/plain; charset=utf-8", MINUTE),
        ("pagefind/parts.json", "application/json", MINUTE),
        ("CNAME", "application/octet-stream", MINUTE),
        ("assets/style.css", "text/css; charset=utf-8", HOUR),
        ("assets/search.js", "text/javascript; charset=utf-8", HOUR),
        ("2025/06/02/a/a.jpg", "image/jpeg", HOUR),
        ("icon.svg", "image/svg+xml", HOUR),
        (
            "pagefind/en-0123456789abcdef0123/pagefind.js",
            "text/javascript; charset=utf-8",
            UNCHANGING,
        ),
        ("pagefind/en-short/pagefind.js", "text/javascript; charset=utf-8", HOUR),
    ],
)
def test_readers_are_told_what_a_file_is_and_how_long_to_keep_it(
    host: Place, buckets: Buckets, made: Callable[..., list[File]], path: str, kind: str, keeping: str
) -> None:
    list(host.upload(made(**{path: b"text"})))

    _, fields = buckets.get("news", path) or (b"", {})
    assert (fields["Content-Type"], fields["Cache-Control"]) == (kind, keeping)
    assert fields.get("Content-Encoding") is None


def test_what_dateline_keeps_there_is_kept_by_nobody_else(host: Place, buckets: Buckets) -> None:
    host.write(MANIFEST, b"#")

    _, fields = buckets.get("news", MANIFEST) or (b"", {})
    assert fields["Cache-Control"] == "no-store"
    assert fields["Content-Type"] == "text/plain; charset=utf-8"


def test_text_is_stored_compressed_where_that_is_wanted(
    opened: Opened, buckets: Buckets, made: Callable[..., list[File]]
) -> None:
    long, picture = b"word " * 100, bytes(500)
    files = made(**{"a.html": long, "a.xml": long, "a.json": long, "b.html": b"short", "a.png": picture})

    with opened(compress=True) as host:
        assert host.form == "gzip"
        list(host.upload(files))
        assert host.listing({file.path: file for file in files}) == {file.path: file.digest for file in files}

    found = buckets.stored("news")
    assert {path for path, file in found.items() if file.encoding == "gzip"} == {"a.html", "a.xml", "a.json"}
    assert gzip.decompress(found["a.html"].data) == long
    assert (found["b.html"].data, found["a.png"].data) == (b"short", picture)
    assert found["a.html"].data[4:8] == bytes(4)  # no time of day: RFC 1952, section 2.3.1


def test_a_listing_knows_files_by_their_checksums(
    host: Place, buckets: Buckets, made: Callable[..., list[File]]
) -> None:
    same, other, shorter, gone = made(
        **{"a.html": b"one", "b.html": b"two", "c.html": b"three", "d.html": b""}
    )
    list(host.upload([same]))
    buckets.put("news", "b.html", b"TWO")
    buckets.put("news", "c.html", b"3")
    buckets.put("news", "theirs.txt", b"4")
    for own in (LOCK, MANIFEST):
        host.write(own, b"x")

    found = host.listing({file.path: file for file in (same, other, shorter, gone)})

    assert found == {"a.html": same.digest, "b.html": UNKNOWN, "c.html": UNKNOWN, "theirs.txt": UNKNOWN}


def test_a_large_file_goes_in_parts_and_is_not_known_by_its_tag(
    host: Place, buckets: Buckets, made: Callable[..., list[File]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "PART", 1 << 20)
    film, page = made(**{"film.mp4": bytes(range(256)) * 40_000, "a.html": b"a"})

    assert set(host.upload([film, page])) == {"film.mp4", "a.html"}

    assert buckets.stored("news")["film.mp4"].data == film.source.read_bytes()
    assert any("uploadId" in asked.path for asked in buckets.asked)
    _, fields = buckets.get("news", "film.mp4") or (b"", {})
    assert fields["Content-Type"] == "video/mp4"
    assert host.listing({"film.mp4": film, "a.html": page}) == {"film.mp4": UNKNOWN, "a.html": page.digest}


def test_folders_that_other_tools_mark_by_empty_files_are_none(
    host: Place, opened: Opened, buckets: Buckets
) -> None:
    buckets.put("news", "shop/")
    buckets.put("news", "shop/a.html", b"1")
    buckets.put("news", "empty.txt")

    with opened(prefix="shop") as shop:
        assert shop.listing({}) == {"a.html": UNKNOWN}
    assert host.listing({}) == {"shop/a.html": UNKNOWN, "empty.txt": UNKNOWN}


def test_two_keys_that_mean_one_path_are_not_known(
    host: Place, buckets: Buckets, made: Callable[..., list[File]]
) -> None:
    (file,) = made(**{"a.html": b"one"})
    list(host.upload([file]))
    buckets.put("news", "/a.html", b"one")

    assert host.listing({"a.html": file}) == {"a.html": UNKNOWN}


def test_a_key_that_is_no_path_is_told(host: Place, buckets: Buckets) -> None:
    buckets.put("news", "shop//a.html", b"1")

    with pytest.raises(HostError, match=r"^s3://news: holds a key that is not the path of a file"):
        host.listing({})


def test_long_listings_come_in_pages(host: Place, buckets: Buckets) -> None:
    for number in range(1100):
        buckets.put_quickly("news", f"{number}.txt", b"1")

    assert len(host.listing({})) == 1100


def test_nothing_beside_the_prefix_is_seen_or_touched(
    opened: Opened, buckets: Buckets, made: Callable[..., list[File]]
) -> None:
    for key in ("a.html", "news2/a.html", "new/a.html", "my news/ü/b.html"):
        buckets.put("news", key, b"theirs")
    (file,) = made(**{"a.html": b"mine"})

    with opened(prefix="/my news/ü/") as host:
        assert host.name == "s3://news/my news/ü"
        assert host.listing({}) == {"b.html": UNKNOWN}
        list(host.upload([file]))
        host.write(MANIFEST, b"1")
        list(host.delete(["b.html"]))

    assert {key: file.data for key, file in buckets.stored("news").items()} == {
        "a.html": b"theirs",
        "news2/a.html": b"theirs",
        "new/a.html": b"theirs",
        "my news/ü/a.html": b"mine",
        f"my news/ü/{MANIFEST}": b"1",
    }


@pytest.mark.parametrize("fault", ["cut", "lost", 503, 500, 429])
def test_what_fails_for_a_moment_is_tried_again(
    host: Place, buckets: Buckets, made: Callable[..., list[File]], fault: str | int
) -> None:
    files = made(**{f"{number}.html": b"%d" % number for number in range(20)})
    left = iter(range(5))
    buckets.fault = lambda asked: fault if uploads(asked) and next(left, None) is not None else None

    assert set(host.upload(files)) == {file.path for file in files}
    assert {key: file.data for key, file in buckets.stored("news").items()} == {
        file.path: file.source.read_bytes() for file in files
    }


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("cut", "the store cannot be reached: the connection broke"),
        (503, r"the store answered 503 .*SlowDown: As asked for\."),
        (403, r"these credentials may not list, read, write and delete there \(AccessDenied\)"),
    ],
)
def test_what_fails_for_good_ends_the_upload_after_what_was_done(
    host: Place, buckets: Buckets, made: Callable[..., list[File]], fault: str | int, why: str
) -> None:
    files = made(**{f"{number}.html": b"%d" % number for number in range(60)})
    lock, done = threading.Lock(), []

    def fail(asked: Asked) -> str | int | None:
        with lock:
            done.append(asked)
            return fault if len(done) > 40 else None

    buckets.fault = fail
    given = host.upload(files)
    seen: list[str] = []
    with pytest.raises(HostError, match=f"^s3://news: {why}"):
        seen.extend(given)

    buckets.fault = lambda _: None
    assert seen
    assert set(seen) <= set(buckets.stored("news")) <= {file.path for file in files}
    assert all(host.read(path) == path.removesuffix(".html").encode() for path in seen)


def test_a_file_that_is_gone_meanwhile_is_named(host: Place, made: Callable[..., list[File]]) -> None:
    (file,) = made(**{"a.html": b"1"})
    file.source.unlink()

    with pytest.raises(HostError, match=rf"^{file.source}: cannot be read \(No such file"):
        list(host.upload([file]))


def test_deletions_go_together_and_what_links_goes_first(host: Place, buckets: Buckets) -> None:
    paths = ["rss.xml", "index.html", *(f"2025/06/02/{number}/index.html" for number in range(30)), "a.png"]
    for path in [*paths, "stays.html"]:
        buckets.put("news", path, b"1")
    buckets.asked.clear()

    assert list(host.delete(paths)) == paths

    assert list(buckets.stored("news")) == ["stays.html"]
    assert [asked.method for asked in buckets.asked] == ["POST"] * 4


@pytest.mark.parametrize("status", [501, 400, 500])
def test_a_store_that_does_not_delete_together_deletes_one_by_one(
    host: Place, buckets: Buckets, status: int
) -> None:
    paths = [f"{number}.html" for number in range(9)]
    for path in paths[1:]:
        buckets.put("news", path, b"1")
    buckets.fault = lambda asked: status if asked.method == "POST" else None

    assert sorted(host.delete(paths)) == paths
    assert buckets.stored("news") == {}


def test_of_two_who_create_a_file_one_succeeds(opened: Opened) -> None:
    with opened() as first, opened() as second, ThreadPoolExecutor() as threads:
        for number in range(10):
            tries = [threads.submit(host.create, f"{number}", b"%d" % id(host)) for host in (first, second)]
            assert sorted(one.result() for one in tries) == [False, True]


def test_a_file_is_replaced_only_as_it_was(host: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not host.replace("x", b"0", b"1")
    host.write("x", b"0")
    assert host.replace("x", b"0", b"1")
    assert not host.replace("x", b"0", b"2")
    assert host.replace("x", b"0", b"1")  # it is there already

    real = store.Store.read

    async def read(self: store.Store, path: str) -> Any:  # noqa: ANN401 - as the real one
        found = await real(self, path)
        await self.write(path, b"theirs", {})
        return found

    monkeypatch.setattr(store.Store, "read", read)
    assert not host.replace("x", b"1", b"2")


@pytest.mark.parametrize("step", ["create", "replace"])
def test_an_answer_that_gets_lost_does_not_cost_the_lease(host: Place, buckets: Buckets, step: str) -> None:
    if step == "replace":
        host.create("x", b"1")
    left = iter([1])
    buckets.fault = lambda asked: "lost" if asked.method == "PUT" and next(left, None) else None

    assert host.create("x", b"2") if step == "create" else host.replace("x", b"1", b"2")
    assert host.read("x") == b"2"


def test_a_store_without_conditions_is_written_and_read_back(
    opened: Opened, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "SETTLING", 0)
    told: list[str] = []
    buckets.fault = lambda asked: 501 if {"IF_NONE_MATCH", "IF_MATCH"} & asked.fields.keys() else None

    with opened(told.append) as host:
        assert host.create("x", b"1")
        assert not host.create("x", b"2")
        assert host.replace("x", b"1", b"2")
        assert not host.replace("x", b"1", b"3")
        assert host.read("x") == b"2"
    assert told == ["s3://news: this store keeps two publishers apart less surely; start one at a time"]


def test_where_both_write_without_conditions_the_later_one_has_it(
    opened: Opened, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    buckets.fault = lambda asked: 501 if "IF_NONE_MATCH" in asked.fields else None
    with opened() as host, opened() as other:
        monkeypatch.setattr(time, "sleep", lambda _: other.write("x", b"theirs"))

        assert not host.create("x", b"mine")


def test_one_publisher_at_a_time(opened: Opened, buckets: Buckets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.02)
    monkeypatch.setattr(lease, "GLANCE", 0.3)
    told: list[str] = []

    with opened(looking=False) as host:
        host.check()
        with (
            pytest.raises(Passing, match=r"^s3://news: another publisher"),
            opened(told.append, looking=False),
        ):
            pass
        with opened(looking=True) as looking:
            looking.check()
    assert told == ["s3://news: somebody publishes there, or was stopped; looking whether they still do"]
    assert buckets.stored("news") == {}


def test_a_lease_in_public_tells_nothing_of_the_machine(opened: Opened, buckets: Buckets) -> None:
    with opened(looking=False):
        data = buckets.stored("news")[LOCK].data.decode()

    assert os.uname().nodename not in data


def test_who_lost_the_lease_changes_nothing_more(
    project: Project, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site(project, buckets)
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    real = Place.upload

    def upload(self: Place, files: list[File]) -> Iterator[str]:
        for path in real(self, files):
            self.write(LOCK, b"theirs")
            threading.Event().wait(0.1)
            yield path

    monkeypatch.setattr(Place, "upload", upload)
    with pytest.raises(HostError, match="another publisher took over; nothing more is changed from here"):
        publish(project)
    assert place.files()[LOCK] == b"theirs"
    assert "index.html" not in place.files()


def site(project: Project, buckets: Buckets, more: str = "") -> BucketPlace:
    place = BucketPlace(buckets, "paper", more)
    project.configure(f"[publish.web]\n{place.table}\n")
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Cup, Rail]").build()
    return place


def test_a_host_that_lists_late_costs_nothing_but_time(
    project: Project, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site(project, buckets)
    publish(project)
    project.article("sport/2025-06-03/derby.md", "A derby", "2025-06-03").build()
    publish(project)
    real = store.Store.list

    async def late(self: store.Store) -> list[store.Stored]:
        return [file for file in await real(self) if "derby" not in file.path and "rss" not in file.path]

    monkeypatch.setattr(store.Store, "list", late)
    assert publish(project).uploaded == ()
    place.put_back({key: file for key, file in place.keep().items() if MANIFEST not in key})

    report = publish(project)

    assert {path for path in report.uploaded if "rss" not in path} == {"2025/06/03/derby/index.html"}
    assert shown(place.files()) == project.site()


def test_another_form_sends_every_file_again(project: Project, buckets: Buckets) -> None:
    place = site(project, buckets)
    publish(project)
    text = (project.root / "dateline.toml").read_text()
    project.write(
        "dateline.toml", text.replace('kind = "bucket"', 'kind = "bucket"\ncompress = true')
    ).build()

    report = publish(project)

    assert set(report.uploaded) == project.site().keys()
    assert shown(place.files()) == project.site()
    assert publish(project).uploaded == ()
    assert publish(project, verify=True).uploaded == ()


def test_what_was_published_by_other_tools_can_be_taken_over(project: Project, buckets: Buckets) -> None:
    place = site(project, buckets)
    for path, data in project.site().items():
        buckets.put("paper", f"the news/{path}", data)

    assert publish(project).uploaded == ()
    assert MANIFEST in place.files()


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"url": "s3://nowhere"}, "s3://nowhere: there is no such bucket; make it, or look at `url`"),
        ({"endpoint": "http://127.0.0.1:9"}, "s3://news: the store cannot be reached: nothing answers there"),
        ({"endpoint": "https://store.invalid"}, "s3://news: the store cannot be reached: "),
    ],
)
def test_a_place_that_is_not_there_is_told(opened: Opened, keys: dict[str, str], why: str) -> None:
    for looking in (True, False):
        with pytest.raises(HostError, match=f"^{why}"), opened(looking=looking, **keys) as host:
            host.read(MANIFEST)


def test_a_wrong_key_is_told_without_what_it_opens(
    opened: Opened, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "AccessDenied")  # as if the store repeated it
    buckets.fault = lambda _: 403

    with pytest.raises(HostError, match=r"^s3://news: these credentials may not .* \(…\)$"), opened() as host:
        host.read(MANIFEST)


def test_without_credentials_it_is_said_what_to_set(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9")

    why = "^s3://news: there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE$"
    with pytest.raises(HostError, match=why), opened() as host:
        host.read(MANIFEST)


def test_credentials_may_come_from_a_profile(
    opened: Opened, buckets: Buckets, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_PROFILE", "press")
    (tmp_path / ".aws").mkdir()
    credentials = "[press]\naws_access_key_id = AKPROFILE\naws_secret_access_key = s3cr3t\n"
    (tmp_path / ".aws/credentials").write_text(credentials)
    (tmp_path / ".aws/config").write_text(
        f"[profile press]\nregion = eu-west-3\nendpoint_url = {buckets.endpoint}\n"
    )

    with opened(endpoint="") as host:
        host.write("x", b"1")

    assert "Credential=AKPROFILE/" in buckets.asked[-1].fields["AUTHORIZATION"]
    assert "/eu-west-3/s3/" in buckets.asked[-1].fields["AUTHORIZATION"]


def test_the_configuration_counts_before_the_environment(
    opened: Opened, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://store.invalid")
    monkeypatch.setenv("AWS_REGION", "eu-west-3")

    with opened(region="us-west-2") as host:
        host.write("x", b"1")

    assert "/us-west-2/s3/" in buckets.asked[-1].fields["AUTHORIZATION"]


@pytest.mark.usefixtures("buckets")
def test_an_endpoint_that_is_not_encrypted_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    far = "http://192.0.2.1:9000"
    with bucket.opened(hosts.Bucket(url="s3://news", endpoint=far), tmp_path, told.append, looking=True):
        pass
    assert told == [f"s3://news: {far} is not encrypted; whoever is on the way can read what is sent"]

    opened = bucket.opened(hosts.Bucket(url="gs://news", endpoint=far), tmp_path, quiet, looking=True)
    with pytest.raises(HostError, match="would get credentials in the clear; use https://"), opened:
        pass


@pytest.mark.usefixtures("buckets")
def test_azure_asks_for_an_account(tmp_path: Path) -> None:
    opened = bucket.opened(hosts.Bucket(url="az://$web"), tmp_path, quiet, looking=True)

    with (
        pytest.raises(
            HostError, match=r"^az://\$web: there are no credentials; set AZURE_STORAGE_ACCOUNT_NAME"
        ),
        opened,
    ):
        pass


def test_the_process_ends_as_it_should_while_threads_of_the_library_come_back(buckets: Buckets) -> None:
    program = (
        "import sys, time\n"
        "from asyncio import selector_events\n"
        "from pathlib import Path\n"
        "from generator import hosts\n"
        "from generator.publishing.bucket import bucket\n"
        "real = selector_events.BaseSelectorEventLoop._write_to_self\n"
        "def late(loop):\n"
        "    real(loop)\n"
        "    time.sleep(0.008)\n"  # so that it returns while Python ends
        "selector_events.BaseSelectorEventLoop._write_to_self = late\n"
        f"target = hosts.Bucket(url='s3://nowhere', endpoint={buckets.endpoint!r})\n"
        "try:\n"
        "    with bucket.opened(target, Path(), print, looking=True) as host:\n"
        "        host.read('x')\n"
        "except bucket.HostError:\n"
        "    sys.exit(7)\n"
    )
    command = [sys.executable, "-c", program]

    assert [subprocess.run(command, check=False).returncode for _ in range(3)] == [7, 7, 7]


def test_without_obstore_it_is_said_what_to_install() -> None:
    program = (
        "import sys\n"
        "sys.modules['obstore'] = None\n"
        "from generator.model import DatelineError\n"
        "try:\n"
        "    from generator.publishing.bucket import bucket\n"
        "except DatelineError as error:\n"
        "    print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert said == "a bucket is published to with obstore: pip install 'dateline[bucket]'\n"


@pytest.mark.parametrize("prefix", ["a//b", "../a", "a/./b", "//", "."])
def test_a_prefix_is_a_path(project: Project, prefix: str) -> None:
    project.configure(f'[publish.web]\nkind = "bucket"\nurl = "s3://news"\nprefix = "{prefix}"\n')

    with pytest.raises(DatelineError, match=r"dateline.toml:8: .*must be a path such as news/digest"):
        project.build()


@pytest.mark.parametrize("prefix", ["", "a", "/a/", "a b/ü/c.d/..e/f%20#"])
def test_a_path_is_a_prefix(project: Project, prefix: str) -> None:
    project.configure(f'[publish.web]\nkind = "bucket"\nurl = "s3://news"\nprefix = "{prefix}"\n')

    project.build()


def after_some(requests: int, fault: str | int) -> Fault:
    passed = itertools.count()
    return lambda _: fault if next(passed) >= requests else None


@pytest.mark.parametrize("fault", ["cut", "lost", 503])
def test_cut_off_at_any_request_a_site_stays_that_works(
    project: Project, buckets: Buckets, fault: str | int
) -> None:
    place = site(project, buckets)
    publish(project)
    before = shown(place.files())
    project.article("sport/2025-06-03/derby.md", "A derby", "2025-06-03", tags="[Derby]")
    project.remove("content/sport/2025-06-02/cup.md").build()
    after = project.site()
    kept, failures = place.keep(), 0

    for number in range(4, 1000, 3):
        place.put_back(kept)
        buckets.fault = after_some(number, fault)
        try:
            publish(project, max_delete="100%")
        except HostError:
            failures += 1
        else:
            break
        finally:
            buckets.fault = lambda _: None
        assert dead_links(shown(place.files())) == [], f"request {number}"
        assert torn(shown(place.files()), before, after) == [], f"request {number}"
        publish(project, max_delete="100%")
        assert shown(place.files()) == after, f"request {number}"

    assert failures > 9
    assert shown(place.files()) == after


def test_an_interrupt_ends_a_publish_at_once(project: Project, buckets: Buckets) -> None:
    place = site(project, buckets)
    stalled, over = threading.Event(), threading.Event()

    def stall(asked: Asked) -> None:
        if uploads(asked) and "index.html" in asked.path:
            stalled.set()
            over.wait()

    buckets.fault = stall
    command = [sys.executable, "-m", "generator.cli", "publish", "--root", str(project.root)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert stalled.wait(60)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)  # the store itself would take two minutes
    finally:
        over.set()
        running.kill()
    buckets.fault = lambda _: None

    assert "Traceback" not in said
    assert running.returncode == 130
    assert LOCK not in place.files()
    publish(project)
    assert shown(place.files()) == project.site()
