"""Commands for a site that is built: `check`, `publish`."""

from functools import partial
from typing import Annotated

import typer

from generator import clock
from generator.commands.options import HERE, Json, Root, Strict, collect_rarely, end
from generator.telling import say


def check(
    *,
    root: Root = HERE,
    external: Annotated[
        bool, typer.Option("--external", help="Ask other sites, too, whether what links lead to is there.")
    ] = False,
    minutes: Annotated[
        int, typer.Option(help="How long to ask them; the next check goes on with the rest.", min=1)
    ] = 10,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Look through the built site: links, pictures, titles, unsafe HTML, feeds, sitemaps, sizes."""
    from generator import check as checker  # noqa: PLC0415 - `dateline --help` imports nothing heavy
    from generator import prose, structured  # noqa: PLC0415
    from generator.build import read_config  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415

    collect_rarely()
    manners = None
    if external:
        from generator.checking.outward import Manners  # noqa: PLC0415

        manners = Manners(clock.now(), minutes * 60.0)
    with shown(quiet=json) as progress:
        report = checker.check(root, read_config(root), progress, say, manners)
    lines = prose.check(report)
    end(report.issues, structured.check(report), lines, json=json, strict=strict)


def publish(  # noqa: PLR0913 - as above
    target: Annotated[
        str, typer.Argument(help="The NAME of a table `publish.NAME`; may be left out where there is one.")
    ] = "",
    *,
    root: Root = HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")
    ] = False,
    max_delete: Annotated[
        str, typer.Option(help="How many files may be deleted (default: 10% or 50).", metavar="N|N%")
    ] = "",
    adopt: Annotated[
        bool,
        typer.Option("--adopt", help="Replace what Dateline did not publish, or another site."),
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare with what the host says it holds.")
    ] = False,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Bring the built site to a host, sending only what differs."""
    from generator import prose, structured  # noqa: PLC0415 - as above
    from generator import publish as publisher  # noqa: PLC0415
    from generator.build import read_config  # noqa: PLC0415
    from generator.outstanding import outstanding  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415

    collect_rarely()
    config = read_config(root)
    options = publisher.Options(target, dry_run=dry_run, max_delete=max_delete, adopt=adopt, verify=verify)
    with shown(quiet=json) as progress:
        report = publisher.publish(root, config, options, partial(outstanding, root, config), progress, say)
    lines = prose.publish(report)
    end(report.issues, structured.publish(report), lines, json=json, strict=strict)
