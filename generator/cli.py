"""The command `dateline`: what its commands are, and how it ends."""

import gc
import io
import sys
from typing import Annotated

import typer

from generator import __version__, interrupts
from generator.commands import making, releasing, starting, staying
from generator.commands.options import FAILED, INTERRUPTED
from generator.model import DatelineError
from generator.telling import say

app = typer.Typer(
    name="dateline",
    help="Raw news in, a static news digest out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command and exit with its status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # as errors are printed: no name of a file is a failure
    try:
        with interrupts.kept():
            app()
    except SystemExit as done:
        if done.code == INTERRUPTED:
            say("interrupted; nothing is lost, and the same command does the rest")
        raise
    except DatelineError as error:
        say(f"{error}")
        sys.exit(FAILED)
    except OSError as error:
        say(f"{error.filename or 'dateline'}: {error.strerror or error}")
        sys.exit(FAILED)
    finally:
        gc.freeze()  # or Python looks for rings among all there is, to free it a moment before the process ends


def _print_version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Raw news in, a static news digest out."""


for _command in (
    starting.init,
    starting.new,
    making.ingest,
    making.build,
    staying.watch,
    staying.serve,
    releasing.check,
    releasing.publish,
):
    app.command()(_command)


if __name__ == "__main__":
    main()
