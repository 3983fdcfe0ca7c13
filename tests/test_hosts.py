"""`[publish.NAME]` in the configuration, and secrets that stay where they are."""

import pytest

from generator import hosts
from generator.config import parse_config
from generator.model import DatelineError
from generator.publishing.redaction import redact


def test_a_target_is_told_by_its_kind() -> None:
    text = (
        '[publish.web]\nkind = "folder"\npath = "/srv/news"\n'
        '[publish.pages]\nkind = "git"\n'
        '[publish.mirror]\nkind = "rsync"\ndestination = "web@mirror.example:/srv/news"\n'
        '[publish.store]\nkind = "bucket"\nurl = "s3://news"\nendpoint = "http://127.0.0.1:9000"\ncompress = true\n'
    )

    assert parse_config(text).publish == {
        "web": hosts.Folder(path="/srv/news"),
        "pages": hosts.Git(repository="origin", branch="gh-pages", history=True, cname=""),
        "mirror": hosts.Rsync(destination="web@mirror.example:/srv/news"),
        "store": hosts.Bucket(url="s3://news", endpoint="http://127.0.0.1:9000", compress=True),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("publish = 1", "1: `publish` expected `object`, got `int`"),
        ("[publish]\nweb = 1", "2: `publish.web` must be a table: [publish.web] with a `kind`"),
        (
            '[publish.web]\npath = "x"',
            '1: `publish.web.kind` must be one of "folder", "git", "rsync", "bucket"',
        ),
        ('[publish.web]\nkind = "ftp"', '2: `publish.web.kind` must be one of "folder"'),
        ('[publish.web]\nkind = "folder"', "1: `publish.web.path` is missing"),
        ('[publish.web]\nkind = "folder"\npath = ""', "3: `publish.web.path` must not be empty"),
        (
            '[publish.web]\nkind = "git"\nbranc = "x"',
            "3: `publish.web.branc` is not known; did you mean `branch`?",
        ),
        ('[publish.web]\nkind = "git"\nhistory = 1', "3: `publish.web.history` expected `bool`, got `int`"),
        ('[publish.web]\nkind = "git"\nbranch = "--mirror"', "3: `publish.web.branch` must be plain text"),
        ('[publish.web]\nkind = "git"\ncname = "https://x"', "3: `publish.web.cname` must be a domain"),
        (
            '[publish.web]\nkind = "rsync"\ndestination = "-e sh"',
            "3: `publish.web.destination` must be plain",
        ),
        (
            '[publish.web]\nkind = "bucket"\nurl = "ftp://x"',
            "3: `publish.web.url` must be an address: s3://name",
        ),
        ('[publish."a b"]\nkind = "git"', "1: `publish.a b` must have a name of letters, digits, - and _"),
        (
            '[publish.web]\nkind = "git"\nrepository = "https://me:hunter2@host.example/x.git"',
            "3: `publish.web.repository` must not hold a password",
        ),
        (
            '[publish.web]\nkind = "git"\nrepository = "https://hunter2@host.example/x.git"',
            "3: `publish.web.repository` must not hold a password",
        ),
        (
            '[publish.web]\nkind = "rsync"\ndestination = "me:hunter2@host.example::news"',
            "3: `publish.web.destination` must not hold a password",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(DatelineError) as error:
        parse_config(f"{text}\n")

    assert str(error.value).startswith(f"dateline.toml:{message}")
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "fatal: https://me:hunter22@host.example/x.git is away",
        "ssh://hunter22@host.example said no",
        "GET https://store.example/x?sig=hunter22&se=2025 failed",
        "GET https://store.example/x?X-Amz-Signature=hunter22 failed",
        "Authorization: Bearer hunter22",
        "the key hunter22 is not valid",
    ],
)
def test_secrets_are_taken_out_of_what_others_say(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter22" if "the key" in text else "another-secret")

    assert "hunter22" not in redact(text)
    assert redact(text) != ""


def test_what_is_no_secret_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_KEY_KIND", "rsa")

    text = (
        "https://host.example/a?page=2: the rsa key of mirror.example is not known (me@mirror.example:/srv)"
    )
    assert redact(text) == text
