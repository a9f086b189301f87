import { Module } from '@nestjs/common';
import { MarkingModule } from '../marking/marking.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { GradeFormatsController, GradeReportController, ReportController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [MarkingModule, SubmissionsModule],
  controllers: [ReportController, GradeReportController, GradeFormatsController],
  providers: [ReportsService],
})
export class ReportsModule {}
