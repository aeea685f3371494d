"""What takes longer: `pytest tests/monitoring/prove -m prove`."""
