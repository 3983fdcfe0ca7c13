"""The corpus of the benchmarks: the same for everybody, and in the form that ingest writes."""

import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.frontmatter import parse_article, render_article
from generator.taxonomy import TAXONOMY

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "corpus.py"


def made(folder: Path, count: int) -> dict[str, str]:
    subprocess.run([sys.executable, SCRIPT, folder, str(count), "--end", "2025-06-30"], check=True)
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_the_same_corpus_twice_has_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path / "one", 150) == made(tmp_path / "other", 150)


def test_a_small_corpus_is_the_newest_part_of_a_large_one(tmp_path: Path) -> None:
    large = made(tmp_path / "large", 250)
    assert made(tmp_path / "small", 120).items() <= large.items()


def test_its_articles_have_the_form_that_ingest_writes(tmp_path: Path) -> None:
    files = {path: text for path, text in made(tmp_path, 300).items() if path.endswith(".md")}
    parsed = {path: parse_article(text, path, ZoneInfo("UTC")) for path, text in files.items()}

    assert len(files) == 300
    assert [issue for found in parsed.values() for issue in found.issues] == []
    assert {path: found.article and render_article(found.article) for path, found in parsed.items()} == files
    assert {path.split("/")[1] for path in files} <= {topic.slug for topic in TAXONOMY}
