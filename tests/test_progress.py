"""Progress: short work is not spoken of, long work now and then."""

from generator import progress


def test_long_work_is_spoken_of_now_and_then() -> None:
    said: list[str] = []
    now = [0.0]
    report = progress.spoken(said.append, lambda: now[0])
    for now[0], done in ((10, 100), (11, 1100), (13.5, 1200), (14, 1300), (17, 1400), (21, 2000)):
        report("building", done, 2000)

    assert said == ["building: 1,200 of 2,000", "building: 1,400 of 2,000"]


def test_short_work_after_a_while_is_not() -> None:
    said: list[str] = []
    now = [0.0]
    report = progress.spoken(said.append, lambda: now[0])
    for now[0] in (10, 20, 30):
        report("reading", 1, 3)
        report("building", 0, 3)
        report("building", 2, 3)

    assert said == []
