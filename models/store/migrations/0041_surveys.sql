CREATE TABLE surveys (
  id {{id}},
  once VARCHAR(64) NOT NULL,
  shuffle BIGINT NOT NULL,
  quarter VARCHAR(6) NOT NULL,
  institution_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  after_visit BOOLEAN NOT NULL,
  q1 INT NOT NULL,
  q2 INT NOT NULL,
  q3 INT NOT NULL,
  q4 INT NOT NULL,
  q5 INT NOT NULL,
  q6 INT NOT NULL,
  aware BOOLEAN NOT NULL,
  comment TEXT NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_surveys_once ON surveys (once);
CREATE INDEX ix_surveys_quarter ON surveys (quarter, institution_id, team_id);
CREATE INDEX ix_surveys_texts ON surveys (quarter, shuffle, id);
