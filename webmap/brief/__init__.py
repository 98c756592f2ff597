"""A brief: what a selection of works holds, as a page that prints on A4 and as a PDF."""
