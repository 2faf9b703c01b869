"""Pure decisions of the editor: documents, fields, forms, drawings, trials. No database."""
