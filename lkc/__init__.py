"""The LKC Simulator: a license-delivery landscape of about 2013 on one machine."""
