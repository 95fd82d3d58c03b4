"""The application of a federation (五好) or chamber (四好) for a title, and the title (domain §8.3, last rule)."""
