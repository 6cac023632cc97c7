"""How systems speak REST: blueprints, answers, and every mistake as a problem document."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar, cast

import flask
import orjson
from flask import Flask, Response, current_app, request
from marshmallow import Schema
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import ClientDisconnected, HTTPException

from lkc.world.credentials import NOBODY, Scheme
from lkc.world.fields import Doubtful
from lkc.world.hold import current_hold
from lkc.world.problem import MEDIA_TYPE, Problem, http_problem, problem_of, storage_problem, what_was_kept
from lkc.world.quick import QuickSchema
from lkc.world.refusals import Refused
from lkc.world.strict import PARSER, Body, repeats_names, strict

View = TypeVar("View", bound=Callable[..., Any])

MAX_BODY = 1024 * 1024
JSON = "application/json"
STATUSES_KEY = "LKC_STATUSES"
PAGE_KEY = "LKC_PROBLEM_PAGE"

BROKEN_OFF = Problem(
    status=400,
    code="incomplete-body",
    detail="The body broke off: fewer bytes came than Content-Length announced.",
    remedy="Send the request again; nothing of it was kept.",
)

_log = logging.getLogger("lkc")


class Blueprint(flask.Blueprint):
    """A part of the landscape's REST interface.

    It registers its routes at once; what describes them is only noted (`descriptions` of a view, innermost first),
    to be read when somebody asks for the OpenAPI document (`lkc.control.openapi`). The decorators are those of
    flask-smorest, whose own blueprint the start need not load (25 ms).

    Args:
        arguments: see Flask.
        description: what its routes have in common.
        callers: who may call its routes, unless one says otherwise (`called_by`).
        path_forms: of names in its paths, the form (a pattern of JSON Schema: nothing has a name of another form) and
            an example.
        options: see Flask.
    """

    def __init__(
        self,
        *arguments: Any,
        description: str,
        callers: tuple[Scheme, ...] = (NOBODY,),
        path_forms: Mapping[str, tuple[str, str]] = MappingProxyType({}),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.description, self.callers, self.path_forms = description, callers, path_forms

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Registers a view; see Flask."""

        def decorator(view: View) -> View:
            self.add_url_rule(rule, view_func=_strict(view), **options)
            return view

        return decorator

    def arguments(self, schema: Schema, location: str = "json", **options: Any) -> Callable[[View], View]:
        """Reads and checks the body (or `location="query"`), and hands it to the view as its first argument.

        Give an instance: a class would be made anew for every request.
        """
        parse = PARSER.use_args(schema, location=location)

        def decorator(view: View) -> View:
            parsed = cast("View", parse(view))
            if location == "json" and isinstance(schema, QuickSchema):
                parsed = _quickly(view, parsed, schema)
            return _described(parsed, "arguments", schema=schema, location=location, **options)

        return decorator

    def body(self, *media_types: str, examples: tuple[str, ...] = ()) -> Callable[[View], View]:
        """Says that the view reads the body itself, in which forms it may come, and how each looks."""
        return lambda view: _described(view, "body", media_types=media_types, examples=examples)

    def header(self, name: str, description: str, example: str) -> Callable[[View], View]:
        """Describes a header of the request at which the view looks."""
        return lambda view: _described(view, "header", name=name, description=description, example=example)

    def refuses(self, *refusals: type[Refused] | str) -> Callable[[View], View]:
        """Describes what the view may refuse, beside what every call may be refused for.

        A class that the start need not load is named, e.g. `lkc.explain.refusals:NothingKnown`.
        """
        return lambda view: _described(view, "refuses", refusals=refusals)

    def called_by(self, *callers: Scheme) -> Callable[[View], View]:
        """Describes who may call the view, where that is not who may call the others of its blueprint."""
        return lambda view: _described(view, "called_by", callers=callers)

    def response(
        self, status: int, schema: type[Schema] | Schema | None = None, **options: Any
    ) -> Callable[[View], View]:
        """Describes the answer of a view that returns a finished `Response`; the view itself is left as it is."""
        return lambda view: _described(view, "response", status_code=status, schema=schema, **options)

    def alt_response(self, status: int, **options: Any) -> Callable[[View], View]:
        """Describes another answer that the view may give; see flask-smorest."""
        return lambda view: _described(view, "alt_response", status_code=status, **options)


