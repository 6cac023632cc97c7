"""The support desk: service requests, which are PMRs, and the registrations that let customers open them."""
