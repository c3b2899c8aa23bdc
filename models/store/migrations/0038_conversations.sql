CREATE TABLE conversations (
  id {{id}},
  resident_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  is_current BOOLEAN,
  status VARCHAR(16) NOT NULL,
  staff_id BIGINT NOT NULL,
  last_at {{time}} NOT NULL,
  reply_by {{time}},
  resident_unread INT NOT NULL,
  team_unread INT NOT NULL,
  resident_read BIGINT NOT NULL,
  team_read BIGINT NOT NULL,
  images INT NOT NULL,
  summary TEXT NOT NULL,
  closed_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_conversations_open ON conversations (resident_id, team_id, is_current);
CREATE INDEX ix_conversations_resident ON conversations (resident_id, last_at);
CREATE INDEX ix_conversations_team ON conversations (team_id, last_at);
CREATE INDEX ix_conversations_inst ON conversations (institution_id, last_at);
CREATE INDEX ix_conversations_unread ON conversations (team_id, team_unread);
CREATE TABLE conversation_messages (
  id {{id}},
  conversation_id BIGINT NOT NULL,
  from_team BOOLEAN NOT NULL,
  written_by VARCHAR(32) NOT NULL,
  staff_id BIGINT NOT NULL,
  text TEXT NOT NULL,
  image VARCHAR(64) NOT NULL,
  image_type VARCHAR(16) NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_conversation_messages ON conversation_messages (conversation_id);
