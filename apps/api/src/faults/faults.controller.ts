import { Controller, Get, Inject, Module, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Exam, Records, Submission } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { Candidates } from '../auth/candidates.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { Time } from '../http/time.js';
import { Dispatch } from '../storage/dispatch.js';
import { RECORDS } from '../storage/tokens.js';

const Fault = z
  .object({
    submission: z.string(),
    candidate: z.string(),
    attempt: z.int(),
    why: z.string(),
    since: Time,
  })
  .meta({
    id: 'Fault',
    description: 'A submission whose marking ended in a fault of the system; it has no mark for it',
  });
type Fault = z.infer<typeof Fault>;

const RunAgain = z.object({ ordered: z.int() }).meta({ id: 'RunAgain' });

/** What the system failed at, after all tries: an examiner sees it and has it done again. */
@ApiTags('marking')
@Controller('api/v1/exams/:exam/faults')
export class FaultsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly candidates: Candidates,
    private readonly dispatch: Dispatch,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Submissions that a fault of the system kept from being marked' })
  @Returns(200, Fault, { description: 'Faults, newest submission first', list: true })
  @Refuses([404, 'No such exam'])
  async faults(@Param('exam', { schema: ExamName }) name: string): Promise<Fault[]> {
    const exam = await this.known.find(name);
    return (await this.failed(exam)).map(({ id, studentId, attempt, stateReason, stateChangedAt }) => ({
      submission: id,
      candidate: this.candidates.pseudonym(exam.id, studentId),
      attempt,
      why: stateReason ?? 'A fault of the system.',
      since: stateChangedAt.toISOString(),
    }));
  }

  @Post('run-again')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Have all of them done again; what went well before stays as it is' })
  @Returns(202, RunAgain, { description: 'How many were ordered' })
  @Refuses([404, 'No such exam'])
  async runAgain(
    @Param('exam', { schema: ExamName }) name: string,
    @SignedIn() person: Person,
  ): Promise<z.infer<typeof RunAgain>> {
    const exam = await this.known.find(name);
    const failed = await this.failed(exam);
    for (const { id } of failed) {
      await this.records.outbox.order(id);
      await this.records.audit.record({
        actorId: person.id,
        action: 'marking-ordered-again',
        objectType: 'submission',
        objectId: id,
      });
    }
    this.dispatch.soon();
    return { ordered: failed.length };
  }

  private async failed(exam: Exam): Promise<Submission[]> {
    const found: Submission[] = [];
    let after: string | undefined;
    do {
      const page = await this.records.submissions.list({
        examId: exam.id,
        states: ['failed'],
        limit: 500,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return found;
  }
}

@Module({ controllers: [FaultsController] })
export class FaultsModule {}
