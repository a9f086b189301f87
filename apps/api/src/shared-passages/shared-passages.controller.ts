import { Controller, Get, Module, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { MarkingModule } from '../marking/marking.module.js';
import { SharedPassagesQuery, SharedPassagesView } from './shared-passages.contract.js';
import { SharedPassagesOfPart } from './shared-passages.service.js';

@ApiTags('marking')
@Controller('api/v1/exams/:exam/shared-passages')
class SharedPassagesController {
  constructor(private readonly shared: SharedPassagesOfPart) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({
    summary: 'What answers to a part share with each other and with the question, both texts side by side',
  })
  @Returns(200, SharedPassagesView, {
    description: 'At most a hundred pairs, the longest row of words first',
  })
  @Refuses([400, 'Invalid query'], [404, 'No such exam or part'])
  find(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: SharedPassagesQuery }) { part }: SharedPassagesQuery,
    @SignedIn() person: Person,
  ): Promise<SharedPassagesView> {
    return this.shared.find(exam, part, person);
  }
}

@Module({
  imports: [MarkingModule],
  controllers: [SharedPassagesController],
  providers: [SharedPassagesOfPart],
})
export class SharedPassagesModule {}
