"""The numbers by which people, schools, authorities and places are known.

`check_x(text)` gives the tidy form or raises ValueError with a sentence that says what is wrong and what is wanted;
`is_x(text)` only asks.
"""

from kept.rules.identifiers.health import check_nhs_number, is_nhs_number, is_test_nhs_number, show_nhs_number
from kept.rules.identifiers.keys import made_at, uuid7
from kept.rules.identifiers.postcodes import check_district, check_postcode, district, is_postcode, sector
from kept.rules.identifiers.pupils import (
    check_uln,
    check_upn,
    is_temporary_upn,
    is_uln,
    is_upn,
    laestab_of_upn,
)
from kept.rules.identifiers.schools import (
    Authority,
    authorities,
    check_la_code,
    check_laestab,
    check_ukprn,
    check_urn,
    is_la_code,
    is_laestab,
    is_ukprn,
    is_urn,
)

__all__ = [
    "Authority",
    "authorities",
    "check_district",
    "check_la_code",
    "check_laestab",
    "check_nhs_number",
    "check_postcode",
    "check_ukprn",
    "check_uln",
    "check_upn",
    "check_urn",
    "district",
    "is_la_code",
    "is_laestab",
    "is_nhs_number",
    "is_postcode",
    "is_temporary_upn",
    "is_test_nhs_number",
    "is_ukprn",
    "is_uln",
    "is_upn",
    "is_urn",
    "laestab_of_upn",
    "made_at",
    "sector",
    "show_nhs_number",
    "uuid7",
]
