"""Which certificate each organisation holds for each way of signing, and which the portal knows."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import NameOID

from staging import hosts
from staging.scene import Scene
from staging.signing.authority import CertificateService
from staging.signing.organisations import Organisation, Way, load_organisations

_DAY = timedelta(days=1)
_YEAR = 365 * _DAY
# An organisation's certificate names its tax code so (portal-facts.md, graded I).
TAX_CODE_PREFIX = "MST:"
LIST = "/thu-hoi.crl"
PUBLISHED_AT = f"https://{hosts.CERTIFICATE_SERVICE}{LIST}"


class Certificates:
    """One for all rooms of an instance: `scene.shared(Certificates)`."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.organisations = load_organisations()
        self.service = CertificateService("Guidewatch", PUBLISHED_AT)
        # Under the same names, so that nothing but its keys tells it from the real one.
        self.foreign = CertificateService("Guidewatch", PUBLISHED_AT)
        # By whom the identity provider knows a certificate: its register, not what is written in it.
        self.holders: dict[int, str] = {}
        self._remote: dict[tuple[str, Way], RemoteKey] = {}

    def issue(self, organisation: Organisation, key: ec.EllipticCurvePublicKey) -> x509.Certificate:
        """The certificate for a key of this organisation, with what is wrong with it in the data."""
        state = organisation.certificate
        if state == "other-key":
            key = ec.generate_private_key(ec.SECP256R1()).public_key()
        now = datetime.now(UTC)
        begins = now + _DAY if state == "not-yet-valid" else now - 2 * _YEAR
        ends = now - _DAY if state == "expired" else now + _YEAR
        service = self.foreign if state == "foreign" else self.service
        certificate = service.issue(_subject(organisation), key, begins, ends)
        if state == "revoked":
            service.revoke(certificate)
        if organisation.account != "other-serial":
            self.holders[certificate.serial_number] = organisation.tax_code
        return certificate

    def remote_key(self, organisation: Organisation, way: Way) -> "RemoteKey":
        """The key that SmartCA or the SIM keeps for the organisation."""
        if (organisation.key, way) not in self._remote:
            key = ec.generate_private_key(ec.SECP256R1())
            certificate = self.issue(organisation, key.public_key())
            self._remote[organisation.key, way] = RemoteKey(key, certificate)
        return self._remote[organisation.key, way]


class RemoteKey:
    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self.certificate = certificate

    def sign(self, digest: bytes) -> bytes:
        return self._key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))


def _subject(organisation: Organisation) -> x509.Name:
    tax_code = organisation.tax_code
    if organisation.certificate == "other-tax-code":
        tax_code = f"9{tax_code[1:]}"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation.name),
            x509.NameAttribute(NameOID.COMMON_NAME, organisation.name),
            x509.NameAttribute(NameOID.USER_ID, f"{TAX_CODE_PREFIX}{tax_code}"),
        ]
    )
