"""Real HTTP on 127.0.0.1: what the simulator's servers are made of."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import waitress
from waitress import wasyncore
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8
"""Requests that an API answers at a time; one that is told to be slow or to hang takes a thread as well."""


class _Quiet(WSGIRequestHandler):
    """Logs nothing: request lines hold tokens and phone numbers."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class LoopbackServer:
    """One WSGI application on one port of 127.0.0.1; port 0 takes a free one.

    Each request has a connection and a thread of its own, so that a stream without end keeps nobody waiting.
    """

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        self._app = app
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen, and answer from threads of its own; after a `stop`, at the same address."""
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True, request_handler=_Quiet)
        self._port = self._server.port  # kept, so that a restart comes back at the same address
        self._thread = threading.Thread(target=self._server.serve_forever, args=(60.0,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port; requests being answered may finish."""
        if self._server and self._thread:
            stopping = threading.Thread(target=self._server.shutdown)
            stopping.start()
            while stopping.is_alive():
                self._wake()
                stopping.join(0.01)
            self._thread.join()
            self._server.server_close()

    def _wake(self) -> None:
        """Call, for the server looks whether it is to stop only after a call or a minute."""
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()

    @property
    def url(self) -> str:
        """The server's base URL, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"


class ApiServer(LoopbackServer):
    """A server whose clients keep their connections, as they do at the real providers.

    Every answer has to end, and no more than `THREADS` requests are answered at a time.
    """

    def start(self) -> None:
        """Listen, and answer from threads of its own; after a `stop`, at the same address."""
        self._sockets: dict[int, Any] = {}
        self._api: Any = waitress.create_server(
            self._app,
            map=self._sockets,
            host="127.0.0.1",
            port=self._port,
            threads=THREADS,
            clear_untrusted_proxy_headers=False,  # nobody looks at them
            asyncore_use_poll=True,  # select() knows no more than 1,024 files of a process
            connection_limit=1000,
        )
        self._port = self._api.effective_port
        self._thread = threading.Thread(target=self._api.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port and the connections; requests being answered may finish."""
        if self._thread and self._thread.is_alive():
            self._api.task_dispatcher.shutdown()
            # Its own thread closes them, and ends when there are none.
            self._api.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
            self._thread.join()
