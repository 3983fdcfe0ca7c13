"""Fuzzes every reader, guided by the code that an input reaches: `make fuzz SECONDS=60 [TARGETS="text feed"]`.

What breaks a reader is written to `.fuzz/TARGET/`, an input and beside it what happened, each kind of failure once;
what is mended goes to `tests/found/TARGET/`, where the tests try it ever after. What was learned is kept in
`.fuzz/TARGET/corpus/` for the next time. Needs atheris.
"""

import argparse
import subprocess
import sys
import traceback
from pathlib import Path

KEPT = Path(".fuzz")
SLOW = 30
"""Seconds after which an input counts as a hang."""

_PACKAGES = [
    "generator",
    "feedparser",
    "yaml",
    "markdown",
    "email",
    "json",
    "tomllib",
    "zipfile",
    "urllib",
    "html",
]


def main() -> int:
    """Fuzz each target in a process of its own; the status tells whether anything broke."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=60, help="how long each target is tried")
    asked.add_argument("--one", action="store_true", help="in this process")
    asked.add_argument("targets", nargs="*")
    given = asked.parse_args()
    if given.one:
        fuzz(given.targets[0], given.seconds)
        return 0
    from fuzz_targets import TARGETS  # noqa: PLC0415

    broken = 0
    for name in given.targets or TARGETS:
        before = _failures(name)
        command = [sys.executable, __file__, "--one", f"--seconds={given.seconds}", name]
        subprocess.run(command, check=False)
        new = _failures(name) - before
        broken += len(new)
        for path in sorted(new):
            print(f"{name}: {path}", flush=True)  # noqa: T201 - what it is for
    return 1 if broken else 0


def _failures(name: str) -> set[Path]:
    return {path for path in (KEPT / name).glob("*") if path.is_file() and path.suffix != ".txt"}


def fuzz(name: str, seconds: int) -> None:
    """Fuzz a target in this process; it ends with the process."""
    import atheris  # noqa: PLC0415 - nothing else needs it

    with atheris.instrument_imports(include=_PACKAGES):
        from fuzz_targets import TARGETS  # noqa: PLC0415 - instrumented as it is imported

        import_lazily()
    target = TARGETS[name]
    folder = KEPT / name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    (folder / "seeds").mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (folder / "seeds" / str(number)).write_bytes(seed)
    words = folder / "words.txt"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
    known: set[str] = set()

    def try_one(data: bytes) -> None:
        try:
            target.check(data)
        except Exception as error:  # noqa: BLE001 - whatever a reader raises
            keep(folder, data, error, known)

    atheris.Setup(
        [
            sys.argv[0],
            str(folder / "corpus"),
            str(folder / "seeds"),
            f"-max_total_time={seconds}",
            f"-timeout={SLOW}",
            f"-dict={words}",
            f"-artifact_prefix={folder}/",
            "-max_len=20000",
            "-rss_limit_mb=4000",
            "-print_final_stats=1",
            "-verbosity=1",
        ],
        try_one,
    )
    atheris.Fuzz()


def import_lazily() -> None:
    """Import what readers import when their first document comes."""
    from generator.ingest import markdownfile  # noqa: F401, PLC0415
    from generator.ingest.feeds import feedfile, jsonfeed  # noqa: F401, PLC0415
    from generator.ingest.records import record  # noqa: F401, PLC0415
    from generator.ingest.webpages import webpage  # noqa: F401, PLC0415


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def keep(folder: Path, data: bytes, error: Exception, known: set[str]) -> None:
    """Write an input that broke the reader, the first of each place that raises what it raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/generator/" in frame.filename or "/tests/" in frame.filename]
    place = ours[-1] if ours else frames[-1]
    name = f"{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
    if name not in known:
        known.add(name)
        (folder / name).write_bytes(data)
        (folder / f"{name}.txt").write_text("".join(traceback.format_exception(error)), errors="replace")


if __name__ == "__main__":
    sys.exit(main())
