"""What every command shares: options, exit codes, complaints (命令的共同约定).

A command returns 0 when done, 1 when done and errors were found. What cannot
be read is told on stderr, all of it at once, and ends with 2.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from steelyard.errors import SteelyardError, flatten
from steelyard.files.text import FileUnreadable, system_says

P = ParamSpec("P")

MOST_SHOWN = 200
"""Complaints printed at most; the rest are counted."""

FOLDER = click.argument("folder", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，数字写成字符串。")


@contextmanager
def complaints(*, as_json: bool = False) -> Iterator[None]:
    """Print what is wrong to stderr, as records when asked for, and end with 2."""
    try:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            raise FileUnreadable(Path(str(error.filename or "")), system_says(error)) from error
    except SteelyardError as error:
        errors = list(flatten([error]))
        if as_json:
            records = [each.as_record() for each in errors]
            click.echo(json.dumps({"errors": records}, ensure_ascii=False, indent=2), err=True)
            sys.exit(2)
        for number, each in enumerate(errors[:MOST_SHOWN], start=1):
            click.echo(f"{number}. {each}" if len(errors) > 1 else str(each), err=True)
        if len(errors) > MOST_SHOWN:
            click.echo(f"……另有{len(errors) - MOST_SHOWN}处，未列出。", err=True)
        if len(errors) > 1:
            click.echo(f"共{len(errors)}处需要改正；文件夹未作任何改动。", err=True)
        sys.exit(2)


def door(command: Callable[P, int]) -> Callable[P, None]:
    """Turn a command's result into the exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with complaints(as_json=bool(kwargs.get("as_json"))):
            code = command(*args, **kwargs)
        sys.exit(code)

    return run


def say_json(record: object) -> None:
    """Print a record as JSON."""
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))
