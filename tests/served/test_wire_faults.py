"""Faults of the wire, waits and streams as a client of a served simulator meets them."""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from collections.abc import Iterator, Mapping

import httpx
import pytest

from lkc.client import Client, Refused, Unreachable, VerificationFailed
from tests.served.conftest import Served, start, stop

KEYS = "/onetrust/api/v1/keys"
MAILS = "/mail/api/v1/messages"


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    """A client of a world of its own."""
    with Client(served.url) as first:
        world = first.worlds.create()["name"]
        yield first.in_world(world)
        first.worlds.delete(world)


def at(client: Client, path: str) -> str:
    """An address in its world."""
    return f"{client.url}/w/{client.world}{path}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_dropped_connection_ends_without_a_byte(client: Client, method: str) -> None:
    """Whatever was sent; the next call is served."""
    client.faults.add("drop-connection", system="*", times=1)

    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        httpx.request(method, at(client, KEYS), content=b"x" * 100_000 if method == "POST" else None)

    assert httpx.get(at(client, KEYS)).status_code == 200


def test_an_answer_is_lost_with_its_connection(client: Client) -> None:
    """The customer is there; the client of ours says that nobody answers."""
    client.faults.add("after-commit", system="ordering", operation="create_customer", close=True, times=1)

    with pytest.raises(Unreachable):
        client.customers.create(icn="0012345", name="Acme", country="DE")

    assert client.customers.get("0012345")["name"] == "Acme"


def test_half_an_answer_comes_with_the_length_of_the_whole(client: Client) -> None:
    """Then the connection ends, every time."""
    length = len(httpx.get(at(client, KEYS)).content)
    for _ in range(10):
        with httpx.stream("GET", at(client, KEYS), headers={"Prefer": "lkc-fault=truncate"}) as response:
            assert (response.headers["X-LKC-Fault"], response.headers["Content-Length"]) == ("truncate", str(length))
            with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
                response.read()


def begun(client: Client, path: str, headers: Mapping[str, str] | None = None) -> http.client.HTTPConnection:
    """A call that was sent, and whose answer nobody has read."""
    connection = http.client.HTTPConnection(client.url.removeprefix("http://"), timeout=30)
    connection.request("GET", f"/w/{client.world}{path}", headers=dict(headers or {}))
    return connection


def test_waits_and_streams_are_bounded_and_hold_up_nobody(client: Client) -> None:
    """As many as there are places; one more is refused with the way out, all other calls are served at once."""
    wait, stream = f"{MAILS}/wait?to=nobody@acme.example&timeout=6", {"Accept": "text/event-stream"}
    waiting = [begun(client, wait) for _ in range(20)]
    streams = [begun(client, "/_sim/events", stream) for _ in range(4)]
    assert [one.getresponse().status for one in streams] == [200] * 4
    deadline = time.monotonic() + 10
    while httpx.get(at(client, wait.replace("=6", "=0.01"))).status_code != 503 and time.monotonic() < deadline:
        time.sleep(0.1)

    refused = [httpx.get(at(client, wait)), httpx.get(at(client, "/_sim/events"), headers=stream)]
    plain = httpx.get(at(client, KEYS), timeout=2)
    ended = [one.getresponse().status for one in waiting]
    for one in [*streams, *waiting]:
        one.close()

    assert [(one.status_code, one.json()["code"]) for one in refused] == [(503, "too-many-waiting")] * 2
    assert "without waiting" in refused[0].json()["remedy"]
    assert (plain.status_code, ended) == (200, [408] * 20)


def test_delayed_calls_hold_up_nobody(client: Client) -> None:
    """With every place for latencies taken, other calls are served, and one more latency is refused."""
    slow = {"Prefer": "lkc-fault=latency; ms=6000"}
    delayed = [begun(client, KEYS, slow) for _ in range(24)]
    time.sleep(1)

    refused, plain = httpx.get(at(client, KEYS), headers=slow), httpx.get(at(client, KEYS), timeout=2)
    statuses = [one.getresponse().status for one in delayed]
    for one in delayed:
        one.close()

    assert (refused.status_code, refused.json()["code"], plain.status_code) == (503, "too-many-delayed", 200)
    assert statuses == [200] * 24


