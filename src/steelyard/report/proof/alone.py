"""A page that stands alone (单文件网页): style, script and records inside one file.

Its policy admits its own style and script by their digests and forbids
everything else. Templates of a page lie beside it; what all pages share, the
drawer among it, lies here.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SHARED = Path(__file__).parent / "templates"
"""Where the drawer lies: ``drawer.html.jinja``, ``drawer.css``, ``drawer.js``."""


def page_alone(
    template: str,
    *,
    home: Path,
    styles: Sequence[str],
    scripts: Sequence[str],
    context: dict[str, object],
) -> str:
    """Return a page with its styles and scripts inside it.

    Args:
        template: Name of the template. Besides the context it is given
            ``style`` and ``script``, their digests ``style_hash`` and
            ``script_hash``, and ``version``.
        home: Where its files are looked for first; then in ``SHARED``.
        styles: Names of style sheets, in order.
        scripts: Names of scripts, in order.
        context: What the template lays out.
    """
    environment = _environment(home)
    style = _joined(environment, styles)
    script = _joined(environment, scripts)
    return environment.get_template(template).render(
        context,
        style=Markup(style),  # noqa: S704 - our own files, no word of the evaluation in them
        script=Markup(script),  # noqa: S704 - as above
        style_hash=_digest(style),
        script_hash=_digest(script),
        version=version("steelyard"),
    )


def _environment(home: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([home, SHARED]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    return environment


def _joined(environment: Environment, names: Sequence[str]) -> str:
    folder = environment.loader
    assert folder is not None  # noqa: S101 - given above
    return "".join(folder.get_source(environment, name)[0] for name in names)


def _digest(text: str) -> str:
    """Return the digest by which the policy admits a style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
