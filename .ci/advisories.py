"""Asks pip-audit whether anything is known against the locked packages; fails if so, says so where it cannot ask.

    python .ci/advisories.py

Exit status: 0 nothing known, or nobody to ask; 1 something is known, which is printed.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements-dev.txt"
PATIENCE = 180
"""Seconds after which nobody answers."""


def ask() -> Mapping[str, Any] | None:
    """Have pip-audit ask for every locked package; give its report, `None` where it had nobody to ask."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--timeout", "5"]
    command += ["--progress-spinner", "off", "--format", "json", "--requirement", str(LOCK)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        report: Mapping[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return report


def judge(report: Mapping[str, Any] | None) -> tuple[int, str]:
    """Give the exit status and what to print.

    Args:
        report: pip-audit's, in its JSON format: `dependencies`, each with `name` and `vulns`, or `skip_reason`.
    """
    dependencies = report["dependencies"] if report else []
    asked = [one for one in dependencies if "skip_reason" not in one]
    if not asked:
        return 0, "Not audited: nobody who knows of vulnerabilities could be asked."
    known = [
        f"{one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'none'}"
        for one in asked
        for found in one["vulns"]
    ]
    unknown = len(dependencies) - len(asked)
    said = f"{len(asked)} packages audited" + (f", {unknown} could not be" if unknown else "")
    return (1, "\n".join((*known, said))) if known else (0, f"{said}: nothing is known against them.")


if __name__ == "__main__":
    status, said = judge(ask())
    print(said)  # noqa: T201 - it is what the script is for
    sys.exit(status)
