"""The approval of a roster that came after the nomination window (domain §8.8.8)."""
