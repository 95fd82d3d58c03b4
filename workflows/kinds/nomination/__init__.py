"""A nomination from roster to file (domain §8.1)."""
