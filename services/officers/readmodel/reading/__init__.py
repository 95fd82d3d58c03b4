"""The side that is asked: always through the caller's filter, and opened only as far as they may see."""
