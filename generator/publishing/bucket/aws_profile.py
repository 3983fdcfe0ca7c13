"""The profiles of Amazon's tools: `~/.aws/credentials` and `~/.aws/config`, which obstore does not read.

Their form, and which of several credentials counts, is told in the AWS SDKs and Tools Reference Guide ("Shared
config and credentials files", "Standardized credential providers"): what the environment holds comes first.
"""

import configparser
import os
from collections.abc import Mapping
from pathlib import Path

from generator.publishing.host import HostError

_ENOUGH = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_SKIP_SIGNATURE",
)
"""Variables that say who publishes, so that no profile has to."""

_KEYS = {
    "aws_access_key_id": "access_key_id",
    "aws_secret_access_key": "secret_access_key",
    "aws_session_token": "session_token",
}
_ELSEWHERE = ("role_arn", "credential_process", "sso_session", "sso_start_url", "login_session")
"""Keys of profiles whose credentials come from a program or a service."""


def read_profile(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Read what the profile says that the environment does not.

    Returns: keys of obstore's configuration (`access_key_id`, `secret_access_key`, `session_token`, `region`,
        `endpoint`); `profile` with its name where its credentials come from elsewhere, which boto3 knows to ask.

    Raises:
        HostError: a file cannot be read, or `AWS_PROFILE` names a profile that there is not.
    """
    name = environ.get("AWS_PROFILE") or environ.get("AWS_DEFAULT_PROFILE") or ""
    profile = _profile(environ, name or "default")
    if profile is None:
        if name and not _says_who(environ):
            raise HostError(f"AWS_PROFILE names the profile {name!r}, but no such profile is in ~/.aws")
        return {}
    found = {}
    if not _says_who(environ):
        found = {key: profile[theirs] for theirs, key in _KEYS.items() if theirs in profile}
        if "access_key_id" not in found and any(key in profile for key in _ELSEWHERE):
            found["profile"] = name or "default"
    if "region" in profile and not (environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")):
        found["region"] = profile["region"]
    if "endpoint_url" in profile and not endpoint(environ):
        found["endpoint"] = profile["endpoint_url"]
    return found


def endpoint(environ: Mapping[str, str] = os.environ) -> str:
    """Give the address of a store as the environment names it, "" if it does not."""
    names = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
    return next((environ[name] for name in names if environ.get(name)), "")


def _says_who(environ: Mapping[str, str]) -> bool:
    return any(environ.get(name) for name in _ENOUGH)


def _profile(environ: Mapping[str, str], name: str) -> dict[str, str] | None:
    """Put together what both files say of a profile; what the file of credentials says counts."""
    home = Path(environ.get("HOME") or Path.home())
    shared = _path(environ, "AWS_SHARED_CREDENTIALS_FILE", home / ".aws/credentials")
    config = _path(environ, "AWS_CONFIG_FILE", home / ".aws/config")
    heading = name if name == "default" else f"profile {name}"
    found = [_section(config, heading), _section(shared, name)]
    return {key: value for part in found for key, value in (part or {}).items()} if any(found) else None


def _path(environ: Mapping[str, str], variable: str, usual: Path) -> Path:
    return Path(environ[variable]).expanduser() if environ.get(variable) else usual


def _section(path: Path, name: str) -> dict[str, str] | None:
    parser = configparser.RawConfigParser(strict=False, default_section="")
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise HostError(f"{path}: cannot be read ({type(error).__name__})") from error
    except configparser.Error:
        raise HostError(f"{path}: is not of the form [name] and key = value") from None
    return dict(parser[name]) if parser.has_section(name) else None
