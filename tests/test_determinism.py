"""The same content gives the same bytes, whoever builds it and wherever."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from conftest import Project, tree


def write_content(project: Project, order: random.Random) -> Project:
    articles = [
        (f"sport/2025-06-0{day}/s{number}.md", f"Story {number} of {day}", f"2025-06-0{day}T2{number % 4}:30")
        for day in range(1, 8)
        for number in range(5)
    ]
    order.shuffle(articles)
    for path, title, date in articles:
        tags = "[Port Ellery, rail, Rail, 北京, Île]"
        project.article(path, title, date, "Text *here*.[^1]\n\n[^1]: Note.", tags=tags, source="The Courier")
    return project


def build_as(project: Project, folder: Path, **environment: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(project.root)]
    command += ["--now", "2025-07-01T00:00+00:00"]
    path = str(Path(__file__).parents[1])
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path} | environment,
    )
    return tree(project.root / "site")


def test_folder_zone_locale_hash_seed_and_file_order_do_not_matter(
    project: Project, another: Callable[[], Project], tmp_path: Path
) -> None:
    one = write_content(project, random.Random(1))
    other = write_content(another(), random.Random(2))

    first = build_as(one, tmp_path, TZ="UTC", LANG="C", LC_ALL="C", PYTHONHASHSEED="1")
    second = build_as(other, Path("/"), TZ="Asia/Kolkata", LANG="de_DE.UTF-8", LC_ALL="", PYTHONHASHSEED="2")

    assert first == second
    assert len(first) > 60
