-- Marks that a person set while the machine's proposal was kept from them, and which one that was

CREATE TABLE "blind_decisions" (
    "mark_id" UUID NOT NULL,
    "proposed_mark_id" UUID NOT NULL,

    CONSTRAINT "blind_decisions_pkey" PRIMARY KEY ("mark_id")
);

CREATE INDEX "blind_decisions_proposed_mark_id_idx" ON "blind_decisions"("proposed_mark_id");

ALTER TABLE "blind_decisions"
  ADD CONSTRAINT "blind_decisions_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "blind_decisions_proposed_mark_id_fkey" FOREIGN KEY ("proposed_mark_id") REFERENCES "proposed_marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "blind_decisions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "blind_decisions" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
