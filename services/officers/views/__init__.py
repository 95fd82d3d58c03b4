"""What the API takes and answers with: request and reply models, neither contracts nor tables."""
