"""What the command line takes and what it does not, without a simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from marshmallow import Schema
from marshmallow.validate import Range

from lkc.cli import main
from lkc.scenarios.new_world import NewWorldSchema
from lkc.world.controls.clock import AdvanceSchema
from lkc.world.controls.faults import FaultSchema
from lkc.world.fields import Count


def lkc(*arguments: str, **environment: str) -> Result:
    """Runs a command in this process."""
    return CliRunner(env={"LKC_URL": None, "LKC_WORLD": None, **environment}).invoke(main, arguments)


def commands(group: click.Group = main, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group below a group, with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


VERBS = [(path, command) for path, command in commands() if not isinstance(command, click.Group)]


@pytest.mark.parametrize("path", [(), *(path for path, _ in commands())], ids=" ".join)
def test_no_help_is_cut_short(path: tuple[str, ...]) -> None:
    """What a command does stands whole in the list of its group."""
    done = lkc(*path, "--help")

    assert "..." not in done.stdout.replace("COMMAND [ARGS]...", "")


@pytest.mark.parametrize(("path", "command"), VERBS, ids=[" ".join(path) for path, _ in VERBS])
def test_every_option_with_a_variable_shows_it(path: tuple[str, ...], command: click.Command) -> None:
    """What can be set in the environment is to be found in the help."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    shown = " ".join(lkc(*path, "--help").stdout.split())

    assert [option.name for option in options if option.envvar and f"env var: {option.envvar}" not in shown] == []
    assert path in {("start",), ("exec",)} or "--json" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("scenario show ../worlds", "'../worlds' names no case; give one such as 13/date-format"),
        ("scenario play 13", "'13' is a question; name one of its cases, see `lkc scenario show 13`"),
        ("scenario show 20", "'20' is no question; they are numbered 1 to 19, see `lkc scenario list`"),
        ("scenario show 13/", "'13/' names no case; give one such as 13/date-format, see `lkc scenario list`"),
        ("scenario play 13/date-format?x=1", "'13/date-format?x=1' names no case"),
        ("clock advance --days nan", "'--days': 'nan' is no number"),
        ("clock advance --minutes inf", "'--minutes': 'inf' is no number"),
        ("clock advance --hours -1", "'--hours': -1.0 is not in the range 0 to 2000000"),
        ("clock advance --to 2015-01-01 --days 1", "--days and --to exclude each other"),
        ("clock advance --to 2015-01-01 --to-next expiry", "--to and --to-next exclude each other"),
        ("clock advance --days 80001", "'--days': 80001.0 is not in the range 0 to 80000"),
        ("clock advance --to soon", "'--to': 'soon' must be a moment such as 2014-03-03T09:00:00Z."),
        ("clock set tomorrow", "'MOMENT': 'tomorrow' must be a moment such as"),
        ("fault add mail-spam --until 0001-01-01", "'--until': '0001-01-01' must lie between"),
        ("fault add mail-spam --times 1000001", "1000001 is not in the range 1 to 1000000"),
        ("world create --at soon", "'--at': 'soon' must be a moment such as"),
        ("world create --seed -1", "'--seed': -1 is not in the range 0 to 9007199254740992"),
        ("fault add mail-spam --probability nan", "'--probability': 'nan' is no number"),
        ("fault add mail-spam --probability 2", "2.0 is not in the range 0 to 1"),
        ("fault add mail-spam --times 0", "0 is not in the range 1 to 1000000"),
        ("mail wait --timeout nan", "'--timeout': 'nan' is no number"),
        ("clock show --url 127.0.0.1:8019", "'127.0.0.1:8019' is no address; give one such as http://"),
        ("clock show --url http://h:1/w/acme", "give --url http://h:1 and --world acme"),
        ("clock show --url http://h:1/x", "has more than scheme, host and port; give http://h:1"),
        ("clock show --url http://h:x", "'http://h:x' is no address"),
        ("clock show --url=", "'' is no address"),
        ("clock show -w a/b", "'a/b' cannot be the name of a world"),
        ("clock show --admin-token=", "'' is empty"),
        ("clock show --admin-token \u00fc", "must consist of ASCII"),
        ("explain", "Name something: --email, --order, --account, --license, --token, --installation, --mail."),
        ("explain --mail first", "'--mail'"),
        ("scenario show", "Missing argument 'NN[/CASE]'"),
        ("scenario play 13/date-format --until arrange", "'arrange' is not one of 'symptom', 'remedy', 'outcome'"),
        ("world reset a/b", "'a/b' cannot be the name of a world"),
        ("world delete victim?x", "'victim?x' cannot be the name of a world"),
        ("world fork .. x", "'..' cannot be the name of a world"),
        ("orders import pyproject.toml --producer bob", "not NAME:PASSWORD"),
        ("start --data-dir=", "'' is empty; name a directory"),
        ("start --port abc", "'--port' (env var: 'LKC_PORT'): 'abc' is not a valid whole number"),
        ("start --port 70000", "70000 is not in the range 0 to 65535"),
    ],
)
def test_wrong_usage_names_option_and_value(arguments: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, and a sentence with what was given and what would do."""
    monkeypatch.chdir(Path(__file__).resolve().parents[2])

    done = lkc(*arguments.split())

    assert (done.exit_code, done.exception.__class__) == (2, SystemExit)
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (("clock", "advance"), AdvanceSchema()),
        (("fault", "add"), FaultSchema()),
        (("world", "create"), NewWorldSchema()),
    ],
)
def test_bounds_are_those_of_the_simulator(path: tuple[str, ...], schema: Schema) -> None:
    """What is refused as wrong usage here is what would be refused there."""
    here = {
        param.name: (param.type.min, param.type.max)
        for param in dict(VERBS)[path].params
        if isinstance(param.type, click.IntRange | click.FloatRange)
    }
    there = {
        name: (check.min, check.max)
        for name, field in schema.fields.items()
        for check in field.validators
        if isinstance(check, Range)
    } | {
        name: (field.described()["minimum"], field.described()["maximum"])
        for name, field in schema.fields.items()
        if isinstance(field, Count)
    }

    assert here == there
    assert here != {}


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [("LKC_PORT", "abc", "start"), ("LKC_URL", "abc", "clock show"), ("LKC_WORLD", "a b", "mail list")],
)
def test_a_wrong_variable_is_named(name: str, value: str, command: str) -> None:
    """Who set it in the environment finds it there."""
    done = lkc(*command.split(), **{name: value})

    assert done.exit_code == 2
    assert f"(env var: '{name}'): '{value}'" in done.stderr


def test_a_host_that_is_none_is_told() -> None:
    """A name that leads nowhere, and an address of another machine, each with a way out."""
    unknown = lkc("start", "--host", "no-such-host.invalid", "--ephemeral")
    elsewhere = lkc("start", "--host", "192.0.2.1", "--ephemeral", "--admin-token", "t")

    assert (unknown.exit_code, elsewhere.exit_code) == (1, 1)
    assert unknown.stderr.startswith("host-unknown: --host no-such-host.invalid is the name of no machine")
    assert elsewhere.stderr.startswith("host-elsewhere: --host 192.0.2.1 --port 8019 cannot be listened on")
    assert "What helps: " in unknown.stderr


def test_worlds_are_managed_from_no_world() -> None:
    """A variable that names a deleted world does not stand in the way of making it anew."""
    options = {
        option for path, command in VERBS if path[0] == "world" for param in command.params for option in param.opts
    }

    assert "--url" in options
    assert "--world" not in options
