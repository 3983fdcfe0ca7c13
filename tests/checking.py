"""Built sites that a check looks through, and what it says."""

import shutil
from pathlib import Path

from conftest import NOW, Project, quiet

from generator.build import read_config
from generator.check import check
from generator.report import CheckReport


def checked(project: Project) -> CheckReport:
    return check(project.root, read_config(project.root), quiet, quiet, now=NOW)


def problems(project: Project) -> list[str]:
    return [str(issue) for issue in checked(project).issues]


def newsroom(project: Project, shelf: Path) -> Project:
    """Give a project a small site that is built already.

    Args:
        project: an empty one.
        shelf: a folder that keeps the site for the next test.
    """
    made = shelf / "newsroom"
    if not made.exists():
        first = Project(made)
        first.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Cup, C++]", source="Herald")
        first.article("arts/2025-06-01/film.md", "The film", "2025-06-01", aliases="[/old/film/]")
        first.build()
    shutil.copytree(made, project.root, dirs_exist_ok=True)
    return project


def page(project: Project, path: str, body: str, head: str = "") -> Project:
    """Put a page into the built site, a link to it on the front page, and its address into a sitemap."""
    front = project.read("index.html")
    address = path.removesuffix("index.html")
    project.write("site/index.html", front.replace("</main>", f'<a href="/{address}">Here</a></main>'))
    list_in_sitemap(project, address)
    return project.write(
        f"site/{path}", f"<!doctype html>\n<html><head>{head}</head>\n<body>\n{body}\n</body></html>\n"
    )


def list_in_sitemap(project: Project, *addresses: str) -> Project:
    """Add addresses, relative to the site's root, to the sitemap of the standing pages."""
    added = "".join(f"<url><loc>https://news.example/{address}</loc></url>" for address in addresses)
    whole = project.read("sitemap-pages.xml").replace("</urlset>", f"{added}</urlset>")
    return project.write("site/sitemap-pages.xml", whole)
