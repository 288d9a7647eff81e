"""The facts beside a statement: what the register knows, and what the house itself did."""

from datetime import date

from guidelines.statements.models import Statement
from ministries.models import User
from partnerships.records.activities.facts import activity_facts
from partnerships.register.agreements.facts import fact_sheet
from partnerships.register.partners.facts import FactGroup


def facts_beside(statement: Statement, user: User, day: date) -> list[FactGroup]:
    partnership = statement.guideline_check.partnership
    sheet = fact_sheet(partnership, user=user, day=day)
    return [*sheet, *activity_facts(partnership, statement.ministry)]
