"""The review of a removal by people who signed nothing of it, from the application to the file (domain §8.4, R11)."""
