"""Every code that a person may meet, in Chinese and English: data, one file a family (architecture §4)."""
