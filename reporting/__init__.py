"""What auditors read, all of it drawn from the record."""
