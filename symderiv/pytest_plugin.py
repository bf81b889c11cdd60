"""Every step of a derivation as a test item."""
