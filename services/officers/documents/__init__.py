"""Papers that people upload: their digest is reckoned here, and what they hold is sealed for whom the case concerns."""
