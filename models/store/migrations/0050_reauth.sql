ALTER TABLE sessions ADD COLUMN password_at {{time}};
