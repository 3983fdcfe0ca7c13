"""What object stores say when they refuse, as a sentence for whoever publishes. Pure.

Their codes: Amazon S3 API Reference ("Error responses", which Google's XML API and others follow), and Azure Blob
Storage ("Common REST API error codes").
"""

import re

from generator.publishing.redaction import redact

_CODE = re.compile(r"<Code>([^<]{1,80})</Code>")
_MESSAGE = re.compile(r"<Message>([^<\n]{1,200})")
_STATUS = re.compile(r"status code: (\d{3} [A-Z][A-Za-z ]*)")
_REGION = re.compile(r"<Region>([a-z0-9-]{1,40})</Region>")
_DETAIL = re.compile(r"credential provider: (.{1,200})")
_NO_BUCKET = frozenset({"NoSuchBucket", "ContainerNotFound", "InvalidBucketName", "ContainerBeingDeleted"})
_REASONS = {
    "dns error": "its name is not known",
    "Connection refused": "nothing answers there",
    "certificate": "its certificate is not valid",
    "TimedOut": "it did not answer in time",
    "Timeout": "it did not answer in time",
    "builder error": "its address is not one",
}
_LONGEST = 200

CREDENTIALS = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS, or run `gcloud auth application-default login`",
    "az": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_TOKEN",
}
"""What to set in the environment so that a store knows who publishes, by the scheme of its addresses."""


_MEANINGS: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        frozenset(),  # the addresses where the machines of a host are told who they are, which comes last
        r"169\.254\.\d+\.\d+|metadata\.google\.internal|/latest/api/token|Account must be specified",
        "there are no credentials; set {credentials}",
    ),
    (
        frozenset(),
        "external_account",
        "a workload identity is not read from its file here; have a token made and set GOOGLE_BEARER_TOKEN",
    ),
    (frozenset(), "External .* credential provider", "no credentials could be had ({detail})"),
    (_NO_BUCKET, "", "there is no such bucket; make it, or look at `url`, `endpoint` and `region`"),
    (
        frozenset(
            {
                "AuthenticationFailed",
                "ExpiredToken",
                "InvalidAccessKeyId",
                "InvalidAuthenticationInfo",
                "InvalidToken",
                "SignatureDoesNotMatch",
                "TokenRefreshRequired",
            }
        ),
        "status code: 401",
        "the store does not take these credentials ({code})",
    ),
    (
        frozenset(
            {"AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect"}
        ),
        "redirect without LOCATION",
        "the bucket is in another region; set `region`{region}",
    ),
    (frozenset({"RequestTimeTooSkewed"}), "", "the clock of this machine is wrong"),
    (
        frozenset(),
        "status code: 403",
        "these credentials may not list, read, write and delete there ({code})",
    ),
    (
        frozenset(),
        "object with invalid path",
        "holds a key that is not the path of a file, so that it cannot be listed; publish below a `prefix`",
    ),
)
"""What codes or words mean, the first that fits."""


def is_no_bucket(text: str) -> bool:
    """Tell whether a store said that there is no such bucket, rather than no such file."""
    return _found(_CODE, text) in _NO_BUCKET


def is_not_offered(text: str) -> bool:
    """Tell whether a store said that it does not do such a thing at all."""
    return (
        "status code: 501" in text
        or "required for conditional" in text
        or _found(_CODE, text) == "NotImplemented"
    )


def sentence(name: str, text: str) -> str:
    """Say in a sentence what went wrong.

    Args:
        name: what messages call the store: `s3://name`.
        text: what the library said.
    """
    code = _found(_CODE, text)
    return redact(f"{name}: {_known(name.partition(':')[0], code, text) or _other(code, text)}")


def _known(scheme: str, code: str, text: str) -> str:
    region = _found(_REGION, text)
    for codes, words, meaning in _MEANINGS:
        if code in codes or (words and re.search(words, text)):
            return meaning.format(
                code=code or _found(_STATUS, text),
                credentials=CREDENTIALS[scheme],
                detail=_found(_DETAIL, text),
                region=f" to {region}" if region else "",
            )
    return ""


def _other(code: str, text: str) -> str:
    said = f"{code}: {_found(_MESSAGE, text)}" if code else ""
    status = _found(_STATUS, text)
    if status:
        return f"the store answered {status.strip()}{f' ({said})' if said else ''}"
    if "HTTP error" in text:
        why = next((reason for word, reason in _REASONS.items() if word in text), "the connection broke")
        return f"the store cannot be reached: {why}"
    return text.partition("\n")[0][:_LONGEST]


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
