CREATE TABLE accounts (
  id {{id}},
  username VARCHAR(64) NOT NULL,
  name VARCHAR(64) NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  past_hashes TEXT NOT NULL,
  role VARCHAR(32) NOT NULL,
  staff_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  totp_secret TEXT NOT NULL,
  totp_pending TEXT NOT NULL,
  totp_at {{time}},
  totp_step BIGINT NOT NULL,
  disabled BOOLEAN NOT NULL,
  must_change BOOLEAN NOT NULL,
  password_at {{time}} NOT NULL,
  last_sign_in {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_accounts_institution_id ON accounts (institution_id);
CREATE INDEX idx_accounts_staff_id ON accounts (staff_id);
CREATE UNIQUE INDEX idx_accounts_username ON accounts (username);

CREATE TABLE wechat_accounts (
  id {{id}},
  openid_index VARCHAR(64) NOT NULL,
  openid TEXT NOT NULL,
  phone TEXT NOT NULL,
  resident_id BIGINT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_wechat_accounts_open_id_index ON wechat_accounts (openid_index);
CREATE INDEX idx_wechat_accounts_resident_id ON wechat_accounts (resident_id);

CREATE TABLE bindings (
  id {{id}},
  wechat_id BIGINT NOT NULL,
  resident_id BIGINT NOT NULL,
  active BOOLEAN,
  status VARCHAR(16) NOT NULL,
  proof VARCHAR(16) NOT NULL,
  settled_by BIGINT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_bindings_resident ON bindings (resident_id, active);
CREATE UNIQUE INDEX ux_bindings_wechat ON bindings (wechat_id, active);

CREATE TABLE throttles (
  throttle_key VARCHAR(96) NOT NULL,
  failures INT NOT NULL,
  failed_at {{time}} NOT NULL,
  locks INT NOT NULL,
  locked_until {{time}},
  PRIMARY KEY (throttle_key)
) {{table}};
CREATE INDEX idx_throttles_failed_at ON throttles (failed_at);

CREATE TABLE sessions (
  id VARCHAR(32) NOT NULL,
  account_id BIGINT NOT NULL,
  wechat_id BIGINT NOT NULL,
  created_at {{time}} NOT NULL,
  seen_at {{time}} NOT NULL,
  expires_at {{time}} NOT NULL,
  ended_at {{time}},
  end_reason VARCHAR(32) NOT NULL,
  device VARCHAR(128) NOT NULL,
  ip VARCHAR(64) NOT NULL,
  PRIMARY KEY (id)
) {{table}};
CREATE INDEX idx_sessions_account_id ON sessions (account_id);
CREATE INDEX idx_sessions_wechat_id ON sessions (wechat_id);

CREATE TABLE refresh_tokens (
  hash VARCHAR(64) NOT NULL,
  session_id VARCHAR(32) NOT NULL,
  created_at {{time}} NOT NULL,
  used_at {{time}},
  PRIMARY KEY (hash)
) {{table}};
CREATE INDEX idx_refresh_tokens_session_id ON refresh_tokens (session_id);

