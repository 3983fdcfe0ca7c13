"""Commands that go on until they are stopped: `watch`, `serve`."""

from functools import partial
from typing import Annotated

import typer

from generator.commands.options import HERE, Json, Poll, Root, Workers, collect_rarely
from generator.telling import hearer, say, tell_all, until_stopped


def watch(*, root: Root = HERE, poll: Poll = False, workers: Workers = 0, json: Json = False) -> None:
    """Ingest and build on every change, until Ctrl-C."""
    with until_stopped():
        from generator.progress import spoken  # noqa: PLC0415 - `dateline --help` imports nothing heavy
        from generator.watch import Options, Watch  # noqa: PLC0415

        collect_rarely()
        Watch(
            root,
            Options(poll=poll, workers=workers),
            hearer(json=json),
            spoken(say),
            say,
        ).run()


def serve(  # noqa: PLR0913 - as above
    *,
    root: Root = HERE,
    host: Annotated[
        str, typer.Option(help="Where to serve; another one lets others in.", metavar="NAME")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The next free one is taken.", min=0, max=65535)] = 8000,
    drafts: Annotated[
        bool,
        typer.Option("--drafts", help="Show drafts and what else is held back, in a preview of its own."),
    ] = False,
    no_watch: Annotated[bool, typer.Option("--no-watch", help="Build once, then only serve.")] = False,
    poll: Poll = False,
    workers: Workers = 0,
    json: Json = False,
) -> None:
    """Watch, and show the site in the browser: open pages follow every change."""
    with until_stopped():
        from generator.progress import spoken  # noqa: PLC0415 - as above
        from generator.serve import Announcer, Preview  # noqa: PLC0415
        from generator.urls import base_path  # noqa: PLC0415
        from generator.watch import Options, Watch  # noqa: PLC0415

        collect_rarely()
        hearers = [hearer(json=json)]
        options = Options(poll=poll, drafts=drafts, workers=workers)
        watched = Watch(root, options, partial(tell_all, hearers), spoken(say), say)
        preview = Preview(watched.output, base_path(watched.base_url), host, port)
        hearers[:0] = [  # before it is printed: who reads of a build finds it served
            lambda _: preview.move(watched.output, base_path(watched.base_url)),
            Announcer(preview.tell),
        ]
        try:
            (watched.stay if no_watch else watched.run)(lambda: say(f"the site is at {preview.start()}"))
        finally:
            preview.stop()
