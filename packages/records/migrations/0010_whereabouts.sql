-- Where somebody is, or may be, whose number does not tell it: one who moved, or took the number along to another country.
CREATE TABLE dialling.whereabouts (
  phone text PRIMARY KEY,
  country text NOT NULL,
  -- IANA; null: any of the country.
  zone text,
  -- A person made sure: only this country's rules hold. Until then those of the number's country too.
  is_confirmed boolean NOT NULL,
  noted_at timestamptz NOT NULL,
  CHECK (is_confirmed OR zone IS NULL)
);
--> statement-breakpoint
-- Under which other numbers somebody was called about the same account or parcel.
CREATE INDEX dial_attempts_subject ON dialling.dial_attempts (subject);
