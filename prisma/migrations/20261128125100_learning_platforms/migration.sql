-- Learning platforms (LTI 1.3): where people come from, and where grades go

CREATE TABLE "learning_platforms" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "authorization_url" TEXT NOT NULL,
    "token_url" TEXT NOT NULL,
    "keys_url" TEXT NOT NULL,
    "trusts_email" BOOLEAN NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "learning_platforms_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "platform_logins" (
    "state_hash" TEXT NOT NULL,
    "platform_id" UUID NOT NULL,
    "nonce" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_logins_pkey" PRIMARY KEY ("state_hash")
);

CREATE TABLE "course_links" (
    "id" UUID NOT NULL,
    "platform_id" UUID NOT NULL,
    "deployment_id" TEXT NOT NULL,
    "resource_link_id" TEXT NOT NULL,
    "course" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "line_item_url" TEXT,
    "line_items_url" TEXT,
    "memberships_url" TEXT,
    "exam_id" UUID,
    "chosen_by_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "course_links_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "course_links_chosen_check" CHECK (("exam_id" IS NULL) = ("chosen_by_id" IS NULL))
);

CREATE TABLE "passed_grades" (
    "link_id" UUID NOT NULL,
    "student_id" TEXT NOT NULL,
    "score" DECIMAL(9,3) NOT NULL,
    "maximum" DECIMAL(9,3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "fault" TEXT,
    "tries" INTEGER NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passed_grades_pkey" PRIMARY KEY ("link_id", "student_id"),
    -- Either the platform has it or we know why not.
    CONSTRAINT "passed_grades_told_check" CHECK (("sent_at" IS NULL) = ("fault" IS NOT NULL))
);

CREATE TABLE "tool_keys" (
    "id" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_keys_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "learning_platforms_issuer_client_id_key" ON "learning_platforms"("issuer", "client_id");
CREATE UNIQUE INDEX "course_links_platform_id_deployment_id_resource_link_id_key" ON "course_links"("platform_id", "deployment_id", "resource_link_id");
CREATE INDEX "course_links_exam_id_idx" ON "course_links"("exam_id");

ALTER TABLE "learning_platforms" ADD CONSTRAINT "learning_platforms_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "platform_logins" ADD CONSTRAINT "platform_logins_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "learning_platforms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "course_links"
  ADD CONSTRAINT "course_links_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "learning_platforms"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "course_links_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "course_links_chosen_by_id_fkey" FOREIGN KEY ("chosen_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "passed_grades"
  ADD CONSTRAINT "passed_grades_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "course_links"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "passed_grades_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
