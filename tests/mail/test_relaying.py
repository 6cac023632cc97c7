"""Mails that are also sent to an SMTP server: which, in what form, and what happens where it is not there."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.mail import relaying
from lkc.world.store import Origin
from tests.builders import ANN, BOB, mails, person, submitted
from tests.mail.sink import Sink, listening
from tests.wire import PRODUCER, Wire

MESSAGES = "/mail/api/v1/messages"


@pytest.fixture
def sink() -> Iterator[Sink]:
    """An SMTP server."""
    with listening() as found:
        yield found


@pytest.fixture
def relayed(tmp_path: Path, sink: Sink) -> Iterator[Wire]:
    """A client of an empty world whose mails are relayed."""
    landscape = Landscape(Settings(data_dir=tmp_path, ephemeral=True, smtp=("127.0.0.1", sink.port)))
    landscape.store.create("w", Origin())
    yield Wire(landscape, "w")
    landscape.close()


def write(wire: Wire, to: str, subject: str = "Hello", more: str = "") -> None:
    """Writes a mail as somebody on the Internet."""
    raw = f"From: zoe@elsewhere.example\r\nTo: {to}\r\n{more}Subject: {subject}\r\n\r\nGood day.\r\n"
    wire.value(wire.call("POST", MESSAGES, raw.encode()), 201)


def counted(wire: Wire, **wanted: Any) -> dict[str, Any]:
    """What health tells, once it is as wanted."""
    deadline = time.monotonic() + 20
    while True:
        told: dict[str, Any] = wire.value(wire.get("/_sim/health"))["smtp"]
        if wanted.items() <= told.items() or time.monotonic() > deadline:
            assert wanted.items() <= told.items(), told
            return told
        time.sleep(0.01)


def test_both_mails_of_an_order_are_relayed_as_they_travel(relayed: Wire, sink: Sink) -> None:
    """To the byte, behind the name of their world; from nobody, to the one recipient."""
    submitted(relayed, contact=person(BOB))

    first, second = sink.wait(2)

    assert [(mail.sender, mail.recipients) for mail in (first, second)] == [("", [BOB]), ("", [ANN])]
    number = mails(relayed, to=ANN)[0]["id"]
    assert second.raw == b"X-LKC-World: w\r\n" + relayed.get(f"{MESSAGES}/{number}/raw").data
    assert second.message["X-Simulated"] == "true"
    assert "http://localhost/w/w/lkc/" in second.raw.decode()


def test_the_signature_of_a_relayed_mail_still_fits(relayed: Wire, sink: Sink) -> None:
    """The simulator, told to check what has arrived there, finds it genuine."""
    submitted(relayed)
    arrived = sink.wait(2)[1]

    (number,) = relayed.value(relayed.call("POST", MESSAGES, arrived.raw), 201)["ids"]

    assert relayed.value(relayed.get(f"{MESSAGES}/{number}"))["genuine"] is True


def test_a_mail_of_a_stranger_says_that_it_is_simulated(relayed: Wire, sink: Sink) -> None:
    """Whatever he wrote into it; bare line ends and dots of his come whole."""
    raw = b"From: zoe@x.example\nTo: ann@acme.example\nX-Simulated: no\nSubject: Hi\n\n.\nG\xc3\xbcten Tag\n..\n"
    relayed.value(relayed.call("POST", MESSAGES, raw), 201)

    (mail,) = sink.wait(1)

    assert mail.raw.startswith(b"X-LKC-World: w\r\nX-Simulated: true\r\nFrom: zoe@x.example\r\n")
    assert mail.raw.endswith(b"\r\n\r\n.\r\nG\xc3\xbcten Tag\r\n..\r\n")


@pytest.mark.parametrize(
    "said",
    [
        "X-LKC-World: other",
        "x-lkc-world : other\r\n folded",
        "X-Simulated: false\r\nX-Simulated: true",
        "X-Simulated: true\r\n\tand more",
        "X-Simulated: true\r\nX-Simulated: true",
    ],
)
def test_what_a_stranger_says_of_world_and_simulation_goes(relayed: Wire, sink: Sink, said: str) -> None:
    """Each header is there once, as we write it."""
    write(relayed, ANN, more=f"{said}\r\n")

    (mail,) = sink.wait(1)

    assert (mail.message.get_all("X-LKC-World"), mail.message.get_all("X-Simulated")) == (["w"], ["true"])
    assert mail.message["Subject"] == "Hello"
    assert mail.raw.endswith(b"\r\n\r\nGood day.\r\n")


def test_of_several_recipients_only_nobody_gets_the_mail(relayed: Wire, sink: Sink) -> None:
    """The others are counted, and no server hears of them."""
    write(relayed, "ann@example.com, ann@acme.example, bob@acme.com")
    write(relayed, "end@acme.example")

    assert [mail.recipients for mail in sink.wait(2)] == [["ann@acme.example"], ["end@acme.example"]]
    counted(relayed, relayed=2, withheld=2, waiting=0, trouble=None)


def test_what_reaches_no_mailbox_is_not_relayed(relayed: Wire, sink: Sink) -> None:
    """A bounced mail never, a delayed one when it is due, one taken for spam when somebody takes it out."""
    for kind, more in (("mail-bounce", {}), ("mail-spam", {}), ("mail-delay", {"minutes": 30})):
        fault = {"system": "mail", "kind": kind, "to": f"{kind}@acme.example", "times": 1, **more}
        relayed.value(relayed.control("POST", "/faults", {n: v for n, v in fault.items() if n != "system"}), 201)
        write(relayed, f"{kind}@acme.example")
    write(relayed, "one@acme.example")
    sink.wait(1)

    relayed.value(relayed.control("POST", "/clock/advance", {"minutes": 31}))
    sink.wait(2)
    relayed.value(relayed.patch(f"{MESSAGES}/2", {"status": "delivered"}))

    found = [mail.recipients[0] for mail in sink.wait(3)]
    assert found == ["one@acme.example", "mail-delay@acme.example", "mail-spam@acme.example"]


def test_only_worlds_that_somebody_can_see_are_relayed(relayed: Wire, sink: Sink) -> None:
    """Neither what is built out of sight, nor copies, nor what a refused call would have sent."""
    for name, source in (("case", "scenario:07/order-delayed"), ("demo", "demo")):
        relayed.value(relayed.control("POST", "/worlds", {"name": name, "from": source}), 201)
        assert mails(Wire(relayed.landscape, name), status="delivered")
    submitted(relayed)
    sink.wait(2)
    relayed.value(relayed.control("POST", "/worlds/w/fork", {"name": "copy"}), 201)
    relayed.value(relayed.control("PUT", "/snapshots/now"), 201)
    relayed.value(relayed.control("POST", "/snapshots/now/load"))
    refused = relayed.post("/ordering/api/v1/orders?submit=true", {"icn": "0099999"}, PRODUCER)
    write(Wire(relayed.landscape, "copy"), "end@acme.example")

    assert refused.status_code == 422
    assert [mail.message["X-LKC-World"] for mail in sink.wait(3)] == ["w", "w", "copy"]


def test_a_delayed_mail_leaves_from_the_world_in_which_it_was_sent(relayed: Wire, sink: Sink) -> None:
    """Copies that were made meanwhile deliver it too, and send nothing; what is delayed in them leaves from there."""
    fault = {"kind": "mail-delay", "minutes": 30}
    relayed.value(relayed.control("POST", "/faults", fault), 201)
    write(relayed, "once@acme.example")
    relayed.value(relayed.control("PUT", "/snapshots/now"), 201)
    relayed.value(relayed.control("POST", "/worlds/w/fork", {"name": "copy"}), 201)
    relayed.value(relayed.control("POST", "/worlds", {"name": "saved", "from": "snapshot:now"}), 201)
    write(Wire(relayed.landscape, "copy"), "own@acme.example")

    for name in ("copy", "saved", "w"):
        wire = Wire(relayed.landscape, name)
        wire.value(wire.control("POST", "/clock/advance", {"minutes": 31}))
        assert {mail["status"] for mail in mails(wire)} == {"delivered"}

    assert [mail.recipients[0] for mail in sink.wait(2)] == ["own@acme.example", "once@acme.example"]
    counted(relayed, relayed=2, waiting=0)


def test_a_case_played_in_a_world_that_is_there_is_relayed(relayed: Wire, sink: Sink) -> None:
    """Its mails are mails of the world like any others."""
    relayed.value(relayed.control("POST", "/scenarios/13/date-format/arrange"))

    arrived = sink.wait(1)

    assert {mail.message["X-LKC-World"] for mail in arrived} == {"w"}


def test_mails_wait_for_a_server_that_is_not_there(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is told once; in their world they are as ever, and they go as soon as it is there."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    landscape = Landscape(Settings(data_dir=tmp_path, ephemeral=True, smtp=("127.0.0.1", port)))
    landscape.store.create("w", Origin())
    wire = Wire(landscape, "w")
    try:
        with caplog.at_level(logging.WARNING):
            submitted(wire)
            counted(wire, relayed=0, waiting=2, trouble="Connection refused")
            assert [mail["status"] for mail in mails(wire)] == ["delivered"] * 2
            write(wire, "gone@acme.example")
            wire.delete(f"{MESSAGES}/3")
            with listening(port) as sink:
                sink.wait(2)
                counted(wire, relayed=2, waiting=0, gone=1, trouble=None)
    finally:
        landscape.close()

    told = [record.getMessage() for record in caplog.records if record.name == "lkc"]
    assert told[0] == (
        f"No mail can be relayed to 127.0.0.1:{port} (Connection refused). In their mailboxes they are all the same;"
        " up to 1000 wait for it."
    )
    assert told[1:] == [f"127.0.0.1:{port} takes mails again; 3 wait."]


def test_what_the_server_does_not_take_is_counted(
    relayed: Wire, sink: Sink, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal is told once, a mail at which it hangs up is given up in the end; the others go on."""
    monkeypatch.setattr(relaying, "LONGEST_PAUSE", 0.01)
    sink.refused, sink.breaks = {"no@acme.example"}, {"crash@acme.example"}
    with caplog.at_level(logging.WARNING):
        for name in ("no", "crash", "no", "yes"):
            write(relayed, f"{name}@acme.example")
        assert sink.wait(1)[0].recipients == ["yes@acme.example"]
        counted(relayed, refused=3, relayed=1, waiting=0, trouble=None)

    told = [record.getMessage() for record in caplog.records if record.name == "lkc"]
    assert told[0] == (
        f"127.0.0.1:{sink.port} refused mail 1 of world w (550 no such mailbox). Further refusals are counted by GET"
        " /_sim/health."
    )
    assert len(told) == 3


