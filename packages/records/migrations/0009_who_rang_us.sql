-- Before anybody is dialled it is asked whether they rang us and talked.
CREATE INDEX call_records_inbound ON dialling.call_records (caller, started_at) WHERE direction = 'inbound';
