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
import { TABLE_FILE_TYPES, tableIn } from '../http/table-file.js';
import { planImport } from './plan-import.js';
import type { ImportReading } from './plan.js';
import { TableFiles, TableFilesModule } from '../table-files/table-files.js';

@ApiTags('reports')
@Controller('api/v1/exams/:exam/grade-import')
export class GradeImportController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly reports: ReportsService,
    private readonly veil: Veil,
    private readonly files: TableFiles,
  ) {}

  @Post('preview')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'What a file of grades, edited since it was exported, would change' })
  @ApiConsumes(...TABLE_FILE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Returns(200, GradeImport, { description: 'What would change, and which rows are passed over' })
  @Refuses(
    [404, 'No such exam'],
    [415, 'Not sent as a file of grades'],
    [422, 'No file of grades of this exam'],
  )
  async preview(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body() body: unknown,
  ): Promise<GradeImport> {
    const report = await this.reports.ofExam(exam);
    const {
      layout,
      plan: { changes, totals, unchanged, passedOver },
    } = await planOf(this.files, body, report);
    return {
      version: versionOf(report),
      layout,
      changes: [...changes],
      totals: [...totals],
      unchanged,
      passedOver: [...passedOver],
    };
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Set the marks that the preview showed, all as one change or none' })
  @ApiConsumes(...TABLE_FILE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'if-match', required: true, description: 'The version that the preview told' })
  @Returns(200, GradesImported, { description: 'How many marks were set' })
  @Refuses(
    [403, 'A mark is of a student whom you must not mark'],
    [404, 'No such exam'],
    [412, 'Marks were changed since the preview'],
    [415, 'Not sent as a file of grades'],
    [422, 'No file of grades of this exam, or no reason'],
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
    const {
      plan: { changes },
    } = await planOf(this.files, body, report);
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

@Module({ imports: [ReportsModule, TableFilesModule], controllers: [GradeImportController] })
export class GradeImportModule {}

async function planOf(
  files: TableFiles,
  body: unknown,
  report: GradeReport,
): Promise<Extract<ImportReading, { kind: 'read' }>> {
  const opened = await files.open(tableIn(body));
  const reading = opened.kind === 'refused' ? opened : planImport(opened.tables, report);
  if (reading.kind === 'refused') throw new Problem(422, reading.says, { name: 'not-a-grade-report' });
  return reading;
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
