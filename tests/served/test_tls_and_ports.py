"""Serving by https, and single systems at ports of their own."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from lkc.client import Client, Unreachable
from lkc.client.serving import Server
from tests.served.conftest import LKC, start, stop

STAFF = ("producer", "producer")


@pytest.fixture(scope="module")
def secured() -> Iterator[Server]:
    """A simulator of the demo world by https, with two systems at ports of their own."""
    options = ("--tls", "--system-port", "onetrust=0", "--system-port", "keycenter=0", "--allow-host", "lkc.example")
    with Server("demo", *options) as server:
        yield server


@pytest.fixture
def trusting(secured: Server) -> Iterator[httpx.Client]:
    """A client that trusts the authority of this start alone."""
    context = ssl.create_default_context(cafile=secured.variables["LKC_CA"])
    with httpx.Client(verify=context, trust_env=False, auth=STAFF) as client:
        yield client


def listening(url: str) -> bool:
    """Whether somebody listens there."""
    parts = httpx.URL(url)
    try:
        with socket.create_connection((parts.host, parts.port or 0), 1):
            return True
    except OSError:
        return False


def broken_off(url: str) -> bytes:
    """The status of an upload of which only the beginning comes."""
    parts = httpx.URL(url)
    head = "POST /api/v1/feed HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100"
    with socket.create_connection((parts.host, parts.port or 0), 10) as sending:
        sending.sendall(f'{head}\r\n\r\n{{"icn":'.encode())
        sending.shutdown(socket.SHUT_WR)
        return sending.makefile("rb").readline().split()[1]


def test_a_client_trusts_the_authority_that_is_named(secured: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """By `LKC_CA` or `verify`; without, it does not call."""
    context = ssl.create_default_context(cafile=secured.variables["LKC_CA"])

    assert secured.url.startswith("https://127.0.0.1:")
    with Client(secured.url, verify=context) as client:
        assert client.clock.show()["mode"] == "running"
    with Client(secured.url, verify=True) as client, pytest.raises(Unreachable):
        client.clock.show()
    monkeypatch.setenv("LKC_CA", secured.variables["LKC_CA"])
    with Client(secured.url) as client:
        assert client.orders.list()
    monkeypatch.setenv("LKC_CA", "/nowhere/ca.pem")
    with pytest.raises(Unreachable, match="LKC_CA"):
        Client(secured.url)


@pytest.mark.parametrize("host", ["localhost", "default.localhost"])
def test_the_certificate_covers_the_names_of_loopback(secured: Server, trusting: httpx.Client, host: str) -> None:
    """And only the owner can read the key; the authority has kept none."""
    port = httpx.URL(secured.url).port
    folder = Path(secured.variables["LKC_CA"]).parent

    called = trusting.get(f"https://127.0.0.1:{port}/_sim/health", extensions={"sni_hostname": host})

    assert called.json()["status"] == "ok"
    assert sorted(file.name for file in folder.iterdir()) == ["bundle.pem", "ca.pem", "server.key", "server.pem"]
    assert stat.S_IMODE((folder / "server.key").stat().st_mode) == 0o600


def test_the_certificate_covers_names_that_were_allowed(secured: Server) -> None:
    """As they are given to `--allow-host`."""
    context = ssl.create_default_context(cafile=secured.variables["LKC_CA"])
    with (
        socket.create_connection(("127.0.0.1", httpx.URL(secured.url).port or 0)) as plain,
        context.wrap_socket(plain, server_hostname="lkc.example") as wrapped,
    ):
        names = wrapped.getpeercert()

    assert names is not None
    assert ("DNS", "*.localhost") in names["subjectAltName"]
    assert {("IP Address", "127.0.0.1"), ("IP Address", "0:0:0:0:0:0:0:1")} <= set(names["subjectAltName"])


def test_links_and_mails_say_https(secured: Server, trusting: httpx.Client) -> None:
    """Whatever leads to the simulator leads there by https."""
    made = trusting.post(f"{secured.url}/_sim/worlds", json={}).json()
    keys = trusting.get(f"{secured.url}/lkc/api/v1/orders?limit=1").headers["Link"]
    mails = trusting.get(f"{secured.url}/mail/api/v1/messages").json()

    assert made["url"].startswith(f"{secured.url}/w/")
    assert keys.startswith(f"<{secured.url}/w/default/")
    own = [link for mail in mails for link in mail["links"] if "127.0.0.1" in link]
    assert own
    assert [link for link in own if not link.startswith(secured.url)] == []


def test_a_system_stands_at_the_root_of_its_port(secured: Server, trusting: httpx.Client) -> None:
    """The same answer as below its prefix, with links that fit the port; other systems are not there."""
    alone = secured.variables["LKC_URL_ONETRUST"]
    there = trusting.get(f"{secured.url}/onetrust/api/v1/tokens")
    here = trusting.get(f"{alone}/api/v1/tokens", params={"limit": 1})

    assert here.json() == there.json()[:1]
    following = here.headers["Link"].partition(">")[0].removeprefix("<")
    assert following.startswith(f"{alone}/w/default/api/v1/tokens?")
    assert trusting.get(following).json()[0] == there.json()[1]
    assert trusting.get(f"{alone}/_sim/health").status_code == 404
    assert trusting.get(f"{alone}/onetrust/api/v1/tokens").status_code == 404


def test_a_world_is_named_at_such_a_port_as_elsewhere(secured: Server, trusting: httpx.Client) -> None:
    """By prefix, header or host name."""
    alone = secured.variables["LKC_URL_KEYCENTER"]
    made = trusting.post(f"{secured.url}/_sim/worlds", json={}).json()["name"]
    port = httpx.URL(alone).port

    answers = [
        trusting.get(f"{alone}/w/{made}/api/v1/orders"),
        trusting.get(f"{alone}/api/v1/orders", headers={"X-LKC-World": made}),
        trusting.get(f"https://127.0.0.1:{port}/api/v1/orders", headers={"Host": f"{made}.localhost:{port}"}),
    ]

    assert [(found.status_code, found.headers["X-LKC-World"], found.json()) for found in answers] == [
        (200, made, [])
    ] * 3


def test_a_system_port_takes_bodies_and_refuses_strangers(secured: Server, trusting: httpx.Client) -> None:
    """In one piece or in chunks; a foreign host is refused as everywhere."""
    alone = secured.variables["LKC_URL_KEYCENTER"]
    body = b'{"email": "nobody@nordlicht.example"}'
    typed = {"Content-Type": "application/json"}

    whole = trusting.post(f"{alone}/api/v1/password-finder", content=body, headers=typed)
    chunked = trusting.post(f"{alone}/api/v1/password-finder", content=iter([body[:9], body[9:]]), headers=typed)
    foreign = trusting.get(f"{alone}/api/v1/keys", headers={"Host": "evil.example"})

    wrong = trusting.post(f"{alone}/api/v1/password-finder", content=b'{"email": 1', headers=typed)

    assert (whole.status_code, chunked.status_code, foreign.status_code) == (202, 202, 421)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad-request")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_of_a_system_port_is_left_behind(how: signal.Signals) -> None:
    """Neither when it is stopped nor when the process that started it is killed."""
    served = start("--ephemeral", "--system-port", "onetrust=0", LKC_TLS="")
    assert served.process.stdout is not None
    line = next(line for line in served.process.stdout if "LKC_URL_ONETRUST" in line)
    alone = line.strip().rpartition("=")[2]
    assert httpx.get(f"{alone}/api/v1/keys").status_code == 200
    assert broken_off(alone) == b"400"

    os.kill(served.process.pid, how)
    stop(served)
    deadline = time.monotonic() + 10
    while listening(alone) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not listening(alone)


def test_a_command_finds_ports_and_certificates() -> None:
    """`lkc exec --tls --system-port` exports what leads to them, and what curl, Python and node trust."""
    script = 'curl -sS "$LKC_URL_MAIL/api/v1/dkim-keys" && env | grep -E "^(LKC_CA|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)="'
    done = subprocess.run(
        [LKC, "exec", "--tls", "--system-port", "mail=0", "--", "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert "https://" not in done.stderr
    assert [name for name in ("LKC_CA=", "NODE_EXTRA_CA_CERTS=", "SSL_CERT_FILE=") if name not in done.stdout] == []


def test_ports_that_cannot_be_are_wrong_usage() -> None:
    """Each names what was given and what is in the way."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        for given, told in {
            "nosuch=8020": "'nosuch' is no system; there are ordering, keycenter, onetrust",
            "onetrust": "'onetrust' is not SYSTEM=PORT",
            "onetrust=70000": "'onetrust=70000' is not SYSTEM=PORT",
            f"onetrust={busy}": f"--system-port onetrust={busy}: port {busy} cannot be listened on",
            "mail=0,mail=0": "--system-port mail=0: mail has a port of its own already",
        }.items():
            done = subprocess.run(
                [LKC, "start", "--ephemeral", "--port", "0"],
                env={**os.environ, "LKC_SYSTEM_PORT": given},
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert (done.returncode, told in " ".join(done.stderr.split())) == (2, True), done.stderr
