"""The words the services share: envelope, events, commands, names and the policy. Schemas only, no behaviour."""
