"""Signing with digital certificates: who issues them, who holds them, who checks them.

Shared by the national identity provider, which checks, and by the three ways an organisation
signs: the USB token, SmartCA, and the SIM (portal-facts.md, "Signing in with a digital certificate").
"""
