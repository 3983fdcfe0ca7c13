"""Progress: short work is not spoken of, long work now and then."""

from generator import progress


def test_long_work_is_spoken_of_now_and_then() -> None:
    said: list[str] = []
    seconds = iter([0.0, 1.0, 3.5, 3.5, 4.0, 7.0, 7.0, 11.0, 11.0])
    report = progress.spoken(said.append, lambda: next(seconds))
    for done in (100, 1100, 1200, 1300, 2000):
        report("building", done, 2000)

    assert said == ["building: 1,100 of 2,000", "building: 1,300 of 2,000"]
