"""Fixtures of these tests. What tests name themselves stands in `staging_visitors`: two modules called
conftest cannot be told apart when several folders are tested in one run."""

from staging_visitors import instance, lan, local_scene, new_client, runner, scene, started

__all__ = ["instance", "lan", "local_scene", "new_client", "runner", "scene", "started"]
