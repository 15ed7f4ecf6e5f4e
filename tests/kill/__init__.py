"""Kill -9 at random moments, and proof afterwards that no act was lost, doubled or left half done."""
