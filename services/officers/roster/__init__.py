"""From a spreadsheet to checked nominees: archive, workbook, columns, cells, all or nothing."""
