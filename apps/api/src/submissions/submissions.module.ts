import { Module } from '@nestjs/common';
import { Documents } from './documents.js';
import { OpenSubmissions } from './open-submissions.js';
import { Overview } from './overview.js';
import { ExamSubmissionsController, SubmissionController } from './submissions.controller.js';
import { SplitCorrection } from './split-correction.js';
import { SubmissionsService } from './submissions.service.js';

@Module({
  controllers: [ExamSubmissionsController, SubmissionController],
  providers: [SubmissionsService, Documents, OpenSubmissions, Overview, SplitCorrection],
  exports: [SubmissionsService, Documents, OpenSubmissions, Overview],
})
export class SubmissionsModule {}
