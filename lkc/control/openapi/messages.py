"""The schemas of bodies and answers as apispec writes them, with what our own fields know beside."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import get_fields
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, missing

from lkc.control.openapi.examples import SOMETIMES, value_example

VERSION = "3.1.0"


class Messages:
    """The schemas that operations refer to, those of what comes in apart from those of what goes out.

    A field that a caller may leave out stands in every answer, so one marshmallow schema becomes two of these.
    """

    def __init__(self) -> None:
        bodies, answers = _Bodies(), _Answers()
        self._specs = [APISpec("", "", VERSION, plugins=[plugin]) for plugin in (bodies, answers)]
        self._bodies, self._answers = _converter_of(bodies), _converter_of(answers)

    def body(self, schema: Schema) -> dict[str, Any]:
        """A reference to the schema of a body."""
        found: dict[str, Any] = self._bodies.resolve_nested_schema(schema)  # type: ignore[no-untyped-call] # apispec's
        return found

    def answer(self, schema: Schema) -> dict[str, Any]:
        """A reference to the schema of an answer."""
        found: dict[str, Any] = self._answers.resolve_nested_schema(schema)  # type: ignore[no-untyped-call] # apispec's
        return found

    def parameters(self, schema: Schema) -> list[dict[str, Any]]:
        """The parameters of a query."""
        found: list[dict[str, Any]] = self._bodies.schema2parameters(schema, location="query")
        fields = {field.data_key or name: field for name, field in schema.fields.items()}
        for parameter in found:
            parameter["schema"].pop("example", None)
            example = value_example(parameter["name"], fields[parameter["name"]])
            if example is not missing:
                parameter["example"] = example
        return found

    def schemas(self) -> dict[str, Any]:
        """All schemas that something refers to, by name."""
        bodies, answers = (spec.to_dict().get("components", {}).get("schemas", {}) for spec in self._specs)
        return dict(sorted({**bodies, **answers}.items()))


def _converter_of(plugin: MarshmallowPlugin) -> OpenAPIConverter:
    """The converter of a plugin that belongs to a document, with what our own fields know."""
    converter = plugin.converter
    if converter is None:
        raise RuntimeError("the plugin belongs to no document yet")
    converter.add_attribute_function(_described)  # type: ignore[no-untyped-call] # apispec's
    return converter


class _Converter(OpenAPIConverter):
    """apispec's, with sentences and examples; `outside` is what does not travel in this direction."""

    outside = ""

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """One schema; see apispec."""
        document: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call] # apispec's
        document["description"] = (type(schema).__doc__ or "").strip().partition("\n")[0]
        for name, field in get_fields(schema).items():
            key = field.data_key or name
            about = document["properties"][key]
            if about.pop(self.outside, False):
                del document["properties"][key]
                continue
            about.pop("example", None)
            example = value_example(key, field)
            if example is not missing and "$ref" not in str(about):
                about["examples"] = [example]
        return document


class _BodyConverter(_Converter):
    outside = "readOnly"

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """What is taken, with `keywords` of the whole; a default that stands for what nobody can send is none."""
        document = super().schema2jsonschema(schema)
        document |= getattr(schema, "keywords", {})
        for about in document["properties"].values():
            if about.get("default") == 0 and about.get("minimum", 0) > 0:
                del about["default"]
        return document


class _AnswerConverter(_Converter):
    outside = "writeOnly"

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """What is answered: everything, but for what is said to come only sometimes."""
        document = super().schema2jsonschema(schema)
        for about in document["properties"].values():
            about.pop("default", None)
            about.pop("readOnly", None)
        sometimes = {
            field.data_key or name for name, field in get_fields(schema).items() if field.metadata.get(SOMETIMES)
        }
        document["required"] = sorted(document["properties"].keys() - sometimes)
        return document


class _Bodies(MarshmallowPlugin):
    Converter = _BodyConverter

    def __init__(self) -> None:
        super().__init__(lambda schema: _name(schema, ""))


class _Answers(MarshmallowPlugin):
    Converter = _AnswerConverter

    def __init__(self) -> None:
        super().__init__(lambda schema: _name(schema, "Answer"))


def _name(schema: Any, suffix: str) -> str:
    """The name of a schema in a document: its system, its own, and the direction."""
    kind = schema if isinstance(schema, type) else type(schema)
    system = kind.__module__.split(".")[1]
    chosen = "".join(name.title() for name in getattr(schema, "only", None) or ())
    own = kind.__name__.removesuffix("Schema").removesuffix("Answer")
    return f"{'' if system == 'world' else system.title()}{own}{chosen}{suffix}"


def _described(_: OpenAPIConverter, field: Any, **__: Any) -> dict[str, Any]:
    """What our own fields check and apispec cannot know."""
    found: dict[str, Any] = getattr(field, "described", dict)()
    if "type" in found and field.allow_none:
        found["type"] = [found["type"], "null"]
    return found
