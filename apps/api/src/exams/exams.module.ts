import { Module } from '@nestjs/common';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { ExamsController, ExamSchemaController } from './exams.controller.js';
import { ExamsService } from './exams.service.js';

@Module({
  imports: [SubmissionsModule],
  controllers: [ExamsController, ExamSchemaController],
  providers: [ExamsService],
})
export class ExamsModule {}
