-- What the business knows and what its callers ask for. Written by tools-service alone.
-- Money is an integer of minor units, an instant is a timestamptz, a day is a date in the zone of the business.
CREATE SCHEMA IF NOT EXISTS business;
--> statement-breakpoint
CREATE TABLE business.accounts (
  account_id text PRIMARY KEY,
  -- The id as people say it: letters and digits only, capitals.
  account_key text NOT NULL UNIQUE GENERATED ALWAYS AS (upper(regexp_replace(account_id, '[^A-Za-z0-9]', '', 'g'))) STORED,
  borrower text NOT NULL,
  phone text NOT NULL,
  national_id_last4 text NOT NULL,
  birth_year integer NOT NULL,
  balance_minor bigint NOT NULL CHECK (balance_minor >= 0),
  next_payment_minor bigint NOT NULL CHECK (next_payment_minor >= 0),
  currency text NOT NULL,
  due_on date NOT NULL,
  status text NOT NULL,
  language text NOT NULL
);
--> statement-breakpoint
CREATE INDEX accounts_phone ON business.accounts (phone);
--> statement-breakpoint
-- Every try to prove an identity. `refused`: the account had too many failures, the answers were not looked at.
-- Without an account: nobody was found whom the answers could fit.
CREATE TABLE business.verification_attempts (
  attempt_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  call_id text NOT NULL,
  account_id text REFERENCES business.accounts,
  outcome text NOT NULL CHECK (outcome IN ('passed', 'failed', 'refused')),
  attempted_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX verification_attempts_call ON business.verification_attempts (call_id);
--> statement-breakpoint
CREATE INDEX verification_attempts_account ON business.verification_attempts (account_id, attempted_at);
--> statement-breakpoint
CREATE TABLE business.verified_calls (
  call_id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES business.accounts,
  verified_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
-- What was read back to a caller, by the tool that would do it. The newest of a call is the one that a yes can mean.
CREATE TABLE business.proposals (
  proposal_id text PRIMARY KEY,
  position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  call_id text NOT NULL,
  tool text NOT NULL,
  -- Whose it is: an account, a parcel, an order.
  subject text NOT NULL,
  terms jsonb NOT NULL,
  caller_turn integer NOT NULL,
  proposed_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- What the confirmation brought about; null until then.
  result jsonb
);
--> statement-breakpoint
CREATE INDEX proposals_call ON business.proposals (call_id, position);
--> statement-breakpoint
CREATE TABLE business.promises (
  promise_id text PRIMARY KEY,
  proposal_id text NOT NULL UNIQUE REFERENCES business.proposals,
  call_id text NOT NULL,
  account_id text NOT NULL REFERENCES business.accounts,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL,
  pay_by date NOT NULL,
  promised_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX promises_account ON business.promises (account_id);
--> statement-breakpoint
CREATE TABLE business.shipments (
  tracking_id text PRIMARY KEY,
  tracking_key text NOT NULL UNIQUE GENERATED ALWAYS AS (upper(regexp_replace(tracking_id, '[^A-Za-z0-9]', '', 'g'))) STORED,
  recipient text NOT NULL,
  recipient_phone text NOT NULL,
  address text NOT NULL,
  status text NOT NULL,
  -- What the rider last reported.
  eta_minutes integer,
  deliver_on date NOT NULL
);
--> statement-breakpoint
CREATE INDEX shipments_phone ON business.shipments (recipient_phone, deliver_on);
--> statement-breakpoint
CREATE TABLE business.menu_items (
  sku text PRIMARY KEY,
  position integer NOT NULL,
  name text NOT NULL,
  aliases text[] NOT NULL,
  modifiers text[] NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  currency text NOT NULL,
  available boolean NOT NULL
);
--> statement-breakpoint
-- A modifier without a row costs nothing, and is called by its name alone.
CREATE TABLE business.menu_modifiers (
  name text PRIMARY KEY,
  aliases text[] NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE business.knowledge_articles (
  article_id text PRIMARY KEY,
  title text NOT NULL,
  keywords text NOT NULL,
  body text NOT NULL,
  search tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', keywords), 'B') || setweight(to_tsvector('english', body), 'D')
  ) STORED
);
--> statement-breakpoint
CREATE INDEX knowledge_articles_search ON business.knowledge_articles USING gin (search);
--> statement-breakpoint
-- People to call back, one a call. Without a phone there is no number to ring: it was withheld, or must be left alone.
CREATE TABLE business.callbacks (
  callback_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  call_id text NOT NULL UNIQUE,
  agent text NOT NULL,
  phone text,
  reason text NOT NULL,
  summary text,
  asked_at timestamptz NOT NULL,
  done_at timestamptz
);
--> statement-breakpoint
-- The first answer to each writing tool call: a repetition with the same id gets it again. Null only inside the transaction that writes it.
CREATE TABLE business.tool_calls (
  call_id text NOT NULL,
  id text NOT NULL,
  answer jsonb,
  PRIMARY KEY (call_id, id)
);
