-- Until when a consent was given; null: until it is withdrawn.
ALTER TABLE dialling.consents ADD COLUMN expires_at timestamptz;
