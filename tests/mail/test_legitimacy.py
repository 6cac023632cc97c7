"""Whether a mail is what its sender says: signatures of the world's domains, and forgeries."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import dns.resolver
import pytest

from lkc.mail.domain_keys import look_up
from lkc.mail.facts import find_mail, mails_to
from lkc.mail.signing import LONGEST_SIGNATURE, signed
from lkc.world.session import Access
from lkc.world.template import shipped
from tests.builders import ANN, BOB, mails, person, submitted
from tests.wire import Wire

MESSAGES = "/mail/api/v1/messages"
FLEXNET = "ibmss@flexnetoperations.com"
SIGNED = "Signed by flexnetoperations.com, and unchanged since."
UNSIGNED = "No signature: anybody can have written this."
BROKEN = "The signature does not fit: the mail was changed, or somebody else made the signature."
STRANGER = "Signed by another domain than the sender's."


def raw_of(wire: Wire, number: int) -> bytes:
    """A mail as it travels."""
    response = wire.get(f"{MESSAGES}/{number}/raw")
    assert response.status_code == 200
    data: bytes = response.data
    return data


def genuine_mail(wire: Wire) -> bytes:
    """The key center's mail on a new order, as it travels."""
    submitted(wire)
    return raw_of(wire, mails(wire, to=ANN, subject="License keys")[0]["id"])


def post(wire: Wire, raw: bytes) -> dict[str, Any]:
    """Sends a mail from the Internet and returns what its first recipient finds."""
    number = wire.value(wire.call("POST", MESSAGES, raw), 201)["ids"][0]
    found: dict[str, Any] = wire.value(wire.get(f"{MESSAGES}/{number}"))
    return found


def judged(wire: Wire, raw: bytes) -> tuple[bool, str]:
    """Whether a mail that somebody sends is genuine, and why."""
    found = post(wire, raw)
    return found["genuine"], found["genuine_reason"]


def with_tag(raw: bytes, tag: bytes, value: bytes) -> bytes:
    """A mail whose signature has another value of a tag."""
    changed, times = re.subn(rb"([\s;]" + tag + rb"=)[^;]*;", rb"\g<1>" + value + rb";", raw, count=1)
    assert times == 1
    return changed


def test_a_mail_of_a_system_is_legitimate_and_says_why(wire: Wire) -> None:
    """Q6: what the key center and the order system send is genuine, in the list and alone."""
    submitted(wire)

    reasons = {mail["system"]: (mail["genuine"], mail["genuine_reason"]) for mail in mails(wire)}

    assert reasons == {
        "keycenter": (True, SIGNED),
        "ordering": (True, "Signed by ibm.com, and unchanged since."),
    }
    assert wire.value(wire.get(f"{MESSAGES}/1"))["genuine_reason"] == reasons["ordering"][1]


def test_each_mail_carries_a_signature_of_its_senders_domain(wire: Wire) -> None:
    """It stands before a message that is otherwise whole, and has no moment of its own."""
    submitted(wire)

    for mail in mails(wire):
        raw = raw_of(wire, mail["id"])
        message = message_from_bytes(raw, policy=SMTP)
        signature = message["DKIM-Signature"]
        assert f"d={mail['from'].partition('@')[2].lower()};" in signature
        assert re.search(r"[\s;][tx]=", signature) is None
        assert message["Date"] == "Mon, 03 Mar 2014 09:00:00 +0000"
        assert message.defects == []
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        assert raw == raw_of(wire, mail["id"])


def test_a_copy_of_a_genuine_mail_stays_genuine(wire: Wire) -> None:
    """Byte by byte, with other line ends, and with fields that a mail gathers on its way."""
    raw = genuine_mail(wire)

    assert judged(wire, raw) == (True, SIGNED)
    assert judged(wire, raw.replace(b"\r\n", b"\n")) == (True, SIGNED)
    assert judged(wire, b"Received: from a.example by b.example\r\n" + raw) == (True, SIGNED)
    assert mails(wire)[0]["system"] == "internet"


