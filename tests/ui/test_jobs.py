"""Jobs: what the worker writes, what Stop does, what is left when it goes wrong."""

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from audit.errors import SourceError, Stopped
from audit.ui.jobs import Job

CANARY = "canary-4711@example.org"


def run(work, job=None) -> Job:
    job = job or Job("key", "Testing")
    thread = threading.Thread(target=job.run, args=(work, threading.Semaphore(1)))
    thread.start()
    thread.join(10)
    return job


def test_a_job_hands_over_its_result_and_how_far_it_was():
    def work(progress):
        progress(0.25, "counting")
        progress(0.5)
        return 42

    job = run(work)
    assert (job.state, job.result, job.share, job.note) == ("done", 42, 0.5, "counting")
    assert job.ended


def test_a_share_outside_its_range_is_drawn_at_the_nearer_end():
    job = Job("key", "Testing")
    job(1.7)
    assert job.share == 1.0
    job(-1)
    assert job.share == 0.0


def test_an_expected_error_is_kept_with_its_hint():
    def work(_):
        problem = "The file is empty."
        raise SourceError(problem, hint="Choose another.")

    job = run(work)
    assert job.state == "failed"
    assert job.error is not None
    assert (job.error.problem, job.error.hint) == ("The file is empty.", "Choose another.")
    assert job.bug == ""


def test_a_bug_leaves_an_id_and_a_trace_without_values(capsys):
    def work(_):
        raise ValueError(CANARY)

    job = run(work)
    assert (job.state, job.error) == ("failed", None)
    written = capsys.readouterr().err
    assert job.bug in written
    assert "ValueError" in written
    assert "test_jobs.py" in written
    assert CANARY not in written


def test_the_trace_of_a_chain_of_errors_holds_no_value_either(capsys):
    def work(_):
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise ValueError(CANARY) from error

    run(work)
    written = capsys.readouterr().err
    assert "KeyError" in written
    assert CANARY not in written


def test_stop_ends_the_work_at_its_next_word_of_progress():
    job = Job("key", "Testing")
    reached = threading.Event()

    def work(progress):
        reached.set()
        for i in range(1000):
            progress(i / 1000)
            time.sleep(0.01)

    threading.Timer(0.05, lambda: reached.wait(5) and job.stop()).start()
    run(work, job)
    assert job.state == "stopped"
    assert job.share < 1


def test_stop_interrupts_the_statement_that_the_worker_is_running():
    class FakeEngine:
        def __init__(self):
            self.interrupted = threading.Event()
            self.thread = None

        def interrupt(self, thread):
            self.thread = thread
            self.interrupted.set()

    engine = FakeEngine()
    job = Job("key", "Testing", engine)
    inside = {}

    def work(_):
        inside["thread"] = threading.get_ident()
        job.stop()
        assert engine.interrupted.wait(5)
        problem = "The work was stopped."
        raise Stopped(problem)

    run(work, job)
    assert engine.thread == inside["thread"]
    assert job.state == "stopped"


def test_a_stop_before_the_turn_comes_means_the_work_never_starts():
    job = Job("key", "Testing")
    job.stop()
    run(lambda _: pytest.fail("the work ran"), job)
    assert job.state == "stopped"


def test_jobs_take_turns():
    turns = threading.Semaphore(1)
    gate = threading.Event()
    first, second = Job("1", "First"), Job("2", "Second")
    threads = [
        threading.Thread(target=first.run, args=(lambda _: gate.wait(5), turns)),
        threading.Thread(target=second.run, args=(lambda _: None, turns)),
    ]
    threads[0].start()
    while first.state != "running":
        time.sleep(0.005)
    threads[1].start()
    assert not second.wait(0.1)
    assert second.state == "waiting"
    gate.set()
    for thread in threads:
        thread.join(5)
    assert second.state == "done"


def test_the_time_left_is_only_said_once_it_can_be_known():
    job = Job("key", "Testing")
    job.started_s = time.monotonic() - 10
    assert job.left_s is None
    job(0.5)
    assert job.left_s == pytest.approx(10, rel=0.05)
    job(1.0)
    assert job.left_s is None


def page():
    import streamlit as st

    from audit.errors import SourceError
    from audit.ui import jobs

    def work(_):
        if st_fails:
            problem = "The file ![x](http://e.example) is empty."
            raise SourceError(problem, hint="Choose another.")
        return "the result"

    st_fails = st.query_params.get("fails") == "yes"
    st.markdown(jobs.need("load", "Loading", work))


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(tmp_path))
    return AppTest.from_function(page, default_timeout=20)


def test_a_page_waits_for_a_quick_job_and_shows_its_result(app):
    app.run()
    assert [m.value for m in app.markdown] == ["the result"]


def test_a_failed_job_is_shown_until_it_is_tried_again(app):
    app.query_params["fails"] = "yes"
    app.run()
    app.run()
    (shown,) = app.error
    assert "is empty" in shown.value
    assert "Choose another" in shown.value
    assert "![" not in shown.value
    app.query_params["fails"] = "no"
    next(b for b in app.button if b.label == "Try again").click().run()
    assert not app.error
    assert [m.value for m in app.markdown] == ["the result"]
