-- How far does the table reach, whatever the windows and the scope are?
-- Parameters: coverage_from, coverage_until (native bounds: from 1970 to as_of).
-- Grain: one row. NULL: the table holds no rows.
SELECT first_started_us, last_started_us FROM coverage
