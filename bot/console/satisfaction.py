"""What residents say of work that the city calls done: counted from what they write anyway, asked by no text.

Whoever is content has less reason to write than who is not, and most write nothing: so shares are of those who
answered, and how many did stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from bot.console.figures import Period, of_department
from bot.models import Follower, ServiceRequest, StatusUpdate


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """Cases closed as done in a period of which a resident was told, and the last word of one on each since."""

    told: int = 0
    content: int = 0
    not_fixed: int = 0
    complained: int = 0

    @property
    def answered(self) -> int:
        """How many were answered, in any way."""
        return self.content + self.not_fixed + self.complained

    @property
    def silent(self) -> int:
        """How many were not."""
        return self.told - self.answered

    @property
    def answer_rate(self) -> float | None:
        """The share that was answered; None: nobody was told."""
        return self.answered / self.told if self.told else None

    @property
    def content_rate(self) -> float | None:
        """The share of content answers among the answers; None: there was none."""
        return self.content / self.answered if self.answered else None


def of(session: Session, period: Period) -> Satisfaction:
    """Return what residents said of the cases that were closed as completed in the period.

    A word counts that came after the first such closing of the period. A case that nobody follows by text, or
    that all have muted, is left out: nobody was told of its end.
    """
    closing = (
        select(StatusUpdate.service_request_id, func.min(StatusUpdate.updated_datetime).label("at"))
        .where(
            StatusUpdate.status == "completed",
            StatusUpdate.author != "resident",  # what a resident adds to a closed case closes nothing
            StatusUpdate.updated_datetime >= period.start,
            StatusUpdate.updated_datetime < period.end,
        )
        .group_by(StatusUpdate.service_request_id)
        .subquery()
    )
    said = ServiceRequest.verdict_datetime >= closing.c.at
    follows = exists().where(Follower.service_request_id == ServiceRequest.id, Follower.muted_at.is_(None))
    query = (
        select(ServiceRequest.verdict, said, func.count())
        .join(closing, closing.c.service_request_id == ServiceRequest.id)
        .where(or_(follows, said), *of_department(period))
        .group_by(ServiceRequest.verdict, said)
    )
    rows = session.execute(query).all()
    counted = {verdict: count for verdict, since, count in rows if since and verdict}
    return Satisfaction(told=sum(count for _, _, count in rows), **counted)
