"""Locks: one run at a time, one watcher at a time, and whoever comes second hears whose it is."""

import os
from pathlib import Path

import pytest
from conftest import quiet

from generator import locks
from generator.model import DatelineError


def test_a_lock_is_held_by_one_and_names_its_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.01)
    told: list[str] = []

    with locks.lock(tmp_path, "dateline build", quiet):
        holder = f"dateline build, process {os.getpid()}"
        with (
            pytest.raises(DatelineError, match=f"^{holder} still works"),
            locks.lock(tmp_path, "x", told.append),
        ):
            pass
    with locks.lock(tmp_path, "x", told.append):
        pass

    assert told == [f"waiting for {holder}"]


def test_who_comes_second_may_be_less_patient(tmp_path: Path) -> None:
    with (
        locks.lock(tmp_path, "dateline build", quiet),
        pytest.raises(DatelineError, match="still works"),
        locks.lock(tmp_path, "x", quiet, patience=0.01),
    ):
        pass


def test_one_process_watches_a_site_while_others_work_on_it(tmp_path: Path) -> None:
    with locks.watching(tmp_path):
        with pytest.raises(DatelineError, match=f"process {os.getpid()} watches"), locks.watching(tmp_path):
            pass
        with locks.lock(tmp_path, "dateline build", quiet):
            pass
    with locks.watching(tmp_path):
        pass
