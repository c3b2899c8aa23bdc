CREATE TABLE imports (
  id {{id}},
  file_name VARCHAR(255) NOT NULL,
  file_hash VARCHAR(64) NOT NULL,
  path VARCHAR(255) NOT NULL,
  status VARCHAR(16) NOT NULL,
  header TEXT NOT NULL,
  total INT NOT NULL,
  next_row INT NOT NULL,
  created INT NOT NULL,
  updated INT NOT NULL,
  unchanged INT NOT NULL,
  failed INT NOT NULL,
  failure VARCHAR(255) NOT NULL,
  tries INT NOT NULL,
  account_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL,
  ended_at {{time}}
) {{table}};
CREATE INDEX idx_imports_account_id ON imports (account_id);
CREATE INDEX idx_imports_file_hash ON imports (file_hash);
CREATE INDEX idx_imports_inst_id ON imports (institution_id);
CREATE INDEX idx_imports_status ON imports (status);

CREATE TABLE import_errors (
  id {{id}},
  import_id BIGINT NOT NULL,
  line INT NOT NULL,
  column_name VARCHAR(64) NOT NULL,
  code VARCHAR(32) NOT NULL,
  message VARCHAR(255) NOT NULL,
  row_cells MEDIUMTEXT NOT NULL
) {{table}};
CREATE INDEX ix_import_errors ON import_errors (import_id, line);

CREATE TABLE import_marks (
  import_id BIGINT NOT NULL,
  mark BIGINT NOT NULL,
  line INT NOT NULL,
  PRIMARY KEY (import_id, mark)
) {{table}};
