import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { analyseItems } from '@tensormark/marking';
import type { Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { Refuses, Returns } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { ItemAnalysis } from './analysis.contract.js';

const FREQUENT_PER_PART = 5;

@ApiTags('reports')
@Controller('api/v1/exams/:exam/item-analysis')
export class AnalysisController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly veil: Veil,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'How the parts did as questions: facility, discrimination, reliability, frequent errors',
  })
  @Returns(200, ItemAnalysis, { description: 'The analysis, of marks that people have given' })
  @Refuses([404, 'No such exam'])
  async analysis(@Param('exam', { schema: ExamName }) name: string): Promise<ItemAnalysis> {
    const exam = await this.known.find(name);
    const hidden = this.veil.hidden(exam);
    const report = await this.records.gradeReports.ofExam(exam.id, hidden);
    const frequent = await this.records.markingExperience.frequentFindings(
      exam.id,
      FREQUENT_PER_PART,
      hidden,
    );
    const agreement = await this.records.markingExperience.agreement(exam.id);
    const analysis = analyseItems(
      report.parts.map(({ part, maximum }) => ({ part, available: Number(maximum) })),
      report.rows.map(({ cells }) => ({
        marks: new Map(cells.map(({ part, mark }) => [part, mark === null ? null : Number(mark)])),
      })),
    );
    const titles = new Map(report.parts.map(({ part, title }) => [part, title]));
    return {
      ...analysis,
      distribution: [...analysis.distribution],
      parts: analysis.parts.map((each) => ({
        ...each,
        distribution: [...each.distribution],
        title: titles.get(each.part) ?? '',
        frequent: frequent
          .filter(({ part }) => part === each.part)
          .map(({ kind, says, answers }) => ({ kind, says, answers })),
        machine: agreement.find(({ part }) => part === each.part) ?? null,
      })),
    };
  }
}
