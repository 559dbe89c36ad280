-- What guests order, and what the kitchen gets.
SELECT 1;
