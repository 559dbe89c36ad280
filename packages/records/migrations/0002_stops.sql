-- Why people must not be dialled, and for how long. A row is a fact and stays: one that is over has an `until`.
DROP TABLE dialling.stops;
--> statement-breakpoint
CREATE TABLE dialling.stops (
  stop_id text PRIMARY KEY,
  -- Whom it is about: the number, the borrower of the account, or both; it holds for either. Neither: whoever was in that call.
  phone text,
  account_id text,
  reason text NOT NULL CHECK (reason IN ('opt-out', 'dispute', 'hardship', 'minor', 'wrong-party', 'promise', 'paid')),
  -- What must not happen: reminders of a debt, any automated call, or a message of any kind. Each includes the one before.
  scope text NOT NULL CHECK (scope IN ('reminders', 'calls', 'all')),
  -- The call in which it was said, and how many turns the caller had finished by then. Null for what was not said in a call.
  call_id text,
  caller_turn integer,
  since timestamptz NOT NULL,
  -- From here on it holds no more; null: until somebody of the team lifts it.
  until timestamptz,
  CHECK (phone IS NOT NULL OR account_id IS NOT NULL OR call_id IS NOT NULL),
  -- A call has one for each reason.
  UNIQUE (call_id, reason)
);
--> statement-breakpoint
CREATE INDEX stops_phone ON dialling.stops (phone);
--> statement-breakpoint
CREATE INDEX stops_account ON dialling.stops (account_id);