def test_every_process_knows_of_a_fault_at_once(tmp_path: object) -> None:
    """Two simulators on one data directory: what one is ordered, the other does, and both stop at once."""
    one, other = (start("--data-dir", str(tmp_path), "--from", "empty") for _ in range(2))
    try:
        for _ in range(5):
            assert httpx.get(other.url + MAILS).status_code == 200
            body = {"kind": "status", "status": 503, "system": "*", "times": 2}
            httpx.post(f"{one.url}/_sim/faults", json=body).raise_for_status()
            assert [httpx.get(each.url + MAILS).status_code for each in (other, one, other)] == [503, 503, 200]
            httpx.post(f"{one.url}/_sim/faults", json={"kind": "drop-connection", "system": "*"}).raise_for_status()
            assert httpx.request("DELETE", f"{one.url}/_sim/faults").status_code == 204
    finally:
        stop(one), stop(other)


def test_the_client_verifies_and_tells_what_differs(client: Client) -> None:
    """A failed verification is an AssertionError that shows the nearest calls."""
    client.customers.create(icn="0012345", name="Acme", country="DE")

    assert client.requests.verify("POST", "/ordering/**", body={"icn": "0012345"}, times=1) == 1
    assert [call["request"]["body"]["name"] for call in client.requests.list(method="POST")] == ["Acme"]
    with pytest.raises(VerificationFailed, match="expected 'AT', received 'DE'") as failed:
        client.requests.verify("POST", "/ordering/api/v1/customers", body={"country": "AT"})
    with pytest.raises(AssertionError, match="nothing was called"):
        client.requests.verify("GET", "/x", system="support")
    with pytest.raises(VerificationFailed, match="0 times"):
        client.requests.verify("GET", "/x")
    with pytest.raises(AssertionError, match="-> 201 at 2"):
        client.requests.verify("POST", "/ordering/api/v1/customers", at_most=0)
    assert failed.value.count == 0
    client.requests.clear()
    assert client.requests.list() == []


def test_faults_are_ordered_by_the_command_line(served: Served, client: Client) -> None:
    """Every kind can be ordered and listed with what it is about; operations are listed."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return served.lkc(*arguments, world=client.world)

    orders = [
        ("latency", "--system", "*", "--ms", "5", "--until", "2014-04-01"),
        ("status", "--system", "ordering", "--operation", "list_customers", "--status", "503", "--retry-after", "9"),
        ("drop-connection", "--system", "support", "--times", "2"),
        ("truncate", "--system", "support", "--every", "2"),
        ("after-commit", "--system", "support", "--close", "--probability", "0.5"),
        ("mail-delay", "--minutes", "30"),
    ]
    for order in orders:
        assert run("fault", "add", *order).returncode == 0

    listed = run("fault", "list").stdout
    for text in (
        "5 ms",
        "503, retry after 9 s",
        "list_customers",
        "at most 2x",
        "closed",
        "30 minutes",
        "until 2014-04",
    ):
        assert text in listed
    assert "list_orders" in run("fault", "operations", "--system", "ordering").stdout


def test_calls_are_listed_and_verified_by_the_command_line(served: Served, client: Client) -> None:
    """With bodies where asked for; a failed verification shows the nearest calls, and ends with 1."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return served.lkc(*arguments, world=client.world)

    client.faults.add("latency", system="*", ms=5)
    client.faults.add("status", system="*", status=503)
    with pytest.raises(Refused, match="injected-fault"):
        client.customers.list()

    assert "injected-fault" in run("requests", "list", "--bodies", "--status", "503").stdout
    assert "latency, status" in run("requests", "list").stdout
    assert run("requests", "verify", "get", "/ordering/**", "--times", "1").stdout == "called 1 times\n"
    failed = run("requests", "verify", "POST", "/ordering/**", "--query", "a=b", "--body", "{}")
    assert (failed.returncode, "method: expected 'POST', received 'GET'" in failed.stdout) == (1, True)
    assert failed.stderr.startswith("verification-failed: ")
    as_json = run("requests", "verify", "POST", "/x", "--json")
    assert json.loads(as_json.stderr)["count"] == 0
    for wrong in (("--body", "{"), ("--query", "a")):
        assert run("requests", "verify", "POST", "/x", *wrong).returncode == 2
    assert run("requests", "clear").returncode == 0
    assert run("requests", "list", "--bodies").stdout == "Nothing was called.\n"
