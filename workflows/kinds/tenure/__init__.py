"""A seat that somebody holds, from election to end of term (domain §8.4, last block)."""
