-- Money that borrowers send by M-Pesa.
SELECT 1;
