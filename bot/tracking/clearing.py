"""Which photos of a case the public may see: staff look at each one first."""

from __future__ import annotations

from bot.cases import NotAllowed, by_number
from bot.town import Town


def clear_photos(town: Town, number: str, photo: int | None = None, *, cleared: bool = True) -> int:
    """Let a case's kept photos onto its public page, or take them off it; returns how many.

    `photo` is one of them, counted from 1 in the order they came; None means all. Raises `NotAllowed` where
    there is no such case or photo.
    """
    with town.database.write.begin() as session:
        case = by_number(session, number)
        kept = [each for each in case.photos if each.state == "kept"]
        if not kept:
            raise NotAllowed(f"{case.service_request_id} has no photo.")
        if photo is not None and not 1 <= photo <= len(kept):
            raise NotAllowed(f"{case.service_request_id} has photos 1 to {len(kept)}: there is no {photo}.")
        chosen = kept if photo is None else [kept[photo - 1]]
        for each in chosen:
            each.cleared_at = town.now() if cleared else None
    return len(chosen)
