"""The login QR code: shown by the sign-in page, read and approved by the app, works once."""

import io
import uuid
from base64 import b64encode

import segno
from sqlalchemy import select
from sqlalchemy.orm import Session

from staging.people import Person
from staging.scene import Scene
from staging.vneid.accounts import RefusedError
from staging.vneid.tables import Login, QrCode

# ? Payload and lifetime are not known: a random UUID as the nearest relative has, two minutes.
_SECONDS = 120.0
# ? All wordings.
NOT_A_LOGIN_QR = "Mã QR không hợp lệ. Vui lòng quét mã QR đăng nhập trên trang đăng nhập VNeID."
QR_EXPIRED = "Mã QR đã hết hạn. Vui lòng tải lại mã QR và quét lại."
QR_USED = "Mã QR đã được sử dụng. Vui lòng tải lại mã QR và quét lại."


class QrCodes:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def show(self, csrt: str) -> str:
        """A new code's payload; the login's older ones stop working."""
        code = QrCode(
            id=str(uuid.uuid4()),
            csrt=csrt,
            expires=self._scene.clock.timestamp() + _SECONDS,
        )
        payload = code.id
        with Session(self._scene.engine) as session, session.begin():
            for older in session.scalars(select(QrCode).where(QrCode.csrt == csrt)):
                session.delete(older)
            session.add(code)
        return payload

    def image(self, payload: str) -> str:
        return qr_image(payload, damaged=self._scene.faults.active("qr-unreadable") is not None)

    def state(self, csrt: str, payload: str) -> tuple[str, str | None]:
        """How far the app has come with it, and who approved it."""
        with Session(self._scene.engine) as session:
            code = session.get(QrCode, payload)
            if code is None or code.csrt != csrt:
                return "expired", None
            if code.state == "shown" and self._is_over(code):
                return "expired", None
            return code.state, code.identity

    def scan(self, payload: str, person: Person) -> Login:
        """The app has read it: from now on it is this person's to approve."""
        with Session(self._scene.engine, expire_on_commit=False) as session, session.begin():
            code = session.get(QrCode, payload.strip())
            login = session.get(Login, code.csrt) if code is not None else None
            if code is None or login is None:
                raise RefusedError(NOT_A_LOGIN_QR)
            if code.state != "shown":
                raise RefusedError(QR_USED)
            if self._is_over(code):
                raise RefusedError(QR_EXPIRED)
            code.state, code.identity = "scanned", person.identity
        return login

    def decide(self, payload: str, person: Person, *, approved: bool) -> None:
        with Session(self._scene.engine) as session, session.begin():
            code = session.get(QrCode, payload)
            if code is None or code.state != "scanned" or code.identity != person.identity:
                raise RefusedError(QR_USED)
            if self._is_over(code):
                raise RefusedError(QR_EXPIRED)
            code.state = "approved" if approved else "refused"

    def use(self, payload: str) -> None:
        with Session(self._scene.engine) as session, session.begin():
            if code := session.get(QrCode, payload):
                code.state = "used"

    def _is_over(self, code: QrCode) -> bool:
        return self._scene.clock.timestamp() >= code.expires


def qr_image(payload: str, *, damaged: bool = False) -> str:
    """A picture as a data address. Damaged: its corner marks are inverted, no reader finds them."""
    code = segno.make(payload, error="m", micro=False)
    if damaged:
        for row in code.matrix[:8]:
            for column in range(len(row)):
                row[column] ^= 1
        for row in code.matrix[8:]:
            for column in range(0, 9):
                row[column] ^= 1
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=6, border=4)
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"