def test_what_is_too_much_is_dropped_counted_and_told(
    relayed: Wire, sink: Sink, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No call waits for the server, however slow it is."""
    monkeypatch.setattr(relaying, "MOST_WAITING", 3)
    sink.ready.clear()
    with caplog.at_level(logging.WARNING):
        for number in range(6):
            write(relayed, f"a{number}@acme.example")
        counted(relayed, relayed=0, dropped=3, waiting=3)
        sink.ready.set()
        counted(relayed, relayed=3, dropped=3, waiting=0)

    assert len(mails(relayed)) == 6
    assert "3 mails were not relayed" in caplog.text


def test_a_world_that_was_reset_sends_nothing_of_before(relayed: Wire, sink: Sink) -> None:
    """A mail of the world as it was has gone with it, and another one with its number is not taken for it."""
    sink.ready.clear()
    for name in ("first", "second", "third"):
        write(relayed, f"{name}@acme.example")
    relayed.value(relayed.control("POST", "/worlds/w/reset"))
    write(relayed, "fourth@acme.example")
    sink.ready.set()

    told = counted(relayed, waiting=0)
    # The first may have been under way already.
    assert (told["relayed"], told["gone"]) in {(2, 2), (1, 3)}
    found = [mail.recipients[0] for mail in sink.mails]
    assert found[-1] == "fourth@acme.example"
    assert set(found) <= {"first@acme.example", "fourth@acme.example"}


def test_health_adds_up_all_processes(relayed: Wire, sink: Sink, tmp_path: Path) -> None:
    """Those on the same data directory with the same server, as long as they are at work."""
    other = Landscape(Settings(data_dir=tmp_path, ephemeral=True, smtp=("127.0.0.1", sink.port)))
    silent = Landscape(Settings(data_dir=tmp_path, ephemeral=True, smtp=("127.0.0.1", 9)))
    try:
        write(relayed, "a@acme.example")
        write(Wire(other, "w"), "b@acme.example")
        write(Wire(silent, "w"), "c@acme.com")
        (tmp_path / "relay" / "killed.json").write_text("{}")
        told = counted(relayed, relayed=2)
        assert (told["withheld"], told["server"]) == (0, f"127.0.0.1:{sink.port}")
        counted(Wire(silent, "w"), withheld=1, relayed=0)
    finally:
        other.close()
        silent.close()

    counted(relayed, relayed=1)
    assert [file.name for file in (tmp_path / "relay").iterdir()] == [f"{relayed.landscape.store.worker}.json"]


def test_without_the_flag_nothing_is_there(wire: Wire) -> None:
    """No thread, and no word of it."""
    submitted(wire)

    assert "smtp" not in wire.value(wire.get("/_sim/health"))
    assert not [thread for thread in threading.enumerate() if thread.name == "relay"]
