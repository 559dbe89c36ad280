-- Deliveries that recipients confirm and move.
SELECT 1;
