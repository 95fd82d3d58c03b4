"""A policy version as people read it: one HTML page in Chinese and English, and what differs between two versions."""
