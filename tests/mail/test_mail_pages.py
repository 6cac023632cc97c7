"""The mailboxes in the browser: inboxes, mails, what became of them, and writing as anybody."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from lkc.app import Landscape
from lkc.mail.inboxes import COUNTED_AT_MOST
from lkc.world.session import Access
from tests.builders import ANN, BOB, person, submitted
from tests.reader import Reader
from tests.wire import Wire

FORGED = (
    "From: Key Team <ibmss@flexnetoperations.com>\r\nTo: ann@acme.example\r\nSubject: <i>Your</i> keys\r\n\r\n"
    "Go to http://keys-renewal.example/now at once.\r\n"
)


@pytest.fixture
def reader(wire: Wire) -> Reader:
    """Somebody who looks at the mail pages."""
    return Reader(wire.landscape, wire.world)


def post(wire: Wire, raw: str | bytes) -> int:
    """Sends a mail from the Internet and returns its id."""
    value = wire.value(wire.call("POST", "/mail/api/v1/messages", raw.encode() if isinstance(raw, str) else raw), 201)
    number: int = value["ids"][0]
    return number


def fault(wire: Wire, **values: object) -> int:
    """Orders a fault and returns its id."""
    number: int = wire.value(wire.control("POST", "/faults", {"system": "mail", **values}), 201)["id"]
    return number


def test_an_inbox_leads_to_its_mails_and_a_mail_into_the_world(wire: Wire, reader: Reader) -> None:
    """Every address to which a mail was sent is there; links of the systems' mails lead into the same world."""
    submitted(wire, contact=person(BOB))

    reader.open("/mail/").follow(ANN)
    reader.follow(next(label for label in reader.parsed.links if label.startswith("License keys of order")))

    assert "Handed in by the system keycenter of this landscape" in reader.text
    assert "Genuine yes Signed by flexnetoperations.com, and unchanged since. Evidence" in reader.text
    assert f"http://localhost/w/{wire.world}/lkc/" in reader.parsed.links
    assert "this world" in reader.text


def test_inboxes_are_found_by_a_part_of_the_address(wire: Wire, reader: Reader) -> None:
    """Signs that a database would take for any text are none."""
    submitted(wire, contact=person(BOB))

    assert ANN in reader.open("/mail/?q=ANN").text
    assert BOB not in reader.text
    assert "No mailbox has such an address" in reader.open("/mail/?q=%25").text


def test_a_world_without_mails_says_where_they_come_from(reader: Reader) -> None:
    """Empty lists lead on."""
    assert "No mail was sent yet" in reader.open("/mail/").text
    assert "No mail was sent yet" in reader.open("/mail/all").text
    assert "leaves no trace here" in reader.open("/mail/inbox?of=ann@acme.example").text
    assert reader.open("/mail/inbox").path.endswith("/mail/")


def test_lists_come_in_pages(wire: Wire, reader: Reader) -> None:
    """Fifty at once, newest first, inboxes by address; each page leads to the next and back to the first."""
    for number in range(51):
        post(wire, f"From: a@x.example\r\nTo: m{number:02}@acme.example\r\nSubject: number {number}\r\n\r\nText\r\n")

    assert "m49@acme.example" in reader.open("/mail/").text
    assert "m50@acme.example" not in reader.text
    assert "m50@acme.example" in reader.follow("Next page").text
    assert "m00@acme.example" in reader.follow("First page").text
    assert "number 50" in reader.open("/mail/all").text
    assert "number 0" in reader.follow("Next page").text.replace("number 50", "")
    assert "number 50" in reader.follow("First page").text


def test_mails_are_narrowed_by_text_and_status(wire: Wire, reader: Reader) -> None:
    """By a part of subject or address, and by what became of them; what makes no sense is passed over."""
    submitted(wire, contact=person(BOB))
    fault(wire, kind="mail-bounce", to=BOB)
    post(wire, FORGED.replace("ann@", "bob@"))

    assert "Your" in reader.open("/mail/all?status=bounced").text
    assert "License keys" not in reader.text
    assert "License keys" in reader.open("/mail/all?q=FLEXNET&status=delivered").text
    assert "No mail fits" in reader.open("/mail/all?q=nothing").text
    assert "No mail fits" in reader.open(f"/mail/inbox?of={ANN}&status=spam").text
    assert "License keys" in reader.open("/mail/all?status=lost&before=99999999999999999999").text
    assert "1 bounced" in reader.open("/mail/").text


