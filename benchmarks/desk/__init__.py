"""What the officers' pages cost the database when the archive is small and when it holds a million dossiers."""
