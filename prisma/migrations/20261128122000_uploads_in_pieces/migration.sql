-- Files on their way in, piece by piece, until they are whole and become submissions.

CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "exam_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "size" INTEGER,
    "arrived" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "whole_at" TIMESTAMPTZ(3),

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uploads_purpose_check" CHECK ("purpose" IN ('submission', 'cohort')),
    CONSTRAINT "uploads_arrived_check" CHECK ("arrived" >= 0 AND ("size" IS NULL OR "arrived" <= "size")),
    CONSTRAINT "uploads_whole_check" CHECK ("whole_at" IS NULL OR "arrived" = "size")
);

CREATE TABLE "upload_pieces" (
    "upload_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "upload_pieces_pkey" PRIMARY KEY ("upload_id","start")
);

-- They are packed already, most of them; trying to pack them again only takes time.
ALTER TABLE "upload_pieces" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

CREATE INDEX "uploads_user_id_idx" ON "uploads"("user_id");
CREATE INDEX "uploads_exam_id_idx" ON "uploads"("exam_id");
CREATE INDEX "uploads_expires_at_idx" ON "uploads"("expires_at");

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "upload_pieces" ADD CONSTRAINT "upload_pieces_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;
