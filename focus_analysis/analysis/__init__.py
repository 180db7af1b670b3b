"""Analysis: tables in, tables out."""
