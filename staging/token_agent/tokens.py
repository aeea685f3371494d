"""The USB tokens in the visitor's machine: one an organisation, each with its key and certificate.

The key is made on the token and never leaves it; the certificate is issued for it and kept beside
it, as on a real token.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import NameOID

from staging.scene import Scene
from staging.signing.certificates import Certificates
from staging.signing.organisations import Organisation
from staging.token_agent.softhsm import SoftHsm

_TRIES = 5  # ? before a token locks itself; SoftHSM does not, so it is counted here
_LABEL = "signing"


class TokenError(Exception):
    """What the plugin answers when nothing was signed. Numbers and words: ?"""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


def cancelled() -> TokenError:
    return TokenError(1, "Người dùng huỷ bỏ thao tác")


def absent() -> TokenError:
    return TokenError(2, "Không tìm thấy thiết bị USB Token")


def wrong_pin(left: int) -> TokenError:
    return TokenError(3, f"Mã PIN không đúng, còn {left} lần thử")


def locked() -> TokenError:
    return TokenError(4, "Thiết bị USB Token đã bị khoá")


@dataclass(frozen=True)
class TokenCertificate:
    token: str  # its label: the organisation's key
    certificate: x509.Certificate

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:x}"

    @property
    def name(self) -> str:
        return self._in_subject(NameOID.COMMON_NAME)

    @property
    def user_id(self) -> str:
        return self._in_subject(NameOID.USER_ID)

    def _in_subject(self, oid: x509.ObjectIdentifier) -> str:
        return str(self.certificate.subject.get_attributes_for_oid(oid)[0].value)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


class Tokens:
    """Made when first asked for: most journeys never touch them. Its methods block for a moment."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._certificates = scene.shared(Certificates)
        self._hsm = SoftHsm(scene.folder / "softhsm")
        self._made = False
        self._making = threading.Lock()
        self._wrong: dict[str, int] = {}

    def forget_wrong_pins(self) -> None:
        self._wrong.clear()

    def certificates(self) -> list[TokenCertificate]:
        """What stands on the tokens that are plugged in."""
        if self._scene.faults.active("token-absent"):
            raise absent()
        with self._making:
            if not self._made:
                self._make()
                self._made = True
        with self._hsm.module() as module:
            return sorted(_on_tokens(module), key=lambda found: found.token)

    def sign(self, serial: str, digest: bytes, pin: str) -> bytes:
        found = self.with_serial(serial)
        self.check_not_locked(found.token)
        if self._scene.faults.active("signature-elsewhere"):
            digest = bytes(len(digest))
        return self._sign(found.token, digest, pin)

    def with_serial(self, serial: str) -> TokenCertificate:
        found = next((one for one in self.certificates() if one.serial == serial), None)
        if found is None:
            raise absent()
        return found

    def check_not_locked(self, token: str) -> None:
        organisation = self._certificates.organisations.by_key(token)
        if organisation is None:
            raise absent()
        if organisation.pins_locked or self._wrong.get(token, 0) >= _TRIES:
            raise locked()

    def _sign(self, token: str, digest: bytes, pin: str) -> bytes:
        import pkcs11
        from pkcs11.util.ec import encode_ecdsa_signature

        with self._hsm.module() as module:
            try:
                with module.get_token(token_label=token).open(user_pin=pin) as session:
                    key = session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, label=_LABEL)
                    raw = key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
            except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
                wrong = self._wrong[token] = self._wrong.get(token, 0) + 1
                raise (wrong_pin(_TRIES - wrong) if wrong < _TRIES else locked()) from error
        self._wrong.pop(token, None)
        return bytes(encode_ecdsa_signature(raw))

    def _make(self) -> None:
        organisations = list(self._certificates.organisations)
        self._hsm.make_tokens({one.key: one.token_pin for one in organisations})
        with self._hsm.module() as module:
            for one in organisations:
                self._personalise(module.get_token(token_label=one.key), one)

    def _personalise(self, token: Any, organisation: Organisation) -> None:
        import pkcs11
        from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

        with token.open(rw=True, user_pin=organisation.token_pin) as session:
            curve = session.create_domain_parameters(
                pkcs11.KeyType.EC,
                {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
                local=True,
            )
            public, _private = curve.generate_keypair(store=True, label=_LABEL)
            key = load_der_public_key(encode_ec_public_key(public))
            assert isinstance(key, ec.EllipticCurvePublicKey)
            certificate = self._certificates.issue(organisation, key)
            session.create_object(
                {
                    pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                    pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                    pkcs11.Attribute.TOKEN: True,
                    pkcs11.Attribute.LABEL: _LABEL,
                    pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
                    pkcs11.Attribute.VALUE: certificate.public_bytes(Encoding.DER),
                }
            )


def _on_tokens(module: Any) -> Iterator[TokenCertificate]:
    """The certificates on all tokens; they can be read without a PIN."""
    from pkcs11 import Attribute, ObjectClass, TokenFlag

    # SoftHSM always shows one slot more, for a token to come.
    for token in module.get_tokens(token_flags=TokenFlag.TOKEN_INITIALIZED):
        with token.open() as session:
            for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
                certificate = x509.load_der_x509_certificate(found[Attribute.VALUE])
                yield TokenCertificate(token.label, certificate)
