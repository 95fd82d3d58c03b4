"""The removal of a sitting member from its lead to the file (domain §8.4)."""
