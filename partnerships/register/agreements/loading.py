"""Loads agreements from the register's files; all of it unconfirmed."""

from ministries.loading.register_loading import RegisterLoad
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership


def load_agreements(load: RegisterLoad) -> None:
    columns = (
        "slug partnership kind title signed_on place saxon_signatory partner_signatory valid_until "
        "term predecessor source"
    )
    known = load.known(Agreement)
    for row in load.rows("agreements.csv", columns):
        links = {
            "partnership": row.reference(
                "partnership", load.known(Partnership), "einer Partnerschaft aus partnerships.csv"
            ),
            "predecessor": row.reference(
                "predecessor", known, "einer weiter oben stehenden Vereinbarung", required=False
            ),
        }
        load.write_named(row, Agreement, links | row.values(Agreement))
