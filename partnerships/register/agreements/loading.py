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
        signed_on, precision = row.partial_date("signed_on")
        values = {
            "partnership": row.reference(
                "partnership", load.known(Partnership), "einer Partnerschaft aus partnerships.csv"
            ),
            "kind": row.choice("kind", Agreement.Kind),
            "title": row.text("title", required=True),
            "signed_on": signed_on,
            "signed_on_precision": precision,
            "place": row.text("place"),
            "saxon_signatory": row.text("saxon_signatory"),
            "partner_signatory": row.text("partner_signatory"),
            "term": row.choice("term", Agreement.Term),
            "valid_until": row.day("valid_until"),
            "predecessor": row.reference(
                "predecessor", known, "einer weiter oben stehenden Vereinbarung", required=False
            ),
            "source": row.text("source", required=True),
        }
        load.write_named(row, Agreement, values)
