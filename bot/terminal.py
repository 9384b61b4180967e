"""What all commands share: the console, an example under every --help, errors in one sentence."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from rich.console import Console

console = Console()


def fail(reason: str) -> NoReturn:
    """Print why and leave with 1."""
    sys.stderr.write(f"townline: {reason}\n")
    raise SystemExit(1)


def example(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put an example under a command's help."""

    def put(command: Callable[..., Any]) -> Callable[..., Any]:
        command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n\n\b\nExample:\n  {text}"
        return command

    return put
