import { Controller, Get, Module, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo } from '../auth/access.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { AgreementView } from './agreement.contract.js';
import { AgreementFigures } from './agreement.js';

@ApiTags('moderation')
@Controller('api/v1/exams/:exam/agreement')
class AgreementController {
  constructor(private readonly figures: AgreementFigures) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'How far the machine agrees with people who marked without its proposal' })
  @Returns(200, AgreementView, { description: 'Figures by part; null until enough answers bear them' })
  @Refuses([404, 'No such exam'])
  agreement(@Param('exam', { schema: ExamName }) exam: string): Promise<AgreementView> {
    return this.figures.of(exam);
  }
}

@Module({ controllers: [AgreementController], providers: [AgreementFigures] })
export class ModerationModule {}
