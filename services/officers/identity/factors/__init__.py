"""The second factor: a code that an authenticator program reckons, and recovery codes for when it is lost."""
