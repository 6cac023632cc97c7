"""Processes that are killed while they arrange and play cases, and what the next one finds."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx

from tests.served.conftest import Served, start, stop

CASE = "05/seats"
WORLDS = [f"w{number}" for number in range(6)]


def killed(served: Served) -> None:
    """Ends a simulator, workers included, as nothing can that it could prepare for."""
    number = served.process.pid
    workers = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    for one in (*map(int, workers), number):
        os.kill(one, signal.SIGKILL)
    served.process.wait(20)
    assert served.process.stdout is not None
    served.process.stdout.close()


def post(url: str, path: str, body: dict[str, str]) -> None:
    """A call that may never be answered."""
    with suppress(httpx.TransportError):
        httpx.post(f"{url}{path}", json=body, timeout=30)


def in_threads(calls: list[tuple[str, str, dict[str, str]]]) -> list[threading.Thread]:
    """Starts all calls at once."""
    threads = [threading.Thread(target=post, args=call) for call in calls]
    for thread in threads:
        thread.start()
    return threads


def test_a_world_that_was_being_arranged_never_was(tmp_path: Path) -> None:
    """Its name is free, nobody lists it, and no file of it is left behind."""
    first = start("--data-dir", str(tmp_path))
    threads = in_threads([(first.url, "/_sim/worlds", {"name": name, "from": f"scenario:{CASE}"}) for name in WORLDS])
    generations = tmp_path / "generations"
    while not [path for path in generations.glob("w*.sqlite") if path.stat().st_size]:
        time.sleep(0.001)
    killed(first)
    for thread in threads:
        thread.join()

    second = start("--data-dir", str(tmp_path))
    listed = [world["name"] for world in httpx.get(f"{second.url}/_sim/worlds").json()]
    left = {path.name.split(".")[0] for path in generations.glob("w*")}
    missing = next((name for name in WORLDS if name not in listed), "another")
    made = httpx.post(f"{second.url}/_sim/worlds", json={"name": missing, "from": f"scenario:{CASE}"}, timeout=30)
    stop(second)

    assert set(listed) <= {"default", *WORLDS}
    assert left <= set(listed)
    assert made.status_code == 201


def test_a_play_that_was_killed_says_so_and_is_undone(tmp_path: Path) -> None:
    """The next process knows that nobody goes on with it; undo leads back, and then it is played whole."""
    first = start("--data-dir", str(tmp_path))
    httpx.post(f"{first.url}/_sim/worlds", json={"name": "w", "from": f"scenario:{CASE}"}, timeout=30)
    httpx.post(f"{first.url}/w/w/_sim/faults", json={"kind": "latency", "system": "*", "ms": 2000})
    threads = in_threads([(first.url, f"/w/w/_sim/scenarios/{CASE}/play", {})])
    while not here(first)["doing"]:
        time.sleep(0.01)
    at_work = here(first)
    killed(first)
    for thread in threads:
        thread.join()

    second = start("--data-dir", str(tmp_path))
    world = f"{second.url}/w/w/_sim"
    left = here(second)
    refused = httpx.post(f"{world}/scenarios/{CASE}/play", json={})
    undone = httpx.post(f"{world}/undo", json={}).json()
    httpx.delete(f"{world}/faults")
    played = httpx.post(f"{world}/scenarios/{CASE}/play", json={}, timeout=30).json()
    stop(second)

    assert (at_work["interrupted"], left["doing"], left["interrupted"]) == (False, "play", True)
    assert (refused.status_code, refused.json()["code"]) == (409, "play-interrupted")
    assert refused.json()["remedy"].startswith("POST /_sim/undo leads back")
    assert undone["undone"]["reason"] == f"play {CASE}"
    assert played["ok"]
    assert "arrange" not in {step["phase"] for step in played["steps"]}


def test_two_processes_play_one_world_once(tmp_path: Path) -> None:
    """Of calls at once to two workers one plays, and each other is told that somebody does or has done."""
    served = start("--data-dir", str(tmp_path), "--workers", "2")
    httpx.post(f"{served.url}/_sim/worlds", json={"name": "w"})
    answers: list[httpx.Response] = []

    def play() -> None:
        answers.append(httpx.post(f"{served.url}/w/w/_sim/scenarios/{CASE}/play", json={}, timeout=30))

    threads = [threading.Thread(target=play) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop(served)

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    codes = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert codes <= {"world-not-empty", "already-played"}


def here(served: Served) -> dict[str, object]:
    """How far the case of the world is."""
    found: dict[str, object] = httpx.get(f"{served.url}/w/w/_sim/scenarios/here", timeout=30).json()
    return found
