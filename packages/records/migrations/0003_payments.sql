-- Money that borrowers send by M-Pesa.
-- A row before the request: one for each confirmed proposal, and at most one request to the phone for each row.
--   created   confirmed; nothing was asked yet
--   pushing   one process has taken it and asks, or has died asking: it is never asked again
--   pushed    Daraja has accepted; the phone shows the prompt
--   unknown   Daraja may or may not have accepted, or has not told the outcome in time; it may still be paid
--   paid, failed: final
CREATE TABLE business.payment_intents (
  intent_id text PRIMARY KEY,
  proposal_id text NOT NULL UNIQUE REFERENCES business.proposals,
  call_id text NOT NULL,
  account_id text NOT NULL REFERENCES business.accounts,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0 AND amount_minor % 100 = 0),
  currency text NOT NULL,
  state text NOT NULL CHECK (state IN ('created', 'pushing', 'pushed', 'unknown', 'paid', 'failed')),
  -- Why it failed: `not-sent` and `refused` when no prompt can have reached the phone.
  failure text,
  checkout_request_id text UNIQUE,
  receipt text UNIQUE,
  created_at timestamptz NOT NULL,
  pushing_at timestamptz,
  settled_at timestamptz,
  -- How often the outcome was looked for, and when that is due again; null when it is settled, or a person looks after it.
  checks integer NOT NULL DEFAULT 0,
  next_check_at timestamptz,
  -- Its outcome, or that nobody knows it, is to be told to the call; null once that was done.
  untold_since timestamptz,
  CHECK ((state = 'failed') = (failure IS NOT NULL)),
  CHECK ((state IN ('paid', 'failed')) = (settled_at IS NOT NULL)),
  CHECK (state <> 'paid' OR checkout_request_id IS NOT NULL),
  CHECK (receipt IS NULL OR state = 'paid')
);
--> statement-breakpoint
CREATE INDEX payment_intents_call ON business.payment_intents (call_id);
--> statement-breakpoint
CREATE INDEX payment_intents_account ON business.payment_intents (account_id, created_at);
--> statement-breakpoint
CREATE INDEX payment_intents_due ON business.payment_intents (next_check_at) WHERE next_check_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX payment_intents_untold ON business.payment_intents (untold_since) WHERE untold_since IS NOT NULL;
--> statement-breakpoint
CREATE FUNCTION business.keep_final_payments () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('paid', 'failed') AND NEW.state <> OLD.state THEN RAISE EXCEPTION 'a payment that is % stays so', OLD.state; END IF;
  IF NEW.amount_minor <> OLD.amount_minor OR NEW.account_id <> OLD.account_id THEN RAISE EXCEPTION 'a payment is of one amount, for one account'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_final BEFORE UPDATE ON business.payment_intents FOR EACH ROW EXECUTE FUNCTION business.keep_final_payments();
--> statement-breakpoint
-- The ledger is double entry and only grows: one transaction for each payment, whose entries sum to zero.
CREATE TABLE business.ledger_transactions (
  transaction_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  intent_id text NOT NULL UNIQUE REFERENCES business.payment_intents,
  booked_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE business.ledger_entries (
  entry_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  transaction_id bigint NOT NULL REFERENCES business.ledger_transactions,
  -- `mpesa`: what we hold there grows. `loan`: what is owed shrinks. `overpaid`: what came beyond the balance is owed to the borrower.
  ledger text NOT NULL CHECK (ledger IN ('mpesa', 'loan', 'overpaid')),
  account_id text NOT NULL REFERENCES business.accounts,
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  currency text NOT NULL,
  UNIQUE (transaction_id, ledger)
);
--> statement-breakpoint
CREATE FUNCTION business.check_ledger_sum () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(amount_minor), 1) FROM business.ledger_entries WHERE transaction_id = NEW.transaction_id) <> 0 THEN
    RAISE EXCEPTION 'the entries of a ledger transaction sum to zero';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER sums_to_zero AFTER INSERT ON business.ledger_transactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION business.check_ledger_sum();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER sums_to_zero AFTER INSERT ON business.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION business.check_ledger_sum();
--> statement-breakpoint
CREATE FUNCTION business.refuse_ledger_change () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger only grows';
END $$;
--> statement-breakpoint
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON business.ledger_transactions FOR EACH ROW EXECUTE FUNCTION business.refuse_ledger_change();
--> statement-breakpoint
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON business.ledger_entries FOR EACH ROW EXECUTE FUNCTION business.refuse_ledger_change();
