"""Bodies that break off, or come for calls that read none: refused, with nothing kept."""

from __future__ import annotations

import io
import json

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from tests.builders import create_customer, expect_problem, mails, order
from tests.wire import PRODUCER, Wire

IMPORT = "/ordering/api/v1/orders/import"
MESSAGES = "/mail/api/v1/messages"
FORGED = b"From: a@b.example\nTo: ann@acme.example\nSubject: x\n\nPay 1"
NDJSON = "application/x-ndjson"


def sent(wire: Wire, path: str, body: bytes, media_type: str, **environment: str | None) -> Response:
    """Sends a body whose end the server does not tell, with these variables of the environment set or taken away."""
    builder = EnvironBuilder(
        path=f"/w/{wire.world}{path}", method="POST", headers=[("Content-Type", media_type)], auth=PRODUCER
    )
    environ = builder.get_environ()
    environ["wsgi.input"], environ["wsgi.input_terminated"] = io.BytesIO(body), True
    environ.pop("CONTENT_LENGTH", None)
    environ.update({name: value for name, value in environment.items() if value is not None})
    return Response(*run_wsgi_app(wire.landscape, environ))


def chunked(wire: Wire, path: str, body: bytes, media_type: str) -> Response:
    """Sends a body in chunks."""
    return sent(wire, path, body, media_type, HTTP_TRANSFER_ENCODING="chunked")


@pytest.mark.parametrize(
    ("path", "body", "media_type"),
    [
        (IMPORT, json.dumps(order()).encode(), NDJSON),
        (IMPORT, b"icn,purchase_order\n0012345,1", "text/csv"),
        (MESSAGES, FORGED, "message/rfc822"),
        ("/ordering/api/v1/orders", json.dumps(order()).encode(), "application/json"),
        ("/_sim/clock/advance", b'{"days": 1}', "application/json"),
    ],
)
def test_a_body_that_breaks_off_is_refused(wire: Wire, path: str, body: bytes, media_type: str) -> None:
    """Fewer bytes than announced: nothing of them is kept, even where they would make sense by themselves."""
    create_customer(wire)

    response = sent(wire, path, body, media_type, CONTENT_LENGTH=str(len(body) + 10))

    expect_problem(response, 400, "incomplete-body")
    assert wire.value(wire.get("/ordering/api/v1/orders", PRODUCER)) == []
    assert mails(wire) == []
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"


@pytest.mark.parametrize("protocol", ["chunked", "HTTP/2"])
def test_what_does_not_show_its_end_must_tell_its_length(wire: Wire, protocol: str) -> None:
    """A mail or a file of orders without a length could be a half one; JSON shows its end and goes through."""
    how: dict[str, str | None] = (
        {"HTTP_TRANSFER_ENCODING": protocol} if protocol == "chunked" else {"SERVER_PROTOCOL": protocol}
    )

    orders = json.dumps(order()).encode()
    for path, body, kind in (
        (MESSAGES, FORGED, "message/rfc822"),
        (IMPORT, orders, NDJSON),
        (IMPORT, orders, "application/json"),
    ):
        expect_problem(sent(wire, path, body, kind, **how), 411, "length-required")
    whole = json.dumps({"icn": "0012345", "name": "Acme", "country": "DE"}).encode()
    cut = sent(wire, "/ordering/api/v1/customers", whole[:-1], "application/json", **how)
    good = sent(wire, "/ordering/api/v1/customers", whole, "application/json; charset=utf-8", **how)

    expect_problem(cut, 400, "bad-request")
    assert good.status_code == 201
    assert mails(wire) == []


def test_chunks_that_never_came_are_no_empty_body(wire: Wire) -> None:
    """An announced body of which nothing came is refused; without an announcement there is just none."""
    expect_problem(chunked(wire, "/_sim/worlds", b"", "application/json"), 400, "incomplete-body")

    assert sent(wire, f"/_sim/worlds/{wire.world}/reset", b"", "application/json").status_code == 200


def test_a_body_beyond_all_bounds_is_refused(wire: Wire) -> None:
    """In chunks or not, it is never cut off and accepted."""
    large = b'{"icn": "' + b"1" * 1_400_000 + b'"}'

    expect_problem(chunked(wire, "/ordering/api/v1/customers", large, "application/json"), 413, "too-large")
    endless = b" " * (41 * 1024 * 1024)
    expect_problem(chunked(wire, "/ordering/api/v1/customers", endless, "application/json"), 413, "too-large")


def test_a_refused_body_is_read_to_its_end(wire: Wire) -> None:
    """Else the server would close the connection, and the next call on it would fail without an answer."""
    body = io.BytesIO(b"{}" + b" " * 200_000)
    builder = EnvironBuilder(path="/w/nowhere/_sim/worlds", method="POST", input_stream=body, content_length=200_002)

    expect_problem(Response(*run_wsgi_app(wire.landscape, builder.get_environ())), 404, "unknown-world")

    assert body.read() == b""
