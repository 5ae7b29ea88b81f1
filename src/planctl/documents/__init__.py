"""Official documents of every format, read into one value: `reading.read` and `reading.read_bytes` give a `records.Reading`."""
