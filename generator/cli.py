"""The command `dateline`: what its commands are, and how it ends."""

import gc
import io
import os
import signal
import sys
from typing import Annotated

import typer

from generator import __version__, interrupts
from generator.commands import making, releasing, starting, staying
from generator.commands.options import FAILED, INTERRUPTED, UNHEARD
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
    _fill_in_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # as errors are printed: no name of a file is a failure
    try:
        with interrupts.kept():
            app()
    except (SystemExit, KeyboardInterrupt) as done:
        if isinstance(done, KeyboardInterrupt) or done.code == INTERRUPTED:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C once more is no traceback while Python ends
            say("interrupted; nothing is lost, and the same command does the rest")
            sys.exit(INTERRUPTED)
        if isinstance(done.__context__, BrokenPipeError):
            sys.exit(UNHEARD)
        raise
    except DatelineError as error:
        say(f"{error}")
        sys.exit(FAILED)
    except OSError as error:
        path = error.filename2 or error.filename  # what is moved matters less than where it cannot go
        say(f"{path}: {error.strerror}" if path else f"{error.strerror or error}")
        sys.exit(FAILED)
    except MemoryError:
        say("there is not enough memory for this; make room, or say --workers 1")
        sys.exit(FAILED)
    finally:
        gc.freeze()  # or Python looks for rings among all there is, to free it a moment before the process ends


def _fill_in_streams() -> None:
    """Put nothing where standard streams are closed, or the next file that is opened would be taken for one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - it lasts as long as the process
    sys.stderr = sys.stderr or sys.stdout


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
