import { Module } from '@nestjs/common';
import { AnalysisModule } from '../analysis/analysis.module.js';
import { MarkingModule } from '../marking/marking.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { Printer } from './pdf/printer.js';
import { PrintedCohortController, PrintedReportController } from './printed.controller.js';
import { PrintedReports } from './printed.service.js';
import {
  FindingsController,
  GradeFormatsController,
  GradeReportController,
  ReportController,
} from './reports.controller.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [AnalysisModule, MarkingModule, SubmissionsModule],
  controllers: [
    ReportController,
    FindingsController,
    GradeReportController,
    GradeFormatsController,
    PrintedReportController,
    PrintedCohortController,
  ],
  providers: [ReportsService, PrintedReports, Printer],
  exports: [ReportsService],
})
export class ReportsModule {}
