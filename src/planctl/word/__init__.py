"""Documents: Markdown to .docx in the layout of GB/T 9704-2012, and a .docx back to text that people can review."""
