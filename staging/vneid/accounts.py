"""Who may sign in, and the lock after wrong entries. The sign-in page and the app ask the same."""

from staging.people import Person
from staging.scene import Scene
from staging.wrong_entries import WrongEntryCounter


class RefusedError(Exception):
    """Why an account is not let in, in the words the citizen reads."""


# ? All wordings but one are not found anywhere; they say what such a page would say.
WRONG_PASSWORD = "Tài khoản hoặc mật khẩu không chính xác."
LOCKED_FOR_NOW = "Tài khoản tạm thời bị khóa 15 phút do nhập sai quá 5 lần. Vui lòng thử lại sau."
LOCKED_BY_ISSUER = "Tài khoản định danh điện tử đã bị khóa. Vui lòng liên hệ cơ quan Công an."
LEVEL_TOO_LOW = (
    "Tài khoản định danh điện tử chưa đạt mức độ 2. "
    "Vui lòng đăng ký định danh mức độ 2 để sử dụng dịch vụ."
)
# Graded C in portal-facts.md, from another province's guide.
NOT_ALLOWED_ON_WEB = "Tài khoản chưa cấp quyền đăng nhập trên website"


class Accounts:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._wrong = WrongEntryCounter(scene, "vneid")

    def with_password(self, identity: str, password: str) -> Person:
        """The person, if the two belong together and the account is not locked."""
        person = self._scene.people.by_identity(identity.strip())
        if person is None:
            raise RefusedError(WRONG_PASSWORD)
        self.check_not_locked(person)
        if password != person.password:
            self.wrong_entry(person, WRONG_PASSWORD)
        return person

    def check_not_locked(self, person: Person) -> None:
        if person.locked:
            raise RefusedError(LOCKED_BY_ISSUER)
        if self._wrong.locked(person.identity):
            raise RefusedError(LOCKED_FOR_NOW)

    def check_level(self, person: Person) -> None:
        if person.level < 2:
            raise RefusedError(LEVEL_TOO_LOW)

    def wrong_entry(self, person: Person, message: str) -> None:
        """Counts it and refuses; the fifth locks, and says so."""
        raise RefusedError(LOCKED_FOR_NOW if self._wrong.add(person.identity) else message)

    def signed_in(self, person: Person) -> None:
        """Only a whole login forgets wrong entries; a right password alone must not."""
        self._wrong.forget(person.identity)
