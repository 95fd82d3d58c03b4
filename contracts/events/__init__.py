"""What happened, in the past tense. One class per event and version; a released class is never edited."""
