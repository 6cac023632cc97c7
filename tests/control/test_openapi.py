"""The OpenAPI documents: complete, exact, and with an example of everything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate

from lkc.app import SYSTEMS, Landscape
from lkc.control.describing import described
from lkc.world.problem import MEDIA_TYPE
from lkc.world.rest import Blueprint, answer
from tests.wire import PRODUCER, Wire

Operation = dict[str, Any]

PAGES = {"/_sim/docs", "/_sim/docs/", "/_sim/docs/start.js", "/_sim/docs/{name}", "/_sim/assets/{digest}/{name}"}


@pytest.fixture
def document(wire: Wire) -> dict[str, Any]:
    """The document of everything."""
    found: dict[str, Any] = wire.value(wire.get("/_sim/openapi"))
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """Path, method and operation, of each."""
    for path, found in document["paths"].items():
        for method, operation in found.items():
            yield path, method.upper(), operation


def resolved(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part, or what it refers to."""
    if "$ref" not in part:
        return part
    *_, kind, name = part["$ref"].split("/")
    found: dict[str, Any] = document["components"][kind][name]
    return found


def contents(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every media type of a body or an answer, and where it stands."""
    for path, method, operation in operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{method} {path}: the body as {kind}", content
        for status, found in operation["responses"].items():
            for kind, content in resolved(document, found).get("content", {}).items():
                yield f"{method} {path}: {status} as {kind}", content


def test_the_documents_are_valid(wire: Wire) -> None:
    """OpenAPI's own schema for 3.1 finds nothing wrong in the whole, and each system's is a piece of it that refers to
    nothing outside: so it is valid too, and need not be looked at again, which takes seconds.
    """
    whole = wire.value(wire.get("/_sim/openapi"))
    assert whole["openapi"].startswith("3.1.")
    validate(whole)
    for system in SYSTEMS:
        part = wire.value(wire.get(f"{system.prefix}/api/v1/openapi"))
        assert part.keys() == whole.keys()
        assert part["info"].keys() == whole["info"].keys()
        assert (part["openapi"], part["servers"]) == (whole["openapi"], whole["servers"])
        assert part["paths"].items() <= whole["paths"].items()
        assert all(tag in whole["tags"] for tag in part["tags"])
        assert all(pieces.items() <= whole["components"][kind].items() for kind, pieces in part["components"].items())
        for kind, name in re.findall(r'"#/components/(\w+)/([^"]+)"', json.dumps(part)):
            assert name in part["components"][kind]


def test_the_document_has_every_route_and_no_other(landscape: Landscape, document: dict[str, Any]) -> None:
    """Routes and document are compared both ways; a page is no route of the interface."""
    served = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method)
        for rule in landscape.flask.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    pages = {
        (path, method)
        for path, method in served
        if path in PAGES or not (path.startswith("/_sim/") or "/api/v1/" in path)
    }

    described = {(path, method) for path, method, _ in operations(document)}

    missing = served - pages - described
    assert not missing, (
        f"{sorted(missing)} are served and not described: make them routes of a `lkc.world.rest.Blueprint` with "
        "`@blueprint.response(...)`, or name them in PAGES where they are pages for people."
    )
    assert described <= served


def test_each_system_has_its_part_of_the_whole(wire: Wire, document: dict[str, Any]) -> None:
    """The operations of the systems and of the control plane are those of the whole, each once."""
    parts = [wire.value(wire.get(f"{system.prefix}/api/v1/openapi"))["paths"] for system in SYSTEMS]
    own = {path for path in document["paths"] if path.startswith("/_sim/")}

    assert sum(map(len, parts)) + len(own) == len(document["paths"])
    assert own | {path for part in parts for path in part} == document["paths"].keys()


def test_operations_have_names_of_their_own(document: dict[str, Any]) -> None:
    """No operationId comes twice; each begins with its system's id, and stays what it is."""
    names = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(set(names)) == len(names)
    assert {"ordering_create_order", "keycenter_generate_license", "control_create_world"} <= set(names)
    assert {name.partition("_")[0] for name in names} == {tag["name"] for tag in document["tags"]}
    assert all(tag["description"] for tag in document["tags"])


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    """Each has a summary, and at least one answer that is no refusal."""
    for path, method, operation in operations(document):
        place = f"{method} {path}"
        assert operation["summary"].endswith("."), f"{place}: give its view a docstring"
        assert any(status < "400" for status in operation["responses"]), f"{place}: add @blueprint.response(...)"


def test_every_body_and_answer_has_an_example(document: dict[str, Any]) -> None:
    """A body, an answer and a parameter without one is told with what to add, and where."""
    for place, content in contents(document):
        assert content.get("example") not in (None, "") or content.get("examples"), (
            f"{place} has no example: give a field metadata={{'example': ...}}, the schema `example`, "
            "`@blueprint.body(..., examples=(...,))` or `@blueprint.response(..., example=...)`."
        )
        assert content["schema"], place
    for path, method, operation in operations(document):
        for parameter in operation["parameters"]:
            found = resolved(document, parameter)
            assert "example" in found, f"{method} {path}: give {found['name']} metadata={{'example': ...}}"


def test_every_member_has_an_example(document: dict[str, Any]) -> None:
    """One that has none is told with what to add, and where."""
    for name, schema in document["components"]["schemas"].items():
        for member, about in schema.get("properties", {}).items():
            known = about.keys() & {"example", "examples", "enum", "$ref", "anyOf"}
            known |= about.get("items", {}).keys() & {"$ref", "enum", "type"}
            assert known, f"{name}.{member}: give its field metadata={{'example': ...}}"


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    """What is shown would be taken, and could be answered."""
    seen = set()
    for place, content in contents(document):
        if str(content) in seen:
            continue
        seen.add(str(content))
        schema = {**content["schema"], "components": {"schemas": document["components"]["schemas"]}}
        shown = [content["example"]] if "example" in content else []
        shown += [resolved(document, example)["value"] for example in content.get("examples", {}).values()]
        for example in shown:
            mistakes = [str(error) for error in jsonschema_rs.validator_for(schema).iter_errors(example)]
            assert mistakes == [], place
    for path, method, operation in operations(document):
        for parameter in (resolved(document, one) for one in operation["parameters"]):
            fits = jsonschema_rs.validator_for(parameter["schema"]).is_valid(parameter["example"])
            assert fits, f"{method} {path}: {parameter['name']}"


def test_every_refusal_is_a_problem_document_with_codes(document: dict[str, Any]) -> None:
    """Each names its codes, with what is told of them and what helps."""
    for path, method, operation in operations(document):
        for status, found in operation["responses"].items():
            if status < "400":
                continue
            [(kind, content)] = resolved(document, found)["content"].items()
            codes = content["schema"]["allOf"][1]["properties"]["code"]["enum"]
            assert (kind, sorted(content["examples"])) == (MEDIA_TYPE, codes), f"{method} {path}"
            for example in content["examples"].values():
                told = resolved(document, example)["value"]
                assert told["detail"], f"give {told['code']} a docstring"
                assert told["remedy"], f"give {told['code']} a remedy"
                assert told["status"] == int(status)


def test_who_may_call_is_said_and_true(wire: Wire, document: dict[str, Any]) -> None:
    """Without a credential a call gets 401 where the document asks for one, and only there."""
    for path, method, operation in operations(document):
        asks = {} not in operation["security"]
        body = operation.get("requestBody", {}).get("content", {})
        kind, content = next(iter(body.items())) if body else ("", {})
        sent = content.get("example")
        target = re.sub(r"\{\w+\}", "1", path)
        headers = {} if kind in {"", "application/json"} else {"Content-Type": kind}
        if isinstance(sent, str):
            sent = sent.encode()
        target += "?timeout=0" if path.endswith("/wait") else ""
        answered = wire.call(method, target, sent, None, headers=headers)
        code = (answered.get_json(silent=True) or {}) if answered.status_code == 401 else {}
        assert (code.get("code") == "invalid-credentials" and "session" not in path) is asks, f"{method} {path}"


def test_a_route_without_description_is_found() -> None:
    """A view that says nothing of its answer stands in the document without one, which the tests above refuse."""
    blueprint = Blueprint("bare", __name__, description="bare")

    @blueprint.route("/_sim/bare", methods=["GET"])
    def bare() -> Any:
        return answer({})

    assert bare.__dict__.get("descriptions", []) == []


def test_the_servers_lead_to_the_world_that_asked(wire: Wire) -> None:
    """The document is the same in each world but for the name in it."""
    here = wire.value(wire.get("/_sim/openapi"))["servers"]

    assert here[0]["url"] == "/w/{world}"
    assert here[0]["variables"]["world"]["default"] == wire.world


def test_headers_are_described_where_they_come(document: dict[str, Any]) -> None:
    """Pages lead on by Link, files have a name, and every answer says its world and its exchange."""
    listed = document["paths"]["/ordering/api/v1/orders"]["get"]["responses"]["200"]["headers"]
    file = document["paths"]["/lkc/api/v1/licenses/{license_id}/file"]["get"]["responses"]["200"]["headers"]

    assert {"Link", "X-LKC-World", "X-Request-Id"} <= listed.keys()
    assert "Content-Disposition" in file


def test_bodies_that_are_no_json_are_described(document: dict[str, Any]) -> None:
    """Files of orders, mails and license files have their media types."""
    kinds = {
        operation["operationId"]: set(operation["requestBody"]["content"])
        for _, _, operation in operations(document)
        if "requestBody" in operation
    }

    assert kinds["ordering_import_order_file"] == {"text/csv", "application/x-ndjson"}
    assert kinds["mail_post_message"] == {"message/rfc822"}
    assert "application/octet-stream" in kinds["products_apply_license_file"]


def test_nothing_of_it_is_loaded_at_the_start() -> None:
    """The documents and the page are made when somebody asks; the start pays for none of it."""
    unwanted = ("lkc.control.openapi", "flask_swagger_ui", "flask_smorest", "apispec", "yaml")
    code = f"import sys, lkc.app; print(sorted(name for name in sys.modules if name.startswith({unwanted})))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_a_document_needs_no_credential(wire: Wire) -> None:
    """Not even where the system's other calls do."""
    assert wire.get("/ordering/api/v1/openapi").status_code == 200
    assert wire.get("/ordering/api/v1/orders").status_code == 401
    assert wire.get("/ordering/api/v1/orders", PRODUCER).status_code == 200
    assert len(described(SYSTEMS).callers) == 1
