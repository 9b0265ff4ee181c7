"""A connection that gives up: at a moment, however slowly bytes drip in, and after so many bytes, wherever they are."""

import io
import socket
import time
from collections.abc import Callable
from typing import Any


class TooLateError(Exception):
    """The time for the whole exchange is over."""


class TooLargeError(Exception):
    """More came in than was agreed."""


class Deadline:
    """A moment on the monotonic clock after which nothing is waited for."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._over_at = clock() + seconds

    def left(self) -> float:
        """Seconds that are left; raises TooLateError when there are none."""
        left = self._over_at - self._clock()
        if left <= 0:
            raise TooLateError
        return left


class MeteredSocket:
    """Stands between http.client and a connected socket: status line, headers and chunk marks are metered as well."""

    def __init__(self, connected: socket.socket, deadline: Deadline, most_bytes: int) -> None:
        self._connected = connected
        self._deadline = deadline
        self._bytes_left = most_bytes

    def sendall(self, data: bytes) -> None:
        self._connected.settimeout(self._deadline.left())
        self._connected.sendall(data)

    def receive_into(self, buffer: Any) -> int:
        """Read once, within what is left of time and bytes."""
        self._connected.settimeout(self._deadline.left())
        read = self._connected.recv_into(buffer)
        self._bytes_left -= read
        if self._bytes_left < 0:
            raise TooLargeError
        return read

    def makefile(self, mode: str, buffering: int | None = None) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self))

    def settimeout(self, seconds: float | None) -> None:
        """The deadline alone decides how long anything takes."""

    def close(self) -> None:
        """Whoever opened the socket closes it: http.client lets go before the answer is read."""


class _Incoming(io.RawIOBase):
    def __init__(self, connection: MeteredSocket) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        return self._connection.receive_into(buffer)
