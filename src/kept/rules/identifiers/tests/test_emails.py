"""Email addresses as they are typed: what can never arrive is refused with how to mend it, the rest is let by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.identifiers.emails import email_address


@pytest.mark.parametrize(
    "typed",
    ["mara@home.example", " o'neil+send@school.sch.uk ", "a.b-c_d@sub.nhs.net", "X@1and1.org", "m@made.up.museum"],
)
def test_what_can_arrive_is_taken_as_it_is(typed):
    assert email_address(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "mara",
            "@home.example",
            "mara@",
            "mara@home",
            "a@b@c.example",
            "a@b.example, c@d.example",
            "a b@c.example",
        ),
        *(
            "Mara <m@h.example>",
            ".a@h.example",
            "a.@h.example",
            "a@-h.example",
            "a@h..example",
            "x" * 65 + "@h.example",
        ),
        *("a@h.example\r\nBcc: b@h.example", "a@h.example\x00", f"a@{'h' * 250}.example", "a@127.0.0.1"),
        '"a"@h.example',
    ],
)
def test_what_cannot_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="email address"):
        email_address(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mara@gmail.con", "mara@gmail.com?"), ("m@x.co.ku", "m@x.co.uk?"), ("m@area.nhs.ent", "m@area.nhs.net?")],
)
def test_a_slip_of_the_finger_is_named(typed, meant):
    with pytest.raises(ValueError, match="Did you mean") as told:
        email_address(typed)
    assert str(told.value).endswith(meant)


@given(st.emails(domains=st.sampled_from(["home.example", "school.sch.uk"])))
def test_ordinary_addresses_pass(address):
    assert email_address(address) == address


@given(st.text(max_size=30), st.sampled_from(["\r", "\n", "\x00", "\u2028"]), st.text(max_size=30))
def test_nothing_with_a_line_break_passes(before, mark, after):
    with pytest.raises(ValueError, match=r"hidden mark|not one email"):
        email_address(f"a{before}{mark}{after}@h.example")
