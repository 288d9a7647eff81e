"""The facts beside a statement: what the house itself keeps first, then what the register knows."""

from datetime import date

from guidelines.statements.models import Statement
from ministries.models import User
from partnerships.records.own_facts import own_facts
from partnerships.register.agreements.facts import fact_sheet
from partnerships.register.partners.facts import FactGroup


def facts_beside(statement: Statement, user: User, day: date) -> list[FactGroup]:
    partnership = statement.guideline_check.partnership
    register = fact_sheet(partnership, user=user, day=day)
    return [*own_facts(partnership, statement.ministry, day), *register]
