"""What every measurement shares: fair timing, statements caught and sent again, and the verdict."""
