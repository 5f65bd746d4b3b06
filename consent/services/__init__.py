"""What people do about who works on a case and what may be told."""
