"""The web server of a deployment: its port opens, and closes on nobody who is left waiting."""

from __future__ import annotations

import socket

import pytest
from servers import OpenOffice

from bot.app import listening
from bot.bench.deployment import free_port
from bot.database import Database


def test_who_still_waits_when_it_ends_is_hung_up_on(open_office: OpenOffice, sqlite: Database) -> None:
    town, port = open_office(sqlite).town, free_port()
    with listening(town, host="127.0.0.1", port=port):
        caller = socket.create_connection(("127.0.0.1", port), timeout=20)
        caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    with caller, pytest.raises(ConnectionResetError):
        caller.recv(1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=20)
