"""A throw-away authority and the certificate of one start, so that a simulator can be called by https."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from lkc.world.clock import EPOCH, real_micros
from lkc.world.hosts import is_wildcard

VALID = timedelta(days=30)
# Browsers refuse what is not valid yet on a machine whose clock is a little behind.
EARLIER = timedelta(hours=1)
ISSUER = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LKC Simulator, authority of one start")])


@dataclass(frozen=True)
class Tls:
    """Files of one start.

    Attributes:
        ca: certificate of the authority, which clients are to trust.
        bundle: the same beside the authorities that this machine trusts.
        chain: the server's certificate.
        key: the server's private key, which only its owner can read.
    """

    ca: Path
    bundle: Path
    chain: Path
    key: Path


def make(folder: Path, names: Iterable[str]) -> Tls:
    """Makes an authority, which forgets its key at once, and a certificate for names and IP addresses."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    found = Tls(folder / "ca.pem", folder / "bundle.pem", folder / "server.pem", folder / "server.key")
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    pem = _authority(ca_key).public_bytes(Encoding.PEM)
    found.ca.write_bytes(pem)
    found.bundle.write_bytes(_trusted_here() + pem)
    found.chain.write_bytes(_signed(key.public_key(), ca_key, names).public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(found.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    return found


def _authority(ca_key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """The authority's own certificate."""
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        _begun(ISSUER, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def _signed(
    key: ec.EllipticCurvePublicKey, ca_key: ec.EllipticCurvePrivateKey, names: Iterable[str]
) -> x509.Certificate:
    """The certificate of the simulator, for names and IP addresses."""
    authority_id = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    return (
        _begun(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LKC Simulator")]), key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in dict.fromkeys(names)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(authority_id), critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def names_for(host: str, allowed: Iterable[str], worlds: Iterable[str]) -> list[str]:
    """Names and addresses by which a simulator is called; who listens everywhere is called by the machine's name too.

    Many clients take no wildcard directly below a top-level name: so the worlds that are there stand by name as well.
    """
    names = ["localhost", "127.0.0.1", "::1", "*.localhost", *(f"{world}.localhost" for world in worlds)]
    if is_wildcard(host):
        own = socket.gethostname().lower()
        short = own.partition(".")[0]
        names += [own, short, f"{short}.local"]
    else:
        names.append(host.lower())
    return [*names, *(name.strip("[]").lower() for name in allowed)]


def _begun(subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = EPOCH + timedelta(microseconds=real_micros())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(ISSUER)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + VALID)
    )


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _trusted_here() -> bytes:
    known = ssl.get_default_verify_paths().cafile
    return Path(known).read_bytes() if known else b""
