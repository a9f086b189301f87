import { createHash } from 'node:crypto';
import { Body, Controller, Headers, Inject, Module, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MarkConflictError, type Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import type { GradeReport } from '../reports/reports.contract.js';
import { ReportsModule } from '../reports/reports.module.js';
import { ReportsService } from '../reports/reports.service.js';
import { RECORDS } from '../storage/tokens.js';
import { GradeImport, GradesImported, ImportQuery } from './grade-import.contract.js';
import { planImport, type ImportPlan } from './plan-import.js';

@ApiTags('reports')
@Controller('api/v1/exams/:exam/grade-import')
export class GradeImportController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly reports: ReportsService,
    private readonly veil: Veil,
  ) {}

  @Post('preview')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'What a grade report in CSV, edited since it was exported, would change' })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @Returns(200, GradeImport, { description: 'What would change, and which rows are passed over' })
  @Refuses([404, 'No such exam'], [415, 'Not sent as text/csv'], [422, 'No grade report in CSV'])
  async preview(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body() body: unknown,
  ): Promise<GradeImport> {
    const report = await this.reports.ofExam(exam);
    const { changes, unchanged, passedOver } = planOf(body, report);
    return { version: versionOf(report), changes: [...changes], unchanged, passedOver: [...passedOver] };
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Set the marks that the preview showed, all as one change or none' })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiHeader({ name: 'if-match', required: true, description: 'The version that the preview told' })
  @Returns(200, GradesImported, { description: 'How many marks were set' })
  @Refuses(
    [403, 'A mark is of a student whom you must not mark'],
    [404, 'No such exam'],
    [412, 'Marks were changed since the preview'],
    [415, 'Not sent as text/csv'],
    [422, 'No grade report in CSV, or no reason'],
  )
  async apply(
    @Param('exam', { schema: ExamName }) name: string,
    @Query({ schema: ImportQuery }) { why, conflicts }: ImportQuery,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: unknown,
    @SignedIn() person: Person,
  ): Promise<GradesImported> {
    const exam = await this.known.find(name);
    const report = await this.reports.ofExam(name);
    const { changes } = planOf(body, report);
    if (ifMatch?.replaceAll('"', '') !== versionOf(report)) throw changedMeanwhile();
    const wanted = changes.filter(({ conflict }) => !conflict || conflicts === 'overwrite');
    try {
      return {
        set: await this.records.gradeImports.apply({
          examId: exam.id,
          changes: wanted,
          why,
          by: person.id,
          secondMarking: (part, answerId) => this.veil.secondMarking(exam, part, answerId),
        }),
      };
    } catch (error) {
      if (error instanceof MarkConflictError) throw changedMeanwhile();
      throw error;
    }
  }
}

@Module({ imports: [ReportsModule], controllers: [GradeImportController] })
export class GradeImportModule {}

function planOf(body: unknown, report: GradeReport): ImportPlan {
  if (!Buffer.isBuffer(body))
    throw new Problem(415, 'Send the grade report with the content type text/csv.', { name: 'not-csv' });
  const reading = planImport(textOf(body), report);
  if (reading.kind === 'refused') throw new Problem(422, reading.says, { name: 'not-a-grade-report' });
  return reading.plan;
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new Problem(422, 'The file is not in UTF-8. Save it as "CSV UTF-8" and send that.', {
      name: 'not-utf-8',
    });
  }
}

/** Another as soon as any mark of any paper is another. */
function versionOf({ rows }: GradeReport): string {
  const marks = rows.flatMap(({ submission, parts }) =>
    parts.map(({ key, markNumber }) => [submission?.id ?? null, key, markNumber]),
  );
  return createHash('sha256').update(JSON.stringify(marks)).digest('hex').slice(0, 32);
}

function changedMeanwhile(): Problem {
  return new Problem(412, 'Marks were changed since the preview. Look at what the file would change now.', {
    name: 'changed-meanwhile',
    title: 'Changed meanwhile',
  });
}
