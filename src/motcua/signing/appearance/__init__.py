"""What a signature looks like on the page and where it stands; pure: no ORM, no settings, no clock."""
