import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { MarkingModule } from '../marking/marking.module.js';
import {
  AnswerGroup,
  GroupDecision,
  GroupMarked,
  GroupQuery,
  GroupWithdrawal,
  GroupWithdrawn,
} from './answer-groups.contract.js';
import { AnswerGroups } from './answer-groups.service.js';

@ApiTags('marking')
@Controller('api/v1/exams/:exam/answer-groups')
class AnswerGroupsController {
  constructor(private readonly groups: AnswerGroups) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({
    summary: 'Unmarked answers to a part that are alike: same quantity, same error, same working',
  })
  @Returns(200, AnswerGroup, { description: 'Groups of two and more, the largest first', list: true })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  list(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: GroupQuery }) { part }: GroupQuery,
    @SignedIn() person: Person,
  ): Promise<AnswerGroup[]> {
    return this.groups.list(exam, part, person);
  }

  @Post('marks')
  @HttpCode(200)
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Decide once on answers that are alike; each gets a mark of its own' })
  @Returns(200, GroupMarked, { description: 'Which were marked, and which were passed over and why' })
  @Refuses([404, 'No such exam or answer'], [422, 'The decision contradicts itself or the scheme'])
  decide(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body({ schema: GroupDecision }) decision: GroupDecision,
    @SignedIn() person: Person,
  ): Promise<GroupMarked> {
    return this.groups.decide(exam, decision, person);
  }

  @Post('marks/withdraw')
  @HttpCode(200)
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Take back what one decision gave several answers; each has no mark then' })
  @Returns(200, GroupWithdrawn, { description: 'Which have none now, and which were passed over and why' })
  @Refuses([404, 'No such exam or answer'])
  withdraw(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body({ schema: GroupWithdrawal }) withdrawal: GroupWithdrawal,
    @SignedIn() person: Person,
  ): Promise<GroupWithdrawn> {
    return this.groups.withdraw(exam, withdrawal, person);
  }
}

@Module({
  imports: [MarkingModule],
  controllers: [AnswerGroupsController],
  providers: [AnswerGroups],
})
export class AnswerGroupsModule {}
