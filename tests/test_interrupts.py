"""Interrupts: held back where they would do harm, never lost."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator import interrupts

REPOSITORY = Path(__file__).parents[1]

LOST = """
    import signal, sys, time, weakref
    from generator import interrupts

    class Thing:
        pass

    class Finalised:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.argv[1:]:
        interrupts.keep()
    thing, finalised = Thing(), Finalised()
    reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    try:
        del {name}
        time.sleep(0.5)
    except KeyboardInterrupt:
        print("interrupted")
    else:
        print("lost")
"""


def said(code: str, *arguments: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip(), done.stderr


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")
@pytest.mark.parametrize("name", ["thing", "finalised"])
def test_an_interrupt_that_python_could_only_report_comes_again(name: str) -> None:
    assert said(LOST.format(name=name))[0] == "lost"
    assert said(LOST.format(name=name), "keep") == ("interrupted", "")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")
def test_other_errors_that_python_can_only_report_are_reported() -> None:
    code = """
        from generator import interrupts
        class Thing:
            def __del__(self):
                raise ValueError("nobody can catch this")
        interrupts.keep()
        Thing()
    """

    assert "nobody can catch this" in said(code)[1]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="interrupts cannot be held back")
def test_an_interrupt_that_is_held_back_comes_later() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    passed = []

    def hold() -> None:
        with interrupts.later():
            os.kill(os.getpid(), signal.SIGINT)
            passed.append("here")

    with pytest.raises(KeyboardInterrupt):
        hold()
    assert passed == ["here"]
