-- Deliveries that recipients confirm and move.
-- Every try to name the recipient of a parcel. `refused`: the parcel had too many failures, the name was not looked at.
-- Without a parcel: there is none of that tracking id.
CREATE TABLE business.recipient_checks (
  check_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  call_id text NOT NULL,
  tracking_id text REFERENCES business.shipments,
  outcome text NOT NULL CHECK (outcome IN ('passed', 'failed', 'refused')),
  checked_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX recipient_checks_call ON business.recipient_checks (call_id);
--> statement-breakpoint
CREATE INDEX recipient_checks_parcel ON business.recipient_checks (tracking_id, checked_at);
--> statement-breakpoint
-- Calls in which the recipient of a parcel was named, by parcel.
CREATE TABLE business.confirmed_recipients (
  call_id text NOT NULL,
  tracking_id text NOT NULL REFERENCES business.shipments,
  confirmed_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (call_id, tracking_id)
);
--> statement-breakpoint
-- Every change of a delivery that a caller has confirmed: in which call, and from what to what.
CREATE TABLE business.delivery_changes (
  change_id text PRIMARY KEY,
  proposal_id text NOT NULL UNIQUE REFERENCES business.proposals,
  call_id text NOT NULL,
  tracking_id text NOT NULL REFERENCES business.shipments,
  from_day date NOT NULL,
  to_day date NOT NULL,
  from_address text NOT NULL,
  to_address text NOT NULL,
  from_status text NOT NULL,
  to_status text NOT NULL,
  changed_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX delivery_changes_parcel ON business.delivery_changes (tracking_id, changed_at);
