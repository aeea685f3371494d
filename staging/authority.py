"""The private certificate authority of one instance, and the certificates its hosts present."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_DAY = timedelta(days=1)


class Authority:
    """Made at start, never written outside the instance's folder, forgotten at the end."""

    def __init__(self, folder: Path, name: str = "Guidewatch simulated portals") -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        # One key for all hosts: making keys is the slow part, and nothing here protects anyone.
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} (authority)")])
        self._certificate = self._sign_root()

    @property
    def pem(self) -> str:
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def context(self, host: str) -> ssl.SSLContext:
        now = datetime.now(UTC)
        return self._context(host, now - _DAY, now + 30 * _DAY)

    def expired_context(self, host: str) -> ssl.SSLContext:
        now = datetime.now(UTC)
        return self._context(host, now - 90 * _DAY, now - _DAY)

    def _context(self, host: str, begins: datetime, ends: datetime) -> ssl.SSLContext:
        host = host.partition(":")[0]  # "localhost:4433": a certificate is for the name alone
        pair = self._folder / "leaf.pem"
        pair.touch(mode=0o600)
        pair.write_bytes(self._leaf(host, begins, ends) + self._leaf_key_pem())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        pair.unlink()
        context.set_alpn_protocols(["http/1.1"])
        # A resumed session skips the certificate, and with it the fault that replaced it.
        context.options |= ssl.OP_NO_TICKET
        context.num_tickets = 0
        return context

    def _leaf_key_pem(self) -> bytes:
        return self._leaf_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def _sign_root(self) -> x509.Certificate:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(self._name)
            .issuer_name(self._name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 365 * _DAY)
            .not_valid_after(now + 365 * _DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False
            )
            .sign(self._key, hashes.SHA256())
        )

    def _leaf(self, host: str, begins: datetime, ends: datetime) -> bytes:
        certificate = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]))
            .issuer_name(self._name)
            .public_key(self._leaf_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
