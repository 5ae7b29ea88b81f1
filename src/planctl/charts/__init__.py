"""Charts: pictures of plain values as SVG, which stand alone or within a page, one module a kind of chart."""
