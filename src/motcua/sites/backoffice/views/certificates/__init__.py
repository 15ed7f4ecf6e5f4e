"""Certificates of officers and agencies: the register, requests to authorities, trust services."""
