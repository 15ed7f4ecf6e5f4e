"""What is decided without a database: windows, what certificates say, when alarms ring."""
