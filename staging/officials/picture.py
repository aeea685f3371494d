"""The picture of a profile, judged by what it is, not by what its name says."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

LARGEST_BYTES = 2 * 1024 * 1024  # ? The guide names no limit.
_LARGEST_PIXELS = 25_000_000
_TYPES = {"JPEG": ("image/jpeg", (".jpg", ".jpeg")), "PNG": ("image/png", (".png",))}

TOO_LARGE = "Ảnh đại diện không được vượt quá 2 MB."
WRONG_KIND = "Ảnh đại diện phải là tệp JPG hoặc PNG."
NO_PICTURE = "Tệp đính kèm không phải là ảnh hợp lệ."


class PictureError(Exception):
    """Why the picture is not taken, in the words the official reads."""


def checked(name: str, body: bytes) -> str:
    """The picture's media type, or why it is refused."""
    if len(body) > LARGEST_BYTES:
        raise PictureError(TOO_LARGE)
    suffix = "." + name.lower().rpartition(".")[2]
    if not any(suffix in suffixes for _, suffixes in _TYPES.values()):
        raise PictureError(WRONG_KIND)
    kind = _kind(body)
    if kind not in _TYPES:
        raise PictureError(WRONG_KIND)
    media_type, suffixes = _TYPES[kind]
    if suffix not in suffixes:
        raise PictureError(NO_PICTURE)  # a picture, but another one than its name says
    return media_type


def _kind(body: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body)) as picture:
                if picture.width * picture.height > _LARGEST_PIXELS:
                    raise PictureError(TOO_LARGE)
                picture.load()  # all of it: a right beginning does not make a picture
                return picture.format or ""
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ) as error:
        raise PictureError(NO_PICTURE) from error
