"""Forms of the policy as pages: drawn from their JSON Schema, read back as JSON, faults named field by field. Pure."""
