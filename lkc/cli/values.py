"""What options take, and how each refuses what it does not: in a sentence that holds what was given."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from lkc.world.names import NAME
from lkc.world.refusals import InvalidWorldName

LARGEST = 2**63 - 1
MOST_PORT = 65535

_QUESTION = re.compile(r"(0?[1-9]|1[0-9])\Z")
_SERVER = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)):([0-9]{1,5})")
_CASE = re.compile(r"[0-9]{2}/[a-z0-9][a-z0-9-]*\Z")


class Number(click.FloatRange):
    """A number within bounds, which may have a fraction; neither endless nor none."""

    name = "number"

    def __init__(self, least: float = 0, most: float | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        if not math.isfinite(click.FLOAT.convert(value, param, ctx)):
            self.fail(f"{value!r} is no number that can be reckoned with.", param, ctx)
        number: float = super().convert(value, param, ctx)
        return number

    def _describe_range(self) -> str:
        return f"{self.min:g} or more" if self.max is None else f"{self.min:.12g} to {self.max:.12g}"


class Whole(click.IntRange):
    """A whole number within bounds; without any, from 0 to what a database can hold."""

    name = "whole number"

    def __init__(self, least: int = 0, most: int = LARGEST) -> None:
        super().__init__(least, most)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002 - click's form
        """How it is shown in the help."""
        return None if isinstance(param, click.Argument) else "NUMBER"

    def _describe_range(self) -> str:
        return f"{self.min} or more" if self.max == LARGEST else f"{self.min} to {self.max}"


class Moment(click.types.StringParamType):
    """A moment of a world, as the simulator takes it; it is passed on as it was given."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, once it has been read."""
        from marshmallow import ValidationError  # noqa: PLC0415 - 30 ms that `--help` need not pay

        from lkc.world.fields import Moment as MomentField  # noqa: PLC0415 - likewise

        try:
            MomentField().deserialize(value)
        except ValidationError as error:
            told = str(error.messages[0])
            self.fail(f"{value!r} {told[0].lower()}{told[1:]}", param, ctx)
        return str(value)


def filled(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Text that is not empty, and that can travel in a header."""
    if value is None:
        return None
    if not value.strip():
        raise click.BadParameter(f"{value!r} is empty; give a value or leave the option out.")
    if not (value.isascii() and value.isprintable()):
        raise click.BadParameter(f"{value!r} must consist of ASCII characters.")
    return value


def folder(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    """A directory, which need not be there yet."""
    if value is not None and not value.strip():
        raise click.BadParameter(f"{value!r} is empty; name a directory or leave the option out.")
    return None if value is None else Path(value)


def address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Where a simulator is: scheme, host and port; without a slash at its end."""
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or not value.isprintable() or " " in value:
        raise click.BadParameter(f"{value!r} is no address; give one such as http://127.0.0.1:8019.")
    root = f"{parts.scheme}://{parts.netloc}"
    if parts.path.startswith("/w/"):
        name = parts.path.split("/")[2]
        raise click.BadParameter(f"{value!r} leads into a world; give --url {root} and --world {name}.")
    if value.rstrip("/") != root:
        raise click.BadParameter(f"{value!r} has more than scheme, host and port; give {root}.")
    return root


def mail_server(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, int] | None:
    """Host and port of an SMTP server; an IPv6 address in brackets, which are taken off."""
    if value is None:
        return None
    match = _SERVER.fullmatch(value)
    if match is None or not 0 < int(match[3]) <= MOST_PORT:
        raise click.BadParameter(
            f"{value!r} is not HOST:PORT with a port from 1 to {MOST_PORT}, such as localhost:1025."
        )
    return match[1] or match[2], int(match[3])


def world_name(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The name of a world, which need not be there."""
    if value is not None and NAME.match(value) is None:
        raise click.BadParameter(f"{value!r} cannot be the name of a world. {InvalidWorldName.remedy}")
    return value


def snapshot_name(_: click.Context, __: click.Parameter, value: str) -> str:
    """The name of a snapshot, which need not be there; it is like that of a world."""
    if NAME.match(value) is None:
        raise click.BadParameter(f"{value!r} cannot be the name of a snapshot. {InvalidWorldName.remedy}")
    return value


def case_name(_: click.Context, __: click.Parameter, value: str) -> str:
    """The id of a case, which need not be there."""
    if _QUESTION.match(value):
        raise click.BadParameter(f"{value!r} is a question; name one of its cases, see `lkc scenario show {value}`.")
    if _CASE.match(value) is None:
        raise click.BadParameter(f"{value!r} names no case; give one such as 13/date-format, see `lkc scenario list`.")
    return value


def case_or_question(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """The id of a case, or the number of a question."""
    if _QUESTION.match(value):
        return value
    if value.isdigit():
        raise click.BadParameter(f"{value!r} is no question; they are numbered 1 to 19, see `lkc scenario list`.")
    return case_name(context, parameter, value)


def login(_: click.Context, __: click.Parameter, value: str) -> tuple[str, str]:
    """Name and password, with a colon between them; what was given is not shown."""
    name, colon, password = value.partition(":")
    if not colon or not name:
        raise click.BadParameter("What was given is not NAME:PASSWORD, with a colon between them.")
    return name, password


def pairs(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str] | None:
    """Names with their values. Raises BadParameter."""
    parts = [value.partition("=") for value in values]
    for name, sign, value in parts:
        if not sign or not name:
            raise click.BadParameter(f"{name + value!r} is not NAME=VALUE.")
    return {name: value for name, _, value in parts} or None
