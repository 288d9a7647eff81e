from ministries.models.appointments import Appointment, Capacity, Role
from ministries.models.disclosures import Disclosure
from ministries.models.jobs import Job
from ministries.models.ministries import Ministry, Responsibility, SubjectArea
from ministries.models.notifications import Notification
from ministries.models.users import User

__all__ = [
    "Appointment",
    "Capacity",
    "Disclosure",
    "Job",
    "Ministry",
    "Notification",
    "Responsibility",
    "Role",
    "SubjectArea",
    "User",
]
