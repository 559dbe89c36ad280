-- A business whose own systems are the truth: what we have of them are copies, and what happens here is told to them.
-- `copied_at`: when its system said so; null where nobody was asked.
-- `gone_since`: since then its system names it no more, or names another for its phone number. It is not to be found until it is named again.
ALTER TABLE business.accounts ADD COLUMN copied_at timestamptz, ADD COLUMN gone_since timestamptz;
--> statement-breakpoint
ALTER TABLE business.shipments ADD COLUMN copied_at timestamptz, ADD COLUMN gone_since timestamptz;
--> statement-breakpoint
ALTER TABLE business.menu_items ADD COLUMN copied_at timestamptz;
--> statement-breakpoint
-- The outbox of the business's systems, written with what it tells. Those of one subject are told in their order.
--   pending   to be told, at `next_try_at`
--   told      its system has taken it
--   refused   its system never will: a person was asked to look at it
CREATE TABLE business.system_effects (
  -- The id of the promise, the payment or the change, by which a repetition is known.
  effect_id text PRIMARY KEY,
  position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  system text NOT NULL CHECK (system IN ('lending', 'courier')),
  kind text NOT NULL CHECK (kind IN ('promised', 'paid', 'moved')),
  -- The account or the parcel.
  subject text NOT NULL,
  call_id text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'told', 'refused')),
  -- By the database's clock.
  settled_at timestamptz,
  CHECK ((state = 'pending') = (settled_at IS NULL))
);
--> statement-breakpoint
CREATE INDEX system_effects_due ON business.system_effects (next_try_at) WHERE state = 'pending';
--> statement-breakpoint
CREATE INDEX system_effects_subject ON business.system_effects (system, subject, position);
