"""What object stores say when they refuse, as a sentence."""

import pytest

from generator.publishing.bucket.errors import sentence


def said(status: str, body: str = "") -> str:
    return (
        "Generic S3 error: Error performing PUT https://store.example/news/a in 8ms"
        f" - Server returned non-2xx status code: {status}: {body}\n\nDebug source:\nGeneric {{ secret }}"
    )


def xml(code: str, more: str = "") -> str:
    return f"<Error><Code>{code}</Code><Message>Words.</Message>{more}<StringToSign>s3cr3t</StringToSign></Error>"


NOBODY = "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
WRONG = "the store does not take these credentials"
WEAK = "these credentials may not list, read, write and delete there"
MISSING = "there is no such bucket; make it, or look at `url`, `endpoint` and `region`"
AWAY = "the store cannot be reached"
ELSEWHERE = xml("AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>")
BROKEN = "Error performing GET https://store.example/a in 5ms - HTTP error: error sending request"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (said("403 Forbidden", xml("InvalidAccessKeyId")), f"{WRONG} (InvalidAccessKeyId)"),
        (said("403 Forbidden", xml("SignatureDoesNotMatch")), f"{WRONG} (SignatureDoesNotMatch)"),
        (said("400 Bad Request", xml("ExpiredToken")), f"{WRONG} (ExpiredToken)"),
        (said("401 Unauthorized"), f"{WRONG} (401 Unauthorized)"),
        (said("403 Forbidden", xml("AccessDenied")), f"{WEAK} (AccessDenied)"),
        (said("403 Forbidden"), f"{WEAK} (403 Forbidden)"),
        (said("403 Forbidden", xml("RequestTimeTooSkewed")), "the clock of this machine is wrong"),
        (said("404 Not Found", xml("NoSuchBucket")), MISSING),
        (said("404 Not Found", xml("ContainerNotFound")), MISSING),
        (said("400 Bad Request", ELSEWHERE), "the bucket is in another region; set `region` to eu-west-3"),
        (
            "Generic S3 error: Received redirect without LOCATION, this normally indicates a wrong region",
            "the bucket is in another region; set `region`",
        ),
        (said("503 Slow Down", xml("SlowDown")), "the store answered 503 Slow Down (SlowDown: Words.)"),
        (said("507 Insufficient Storage"), "the store answered 507 Insufficient Storage"),
        ("Error performing PUT http://169.254.169.254/latest/api/token in 1s - HTTP error", NOBODY),
        (
            "Lacked credentials for path External AWS credential provider: SSOTokenLoadError: no token\n",
            "no credentials could be had (SSOTokenLoadError: no token)",
        ),
        (f"{BROKEN}\n dns error", f"{AWAY}: its name is not known"),
        (f"{BROKEN}\n TimedOut", f"{AWAY}: it did not answer in time"),
        (BROKEN, f"{AWAY}: the connection broke"),
        ("Something else\n\nDebug source: secret", "Something else"),
    ],
)
def test_every_refusal_has_a_sentence(text: str, meaning: str) -> None:
    assert sentence("s3://news", text) == f"s3://news: {meaning}"


@pytest.mark.parametrize(
    ("name", "set_this"),
    [("gs://news", "GOOGLE_APPLICATION_CREDENTIALS"), ("az://$web", "AZURE_STORAGE_ACCOUNT_NAME")],
)
def test_every_store_has_credentials_of_its_own(name: str, set_this: str) -> None:
    for text in ("GET http://metadata.google.internal/x - HTTP error", "GET http://169.254.169.254/metadata"):
        assert f"there are no credentials; set {set_this}" in sentence(name, text)


def test_no_secret_of_the_environment_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_SAS_TOKEN", "sv=2022&sig=abcdefgh")

    text = sentence("az://news", "Could not parse sv=2022&sig=abcdefgh of https://a:b@store.example/?sig=xyz")

    assert "abcdefgh" not in text
    assert "xyz" not in text
    assert "a:b" not in text