@pytest.mark.parametrize(
    ("kind", "told", "afterwards"),
    [
        ("mail-bounce", "came back", "does so no longer"),
        ("mail-spam", "a spam filter took it", "does so no longer"),
    ],
)
def test_a_page_says_why_a_mail_is_not_in_the_inbox(
    wire: Wire, reader: Reader, kind: str, told: str, afterwards: str
) -> None:
    """A fault on order is named as long as it is there (documented causes: Q7, Q10)."""
    number = fault(wire, kind=kind, to=ANN)
    mail = post(wire, FORGED)

    text = reader.open(f"/mail/messages/{mail}").text
    assert told in text
    assert f"A fault on order ({kind})" in text
    wire.control("DELETE", f"/faults/{number}")
    assert afterwards in reader.open(f"/mail/messages/{mail}").text


def test_a_delayed_mail_says_when_it_comes(wire: Wire, reader: Reader) -> None:
    """By the clock of the world; then it is in the inbox and nothing is left to be said."""
    fault(wire, kind="mail-delay", to=ANN, minutes=30)
    mail = post(wire, FORGED)

    assert "It will be there at 2014-03-03T09:30:00Z." in reader.open(f"/mail/messages/{mail}").text
    wire.control("POST", "/clock/advance", {"hours": 1})
    assert "still on its way" not in reader.open(f"/mail/messages/{mail}").text


def test_a_mail_is_taken_out_of_the_spam_folder(wire: Wire, reader: Reader) -> None:
    """As the recipient would (Q10); a second time there is nothing to take out."""
    fault(wire, kind="mail-spam", to=ANN)
    mail = post(wire, FORGED)
    button = "Not spam: put it into the inbox"

    reader.open(f"/mail/messages/{mail}")
    form = next(form for form in reader.parsed.forms if button in form.buttons)
    assert "The mail is in the inbox now." in reader.submit(button).text
    assert wire.get(f"/mail/api/v1/messages/{mail}").get_json()["status"] == "delivered"
    reader._see("POST", form.action, 200, data=form.values)
    assert "is in no spam folder" in reader.text


def test_a_mail_is_deleted(wire: Wire, reader: Reader) -> None:
    """Afterwards its page is not found; without the mark of an own page nothing is deleted."""
    mail = post(wire, FORGED)

    reader.open(f"/mail/messages/{mail}")._see("POST", f"/w/{wire.world}/mail/messages/{mail}/delete", 200)
    assert "was deleted" not in reader.text
    assert f"Mail {mail} was deleted." in reader.submit("Delete").text
    reader.open(f"/mail/messages/{mail}", 404)


def test_what_speaks_against_a_forged_mail_is_shown(wire: Wire, reader: Reader) -> None:
    """Signature, domain, who handed it in, and where it leads; no link of it can be followed (Q6)."""
    mail = post(wire, FORGED)

    text = reader.open(f"/mail/messages/{mail}").text

    assert "no No signature: anybody can have written this." in text
    assert "flexnetoperations.com, from which systems of this landscape write. Anybody can write" in text
    assert "somebody on the Internet" in text
    assert "http://keys-renewal.example/now leads elsewhere" in text
    assert not [link for link in reader.parsed.links.values() if "keys-renewal" in link]


def test_what_a_stranger_wrote_is_text_in_every_place(wire: Wire, reader: Reader) -> None:
    """Markup in subject and sender is shown letter by letter, in lists, on the page and in its title."""
    mail = post(wire, FORGED.replace("Key Team", "<b>Key</b> Team"))

    for path in ("/mail/", "/mail/all", f"/mail/inbox?of={ANN}", f"/mail/messages/{mail}?view=source"):
        html = reader.open(path).html
        assert "<i>" not in html
        assert "<b>" not in html
        assert "&lt;i&gt;Your&lt;/i&gt; keys" in html


def test_the_source_is_shown_as_it_travelled(wire: Wire, reader: Reader) -> None:
    """With the signature of a system's mail; a very long one is cut."""
    submitted(wire)
    assert "DKIM-Signature: v=1; a=ed25519-sha256" in reader.open("/mail/messages/1?view=source").text

    mail = post(wire, FORGED + "x" * 200_000)
    assert "Only the beginning is shown." in reader.open(f"/mail/messages/{mail}?view=source").text
    assert len(reader.html) < 150_000


