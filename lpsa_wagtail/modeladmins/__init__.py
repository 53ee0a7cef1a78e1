"""The register of people and the ledgers of decisions and deliveries, built on wagtail-modeladmin.

Its ``PermissionHelper`` is asked for each row, on every view.
"""

from lpsa_wagtail.modeladmins.decisions import DecisionAdmin
from lpsa_wagtail.modeladmins.deliveries import DeliveryAdmin
from lpsa_wagtail.modeladmins.members import MemberAdmin
from lpsa_wagtail.modeladmins.memberships import MembershipAdmin

__all__ = [
    "DecisionAdmin",
    "DeliveryAdmin",
    "MemberAdmin",
    "MembershipAdmin",
]
