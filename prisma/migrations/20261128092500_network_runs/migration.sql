-- What came of running the networks of answers

CREATE TABLE "network_runs" (
    "id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "reading_id" UUID NOT NULL,
    "engine_version" TEXT NOT NULL,
    "order_hash" TEXT NOT NULL,
    "settles" TEXT,
    "network_hash" TEXT,
    "outcome" TEXT NOT NULL,
    "fault" TEXT,
    "message" TEXT,
    "backend" TEXT,
    "device" TEXT,
    "seed" INTEGER,
    "versions" JSON,
    "milliseconds" INTEGER NOT NULL,
    "result" JSON,
    "report" JSON,
    "ran_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "network_runs_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "network_runs_settles_key" ON "network_runs"("settles");
CREATE INDEX "network_runs_order_hash_idx" ON "network_runs"("order_hash");
CREATE INDEX "network_runs_answer_id_idx" ON "network_runs"("answer_id");

ALTER TABLE "network_runs"
  ADD CONSTRAINT "network_runs_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "network_runs_reading_id_fkey" FOREIGN KEY ("reading_id") REFERENCES "answer_readings"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "network_runs_outcome_check" CHECK ("outcome" IN ('ran', 'not-run', 'fault')),
  ADD CONSTRAINT "network_runs_order_hash_check" CHECK ("order_hash" ~ '^[0-9a-f]{64}$'),
  -- A fault settles nothing and has no result; whatever settles an order has one.
  ADD CONSTRAINT "network_runs_settles_check"
    CHECK (("outcome" = 'fault') = ("settles" IS NULL) AND ("settles" IS NULL OR "settles" = "order_hash")),
  ADD CONSTRAINT "network_runs_result_check" CHECK (("outcome" = 'fault') = ("result" IS NULL)),
  ADD CONSTRAINT "network_runs_fault_check" CHECK (("outcome" = 'fault') = ("fault" IS NOT NULL)),
  ADD CONSTRAINT "network_runs_device_check"
    CHECK ("outcome" <> 'ran' OR ("backend" IS NOT NULL AND "device" IS NOT NULL AND "seed" IS NOT NULL AND "versions" IS NOT NULL)),
  ADD CONSTRAINT "network_runs_milliseconds_check" CHECK ("milliseconds" >= 0);

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "network_runs" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "network_runs" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
