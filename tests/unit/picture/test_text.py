# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of strangers: what is left of it, and that it fits."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.nfv.mano.plugins.module_utils.picture.text import clean, escape, fit, width

ANY = st.text(st.characters(), max_size=100)


@given(ANY)
def test_escaped_text_reads_back_as_cleaned(text: str) -> None:
    element = ET.fromstring(f'<a b="{escape(text)}">{escape(text)}</a>')
    assert element.attrib["b"] == (element.text or "") == clean(text)


@given(ANY)
def test_cleaned_text_is_one_line_that_nothing_turns_round(text: str) -> None:
    kinds = {unicodedata.category(char) for char in clean(text)}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("fw_mgmt", "fw_mgmt"),
        ("a\r\nb\tc", "a  b c"),
        ("\u202eexe.gpj", "\ufffdexe.gpj"),
        ("x\x00y", "x\ufffdy"),
        ("\ud800", "\ufffd"),
        (7, "7"),
        ("e\u0301", "é"),
    ],
)
def test_clean(text: object, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_long_text_is_not_looked_at_to_its_end() -> None:
    assert len(escape("&" * 10_000_000)) == 400 * len("&amp;")


@given(ANY, st.floats(20, 400))
def test_fitted_text_fits(text: str, most: float) -> None:
    assert width(fit(text, most, 13), 13) <= most
    assert fit(text, 10_000, 13) == clean(text)


def test_wide_characters_count_double_and_accents_nothing() -> None:
    assert width("日本", 10) == width("abcd", 10)
    assert width("q\u0323", 10) == width("q", 10)
    assert fit("firewall-with-a-long-name", 80, 10) == "firewall-wi…"
