from partnerships.models.agreements import Agreement
from partnerships.models.partnerships import Participation, Partnership
from partnerships.models.periods import Lead, StatusPeriod
from partnerships.models.regions import PartnerAuthority, Region

__all__ = [
    "Agreement",
    "Lead",
    "PartnerAuthority",
    "Participation",
    "Partnership",
    "Region",
    "StatusPeriod",
]
