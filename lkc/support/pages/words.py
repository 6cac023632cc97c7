"""What the pages call things, and what helps on a page where a refusal speaks of calls."""

from __future__ import annotations

REMEDIES = {
    "access-level": "Ask an administrator of the ICN for a higher level; Support registrations shows the one you have.",
    "unknown-registration": "Support registrations lists those that you see.",
    "service-request-closed": "Reopen it if it was closed recently, or open another request that names it.",
}
SEVERITIES = {1: "critical", 2: "significant", 3: "some", 4: "minimal"}
LABELS = {
    "ocn": "Control number (OCN)",
    "purchase_order": "Purchase order",
    "customer_name": "Customer name",
    "contact_name": "Contact name",
    "order_date": "Order date",
    "expiration_date": "Expiration date",
    "product": "Product",
    "quantity": "Quantity",
}
QUEUES = {"licensing": "Licensing team for IBM Security products", "general": "General queue"}
LEVELS = {"basic": "Basic", "full": "Full", "admin": "Admin/STC"}
