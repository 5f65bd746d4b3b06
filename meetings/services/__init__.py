"""What people do with meetings: book, call, hold, look back."""
