"""What is proposed for the policy itself: a version, or a rule of transition (SOD-09, domain §8.8.8)."""
