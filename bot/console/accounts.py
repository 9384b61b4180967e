"""Staff accounts: passwords by argon2, codes by TOTP, lock-out, sessions that end."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.console.audit import record
from bot.staff_tables import Staff, StaffSession
from bot.town import Town

ROLES = ("agent", "crew", "supervisor", "manager", "admin")

SHORTEST_PASSWORD = 12  # characters; length is what counts (NIST SP 800-63B, section 5.1.1.2)

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
"""After so many wrong passwords or codes in a row nobody gets in under that name for a while."""

IDLE = timedelta(hours=2)
AT_MOST = timedelta(hours=12)
"""A session ends when nothing was done for so long, and at the latest after a shift."""

_hasher = PasswordHasher()  # argon2id, with the library's parameters (RFC 9106)


@cache
def nobodys_hash() -> str:
    """Return a hash that no password fits, to be checked where there is no such name.

    Who adds the page asks for it first: else the first wrong name would take longer than the next.
    """
    return _hasher.hash(secrets.token_urlsafe(16))


class Refused(Exception):
    """Nobody gets in this way; the message says no more than it should."""


class BadAccount(Exception):
    """An account can't be made or changed so; the message says what to do."""


def add(
    town: Town,
    name: str,
    role: str,
    *,
    password: str = "",
    department: str = "",
    shown_as: str = "",
    by: Staff | None = None,
) -> tuple[Staff, str]:
    """Make an account; returns it and its password, made up where none is given. Raises `BadAccount`.

    `by` is who does it, here and below; None: somebody at the command line.
    """
    _check(town, name, role, department)
    password = password or secrets.token_urlsafe(12)
    with town.database.write.begin() as session:
        if session.scalars(select(Staff).where(Staff.name == name)).first() is not None:
            raise BadAccount(f"There is somebody named {name!r} already.")
        staff = Staff(
            name=name,
            shown_as=shown_as,
            role=role,
            department=department,
            password_hash=_hash(password),
            created_at=town.now(),
        )
        session.add(staff)
        session.flush()
        record(town, session, by, "staff_added", f"staff:{name}", role=role)
    return staff, password


def _check(town: Town, name: str, role: str, department: str) -> None:
    if role not in ROLES:
        raise BadAccount(f"There is no role {role!r}. Known: {', '.join(ROLES)}.")
    if not name.strip() or name != name.strip() or len(name) > 80:
        raise BadAccount("A name has 1 to 80 characters and no blanks around it.")
    if role == "crew" and department not in town.config.departments:
        known = ", ".join(town.config.departments)
        raise BadAccount(f"A crew belongs to a department of config.yml. Known: {known}.")


def set_password(town: Town, name: str, password: str = "", *, by: Staff | None = None) -> str:
    """Give an account a new password, made up where none is given; ends its sessions. Raises `BadAccount`."""
    password = password or secrets.token_urlsafe(12)
    with town.database.write.begin() as session:
        staff = by_name(session, name)
        staff.password_hash, staff.failures, staff.locked_until = _hash(password), 0, None
        session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        record(town, session, by, "password_set", f"staff:{name}")
    return password


def disable(town: Town, name: str, *, disabled: bool = True, by: Staff | None = None) -> None:
    """Let nobody in under a name any more, or again, and end its sessions. Raises `BadAccount`."""
    with town.database.write.begin() as session:
        staff = by_name(session, name)
        if disabled:
            _spare_last_admin(session, staff)
        staff.disabled_at = town.now() if disabled else None
        session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        record(town, session, by, "staff_disabled" if disabled else "staff_enabled", f"staff:{name}")


def change_role(town: Town, name: str, role: str, department: str = "", *, by: Staff | None = None) -> None:
    """Give somebody another role, a crew its department; it holds at once. Raises `BadAccount`."""
    _check(town, name, role, department)
    with town.database.write.begin() as session:
        staff = by_name(session, name)
        if role != "admin":
            _spare_last_admin(session, staff)
        record(
            town, session, by, "role_changed", f"staff:{name}", was=staff.role, role=role, department=department
        )
        staff.role, staff.department = role, department


def reset_authenticator(town: Town, name: str, *, by: Staff | None = None) -> None:
    """Ask somebody who lost their authenticator for no code, and end their sessions. Raises `BadAccount`."""
    with town.database.write.begin() as session:
        staff = by_name(session, name)
        staff.totp_secret, staff.totp_step = "", 0
        session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        record(town, session, by, "authenticator_reset", f"staff:{name}")


def _spare_last_admin(session: Session, staff: Staff) -> None:
    """Refuse to take the last administrator away; all are locked, so that two can't take away one another."""
    query = select(Staff).where(Staff.role == "admin", Staff.disabled_at.is_(None)).with_for_update()
    if [each.id for each in session.scalars(query)] == [staff.id]:
        raise BadAccount(f"{staff.name} is the last administrator: make somebody else one first.")


def by_name(session: Session, name: str) -> Staff:
    """Return the account of that name; raises `BadAccount`."""
    staff = session.scalars(select(Staff).where(Staff.name == name)).first()
    if staff is None:
        raise BadAccount(f"There is nobody named {name!r}. `townline staff list` shows them.")
    return staff


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadAccount(f"A password has {SHORTEST_PASSWORD} characters or more.")
    return _hasher.hash(password)


