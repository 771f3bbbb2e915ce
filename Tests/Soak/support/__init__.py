"""What the soak scripts share: the built daemon, calendars, and what the store must look like."""
