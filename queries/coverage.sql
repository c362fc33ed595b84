-- How far does the table reach, whatever the windows and the scope are?
-- Parameters: coverage_from, coverage_until (native bounds: from 1970 to as_of).
-- rows_ahead: rows that start at or after as_of, where that is the server's clock; NULL where it is not.
-- Grain: one row. NULL: the table holds no rows.
SELECT first_started_us, last_started_us, rows_ahead FROM coverage
