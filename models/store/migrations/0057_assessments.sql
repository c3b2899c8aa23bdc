CREATE TABLE assessment_schemes (
  id {{id}},
  version INT NOT NULL,
  begins_on DATE NOT NULL,
  deduction BIGINT NOT NULL,
  veto INT NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_assessment_schemes_version ON assessment_schemes (version);
CREATE TABLE scheme_items (
  scheme_id BIGINT NOT NULL,
  code VARCHAR(24) NOT NULL,
  place INT NOT NULL,
  weight BIGINT NOT NULL,
  mode VARCHAR(16) NOT NULL,
  target BIGINT NOT NULL,
  PRIMARY KEY (scheme_id, code)
) {{table}};
CREATE TABLE assessments (
  id {{id}},
  assessed_on DATE NOT NULL,
  scheme_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  corrects_id BIGINT NOT NULL,
  reason VARCHAR(255) NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_assessments_on ON assessments (assessed_on);
CREATE INDEX idx_assessments_corrects_id ON assessments (corrects_id);
CREATE TABLE assessment_scores (
  assessment_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  scope_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  name VARCHAR(128) NOT NULL,
  points BIGINT NOT NULL,
  weight BIGINT NOT NULL,
  signings INT NOT NULL,
  records INT NOT NULL,
  deducted BIGINT NOT NULL,
  vetoed BOOLEAN NOT NULL,
  score BIGINT NOT NULL,
  place INT NOT NULL,
  PRIMARY KEY (assessment_id, kind, scope_id)
) {{table}};
CREATE TABLE assessment_lines (
  assessment_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  scope_id BIGINT NOT NULL,
  code VARCHAR(24) NOT NULL,
  place INT NOT NULL,
  numerator BIGINT NOT NULL,
  denominator BIGINT NOT NULL,
  target BIGINT NOT NULL,
  weight BIGINT NOT NULL,
  points BIGINT NOT NULL,
  PRIMARY KEY (assessment_id, kind, scope_id, code)
) {{table}};