@pytest.mark.parametrize("name", ["Jürgen Groß", "山田 太郎", "x" * 250, "Ann.\u00a0\u3000B."])
def test_any_text_of_an_order_can_be_signed(wire: Wire, name: str) -> None:
    """Names in other alphabets, and long ones, come back as a mail that is genuine and reads the same."""
    submitted(wire, registered_end_users=[person(ANN, name)])
    mail = mails(wire, to=ANN, subject="License keys")[0]

    copy = post(wire, raw_of(wire, mail["id"]))

    assert (copy["genuine_reason"], copy["subject"]) == (SIGNED, mail["subject"])
    assert name in copy["text"]
    assert copy["text"].splitlines() == mail["text"].splitlines()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Dear Ann", b"Dear Anx"),
        (b"Subject: License", b"Subject: Licence"),
        (b"Subject: License", b"Subject:  License"),
        (b"From: ibmss@", b"From: ibmsx@"),
        (b"From: ibmss@", b"From:  ibmss@"),
        (b"To: ann@", b"To: bob@"),
        (b"Date: Mon, 03", b"Date: Tue, 04"),
        (b"\r\nFrom: ", b"\r\nSubject: Act now\r\nFrom: "),
        (b"\r\nFrom: ", b"\r\nReply-To: eve@evil.example\r\nFrom: "),
        (b"\r\nFrom: ", b"\r\nContent-Disposition: attachment\r\nFrom: "),
        (b"\r\nFrom: ", b"\r\nCc: bob@acme.example\r\nFrom: "),
        (b"\r\nFrom: ", b"\r\nX-Note: a\rSubject: Act now\r\nFrom: "),
        (b"\r\nMIME-Version", b"\r\nFrom now on write to eve@evil.example\r\nMIME-Version"),
        (b"\r\nMIME-Version", b"\r\nthis is no field\r\nMIME-Version"),
        (b"DKIM-Signature:", b" DKIM\r\nDKIM-Signature:"),
    ],
)
def test_a_mail_that_was_changed_is_not_genuine(wire: Wire, old: bytes, new: bytes) -> None:
    """A byte of text, subject or sender, another field, and what two readers would read in two ways."""
    raw = genuine_mail(wire)
    assert old in raw

    assert judged(wire, raw.replace(old, new, 1)) == (False, BROKEN)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (b"c", b"relaxed/relaxed"),
        (b"a", b"rsa-sha256"),
        (b"s", b"other"),
        (b"v", b"2"),
        (b"bh", b"e6dsM9r8RBzk"),
        (b"h", b"from"),
        (b"i", b"@evil.example"),
        (b"q", b"dns/txt; x=1"),
        (b"q", b"dns/txt; v=1"),
        (b"q", b"x" * LONGEST_SIGNATURE),
    ],
)
def test_a_signature_that_was_changed_does_not_fit(wire: Wire, tag: bytes, value: bytes) -> None:
    """Whatever tag is another; what is in no form of ours is not even computed."""
    raw = genuine_mail(wire)

    assert judged(wire, with_tag(raw, tag, value)) == (False, BROKEN)


@pytest.mark.parametrize("value", ["AAAA", "A", "", base64.b64encode(bytes(64)).decode()])
def test_bytes_that_are_no_signature_do_not_fit(wire: Wire, value: str) -> None:
    """Too short, not base64, empty, and the right length."""
    raw = re.sub(rb"\r\n b=[^:]*\r\nFrom:", b"\r\n b=" + value.encode() + b"\r\nFrom:", genuine_mail(wire))

    assert judged(wire, raw) == (False, BROKEN)


def test_a_mail_in_the_name_of_the_key_center_without_a_signature_is_a_forgery(wire: Wire) -> None:
    """Q6: only what Flexera itself sends is legitimate; the sample of a forgery is none of it."""
    forged = (shipped("seed_data") / "mails" / "forged.eml").read_bytes()

    found = post(wire, forged)

    assert (found["from"], found["genuine"], found["genuine_reason"]) == (FLEXNET, False, UNSIGNED)
    assert "password" in found["text"]
    assert "simulated forgery" in found["text"]


def test_the_signature_of_another_domain_proves_nothing(wire: Wire) -> None:
    """A true signature of the key center does not vouch for somebody else, nor for two senders."""
    raw = genuine_mail(wire)

    assert judged(wire, raw.replace(b"From: " + FLEXNET.encode(), b"From: eve@evil.example")) == (False, STRANGER)
    assert judged(wire, raw.replace(b"From: ", b"From: eve@evil.example, ")) == (False, STRANGER)


