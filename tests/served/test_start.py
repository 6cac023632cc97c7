"""`lkc start`: what it promises when it starts, serves and stops."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from lkc.app import SYSTEMS
from lkc.world.waiting import PLACES
from tests.served.conftest import LKC, Served, start, stop

STREAM = {"Accept": "text/event-stream"}


def test_it_serves_a_default_world_with_a_running_clock(served: Served) -> None:
    """Without any further call there is a world to use."""
    health = httpx.get(f"{served.url}/_sim/health").json()

    assert (health["world"], health["clock"]["mode"]) == ("default", "running")


def test_it_stops_cleanly_and_keeps_its_worlds(tmp_path: Path) -> None:
    """SIGTERM ends it with exit code 0; the next start finds what the last one kept."""
    first = start("--data-dir", str(tmp_path))
    httpx.post(f"{first.url}/_sim/worlds", json={"name": "kept"}).raise_for_status()
    assert stop(first) == 0

    second = start(LKC_DATA_DIR=str(tmp_path))
    names = [world["name"] for world in httpx.get(f"{second.url}/_sim/worlds").json()]

    assert stop(second) == 0
    assert names == ["default", "kept"]


def banner(running: Served, last: str) -> list[str]:
    """What it prints after the first line, up to one that begins with these words; then it is stopped."""
    assert running.process.stdout is not None
    lines: list[str] = []
    while not lines or not lines[-1].startswith(last):
        lines.append(running.process.stdout.readline().strip())
        assert running.process.poll() is None, lines
    stop(running)
    return lines


def test_a_seed_for_a_world_that_is_there_is_told_to_change_nothing(tmp_path: Path) -> None:
    """`--from` is for the first start; the next one tells how to get such a world."""
    first = banner(start("--data-dir", str(tmp_path), "--from", "demo"), "The vendor's staff")
    again = banner(start("--data-dir", str(tmp_path), "--from", "empty"), "--from empty changes nothing")

    assert not any("--from" in line for line in first)
    assert "`lkc world create NAME --from empty`" in again[-1]


def test_other_commands_are_told_where_it_is() -> None:
    """On another port than the usual one they need the address, and it is one that can be called."""
    running = start("--ephemeral", "--host", "0.0.0.0", "--admin-token", "sesame")  # noqa: S104 - that is the point

    lines = banner(running, "The vendor's staff")

    assert running.url.startswith("http://127.0.0.1:")
    places = {line.split()[-1] for line in lines if f"  {running.url}/" in line}
    assert {f"{running.url}/", *(running.url + system.entrance.path for system in SYSTEMS)} <= places
    assert lines[lines.index("So that other commands find it:") + 1] == f"export LKC_URL={running.url}"


def test_ephemeral_data_is_gone_after_the_end(tmp_path: Path) -> None:
    """Nothing stays where temporary files are."""
    running = start("--ephemeral", TMPDIR=str(tmp_path))
    assert list(tmp_path.iterdir()) != []

    stop(running)

    assert list(tmp_path.iterdir()) == []


def test_two_simulators_on_one_data_directory_serve_the_same_worlds(tmp_path: Path) -> None:
    """What one makes, changes and deletes, the other one shows."""
    first, second = (start("--data-dir", str(tmp_path)) for _ in range(2))
    httpx.post(f"{first.url}/_sim/worlds", json={"name": "both"}).raise_for_status()
    httpx.post(f"{second.url}/w/both/_sim/clock/advance", json={"days": 1}).raise_for_status()
    shown = httpx.get(f"{first.url}/w/both/_sim/clock").json()["now"]
    httpx.delete(f"{second.url}/_sim/worlds/both", headers={"Content-Type": "application/json"}).raise_for_status()
    gone = httpx.get(f"{first.url}/w/both/_sim/clock").status_code

    assert (stop(first), stop(second)) == (0, 0)
    assert (shown, gone) == ("2014-03-04T09:00:00Z", 404)


def test_two_workers_show_one_world(tmp_path: Path) -> None:
    """Several processes serve the same worlds and the same clock."""
    running = start("--data-dir", str(tmp_path), "--workers", "2")
    httpx.put(f"{running.url}/_sim/clock", json={"mode": "frozen"}).raise_for_status()
    shown = {httpx.get(f"{running.url}/_sim/clock").json()["now"] for _ in range(20)}
    stop(running)

    assert len(shown) == 1


def test_a_large_body_is_answered_and_not_cut_off(served: Served) -> None:
    """A client that sends 50 MB gets the problem document, not a broken pipe."""
    response = httpx.post(
        f"{served.url}/ordering/api/v1/orders/import",
        content=b"x" * (50 * 1024 * 1024),
        headers={"Content-Type": "text/csv"},
        auth=("producer", "producer"),
        timeout=60,
    )

    assert (response.status_code, response.json()["code"]) == (413, "too-large")


def test_beyond_loopback_it_wants_an_admin_token() -> None:
    """What other machines can reach does not start without one."""
    done = subprocess.run(
        [LKC, "start", "--host", "0.0.0.0", "--ephemeral"],  # noqa: S104 - that is the point
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("admin-token-needed: ")


def test_a_port_that_is_taken_is_told() -> None:
    """Two simulators never share a port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = subprocess.run(
            [LKC, "start", "--port", port, "--ephemeral"], capture_output=True, text=True, check=False, timeout=20
        )

    assert done.returncode == 1
    assert done.stderr.startswith("port-in-use: ")


