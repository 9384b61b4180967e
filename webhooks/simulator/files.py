"""Files that travel in messages, kept in memory under unguessable keys."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

Photo = bytes | Path

# What a file is, by its first bytes; WebP says so only at byte 8.
_SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
    b"%PDF": "application/pdf",
    b"BEGIN:VCARD": "text/vcard",
}


@dataclass(frozen=True)
class StoredFile:
    """A file as it was sent; `content_type` is what the provider declares, true or not."""

    content: bytes = field(repr=False)
    content_type: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))


def store(photo: Photo, content_type: str = "") -> StoredFile:
    """Read a photo, declaring the given type or else the one its bytes show."""
    content = photo.read_bytes() if isinstance(photo, Path) else photo
    return StoredFile(content, content_type or sniff(content))


def sniff(content: bytes) -> str:
    """Return the media type that the first bytes show."""
    for signature, content_type in _SIGNATURES.items():
        if content.startswith(signature):
            return content_type
    return "application/octet-stream"
