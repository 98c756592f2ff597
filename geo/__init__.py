"""From words to places: reads a plan and finds where its works lie; knows no map file, no web."""
