"""What a document says of itself: its title, its number, who issued it to whom, its days and the period it covers."""
