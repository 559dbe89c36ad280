-- What guests order, and what the kitchen gets.
CREATE SEQUENCE business.order_numbers;
--> statement-breakpoint
CREATE TABLE business.orders (
  order_id text PRIMARY KEY,
  -- Short, to be called out when the food is ready.
  order_number bigint NOT NULL UNIQUE,
  proposal_id text NOT NULL UNIQUE REFERENCES business.proposals,
  -- A cart becomes one order, whichever of its calls confirms first.
  cart_id text NOT NULL UNIQUE,
  call_id text NOT NULL,
  -- The number that was called, and the one that called; null when it is not known or was withheld.
  line text,
  phone text,
  total_minor bigint NOT NULL CHECK (total_minor >= 0),
  currency text NOT NULL,
  ordered_at timestamptz NOT NULL,
  -- As it is printed: plain text, 42 columns.
  ticket text NOT NULL,
  -- The outbox of the kitchen. pending: still to be told. stored: there is nobody to tell. failed: given up, somebody has to bring the ticket.
  kitchen text NOT NULL CHECK (kitchen IN ('pending', 'delivered', 'stored', 'failed')),
  kitchen_at timestamptz
);
--> statement-breakpoint
CREATE INDEX orders_to_tell ON business.orders (ordered_at) WHERE kitchen = 'pending';
--> statement-breakpoint
-- Names and prices as they were read back.
CREATE TABLE business.order_lines (
  order_id text NOT NULL REFERENCES business.orders,
  position integer NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  modifiers text[] NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  -- Of one, with its modifiers.
  unit_price_minor bigint NOT NULL CHECK (unit_price_minor >= 0),
  PRIMARY KEY (order_id, position)
);
