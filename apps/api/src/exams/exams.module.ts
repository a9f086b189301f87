import { Module } from '@nestjs/common';
import { MarkingModule } from '../marking/marking.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { ExamsController, ExamSchemaController } from './exams.controller.js';
import { ExamsService } from './exams.service.js';

@Module({
  imports: [SubmissionsModule, MarkingModule],
  controllers: [ExamsController, ExamSchemaController],
  providers: [ExamsService],
})
export class ExamsModule {}
