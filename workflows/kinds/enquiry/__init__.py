"""An enquiry: two people find out whether what an authority says means a person at all. The screening desk's work."""
