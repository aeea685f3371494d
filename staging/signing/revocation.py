"""Whether a certificate has been revoked: by the list that is published where it says itself.

The list is fetched each time; a real provider may keep one until the next is due (?).
"""

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from staging.scene import Scene


class RevocationUnknownError(Exception):
    """There is no list to be trusted, so nobody can say whether the certificate still counts."""


async def is_revoked(
    scene: Scene, certificate: x509.Certificate, issuing: x509.Certificate
) -> bool:
    """Asked of a certificate that the issuing authority is known to have issued."""
    listed = await _fetch(scene, _published_at(certificate))
    key = issuing.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    if listed.issuer != issuing.subject or not listed.is_signature_valid(key):
        raise RevocationUnknownError("the list is not the authority's own")
    now, ends = scene.clock.now(), listed.next_update_utc
    if ends is None or not listed.last_update_utc <= now <= ends:
        raise RevocationUnknownError("the list is not of today")
    return listed.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None


def _published_at(certificate: x509.Certificate) -> str:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound as error:
        raise RevocationUnknownError("the certificate names no list") from error
    names = (name for point in points for name in point.full_name or ())
    return next(str(name.value) for name in names)


async def _fetch(scene: Scene, address: str) -> x509.CertificateRevocationList:
    try:
        async with httpx.AsyncClient(
            transport=scene.transport(), timeout=5, trust_env=False
        ) as http:
            answer = await http.get(address)
        return x509.load_der_x509_crl(answer.raise_for_status().content)
    except (httpx.HTTPError, ValueError) as error:
        raise RevocationUnknownError(address) from error
