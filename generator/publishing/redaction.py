"""Secrets out of what programs and libraries say: passwords in addresses, and what the environment holds."""

import os
import re

HIDDEN = "…"

_USER = re.compile(r"(?<=://)[^/@\s'\"]+(?=@)")
_SIGNED = re.compile(
    r"(?<=[?&])((?:sig|signature|token|x-amz-[a-z-]+|x-goog-[a-z-]+)=)[^&\s'\"]+", re.IGNORECASE
)
_HEADER = re.compile(r"((?:authorization|x-amz-security-token)['\"]?\s*[:=]\s*).*", re.IGNORECASE)
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASS|CREDENTIAL|SAS", re.IGNORECASE)
_SHORTEST = 6
"""Characters of a value that is taken for a secret: shorter ones stand in many a word."""


def redact(text: str) -> str:
    """Give a text without what opens doors.

    Users and passwords in addresses (RFC 3986, 3.2.1), signatures in their queries, headers that authorise, and the
    values of environment variables whose names speak of keys, tokens, secrets or passwords.
    """
    values = (value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= _SHORTEST)
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    text = _SIGNED.sub(rf"\1{HIDDEN}", _USER.sub(HIDDEN, text))
    return _HEADER.sub(rf"\1{HIDDEN}", text)
