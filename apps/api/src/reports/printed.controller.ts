import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, ReturnsFile } from '../http/contract.js';
import { ZoneName } from '../release/release.contract.js';
import { RECORDS } from '../storage/tokens.js';
import { SubmissionId } from '../submissions/submissions.contract.js';
import { zipped } from '@tensormark/documents';
import { PrintedReports } from './printed.service.js';

const PDF = 'application/pdf';
const ZIP = 'application/zip';

const PrintQuery = z.strictObject({
  zone: ZoneName.default('UTC').meta({ description: 'The IANA name of the zone that times are told in' }),
});
type PrintQuery = z.output<typeof PrintQuery>;

@ApiTags('reports')
@Controller('api/v1/submissions/:submission/report.pdf')
export class PrintedReportController {
  constructor(private readonly printed: PrintedReports) {}

  @Get()
  @OpenTo(['student', 'examiner'], 'read')
  @ApiOperation({
    summary: 'Marks, reasons and evidence of one submission as PDF; to its student once released',
  })
  @ReturnsFile(PDF, 'The report, tagged for assistive technology')
  @Refuses(
    [400, 'No such time zone'],
    [404, "No such submission, or another student's"],
    [409, 'Not released yet'],
    [503, 'Too many reports are being printed'],
  )
  async report(
    @Param('submission', { schema: SubmissionId }) id: string,
    @Query({ schema: PrintQuery }) { zone }: PrintQuery,
    @SignedIn() person: Person,
  ): Promise<StreamableFile> {
    const { bytes, receipt } = await this.printed.ofSubmission(id, person, zone);
    return attached(bytes, PDF, `report-${receipt}.pdf`);
  }
}

@ApiTags('reports')
@Controller('api/v1/exams/:exam')
export class PrintedCohortController {
  constructor(
    private readonly printed: PrintedReports,
    private readonly known: KnownExams,
    @Inject(RECORDS) private readonly records: Records,
  ) {}

  @Get('cohort-report.pdf')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Distribution, item analysis and frequent errors as PDF; it names nobody' })
  @ReturnsFile(PDF, 'The report, tagged for assistive technology')
  @Refuses([400, 'No such time zone'], [404, 'No such exam'], [503, 'Too many reports are being printed'])
  async cohort(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: PrintQuery }) { zone }: PrintQuery,
  ): Promise<StreamableFile> {
    return attached(await this.printed.ofCohort(exam, zone), PDF, `${exam}-cohort-report.pdf`);
  }

  @Get('reports.zip')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'The report of each released paper as PDF, and a list of those of whom there is none',
  })
  @ReturnsFile(ZIP, 'A ZIP archive, sent as it is printed')
  @Refuses([400, 'No such time zone'], [404, 'No such exam'])
  async everybody(
    @Param('exam', { schema: ExamName }) name: string,
    @Query({ schema: PrintQuery }) { zone }: PrintQuery,
    @SignedIn() person: Person,
  ): Promise<StreamableFile> {
    const exam = await this.known.find(name);
    await this.records.audit.record({
      actorId: person.id,
      action: 'grades-exported',
      objectType: 'exam',
      objectId: name,
      details: { format: 'reports.zip' },
    });
    const archive = zipped(this.printed.ofEverybody(exam.slug, person, zone));
    return new StreamableFile(Readable.from(archive, { objectMode: false }), {
      type: ZIP,
      disposition: `attachment; filename="${exam.slug}-reports.zip"`,
    });
  }
}

function attached(bytes: Uint8Array, type: string, name: string): StreamableFile {
  return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
}
