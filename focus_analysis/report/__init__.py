"""Reports: results to one document model, and the document to files."""
