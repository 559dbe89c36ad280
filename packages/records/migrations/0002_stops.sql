-- Why people must not be dialled, and for how long.
SELECT 1;
