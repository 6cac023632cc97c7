"""The message in which public keys are published: a JSON Web Key Set (RFC 7517)."""

from __future__ import annotations

from marshmallow import Schema, fields


class KeySchema(Schema):
    """A public key as a JSON Web Key (RFC 8037)."""

    kty = fields.String(metadata={"example": "OKP"})
    crv = fields.String(metadata={"example": "Ed25519"})
    use = fields.String(metadata={"example": "sig"})
    alg = fields.String(metadata={"example": "EdDSA"})
    kid = fields.String(metadata={"example": "d2f1c0a9"})
    x = fields.String(metadata={"example": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})


class KeySetSchema(Schema):
    """Public keys, with which what a system signs can be verified."""

    keys = fields.List(fields.Nested(KeySchema))
