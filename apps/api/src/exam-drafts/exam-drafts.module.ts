import { Module } from '@nestjs/common';
import { DraftThreads } from './draft-threads.js';
import { ExamDraftsController } from './exam-drafts.controller.js';
import { ExamDraftsService } from './exam-drafts.service.js';
import { TriedDocuments } from './tried-documents.js';

@Module({
  controllers: [ExamDraftsController],
  providers: [ExamDraftsService, DraftThreads, TriedDocuments],
})
export class ExamDraftsModule {}
