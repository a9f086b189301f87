import { Controller, Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns, ReturnsEither, ReturnsFile } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { SubmissionId } from '../submissions/submissions.contract.js';
import { findingsAsSarif } from './findings-sarif.js';
import { FILE_FORMATS } from './grade-formats/names.js';
import { FORMATS } from './grade-formats/table.js';
import { GradeFormatName, GradeReport, Report, ReportQuery } from './reports.contract.js';
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
@Controller('api/v1/submissions/:submission/findings.sarif')
export class FindingsController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({
    summary: 'What was found in the code of one submission as SARIF 2.1.0; to its student once released',
  })
  @ReturnsFile('application/sarif+json', 'The findings, with the answers that they stand in')
  @Refuses([404, "No such submission, or another student's"], [409, 'Not released yet'])
  async findings(
    @Param('submission', { schema: SubmissionId }) id: string,
    @SignedIn() person: Person,
  ): Promise<StreamableFile> {
    const { parts } = await this.reports.ofSubmission(id, person);
    return new StreamableFile(Buffer.from(JSON.stringify(findingsAsSarif(parts), null, 2)), {
      type: 'application/sarif+json',
      disposition: 'attachment; filename="findings.sarif"',
    });
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
  @ReturnsEither(
    GradeReport,
    'GradeReport',
    FILE_FORMATS.map((format) => FORMATS[format].mediaType),
    'As JSON, or as a file in the format asked for',
  )
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  async gradeReport(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: ReportQuery }) { format, bom }: z.output<typeof ReportQuery>,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GradeReport | string | StreamableFile> {
    const report = await this.reports.ofExam(exam);
    await this.records.audit.record({
      actorId: person.id,
      action: 'grades-exported',
      objectType: 'exam',
      objectId: exam,
      details: { format },
    });
    if (format === 'json') return report;
    const { mediaType, ending, write } = FORMATS[format];
    void reply.headers({
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${report.exam.id}-${ending}"`,
      'cache-control': 'private, no-store',
    });
    const written = await write(report);
    if (typeof written === 'string') return format === 'csv' && bom === 'true' ? `\ufeff${written}` : written;
    return new StreamableFile(written, { type: mediaType });
  }
}

@ApiTags('reports')
@Controller('api/v1/grade-formats')
export class GradeFormatsController {
  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'The formats in which the grade report can be had' })
  @Returns(200, GradeFormatName, { description: 'Formats', list: true })
  formats(): GradeFormatName[] {
    return [
      { format: 'json', title: 'JSON: everything' },
      ...FILE_FORMATS.map((format) => ({ format, title: FORMATS[format].title })),
    ];
  }
}