def _quickly(view: View, parsed: View, schema: QuickSchema) -> View:
    """A view that reads a plainly right body by itself and leaves any other to the parser, which names mistakes."""

    @wraps(parsed)
    def quick(**path: Any) -> Any:
        if request.mimetype == JSON:
            try:
                content = request.get_data()
                read = orjson.loads(content)
                body = schema.quickly(read)
            except (Doubtful, orjson.JSONDecodeError):
                return parsed(**path)
            if not repeats_names(content, read):
                return view(body, **path)
        return parsed(**path)

    return quick  # type: ignore[return-value] # it takes what the view takes, but for the body


def _strict(view: View) -> View:
    """A view that refuses what, by its descriptions, it would not look at."""
    parameters: dict[str, None] = {}
    body = Body.NONE
    for kind, what in view.__dict__.get("descriptions", []):
        if kind == "arguments" and what["location"] == "query":
            parameters |= dict.fromkeys(field.data_key or name for name, field in what["schema"].load_fields.items())
        elif kind == "arguments":
            body = Body.JSON
        elif kind == "body":
            body = Body.BYTES
    return strict(view, parameters, body)


def _described(view: View, kind: str, **what: Any) -> View:
    view.__dict__.setdefault("descriptions", []).append((kind, what))
    return view


class _JsonAnswer(Response):
    """An answer whose headers are complete from the start: it has a body of known length, and leads nowhere else."""

    def get_wsgi_headers(self, environ: Any) -> Headers:  # noqa: ARG002 - werkzeug's form
        """The headers as they are; looking for what might be missing costs 5 us."""
        return self.headers


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return _JsonAnswer(orjson.dumps(body), status, headers, mimetype=JSON)


def nothing() -> Response:
    """The answer to a call that leaves nothing to tell (204)."""
    response = Response(status=204)
    del response.headers["Content-Type"]
    return response


def register_problem_handlers(
    app: Flask, statuses: Mapping[str, int], page_of: Callable[[Problem], Response | None] = lambda _: None
) -> None:
    """Makes every refusal and every mistake within the application a problem document.

    Args:
        app: the application.
        statuses: HTTP status of each refusal, by code.
        page_of: tells a problem as a page instead; None where the request wants none.
    """
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config[STATUSES_KEY] = statuses
    app.config[PAGE_KEY] = page_of

    def refused(refusal: Refused) -> Response:
        current_hold().keep = refusal.keeps_work
        return _response(problem_of(refusal, statuses))

    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, _http_error)
    for storage_error in (sqlite3.Error, DBAPIError, OSError):
        app.register_error_handler(storage_error, _storage_error)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _unexpected)


def _http_error(error: HTTPException) -> Response:
    current_hold().keep = False
    if isinstance(error, ClientDisconnected):
        return _response(BROKEN_OFF)
    messages = getattr(error, "data", {}).get("messages", {})
    errors = [mistake for location in messages.values() for mistake in flattened(location)]
    return _response(http_problem(error, errors, request.method, request.path, request.max_content_length))


def _storage_error(error: Exception) -> Response:
    current_hold().keep = False
    return _response(storage_problem(error, kept_steps=current_hold().kept_steps))


def _too_deep(_: Exception) -> Response:
    current_hold().keep = False
    detail, remedy = "The body is nested too deeply to be read.", "Send it with fewer levels of lists and objects."
    return _response(Problem(status=400, code="bad-request", detail=detail, remedy=remedy))


def _unexpected(error: Exception) -> Response:
    current_hold().keep = False
    if isinstance(error, ValueError) and "integer string conversion" in str(error):
        detail, remedy = "A number has too many digits.", "Send a shorter one."
        return _response(Problem(status=400, code="bad-request", detail=detail, remedy=remedy))
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _response(
        Problem(
            status=500,
            code="internal",
            detail=f"The simulator has made a mistake; {what_was_kept(current_hold().kept_steps)}.",
            remedy=f"Report it with the log lines of request {current_hold().exchange.request_id}.",
        )
    )


def _response(problem: Problem) -> Response:
    page: Response | None = current_app.config[PAGE_KEY](problem)
    if page is not None:
        return page
    response = Response(problem.body(), problem.status, mimetype=MEDIA_TYPE)
    response.headers.extend(problem.extra_headers)
    return response


def flattened(messages: Any, path: str = "") -> list[dict[str, str]]:
    """Marshmallow's nested messages as a list of `field` (such as `lines[0].quantity`) and `message`."""
    if isinstance(messages, dict):
        found = []
        for key, inner in messages.items():
            if key == "_schema":
                step = path
            elif isinstance(key, int):
                step = f"{path}[{key}]"
            else:
                step = f"{path}.{key}" if path else str(key)
            found += flattened(inner, step)
        return found
    return [{"field": path, "message": str(message)} for message in messages]
