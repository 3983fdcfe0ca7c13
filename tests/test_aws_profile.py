"""The profiles of Amazon's tools: which credentials count, and what is said of files that do not do."""

from pathlib import Path

import pytest

from generator.publishing.bucket.aws_profile import read_profile
from generator.publishing.host import HostError

CREDENTIALS = """\
[default]
aws_access_key_id = AKDEFAULT
aws_secret_access_key = one/two+three=

[press]
aws_access_key_id=AKPRESS
aws_secret_access_key=secret
aws_session_token=token
"""
CONFIG = """\
[default]
region = eu-west-1

[profile press]
region = eu-west-3
endpoint_url = https://store.example
s3 =
  max_concurrent_requests = 20

[profile desk]
sso_session = desk
sso_account_id = 1

[profile odd]
output = json
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/credentials").write_text(CREDENTIALS)
    (tmp_path / ".aws/config").write_text(CONFIG)
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        (
            {},
            {"access_key_id": "AKDEFAULT", "secret_access_key": "one/two+three=", "region": "eu-west-1"},
        ),
        (
            {"AWS_PROFILE": "press"},
            {
                "access_key_id": "AKPRESS",
                "secret_access_key": "secret",
                "session_token": "token",
                "region": "eu-west-3",
                "endpoint": "https://store.example",
            },
        ),
        ({"AWS_PROFILE": "odd"}, {}),
        ({"AWS_PROFILE": "desk"}, {"profile": "desk"}),
        ({"AWS_DEFAULT_PROFILE": "desk"}, {"profile": "desk"}),
        # what the environment says counts before what a profile says
        ({"AWS_ACCESS_KEY_ID": "AK"}, {"region": "eu-west-1"}),
        ({"AWS_ACCESS_KEY_ID": "AK", "AWS_REGION": "us-west-2"}, {}),
        ({"AWS_ACCESS_KEY_ID": "AK", "AWS_DEFAULT_REGION": "us-west-2"}, {}),
        ({"AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_REGION": "us-west-2"}, {}),
        (
            {"AWS_ACCESS_KEY_ID": "AK", "AWS_PROFILE": "press"},
            {"region": "eu-west-3", "endpoint": "https://store.example"},
        ),
        (
            {"AWS_ACCESS_KEY_ID": "AK", "AWS_PROFILE": "press", "AWS_ENDPOINT_URL": "x"},
            {"region": "eu-west-3"},
        ),
        ({"AWS_ACCESS_KEY_ID": "AK", "AWS_PROFILE": "nobody"}, {}),
    ],
)
def test_what_counts(home: Path, environ: dict[str, str], found: dict[str, str]) -> None:
    assert read_profile({"HOME": str(home), **environ}) == found


def test_without_any_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_profile({"HOME": str(tmp_path)}) == {}


def test_the_files_may_lie_elsewhere(home: Path, tmp_path: Path) -> None:
    (home / ".aws").rename(tmp_path / "elsewhere")
    variables = {
        "HOME": str(home),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "elsewhere/credentials"),
        "AWS_CONFIG_FILE": str(tmp_path / "elsewhere/config"),
    }

    assert read_profile(variables)["access_key_id"] == "AKDEFAULT"
    assert read_profile(variables)["region"] == "eu-west-1"


def test_a_profile_that_is_not_there_is_told(home: Path) -> None:
    with pytest.raises(HostError, match="AWS_PROFILE names the profile 'pres', but no such profile is in"):
        read_profile({"HOME": str(home), "AWS_PROFILE": "pres"})


@pytest.mark.parametrize(
    "text", [b"aws_secret_access_key = secret\n", b"[default\nsecret", b"\xff\xfe[default]"]
)
def test_a_file_of_another_form_is_told_without_what_it_holds(home: Path, text: bytes) -> None:
    (home / ".aws/credentials").write_bytes(text)

    with pytest.raises(HostError, match=r"\.aws/credentials: ") as told:
        read_profile({"HOME": str(home)})
    assert "secret" not in str(told.value)
