# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What OpenStack says went wrong, in our error codes: from HTTP answers and from the reasons that Heat and Nova write
down.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

if TYPE_CHECKING:
    from requests import Response

LONGEST = 1000

_ABSENT = r"could not be found|not found|can't be found|does not exist"
_REASONS: tuple[tuple[str, str], ...] = (
    ("no_valid_host", r"no valid host|not enough hosts|no host can be found"),
    ("quota_exceeded", r"quota|exceeds? (the )?(allowed|maximum)"),
    (
        "no_fitting_flavour",
        rf"no flavor matching|flavor\S*( \S+){{0,6}} ({_ABSENT})|flavor's (disk|memory) is too small",
    ),
    ("image_missing", rf"no images? matching|image\S*( \S+){{0,6}} ({_ABSENT}|is not active)"),
    ("network_missing", rf"(network|subnet|port)\S*( \S+){{0,6}} ({_ABSENT})|unable to find (network|subnet|port)"),
)
"""What the VIM says when it has a reason that a play can act on."""

_WAY_ON = {
    "no_valid_host": "free capacity, choose another zone or flavour, and run the task again",
    "quota_exceeded": "free something or have the project's quota raised, and run the task again",
    "no_fitting_flavour": "name another flavour in vim_assets and run the task again",
    "image_missing": "upload the image or name another one in vim_assets, and run the task again",
    "network_missing": "see that the network is there and visible to the project, and run the task again",
    "vim_error": "see vim_message, remove the cause and run the task again",
}


def fault_text(response: Response) -> str:
    """The VIM's own words in an error answer, whichever service wrote it; never more than a screenful."""
    try:
        text = _message_in(response.json())
    except ValueError:
        text = re.sub(r"<[^>]*>", " ", response.text)
    return re.sub(r"\s+", " ", text or response.reason or "").strip()[:LONGEST]


def _message_in(body: Any) -> str:
    if isinstance(body, dict):
        for key in ("message", "faultstring"):
            if isinstance(body.get(key), str):
                return str(body[key])
        for value in (body.get("error"), *body.values()):
            text = _message_in(value)
            if text:
                return text
    return ""


def classify(text: str) -> str:
    """The error code for a reason that the VIM gives; vim_error when it says nothing that is known."""
    return next((code for code, words in _REASONS if re.search(words, text, re.IGNORECASE)), "vim_error")


def http_error(cloud: str, service: str, what: str, status: int, text: str) -> ManoError:
    """The error for an answer with a status >= 400."""
    code = _code_of(status, text)
    reason = text.rstrip(".") or "no reason given"
    sentence = {
        "vim_unauthorized": "refuses the credentials; correct them in clouds.yaml",
        "vim_forbidden": f"forbids it to this user ({reason}); ask for the right to do it",
        "vim_unreachable": "does not answer; see that it is up and run the task again",
    }.get(code, f"answers {status}: {reason}; {_WAY_ON.get(code, _WAY_ON['vim_error'])}")
    return ManoError(
        code, f"{what}: the {service} service of cloud '{cloud}' {sentence}.", resource=cloud, vim_message=text or None
    )


def _code_of(status: int, text: str) -> str:
    code = classify(text)
    if status == 413 or (status in {403, 409} and code == "quota_exceeded"):
        return "quota_exceeded"
    plain = {
        401: "vim_unauthorized",
        403: "vim_forbidden",
        502: "vim_unreachable",
        503: "vim_unreachable",
        504: "vim_unreachable",
    }
    if status in plain:
        return plain[status]
    return code if status == 400 else "vim_error"


def reason_error(thing: str, text: str) -> ManoError:
    """The error for a resource that failed with a reason; `thing` names it in the descriptor's terms."""
    code = classify(text)
    return ManoError(
        code,
        f"{thing}: {_sentence(text)}; {_WAY_ON[code]}.",
        resource=thing,
        vim_message=text[:LONGEST] or None,
    )


def _sentence(text: str) -> str:
    """Heat's and Nova's wrappings taken off a reason."""
    text = re.sub(r"\s+", " ", text).strip()
    match = re.search(r'due to "(?:Message: )?(.*?)(?:, Code: \w+)?"', text)
    text = match.group(1) if match else re.sub(r"^(Property error: ?:? ?)?(\w+: )?(resources\.\S+: :? ?)?", "", text)
    text = re.sub(r" \((HTTP \d+|Request-ID: \S+)\)", "", text)
    return text.strip().rstrip(".,; ")[:300] or "it failed and the VIM gives no reason"
