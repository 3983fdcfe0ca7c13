"""Interrupts: held back where they would do harm, never lost."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from generator import interrupts

REPOSITORY = Path(__file__).parents[1]

LOST = """
    import contextlib, signal, sys, time, weakref
    from generator import interrupts

    class Thing:
        pass

    class Finalised:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    thing, finalised = Thing(), Finalised()
    reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    try:
        with interrupts.kept() if sys.argv[1:] else contextlib.nullcontext():
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


def test_an_interrupt_waits_though_another_thread_gets_it() -> None:
    code = """
        import os, signal, threading, time
        from generator import interrupts
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                with interrupts.later():
                    os.kill(os.getpid(), number)
                    time.sleep(0.2)
                    print("done", end=" ")
                time.sleep(5)  # the thread that gets it may not have had its turn yet
                print("lost", end=" ")
            except KeyboardInterrupt:
                print("interrupted", end=" ")
    """

    assert said(code) == ("done interrupted done interrupted", "")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")
def test_other_errors_that_python_can_only_report_are_reported() -> None:
    code = """
        from generator import interrupts
        class Thing:
            def __del__(self):
                raise ValueError("nobody can catch this")
        with interrupts.kept():
            Thing()
    """

    assert "nobody can catch this" in said(code)[1]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")
def test_none_comes_again_once_the_work_is_done() -> None:
    code = """
        import signal
        from generator import interrupts
        class Thing:
            def __del__(self):
                signal.raise_signal(signal.SIGINT)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        interrupts.AGAIN = 60
        with interrupts.kept():
            Thing()
            print("awaited" if signal.getitimer(signal.ITIMER_REAL)[0] else "forgotten", end=" ")
        print("awaited" if signal.getitimer(signal.ITIMER_REAL)[0] else "forgotten")
    """

    assert said(code) == ("awaited forgotten", "")


holding = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="interrupts cannot be held back")


@holding
@pytest.mark.parametrize("sign", ["SIGINT", "SIGALRM"])
def test_an_interrupt_that_is_held_back_comes_later(sign: str) -> None:
    number = getattr(signal, sign)
    before = signal.signal(number, signal.default_int_handler)
    passed = []

    def hold() -> None:
        with interrupts.later():
            os.kill(os.getpid(), number)
            passed.append("here")
        for _ in range(6000):
            time.sleep(0.01)  # where another test left a thread, that one may get it, and have its turn later

    try:
        with pytest.raises(KeyboardInterrupt):
            hold()
    finally:
        signal.signal(number, before)
    assert passed == ["here"]


@holding
def test_an_interrupt_just_before_leaves_nothing_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    mask = signal.pthread_sigmask
    before = mask(signal.SIG_BLOCK, ())

    def interrupted(how: int, signals: "set[signal.Signals]") -> "set[int | signal.Signals]":
        mask(how, signals)
        if signals and how == signal.SIG_BLOCK:
            raise KeyboardInterrupt  # as Python does for one that came before: when the mask is set
        return before

    monkeypatch.setattr(signal, "pthread_sigmask", interrupted)
    with pytest.raises(KeyboardInterrupt), interrupts.later():
        pytest.fail("it was not told")
    assert mask(signal.SIG_BLOCK, ()) == before