# Signing in -----------------------------------------------------------------------------------------


def sign_in(town: Town, name: str, password: str) -> str:
    """Check a password and open a session; returns the cookie's token. Raises `Refused`.

    Whether the name, the password or the account was wrong is not told, by words or by time.
    """
    with town.database.read() as session:
        known = session.scalars(select(Staff).where(Staff.name == name.strip())).first()
    right = _verify(known.password_hash if known and known.password_hash else nobodys_hash(), password)
    with town.database.write.begin() as session:
        staff = session.get(Staff, known.id, with_for_update=True) if known else None
        if staff is None or not _may(staff, town.now()):
            record(town, session, None, "sign_in_refused", "staff:?")
            token = ""
        elif not right:
            _fail(staff, town.now())
            record(town, session, staff, "sign_in_refused", f"staff:{staff.name}")
            token = ""
        else:
            token = open_session(town, session, staff, code_given=not staff.totp_secret)
    if not token:
        raise Refused("Name and password do not fit, or the account is locked for now.")
    return token


def give_code(town: Town, session_id: int, code: str) -> None:
    """Check the code of the authenticator for a session that waits for it; raises `Refused`."""
    with town.database.write.begin() as session:
        waiting = session.get_one(StaffSession, session_id)
        staff = session.get_one(Staff, waiting.staff_id, with_for_update=True)
        step = _matching_step(staff, code, town.now())
        right = _may(staff, town.now()) and step > staff.totp_step
        if right:
            staff.totp_step, staff.failures, waiting.code_given = step, 0, True
            record(town, session, staff, "signed_in", f"staff:{staff.name}")
        else:
            _fail(staff, town.now())
    if not right:
        raise Refused("That code does not fit, or was used before. Wait for the next one.")


def open_session(town: Town, session: Session, staff: Staff, *, code_given: bool) -> str:
    """Open a session for somebody, in the caller's transaction; returns the cookie's token.

    The token is new each time: there is none to be fixed beforehand.
    """
    token = secrets.token_urlsafe(32)
    now = town.now()
    session.execute(delete(StaffSession).where(StaffSession.created_at < now - AT_MOST))
    session.add(
        StaffSession(
            token_hash=_digest(token),
            csrf=secrets.token_urlsafe(24),
            staff_id=staff.id,
            code_given=code_given,
            created_at=now,
            seen_at=now,
        )
    )
    if code_given:
        staff.failures, staff.locked_until = 0, None
        record(town, session, staff, "signed_in", f"staff:{staff.name}")
    return token


def find_session(town: Town, token: str, *, active: bool = True) -> StaffSession | None:
    """Return the session that a cookie stands for, while it lasts and its owner may be here.

    What a page asks by itself is not `active`: a screen that nobody sits at ends like any other.
    """
    if not token:
        return None
    now = town.now()
    with town.database.read() as session:
        found = session.scalars(select(StaffSession).where(StaffSession.token_hash == _digest(token))).first()
    if found is None or found.staff.disabled_at is not None:
        return None
    if now - found.created_at > AT_MOST or now - found.seen_at > IDLE:
        return None
    if active and now - found.seen_at > timedelta(minutes=1):
        with town.database.write.begin() as session:
            session.get_one(StaffSession, found.id).seen_at = now
    return found


def sign_out(town: Town, session_id: int) -> None:
    """End a session."""
    with town.database.write.begin() as session:
        session.execute(delete(StaffSession).where(StaffSession.id == session_id))


def _may(staff: Staff, now: datetime) -> bool:
    return staff.disabled_at is None and (staff.locked_until is None or staff.locked_until <= now)


def _fail(staff: Staff, now: datetime) -> None:
    staff.failures += 1
    if staff.failures >= MOST_FAILURES:
        staff.failures, staff.locked_until = 0, now + LOCKED_FOR


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password[:1000])
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# The authenticator ----------------------------------------------------------------------------------


SECRET = re.compile(r"[A-Z2-7]{32}")
"""As `new_secret` makes them."""


def new_secret() -> str:
    """Return a secret for an authenticator app: 160 bits in base32."""
    return pyotp.random_base32()


def address_of(secret: str, name: str, issuer: str) -> str:
    """Return the otpauth address that authenticator apps read from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def set_authenticator(town: Town, staff_id: int, secret: str, code: str) -> None:
    """Demand codes from now on, once a first one fits; raises `Refused`."""
    if not SECRET.fullmatch(secret):
        raise Refused("The page was changed on its way. Scan the new picture and try again.")
    with town.database.write.begin() as session:
        staff = session.get_one(Staff, staff_id, with_for_update=True)
        trial = Staff(totp_secret=secret)
        step = _matching_step(trial, code, town.now())
        if step:
            staff.totp_secret, staff.totp_step = secret, step
            record(town, session, staff, "authenticator_set", f"staff:{staff.name}")
    if not step:
        raise Refused("That code does not fit. Check the clock of the phone and try the next one.")


def _matching_step(staff: Staff, code: str, now: datetime) -> int:
    """Return the 30-second step whose code this is, of the last, this and the next; 0 where it is none."""
    totp = pyotp.TOTP(staff.totp_secret)
    current = int(now.timestamp()) // totp.interval
    digits = "".join(code.split())
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(totp.at(step * totp.interval).encode(), digits.encode()):
            return step
    return 0
