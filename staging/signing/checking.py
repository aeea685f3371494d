"""What the identity provider asks of a signature before it lets anybody in.

Challenge and signature, chain and dates, revocation, then whose certificate it is: in this order,
because what a certificate says about its holder means nothing before the rest is right. Chain and
dates are `cryptography`'s own path validation.
"""

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from staging.signing.authority import CertificateService
from staging.signing.certificates import TAX_CODE_PREFIX, Certificates
from staging.signing.organisations import Organisation
from staging.signing.revocation import RevocationUnknownError, is_revoked

# Graded C in portal-facts.md, from a relative of the portal; the sentence for the signature: ?
NOT_VALID = "Lỗi khi validation certificate!"
EXPIRED = "Chứng chỉ hết hạn!"
UNKNOWN_SERIAL = "Không tìm thấy user theo serial! Vui lòng thử lại sau"
NO_ACCOUNT = "Tài khoản không tồn tại trong hệ thống!"
LOCKED = "Tài khoản bị khoá!"
NOT_SIGNED = "Chữ ký số không hợp lệ. Vui lòng thử lại."
REVOCATION_UNKNOWN = (  # ?
    "Không kiểm tra được tình trạng thu hồi của chứng thư số. Vui lòng thử lại sau."
)


class NotAcceptedError(Exception):
    """Why nobody is let in, in the words the person reads."""


class ExpiredError(NotAcceptedError):
    """The certificate's time is over; each way of signing has its own words for it."""


async def holder(
    certificates: Certificates, certificate_der: bytes, signature: bytes, challenge: bytes
) -> Organisation:
    """The organisation that signed this challenge, or why it is not accepted."""
    now = certificates.scene.clock.now()
    try:
        certificate = x509.load_der_x509_certificate(certificate_der)
    except ValueError as error:
        raise NotAcceptedError(NOT_VALID) from error
    _check_signature(certificate, signature, challenge)
    _check_chain(certificates.service, certificate, now)
    await _check_not_revoked(certificates, certificate)
    return _account(certificates, certificate)


def _check_signature(certificate: x509.Certificate, signature: bytes, challenge: bytes) -> None:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotAcceptedError(NOT_VALID)
    try:
        key.verify(signature, challenge, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise NotAcceptedError(NOT_SIGNED) from error


def _check_chain(service: CertificateService, certificate: x509.Certificate, now: datetime) -> None:
    verifier = (
        PolicyBuilder()
        .store(Store([service.root]))
        .time(now)
        .extension_policies(
            ca_policy=ExtensionPolicy.webpki_defaults_ca(),
            # The web's own policy asks for a host name; a signing certificate has to say that its
            # key signs.
            ee_policy=ExtensionPolicy.permit_all().require_present(
                x509.KeyUsage, Criticality.AGNOSTIC, _signs
            ),
        )
        .build_client_verifier()
    )
    try:
        verifier.verify(certificate, [service.issuing])
    except VerificationError as error:
        if now > certificate.not_valid_after_utc and _issued_by(service, certificate):
            raise ExpiredError(EXPIRED) from error
        raise NotAcceptedError(NOT_VALID) from error


def _signs(_policy: Policy, _certificate: x509.Certificate, usage: x509.KeyUsage) -> None:
    if not usage.digital_signature:
        raise ValueError("not a certificate for signing")


def _issued_by(service: CertificateService, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(service.issuing)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


async def _check_not_revoked(certificates: Certificates, certificate: x509.Certificate) -> None:
    try:
        revoked = await is_revoked(certificates.scene, certificate, certificates.service.issuing)
    except RevocationUnknownError as error:
        raise NotAcceptedError(REVOCATION_UNKNOWN) from error
    if revoked:
        raise NotAcceptedError(NOT_VALID)


def _account(certificates: Certificates, certificate: x509.Certificate) -> Organisation:
    named = [
        str(attribute.value).removeprefix(TAX_CODE_PREFIX)
        for attribute in certificate.subject.get_attributes_for_oid(NameOID.USER_ID)
        if str(attribute.value).startswith(TAX_CODE_PREFIX)
    ]
    registered = certificates.holders.get(certificate.serial_number)
    if registered is None or named != [registered]:
        raise NotAcceptedError(UNKNOWN_SERIAL)
    organisation = certificates.organisations.by_tax_code(registered)
    if organisation is None or organisation.account == "none":
        raise NotAcceptedError(NO_ACCOUNT)
    if organisation.account == "locked":
        raise NotAcceptedError(LOCKED)
    return organisation
