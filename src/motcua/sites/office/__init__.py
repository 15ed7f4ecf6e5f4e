"""What the administrator's and the auditor's pages share: frame, forms done once, Excel tables."""
