"""Listeners: a port for each host name, TLS in front, faults between the network and the sites."""

from staging.serving.instance import Instance

__all__ = ["Instance"]
