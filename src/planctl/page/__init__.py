"""Page: how the plans stand, as one HTML file that needs no network: `record` holds what is on it, `render` writes it down."""
