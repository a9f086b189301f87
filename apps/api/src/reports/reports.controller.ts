import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns, ReturnsEither } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { SubmissionId } from '../submissions/submissions.contract.js';
import { gradeReportCsv } from './grade-report-csv.js';
import { GradeReport, Report, ReportQuery } from './reports.contract.js';
import { ReportsService } from './reports.service.js';

@ApiTags('reports')
@Controller('api/v1/submissions/:submission/report')
export class ReportController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'Marks, reasons and evidence of one submission; to its student once released' })
  @Returns(200, Report, { description: 'The report' })
  @Refuses([404, "No such submission, or another student's"], [409, 'Not released yet'])
  report(
    @Param('submission', { schema: SubmissionId }) id: string,
    @SignedIn() person: Person,
  ): Promise<Report> {
    return this.reports.ofSubmission(id, person);
  }
}

@ApiTags('reports')
@Controller('api/v1/exams/:exam/grade-report')
export class GradeReportController {
  constructor(
    private readonly reports: ReportsService,
    @Inject(RECORDS) private readonly records: Records,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Everybody, part by part: absent, pending, failed and 0 stay apart' })
  @ReturnsEither(GradeReport, 'GradeReport', 'text/csv', 'As CSV: a row for each student and part')
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  async gradeReport(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: ReportQuery }) { format }: z.output<typeof ReportQuery>,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GradeReport | string> {
    const report = await this.reports.ofExam(exam);
    await this.records.audit.record({
      actorId: person.id,
      action: 'grades-exported',
      objectType: 'exam',
      objectId: exam,
      details: { format },
    });
    if (format === 'json') return report;
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${report.exam.id}-grade-report.csv"`,
      'cache-control': 'private, no-store',
    });
    return gradeReportCsv(report);
  }
}
