CREATE TRIGGER audit_rows_no_update BEFORE UPDATE ON audit_rows FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are append-only';
CREATE TRIGGER audit_rows_no_delete BEFORE DELETE ON audit_rows FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are append-only';
CREATE TRIGGER agreements_no_delete BEFORE DELETE ON agreements FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'agreements are kept';
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit seals are append-only';
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit seals are append-only';
CREATE TRIGGER audit_rows_list AFTER INSERT ON audit_rows FOR EACH ROW INSERT INTO audit_unsealed (row_id) VALUES (NEW.id);
