CREATE TABLE idempotency_keys (
  owner VARCHAR(48) NOT NULL,
  idem_key VARCHAR(128) NOT NULL,
  operation VARCHAR(64) NOT NULL,
  request_hash VARCHAR(64) NOT NULL,
  result MEDIUMTEXT NOT NULL,
  created_at {{time}} NOT NULL,
  PRIMARY KEY (owner, idem_key)
) {{table}};
CREATE INDEX idx_idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE sequences (
  name VARCHAR(32) NOT NULL,
  `last` BIGINT NOT NULL,
  PRIMARY KEY (name)
) {{table}};

CREATE TABLE leases (
  name VARCHAR(64) NOT NULL,
  holder VARCHAR(64) NOT NULL,
  until {{time}} NOT NULL,
  PRIMARY KEY (name)
) {{table}};

CREATE TABLE job_runs (
  id {{id}},
  name VARCHAR(32) NOT NULL,
  day DATE NOT NULL,
  changed INT NOT NULL,
  finished {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_job_runs ON job_runs (name, day);

