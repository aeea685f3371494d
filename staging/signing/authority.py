"""The staging certification service: a root, an issuing authority below it, a revocation list.

Nothing of it is a real provider's; the names say so. Everything is made when an instance first
needs it and forgotten at its end.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = timedelta(days=1)


class CertificateService:
    def __init__(self, name: str, publishes_at: str) -> None:
        self._name = name
        self._publishes_at = publishes_at
        self._root_key = ec.generate_private_key(ec.SECP256R1())
        self._issuing_key = ec.generate_private_key(ec.SECP256R1())
        self._revoked: dict[int, datetime] = {}

    @cached_property
    def root(self) -> x509.Certificate:
        name = _common_name(f"{self._name} Root (mô phỏng)")
        return _authority(name, self._root_key.public_key(), name, self._root_key, 1)

    @cached_property
    def issuing(self) -> x509.Certificate:
        name = _common_name(f"{self._name} CA (mô phỏng)")
        return _authority(
            name, self._issuing_key.public_key(), self.root.subject, self._root_key, 0
        )

    def issue(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, begins: datetime, ends: datetime
    ) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.issuing.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(_identifier_of(self._issuing_key), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(_list_at(self._publishes_at), critical=False)
            .sign(self._issuing_key, hashes.SHA256())
        )

    def revoke(self, certificate: x509.Certificate) -> None:
        self._revoked[certificate.serial_number] = datetime.now(UTC) - _DAY

    def revocation_list(self, now: datetime) -> x509.CertificateRevocationList:
        """As published for this moment; signed by the issuing authority."""
        revocations = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.issuing.subject)
            .last_update(now - timedelta(hours=1))
            .next_update(now + _DAY)
            .add_extension(_identifier_of(self._issuing_key), critical=False)
            .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        )
        for serial, day in self._revoked.items():
            revocations = revocations.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(day).build()
            )
        return revocations.sign(self._issuing_key, hashes.SHA256())


def _authority(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    path_length: int,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 3650 * _DAY)
        .not_valid_after(now + 3650 * _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(_identifier_of(issuer_key), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _identifier_of(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _list_at(address: str) -> x509.CRLDistributionPoints:
    names = [x509.UniformResourceIdentifier(address)]
    return x509.CRLDistributionPoints([x509.DistributionPoint(names, None, None, None)])


def _common_name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
