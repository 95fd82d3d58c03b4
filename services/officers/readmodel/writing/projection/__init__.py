"""What an event changes in the read model, pure: what all kinds of case share, and what one kind adds."""
