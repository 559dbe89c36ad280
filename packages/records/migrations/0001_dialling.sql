-- What is true about calls and about who may be called.
CREATE SCHEMA IF NOT EXISTS dialling;
--> statement-breakpoint
-- In the order in which a call gets there: `completed` outranks `failed`, because the call had been answered.
CREATE TYPE dialling.call_status AS ENUM ('unknown', 'ringing', 'answered', 'failed', 'completed');
--> statement-breakpoint
CREATE TABLE dialling.call_records (
  call_id text PRIMARY KEY,
  status dialling.call_status NOT NULL,
  direction text,
  agent text,
  line text,
  caller text,
  started_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  duration_ms integer,
  -- Who or what ended the conversation, in our words, and the cause in the carrier's.
  ended_by text,
  cause text,
  cost_minor bigint,
  currency text,
  recording_url text,
  carrier_recording_id text,
  usage jsonb,
  -- Everything that was said and done, with its time since the media stream opened.
  timeline jsonb
);
--> statement-breakpoint
CREATE INDEX call_records_started ON dialling.call_records (started_at);
--> statement-breakpoint
-- People who must not be dialled, and why.
CREATE TABLE dialling.stops (
  phone text NOT NULL,
  reason text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (phone, reason)
);
