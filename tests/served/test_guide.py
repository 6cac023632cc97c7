"""`/llms.txt` and the page of the interface, as somebody finds them who only has the address."""

from __future__ import annotations

import json
import re
import subprocess
from urllib.parse import urljoin

import httpx
import pytest

from lkc.app import SYSTEMS
from tests.served.conftest import Served
from tests.served.test_readme import WITH_CURL

TOLD = [
    '"now":"2014-03-04T09:00:00Z"',
    '"status":"delivered"',
    "</isslicense>",
    '"code":"date-format"',
    '{"ok":true,"steps":[',
]


def guide(served: Served) -> str:
    """The text of the guide."""
    answered = httpx.get(f"{served.url}/llms.txt")
    assert (answered.status_code, answered.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return answered.text


@WITH_CURL
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_each_recipe_works_as_it_stands(served: Served, number: int) -> None:
    """Run line by line in a shell it does what it says, and leaves no world behind."""
    recipe = re.findall(r"```sh\n(.*?)```", guide(served), re.DOTALL)[number - 1]

    done = subprocess.run(["bash", "-e", "-c", recipe], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")
    assert TOLD[number - 1] in done.stdout
    assert f"recipe-{number}" not in {world["name"] for world in httpx.get(f"{served.url}/_sim/worlds").json()}


def test_every_address_in_the_guide_leads_somewhere(served: Served) -> None:
    """The documents and the page are there, and every system is named with its prefix."""
    text = guide(served)
    for address in re.findall(r"http://\S+?(?:openapi|docs/)(?=\s)", text):
        assert httpx.get(address).status_code == 200
    assert [system.prefix for system in SYSTEMS if f"{system.title}: {system.prefix}/api/v1/" not in text] == []


def test_the_page_of_the_interface_needs_nothing_from_elsewhere(served: Served) -> None:
    """All that it loads comes from the simulator, in the same world, under a strict policy."""
    page = httpx.get(f"{served.url}/w/default/_sim/docs", follow_redirects=True)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert (page.status_code, page.url.path) == (200, "/w/default/_sim/docs/")
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "<script>" not in page.text
    assert "swagger-ui-bundle.js" in loaded
    for one in loaded:
        assert httpx.get(urljoin(str(page.url), one)).status_code == 200, one


def test_the_page_offers_every_document_of_its_world(served: Served) -> None:
    """The addresses that the page gives to its script are those of documents whose servers lead to that world."""
    page = httpx.get(f"{served.url}/w/default/_sim/docs/").text
    named = re.search(r'data-documents="([^"]+)"', page)
    assert named is not None

    addresses = [one.partition("=")[0] for one in named[1].split("|")]

    assert len(addresses) == len(SYSTEMS) + 1
    for address in addresses:
        document = json.loads(httpx.get(address).text)
        assert document["servers"][0]["variables"]["world"]["default"] == "default"