def test_a_domain_that_no_system_has_cannot_sign(wire: Wire) -> None:
    """The world's DNS has no key of it, even where somebody made a signature with one."""
    raw = b"From: ann@acme.example\r\nTo: bob@acme.example\r\nSubject: hi\r\n\r\nhi\r\n"

    assert judged(wire, signed(1, ANN, raw)) == (False, BROKEN)


def test_one_signature_that_fits_is_enough_among_the_first(wire: Wire) -> None:
    """Another signature before it does no harm; a heap of them hides it."""
    raw = genuine_mail(wire)
    wrong = with_tag(raw, b"bh", b"AAAA").partition(b"From:")[0]

    assert judged(wire, wrong + raw) == (True, SIGNED)
    assert judged(wire, wrong * 3 + raw) == (False, BROKEN)


def test_worlds_of_another_seed_have_other_keys(wire: Wire) -> None:
    """A mail of one world is not genuine in another; in a copy of the world it is."""
    raw = genuine_mail(wire)
    other, copy = f"{wire.world}-other", f"{wire.world}-copy"
    wire.value(wire.control("POST", "/worlds", {"name": other, "seed": 2}), 201)
    wire.value(wire.control("POST", "/worlds", {"name": copy, "from": f"world:{wire.world}"}), 201)

    assert judged(Wire(wire.landscape, other), raw) == (False, BROKEN)
    assert judged(Wire(wire.landscape, copy), raw) == (True, SIGNED)
    for name in (other, copy):
        wire.landscape.store.delete(name)


def test_the_keys_are_there_as_the_dns_would_have_them(wire: Wire) -> None:
    """A TXT record for each domain from which a system writes, and nothing else."""
    keys = wire.value(wire.get("/mail/api/v1/dkim-keys"))

    assert [key["domain"] for key in keys] == ["flexnetoperations.com", "ibm.com"]
    for key in keys:
        assert key["selector"] == "simulated"
        tags = re.fullmatch(r"v=DKIM1; k=ed25519; p=([A-Za-z0-9+/=]{44})", key["record"])
        assert tags is not None
        assert len(base64.b64decode(tags[1])) == 32
        assert look_up(1, f"simulated._domainkey.{key['domain']}.") == key["record"]
    assert look_up(1, "simulated._domainkey.acme.example.") is None


def test_the_real_dns_is_never_asked(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for our domains nor for others: the answer comes from the world, with no network at all."""
    asked = []
    monkeypatch.setattr(dns.resolver, "resolve", lambda name, *_, **__: asked.append(name))
    raw = genuine_mail(wire)

    judged(wire, raw)
    judged(wire, with_tag(raw, b"s", b"other"))
    judged(wire, raw.replace(b"flexnetoperations.com", b"example.com"))

    assert asked == []


def test_the_library_is_loaded_only_when_it_is_needed() -> None:
    """A landscape with all its systems starts without it."""
    code = "import sys, lkc.app; print(sorted({'lkc.mail.api', 'dkim', 'dns', 'nacl'} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "['lkc.mail.api']\n"


def test_what_is_known_of_a_mail_can_be_asked_for(wire: Wire) -> None:
    """By id, or for an address whatever its letter case, newest first."""
    submitted(wire, contact=person(BOB))
    forged = post(wire, b"From: ibmss@flexnetoperations.com\nTo: Ann@Acme.example\nSubject: Keys\n\nPassword?")

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        facts = mails_to(world, " ANN@acme.example")
        alone, none = find_mail(world, forged["id"]), find_mail(world, 99)

    assert [(mail.system, mail.genuine, mail.genuine_reason) for mail in facts] == [
        ("internet", False, UNSIGNED),
        ("keycenter", True, SIGNED),
    ]
    assert facts[0] == alone
    assert none is None
    assert (facts[0].sender, facts[0].recipient, facts[0].subject) == (FLEXNET, "Ann@Acme.example", "Keys")
    assert (facts[0].status, facts[0].sent_at) == ("delivered", "2014-03-03T09:00:00Z")
