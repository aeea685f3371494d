"""Since when something has been so."""

from datetime import timedelta

from reporting.history import History
from tests.reporting.conftest import (
    DRIFTS,
    FAILS,
    HOLDS,
    LAST,
    MATCHES_AGAIN,
    NOT_REACHED,
    NOW,
    MakeRun,
    claim,
    move,
)

DAY = timedelta(days=1)


def of_second_step(kept, history):
    journey = kept.journeys[0]
    step = journey.steps[1]
    return history.of_claim(journey, step, step.moves[0].claims[0])


def test_a_difference_is_dated_from_the_first_run_that_saw_it(make_run: MakeRun) -> None:
    make_run("a", (HOLDS, MATCHES_AGAIN, LAST), NOW - 3 * DAY)
    make_run("b", started=NOW - 2 * DAY)
    kept = make_run("c", started=NOW - DAY)
    since = of_second_step(kept, History(kept, 60))
    assert (since.run, since.first_kept, since.before) == ("b", False, "Đăng nhập")


def test_without_an_earlier_run_it_may_have_been_so_for_longer(make_run: MakeRun) -> None:
    kept = make_run()
    assert of_second_step(kept, History(kept, 60)).first_kept


def test_a_run_that_did_not_get_that_far_says_nothing(make_run: MakeRun) -> None:
    make_run("a", (HOLDS, MATCHES_AGAIN, LAST), NOW - 4 * DAY)
    make_run("b", started=NOW - 3 * DAY)
    make_run("c", (HOLDS, FAILS, NOT_REACHED), NOW - 2 * DAY)
    kept = make_run("d", started=NOW - DAY)
    assert of_second_step(kept, History(kept, 60)).run == "b"


def test_a_step_is_dated_by_its_outcome(make_run: MakeRun) -> None:
    make_run("a", (HOLDS, FAILS, NOT_REACHED), NOW - 2 * DAY)
    kept = make_run("b", started=NOW - DAY)
    journey = kept.journeys[0]
    assert History(kept, 60).of_step(journey, journey.steps[1]).run == "b"
    assert History(kept, 60).of_step(journey, journey.steps[0]).run == "a"


def test_runs_on_another_environment_are_another_history(make_run: MakeRun) -> None:
    make_run("a", (HOLDS, MATCHES_AGAIN, LAST), NOW - 2 * DAY, simulated=False)
    kept = make_run("b", started=NOW - DAY)
    assert of_second_step(kept, History(kept, 60)).first_kept


def test_what_holds_is_dated_by_its_verdict_in_whatever_words_it_was_seen(
    make_run: MakeRun,
) -> None:
    for number, seen in enumerate(("2:59", "3:00")):
        holds = claim("lifetime", "3 phút", seen, "holds")
        step = DRIFTS.model_copy(update={"moves": (move("Nhập mã.", holds),)})
        kept = make_run(f"run-{number}", (HOLDS, step, LAST), NOW - DAY * (2 - number))
    since = of_second_step(kept, History(kept, 60))
    assert (since.run, since.first_kept) == ("run-0", True)


def test_a_broken_record_of_an_earlier_run_is_passed_over(make_run: MakeRun) -> None:
    broken = make_run("a", started=NOW - 2 * DAY)
    (broken.folder / "record.jsonl").write_text("{}\n")
    kept = make_run("b", started=NOW - DAY)
    assert of_second_step(kept, History(kept, 60)).run == "b"


def test_an_unannounced_screen_is_dated_from_when_it_first_came(make_run: MakeRun) -> None:
    screen = claim("unannounced", "", "Hộp thoại mới", "differs", origin="ours")
    came = DRIFTS.model_copy(update={"moves": (move("Chọn Đăng nhập ở góc phải.", screen),)})
    make_run("a", (HOLDS, MATCHES_AGAIN, LAST), NOW - 3 * DAY)
    make_run("b", (HOLDS, came, LAST), NOW - 2 * DAY)
    kept = make_run("c", (HOLDS, came, LAST), NOW - DAY)
    since = of_second_step(kept, History(kept, 60))
    assert (since.run, since.first_kept) == ("b", False)