def test_html_of_a_mail_is_shown_where_it_can_do_nothing(wire: Wire, reader: Reader) -> None:
    """Its frame runs, sends and loads nothing; only links of our systems' mails lead on."""
    submitted(wire)
    mail = post(
        wire, FORGED.replace("\r\n\r\n", "\r\nContent-Type: text/html\r\n\r\n<LINK rel=preconnect href=//x.example>", 1)
    )

    ours, strangers = reader.open("/mail/messages/1/html").answer, Reader(wire.landscape, wire.world)
    strangers.open(f"/mail/messages/{mail}/html")

    alone = wire.get(f"/mail/messages/{mail}/html", headers={"Sec-Fetch-Dest": "document"})

    assert alone.headers["Location"].endswith(f"/mail/messages/{mail}")
    policy = strangers.answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "allow-top-navigation" in ours.headers["Content-Security-Policy"]
    assert "<link" not in strangers.html.lower()
    assert "sandbox src=" in reader.open(f"/mail/messages/{mail}").html


def test_attachments_are_kept_and_never_shown(wire: Wire, reader: Reader) -> None:
    """Whatever a forger says they are; a mail within the mail is one too."""
    mail, inner = EmailMessage(policy=SMTP), EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", ANN, "Files"
    mail.set_content("See the files.")
    mail.add_attachment(b"<script>", "text", "html", filename="in\tvoice.html")
    inner["Subject"] = "Inner"
    inner.set_content("Inner text")
    mail.add_attachment(inner)
    number = post(wire, mail.as_bytes())

    reader.open(f"/mail/messages/{number}").follow("in voice.html")

    assert reader.answer.mimetype == "application/octet-stream"
    assert reader.answer.headers["Content-Disposition"] == 'attachment; filename="in voice.html"'
    assert reader.answer.data == b"<script>"
    assert b"Inner text" in reader.open(f"/mail/messages/{number}/attachments/2").answer.data
    reader.open(f"/mail/messages/{number}/attachments/3", 404)


def test_anybody_writes_under_any_name(reader: Reader) -> None:
    """What is written on the page comes as from the Internet: unsigned, dated by the world."""
    values = {"sender": "ibmss@flexnetoperations.com", "recipients": ANN, "subject": "Hello", "text": "Your password?"}

    reader.open(f"/mail/write?to={ANN}").submit("Send", {**values, "html": "<p>Your password?</p>"})

    assert "The mail was sent." in reader.text
    assert "No signature" in reader.text
    raw = reader.follow("Source").text
    assert "Date: Mon, 03 Mar 2014 09:00:00 +0000" in raw
    assert "X-Simulated: true" in raw


def test_one_mail_reaches_several(reader: Reader) -> None:
    """Each has a copy in his own inbox."""
    reader.open("/mail/write").submit("Send", {"sender": "a@x.example", "recipients": f"{ANN}, {BOB}", "subject": "Hi"})

    assert "The mail was sent to 2 recipients." in reader.text
    assert f"to {ANN}" in reader.text
    assert f"to {BOB}" in reader.text


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"sender": "", "recipients": ANN}, "Enter who writes"),
        ({"sender": "a@x.example", "recipients": ""}, "Enter the address of at least one recipient"),
        ({"sender": "a@x.example", "recipients": "nobody"}, "a mail needs at least one recipient's address"),
        ({"sender": "a" * 2001, "recipients": ANN}, "cannot be longer than 2000"),
        ({"sender": "a@x.example", "recipients": ",".join(f"a{n}@x.example" for n in range(51))}, "at most 50"),
    ],
)
def test_a_mail_that_cannot_be_sent_says_what_is_wrong(reader: Reader, values: dict[str, str], told: str) -> None:
    """At its field; what was written stays in the form."""
    reader.open("/mail/write").submit("Send", {**values, "subject": "Kept"}, 422)

    assert told in reader.text
    assert 'value="Kept"' in reader.html


def test_ten_thousand_mails_stay_quick(landscape: Landscape, wire: Wire, reader: Reader) -> None:
    """A page looks at the mails that it shows: the lists are walked by an index, and no mail's text is written out."""
    with landscape.store.session(wire.world, Access.WRITE) as world:
        world.driver.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO mail_message"
            " (id, system, sender, recipient, mailbox, subject, text, html, sent_at, status, genuine)"
            " SELECT i, 'internet', 'a@x.example', 'm@x.example', 'm@x.example', 'S', '', '', '', 'bounced', 1 FROM n",
            [2 * COUNTED_AT_MOST],
        )

    assert f"{2 * COUNTED_AT_MOST} mails" in reader.open("/mail/").text
    assert "bounced" not in reader.text
    assert len([link for link in reader.open("/mail/inbox?of=M@x.example").html.split() if "messages/" in link]) == 50
