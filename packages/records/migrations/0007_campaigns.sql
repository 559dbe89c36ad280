-- Who is to be called, why, how it went. A lead is accepted when its row is here: before it is a job of any queue.
CREATE TABLE dialling.campaigns (
  campaign_id text PRIMARY KEY,
  name text NOT NULL,
  -- Our number, E.164; whoever is called sees it.
  line text NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('reminder', 'collection', 'delivery')),
  state text NOT NULL CHECK (state IN ('running', 'paused', 'cancelled')),
  -- Why it is paused: by somebody, or because the carrier's wallet is empty.
  paused_by text CHECK (paused_by IN ('staff', 'wallet')),
  -- The key under which it was asked for, and a hash of what was asked: a repetition gets the first campaign.
  request_key text UNIQUE,
  request_hash text,
  created_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE dialling.leads (
  lead_id text PRIMARY KEY,
  campaign_id text NOT NULL REFERENCES dialling.campaigns,
  -- In the campaign, from 1: the line of the file, without its heading.
  position integer NOT NULL,
  phone text NOT NULL,
  -- What the call is about: an account or a parcel.
  subject text NOT NULL,
  -- `waiting` for `due_at`; `dialling` while an attempt has no outcome; `done` for good, with an outcome.
  state text NOT NULL CHECK (state IN ('waiting', 'dialling', 'done')),
  -- Not before. What it was planned for is older when the rules or the retry policy have moved it.
  due_at timestamptz NOT NULL,
  planned_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Why it is not dialled now, or was never.
  reason text,
  outcome text CHECK (outcome IN ('promised', 'paid', 'disputed', 'hardship', 'wrong-party', 'opted-out', 'callback', 'human', 'reached',
    'no-answer', 'busy', 'voicemail', 'failed', 'refused', 'cancelled', 'unknown')),
  done_at timestamptz,
  -- When its job was last put into the queue. The queue may be lost: what is due and has no recent job gets another.
  queued_at timestamptz,
  UNIQUE (campaign_id, position),
  UNIQUE (campaign_id, phone, subject),
  CHECK ((state = 'done') = (outcome IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX leads_due ON dialling.leads (campaign_id, due_at) WHERE state = 'waiting';
--> statement-breakpoint
CREATE INDEX leads_phone ON dialling.leads (phone) WHERE state <> 'done';
--> statement-breakpoint
-- The dial ledger: one row for each call that may have been placed. The row is there before the carrier is asked.
CREATE TABLE dialling.dial_attempts (
  -- Opaque: the carrier's `client_request_id` and `Idempotency-Key`.
  attempt_id text PRIMARY KEY,
  lead_id text NOT NULL REFERENCES dialling.leads,
  phone text NOT NULL,
  subject text NOT NULL,
  -- `reserved`: nobody has asked the carrier. `posting`: somebody may have. `posted`: the carrier has the call.
  -- `ended`: its outcome is known. `unknown`: nobody can tell; a person looks into it. `withdrawn`: it was never asked for.
  state text NOT NULL CHECK (state IN ('reserved', 'posting', 'posted', 'ended', 'unknown', 'withdrawn')),
  -- Which of the places for live calls it has.
  slot integer,
  reserved_at timestamptz NOT NULL,
  posting_at timestamptz,
  posted_at timestamptz,
  ended_at timestamptz,
  -- When somebody last looked what became of it.
  checked_at timestamptz,
  -- The carrier's names of the call: the exchange's, then that of its REST API.
  carrier_call_ids text[] NOT NULL DEFAULT '{}',
  outcome text,
  -- Somebody talked.
  conversation boolean NOT NULL DEFAULT false,
  cost_minor bigint,
  currency text
);
--> statement-breakpoint
CREATE INDEX dial_attempts_lead ON dialling.dial_attempts (lead_id);
--> statement-breakpoint
CREATE INDEX dial_attempts_phone ON dialling.dial_attempts (phone, reserved_at);
--> statement-breakpoint
CREATE INDEX dial_attempts_names ON dialling.dial_attempts USING gin (carrier_call_ids);
--> statement-breakpoint
CREATE INDEX dial_attempts_open ON dialling.dial_attempts (state, reserved_at) WHERE state IN ('reserved', 'posting', 'posted');
--> statement-breakpoint
CREATE INDEX dial_attempts_ended ON dialling.dial_attempts (ended_at) WHERE state = 'ended' AND conversation;
--> statement-breakpoint
-- At most one automated call a person, whatever the code above it does.
CREATE UNIQUE INDEX dial_attempts_live ON dialling.dial_attempts (phone) WHERE state IN ('reserved', 'posting', 'posted');
--> statement-breakpoint
-- As many live calls as there are slots.
CREATE UNIQUE INDEX dial_attempts_slot ON dialling.dial_attempts (slot) WHERE state IN ('reserved', 'posting', 'posted');
--> statement-breakpoint
-- Every time that somebody was or was not dialled, and why: the question as it was asked, without a name or a number.
CREATE TABLE dialling.decisions (
  decision_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  lead_id text NOT NULL REFERENCES dialling.leads,
  attempt_id text,
  decided_at timestamptz NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('call-now', 'call-at', 'never')),
  reason text,
  call_at timestamptz,
  policy_version text NOT NULL,
  question jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX decisions_lead ON dialling.decisions (lead_id);
--> statement-breakpoint
-- Who agreed to be called, and how that can be shown. No row, no call.
CREATE TABLE dialling.consents (
  consent_id text PRIMARY KEY,
  phone text NOT NULL,
  -- Of this account or parcel alone; null: of everything.
  subject text,
  purpose text NOT NULL CHECK (purpose IN ('reminder', 'collection', 'delivery')),
  -- `contract`: the lawful basis claimed for a reminder of an existing loan.
  basis text NOT NULL CHECK (basis IN ('consent', 'contract', 'request')),
  wording text,
  language text,
  channel text,
  evidence text,
  given_at timestamptz NOT NULL,
  withdrawn_at timestamptz
);
--> statement-breakpoint
CREATE INDEX consents_phone ON dialling.consents (phone);
--> statement-breakpoint
-- What people said of when they want to be called: `callback`: please do, then; `not-then`: please do not.
CREATE TABLE dialling.call_times (
  call_time_id text PRIMARY KEY,
  phone text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('callback', 'not-then')),
  asked_at timestamptz NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  call_id text,
  CHECK (starts_at < ends_at),
  UNIQUE (call_id, kind)
);
--> statement-breakpoint
CREATE INDEX call_times_phone ON dialling.call_times (phone);
--> statement-breakpoint
-- By which way a stop came in that was said in no call.
ALTER TABLE dialling.stops ADD COLUMN channel text CHECK (channel IN ('sms', 'staff', 'api', 'other'));
--> statement-breakpoint
-- Days that the operator has closed, with immediate effect.
CREATE TABLE dialling.closed_days (
  country text NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (country, day)
);
--> statement-breakpoint
-- When the written notice of the outstanding debt was sent, where a country wants one before anybody calls.
CREATE TABLE dialling.notices (
  subject text PRIMARY KEY,
  sent_at timestamptz NOT NULL
);
--> statement-breakpoint
-- The clock that decides. `karani.clock_offset` is for demonstrations and tests; with an offset nobody is dialled but by a simulated carrier.
CREATE FUNCTION dialling.clock_offset() RETURNS interval LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('karani.clock_offset', true), ''), '0')::interval
$$;
--> statement-breakpoint
CREATE FUNCTION dialling.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT clock_timestamp() + dialling.clock_offset()
$$;
