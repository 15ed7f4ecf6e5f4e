"""The reference agent: signs at the officer's own computer what a page of the house asks, after the officer agreed."""
