"""The register of people, mandates, and the ledgers of decisions and deliveries.

All are built on wagtail-modeladmin: its ``PermissionHelper`` is asked for each row, on every view.
"""

from lpsa_wagtail.modeladmins.decisions import DecisionAdmin
from lpsa_wagtail.modeladmins.deliveries import DeliveryAdmin
from lpsa_wagtail.modeladmins.mandates import MandateAdmin
from lpsa_wagtail.modeladmins.members import MemberAdmin
from lpsa_wagtail.modeladmins.memberships import MembershipAdmin

__all__ = [
    "DecisionAdmin",
    "DeliveryAdmin",
    "MandateAdmin",
    "MemberAdmin",
    "MembershipAdmin",
]
