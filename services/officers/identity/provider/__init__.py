"""Sign-in by an office's own identity provider (OpenID Connect): what it says of whom, and which account that is."""
