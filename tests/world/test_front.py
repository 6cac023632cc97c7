"""A system alone at a port: its paths lose their prefix, and links lead to the port where they can be followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from lkc.world.front import Front

HERE, ALL = "http://127.0.0.1:8020", "http://127.0.0.1:8019"


def asked(
    path: str, text: str = "", host: str = "127.0.0.1:8020", kind: str = "application/json"
) -> tuple[str, Any, str]:
    """Which path the landscape is asked for, the headers by name, and the body that comes back."""
    paths, found = [], {}

    def landscape(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        paths.append(environ["PATH_INFO"])
        headers = [("Content-Type", kind), ("Location", f"{HERE}/w/a/onetrust/x"), ("Content-Length", str(len(text)))]
        start_response("200 OK", headers)
        return [text.encode()]

    front = Front(landscape, "/onetrust", 8019)
    body = front({"PATH_INFO": path, "HTTP_HOST": host}, lambda _, headers: found.update(headers))
    return paths[0], found, b"".join(body).decode()


@pytest.mark.parametrize(
    ("path", "inner"),
    [
        ("/api/v1/tokens", "/onetrust/api/v1/tokens"),
        ("/w/acme/api/v1/tokens", "/w/acme/onetrust/api/v1/tokens"),
        ("/", "/onetrust/"),
        ("/onetrust/x", "/onetrust/onetrust/x"),
        ("/w/acme", "/w/acme/onetrust"),
    ],
)
def test_a_path_gets_the_prefix_of_the_system(path: str, inner: str) -> None:
    """Behind the part that names the world."""
    assert asked(path)[0] == inner


@pytest.mark.parametrize(
    ("link", "fits"),
    [
        (f"{HERE}/w/a/onetrust/api/v1/tokens", f"{HERE}/w/a/api/v1/tokens"),
        (f"{HERE}/w/a/lkc/api/v1/orders", f"{ALL}/w/a/lkc/api/v1/orders"),
        (f"{HERE}/w/a/onetrust-two/x", f"{ALL}/w/a/onetrust-two/x"),
        ("http://elsewhere.example/w/a/onetrust/x", "http://elsewhere.example/w/a/onetrust/x"),
    ],
)
def test_links_lead_where_they_can_be_followed(link: str, fits: str) -> None:
    """In bodies, whose length is put right, and in headers."""
    _, headers, body = asked("/x", f'{{"href": "{link}"}}')

    assert body == f'{{"href": "{fits}"}}'
    assert headers["Content-Length"] == str(len(body))
    assert headers["Location"] == f"{HERE}/w/a/x"


def test_files_are_left_as_they_are() -> None:
    """A license file is sealed to the last byte; without a host nothing can be put right."""
    text = f"{HERE}/w/a/onetrust/x"

    assert asked("/x", text, kind="application/octet-stream")[2] == text
    assert asked("/x", text, host="")[2] == text
