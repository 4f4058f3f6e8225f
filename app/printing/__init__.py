"""Paper: sheets made into PDF, PNG and DOCX."""
