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


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("/w/a/onetrust/login?x=1", "/w/a/login?x=1"),
        ("/onetrust/", "/"),
        ("/onetrust", "/"),
        ("/onetrust?x=1", "/?x=1"),
        ("/onetrust-two/x", f"{ALL}/onetrust-two/x"),
        ("/w/a/lkc/login", f"{ALL}/w/a/lkc/login"),
        ("/", f"{ALL}/"),
        ("/_sim/assets/0/look.css", "/_sim/assets/0/look.css"),
        ("#content", "#content"),
        ("?page=2", "?page=2"),
    ],
)
def test_addresses_on_pages_lead_where_they_can_be_followed(address: str, fits: str) -> None:
    """Links, forms and frames; what they are made of is served at each port, and only text is no address."""
    page = '<a href="{0}">x</a><form action="{0}"></form><iframe src="{0}"></iframe><p>href=&#34;{1}&#34; {1}</p>'

    found = asked("/x", page.format(address, "/onetrust/x"), kind="text/html; charset=utf-8")[2]

    assert found == page.format(fits, "/onetrust/x")


def test_assets_are_served_at_each_port() -> None:
    """Nothing else below the controls is."""
    assert asked("/_sim/assets/0/look.css")[0] == "/_sim/assets/0/look.css"
    assert asked("/_sim/health")[0] == "/onetrust/_sim/health"


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("Location", "/w/a/onetrust/", "/w/a/"),
        ("Location", "/w/a/lkc/", f"{ALL}/w/a/lkc/"),
        ("Set-Cookie", "lkc-onetrust=v; HttpOnly; Path=/w/a/onetrust/", "lkc-onetrust-alone=v; HttpOnly; Path=/w/a/"),
        ("Set-Cookie", "lkc-onetrust=v; Path=/onetrust/; SameSite=Lax", "lkc-onetrust-alone=v; Path=/; SameSite=Lax"),
    ],
)
def test_redirects_and_cookies_are_of_this_port(name: str, value: str, fits: str) -> None:
    """A cookie has another name here, as browsers send cookies to every port of a host."""
    found: dict[str, str] = {}

    def landscape(_: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("302 FOUND", [(name, value)])
        return []

    Front(landscape, "/onetrust", 8019)(
        {"PATH_INFO": "/", "HTTP_HOST": "127.0.0.1:8020"}, lambda _, it: found.update(it)
    )

    assert found == {name: fits}


def test_cookies_of_the_usual_port_are_not_seen() -> None:
    """Only those that were set here, under the names that the system knows, and those of others."""
    seen: list[str] = []

    def landscape(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.append(environ["HTTP_COOKIE"])
        start_response("204 NO CONTENT", [])
        return []

    cookies = "lkc-onetrust=usual; lkc-onetrust-alone=own; other=x"
    Front(landscape, "/onetrust", 8019)({"PATH_INFO": "/", "HTTP_COOKIE": cookies}, lambda *_: None)

    assert seen == ["lkc-onetrust=own; other=x"]