def test_a_data_directory_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A file in its place is a clear refusal, and two places at once are wrong usage."""
    place = tmp_path / "file"
    place.write_text("")

    refused = subprocess.run(
        [LKC, "start", "--port", "0", "--data-dir", place / "x"],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    confused = subprocess.run(
        [LKC, "start", "--data-dir", tmp_path, "--ephemeral"], capture_output=True, text=True, check=False, timeout=20
    )

    assert (refused.returncode, refused.stderr.partition(":")[0]) == (1, "data-directory")
    assert confused.returncode == 2


def obeying_permissions() -> list[str]:
    """What makes a command obey file permissions even where the tests run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root overrides file permissions, and setpriv is not installed to prevent it")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def test_a_read_only_data_directory_is_told(tmp_path: Path) -> None:
    """Neither does it start on one, nor does it make a world where it became one meanwhile; nothing is harmed."""
    stop(start("--data-dir", str(tmp_path / "data")))
    prefix = obeying_permissions()
    running = start("--data-dir", str(tmp_path / "data"), prefix=prefix)
    folders = [path for path in (tmp_path / "data").rglob("*") if path.is_dir()]
    for folder in [tmp_path / "data", *folders]:
        folder.chmod(0o555)
    (tmp_path / "data" / "in-use").chmod(0o444)
    refused = httpx.post(f"{running.url}/_sim/worlds", json={"name": "one-more"})
    reading = httpx.get(f"{running.url}/_sim/clock")
    stop(running)

    command = [*prefix, str(LKC), "start", "--port", "0", "--data-dir", str(tmp_path / "data")]
    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    for folder in [tmp_path / "data", *folders]:
        folder.chmod(0o755)
    (tmp_path / "data" / "in-use").chmod(0o644)
    served = start("--data-dir", str(tmp_path / "data"))
    names = [world["name"] for world in httpx.get(f"{served.url}/_sim/worlds").json()]
    stop(served)

    assert (refused.status_code, refused.json()["code"]) == (503, "storage-unavailable")
    assert reading.status_code == 200
    assert (again.returncode, again.stderr.partition(":")[0]) == (1, "data-directory")
    assert names == ["default"]


def test_no_other_site_may_read_the_answers(served: Served) -> None:
    """Without --cors there is no header that would allow it, whatever origin asks."""
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}

    answers = [
        httpx.get(f"{served.url}/_sim/worlds", headers=headers),
        httpx.options(f"{served.url}/_sim/worlds", headers=headers),
    ]

    for answer in answers:
        assert [name for name in answer.headers if name.lower().startswith("access-control")] == []


def test_streams_are_bounded_and_give_their_places_back(served: Served) -> None:
    """Beyond the bound a stream is refused and other calls still work; who goes frees his place."""
    url = f"{served.url}/_sim/events"
    with httpx.Client(limits=httpx.Limits(max_connections=None), timeout=20) as client:
        with contextlib.ExitStack() as open_streams:
            statuses = [
                open_streams.enter_context(client.stream("GET", url, headers=STREAM)).status_code
                for _ in range(PLACES + 1)
            ]
            health = client.get(f"{served.url}/_sim/health")
        deadline = time.monotonic() + 10
        again, begin = 503, ""
        while again == 503 and time.monotonic() < deadline:
            with client.stream("GET", url, headers=STREAM) as stream:
                again, begin = stream.status_code, next(stream.iter_text())

    assert statuses == [200] * PLACES + [503]
    assert health.status_code == 200
    assert (again, begin[:7]) == (200, ": begin")
