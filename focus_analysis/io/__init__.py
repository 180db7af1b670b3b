"""Reading and writing files: transcripts, codebooks, tables, workbooks."""
