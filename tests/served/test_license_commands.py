"""`lkc license verify`: what is genuine, what was changed, and what comes from elsewhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.served.conftest import Served

FIRST_QUARTER = Path(__file__).resolve().parents[2] / "seed_data" / "orders" / "2014-q1.csv"


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


def generated(staff: httpx.Client) -> dict[str, Any]:
    """What Generate answers for the first license that can be generated."""
    for order in staff.get("/orders").json():
        license_id = staff.get(f"/orders/{order['order_number']}/licenses").json()[0]["license_id"]
        answer = staff.post(f"/licenses/{license_id}/generate", json={})
        if answer.is_success:
            made: dict[str, Any] = answer.json()
            return made
    raise AssertionError("no license can be generated")


def test_a_license_file_is_verified_to_the_last_byte(served: Served, world: str, tmp_path: Path) -> None:
    """The command tells what a genuine file says, and refuses a changed one, a foreign one and a wrong key set."""
    served.lkc("orders", "import", str(FIRST_QUARTER), world=world)
    with httpx.Client(base_url=f"{served.url}/w/{world}/lkc/api/v1", auth=("producer", "producer")) as staff:
        made = generated(staff)
        content = staff.get(made["href"]).content
        key_set = staff.get("/keys").content
    good, bad, keys = tmp_path / made["file_name"], tmp_path / "bad", tmp_path / "keys.json"
    good.write_bytes(content)
    bad.write_bytes(content.replace(b"1", b"2", 1))
    keys.write_bytes(key_set)
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    nonsense = tmp_path / "nonsense.json"
    shutil.copy(good, nonsense)

    by_server = served.lkc("license", "verify", str(good), world=world)
    by_file = served.lkc("license", "verify", str(good), "--keys", str(keys), "--json", "--url", "http://127.0.0.1:9")
    changed = served.lkc("license", "verify", str(bad), world=world)

    assert by_server.returncode == 0, by_server.stderr
    assert "genuine, unchanged, and simulated" in by_server.stdout
    assert json.loads(by_file.stdout)["key_id"] == made["key_id"]
    assert changed.returncode == 1
    assert changed.stderr.startswith("license-file-invalid: ")
    for wrong in (broken, nonsense):
        done = served.lkc("license", "verify", str(good), "--keys", str(wrong), world=world)
        assert done.stderr.startswith("keys-invalid: ")


def test_a_file_of_another_world_is_no_broken_file(served: Served, world: str, tmp_path: Path) -> None:
    """Where the key is none of this world's, the world is to be named, or its keys."""
    served.lkc("orders", "import", str(FIRST_QUARTER), world=world)
    httpx.post(f"{served.url}/_sim/worlds", json={"name": "stranger", "seed": 99}).raise_for_status()
    keys, path = tmp_path / "keys.json", tmp_path / "license"
    keys.write_bytes(httpx.get(f"{served.url}/w/stranger/lkc/api/v1/keys").content)
    with httpx.Client(base_url=f"{served.url}/w/{world}/lkc/api/v1", auth=("producer", "producer")) as staff:
        path.write_bytes(staff.get(generated(staff)["href"]).content)

    by_server = served.lkc("license", "verify", str(path), world="stranger").stderr
    by_file = served.lkc("license", "verify", str(path), "--keys", str(keys), world=world).stderr
    served.lkc("world", "delete", "stranger")

    assert by_server.startswith("license-file-invalid: ")
    assert "which is no key of world 'stranger'. What helps: Name the world in which" in by_server
    assert "--world (LKC_WORLD)" in by_server
    assert f"no key of {keys}. What helps: Give the keys of the world in which" in by_file
