"""The provider's end of the two services that sign elsewhere: SmartCA, and the SIM's operator."""

import base64
from dataclasses import dataclass
from typing import Any

import httpx

from staging import hosts
from staging.scene import Scene

SMARTCA = f"https://{hosts.SMARTCA_APP}/api/v1/signatures"
SIM = f"https://{hosts.SIM_PHONE}/api/mss/signature"
TEXT = "Đăng nhập Cổng Dịch vụ công quốc gia"

# The two about the SIM are graded C in portal-facts.md; the others: ?
NOT_REGISTERED = "Số điện thoại chưa được đăng ký sim ký số!"
WRONG_NUMBER = "Số điện thoại gồm 10 chữ số."
NO_SMARTCA = "Tài khoản SmartCA không tồn tại."
REFUSED = "Yêu cầu ký số đã bị từ chối."
TIMED_OUT = "Yêu cầu ký số đã hết thời gian chờ. Vui lòng thử lại."
PIN_LOCKED = "Mã PIN đã bị khoá. Vui lòng liên hệ nhà cung cấp dịch vụ."
UNREACHABLE = "Không kết nối được tới dịch vụ ký số. Vui lòng thử lại sau."


class SigningServiceError(Exception):
    """Nothing was signed, in the words the person reads."""


@dataclass(frozen=True)
class Begun:
    transaction: str
    code: str  # shown on both screens, so that a person confirms what they began


Signed = tuple[bytes, bytes]  # certificate and signature

_SMARTCA_ENDS = {"rejected": REFUSED, "expired": TIMED_OUT, "pin_locked": PIN_LOCKED}
# ETSI TS 102 204: 502 valid signature, 504 outstanding transaction, 105 unknown client, 401 user
# cancel, 208 expired transaction, 402 PIN blocked.
_SIM_ENDS = {"401": REFUSED, "208": TIMED_OUT, "402": PIN_LOCKED, "105": NOT_REGISTERED}


class RemoteSigning:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def begin_smartca(self, user: str, challenge: bytes) -> Begun:
        answer = await self._ask("POST", f"{SMARTCA}/sign", _data(challenge) | {"user_id": user})
        if answer.get("status") != "sig_wait_for_user_confirm":
            raise SigningServiceError(NO_SMARTCA)
        return Begun(answer["transaction_id"], answer["code"])

    async def smartca_signature(self, transaction: str) -> Signed | None:
        answer = await self._ask("GET", f"{SMARTCA}/{transaction}/status")
        if answer["status"] == "sig_wait_for_user_confirm":
            return None
        if answer["status"] != "signed":
            raise SigningServiceError(_SMARTCA_ENDS.get(answer["status"], TIMED_OUT))
        return _signed(answer)

    async def begin_sim(self, phone: str, challenge: bytes) -> Begun:
        if len(phone) != 10 or not phone.isascii() or not phone.isdecimal():
            raise SigningServiceError(WRONG_NUMBER)
        answer = await self._ask("POST", SIM, _data(challenge) | {"MSISDN": phone})
        if answer.get("StatusCode") != "504":
            raise SigningServiceError(NOT_REGISTERED)
        return Begun(answer["MSSP_TransID"], answer["code"])

    async def sim_signature(self, transaction: str) -> Signed | None:
        answer = await self._ask("GET", f"{SIM}/{transaction}")
        if answer["StatusCode"] == "504":
            return None
        if answer["StatusCode"] != "502":
            raise SigningServiceError(_SIM_ENDS.get(answer["StatusCode"], TIMED_OUT))
        return _signed(answer)

    async def _ask(self, method: str, address: str, body: Any = None) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(
                transport=self._scene.transport(), timeout=5, trust_env=False
            ) as http:
                answer = await http.request(
                    method,
                    address,
                    json=body,
                    headers={"Authorization": f"Bearer {self._scene.secret('signing-services')}"},
                )
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise SigningServiceError(UNREACHABLE) from error
        return found


def _data(challenge: bytes) -> dict[str, str]:
    return {"data": base64.b64encode(challenge).decode(), "text": TEXT}


def _signed(answer: dict[str, Any]) -> Signed:
    return base64.b64decode(answer["certificate"]), base64.b64decode(answer["signature"])
