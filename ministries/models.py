from ministries.accounts.appointments import Appointment
from ministries.accounts.disclosures import Disclosure
from ministries.accounts.roles import Capacity, Role
from ministries.accounts.users import User
from ministries.houses.models import Ministry, Responsibility, SubjectArea
from ministries.mail.jobs import Job
from ministries.mail.notifications import Notification
from ministries.quiet_times.models import QuietTime

__all__ = [
    "Appointment",
    "Capacity",
    "Disclosure",
    "Job",
    "Ministry",
    "Notification",
    "QuietTime",
    "Responsibility",
    "Role",
    "SubjectArea",
    "User",
]
