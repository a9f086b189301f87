import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo } from '../auth/access.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { ItemAnalysis } from './analysis.contract.js';
import { Analysis } from './analysis.service.js';

@ApiTags('reports')
@Controller('api/v1/exams/:exam/item-analysis')
export class AnalysisController {
  constructor(
    private readonly known: KnownExams,
    private readonly analyses: Analysis,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'How the parts did as questions: facility, discrimination, reliability, frequent errors',
  })
  @Returns(200, ItemAnalysis, { description: 'The analysis, of marks that people have given' })
  @Refuses([404, 'No such exam'])
  async analysis(@Param('exam', { schema: ExamName }) name: string): Promise<ItemAnalysis> {
    return this.analyses.of(await this.known.find(name));
  }
}
