import { Controller, Get, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ENGINE_VERSION } from '@tensormark/marking';
import type { Records } from '@tensormark/records';
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
    why: z.string().meta({ description: 'What happened, in words for people' }),
    since: Time,
    split: z.boolean().meta({ description: 'False where no marker sees anything of the document' }),
    parts: z
      .array(z.object({ part: z.string(), cause: z.string().nullable() }))
      .meta({ description: 'What failed and has no mark; empty where the document was not split' }),
    orderedAgain: z
      .object({ at: Time, by: z.string().nullable() })
      .nullable()
      .meta({ description: 'Ordered again last; it has failed once more since' }),
  })
  .meta({
    id: 'Fault',
    description: 'A submission whose marking ended in a fault of the system; it has no mark for it',
  });
type Fault = z.infer<typeof Fault>;

const RunAgain = z.object({ ordered: z.int() }).meta({ id: 'RunAgain' });
type RunAgain = z.infer<typeof RunAgain>;

/** What the system failed at, after all tries: an examiner sees it and has it done again. */
@ApiTags('marking')
@Controller('api/v1')
export class FaultsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly candidates: Candidates,
    private readonly dispatch: Dispatch,
  ) {}

  @Get('exams/:exam/faults')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Submissions that a fault of the system kept from being marked' })
  @Returns(200, Fault, { description: 'Faults, the latest first', list: true })
  @Refuses([404, 'No such exam'])
  async faults(@Param('exam', { schema: ExamName }) name: string): Promise<Fault[]> {
    const exam = await this.known.find(name);
    const faults = await this.records.faults.ofExam(exam.id);
    return faults.map(({ submissionId, studentId, attempt, why, since, split, parts, orderedAgain }) => ({
      submission: submissionId,
      candidate: this.candidates.pseudonym(exam.id, studentId),
      attempt,
      why,
      since: since.toISOString(),
      split,
      parts: [...parts],
      orderedAgain: orderedAgain && { at: orderedAgain.at.toISOString(), by: orderedAgain.by },
    }));
  }

  @Post('exams/:exam/faults/run-again')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Have all of them done again; what went well before stays as it is' })
  @Returns(202, RunAgain, { description: 'How many were ordered' })
  @Refuses([404, 'No such exam'])
  async runAllAgain(
    @Param('exam', { schema: ExamName }) name: string,
    @SignedIn() person: Person,
  ): Promise<RunAgain> {
    const exam = await this.known.find(name);
    const faults = await this.records.faults.ofExam(exam.id);
    return this.order(
      faults.map(({ submissionId }) => submissionId),
      person,
    );
  }

  @Post('submissions/:submission/run-again')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Have one of them done again; what went well before stays as it is' })
  @Returns(202, RunAgain, { description: 'How many were ordered: 0 where it has not failed' })
  @Refuses([404, 'No such submission'])
  async runAgain(@Param('submission') submission: string, @SignedIn() person: Person): Promise<RunAgain> {
    return this.order([(await this.records.submissions.get(submission)).id], person);
  }

  @Post('submissions/:submission/to-a-person')
  @HttpCode(204)
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Give a document that could not be split to the markers, as it was handed in' })
  @ApiResponse({ status: 204, description: 'Its parts await a mark' })
  @Refuses([404, 'No such submission'], [422, 'It has not failed, or is split already'])
  async giveToPerson(@Param('submission') submission: string, @SignedIn() person: Person): Promise<void> {
    await this.records.faults.giveToPerson({
      submissionId: submission,
      engineVersion: ENGINE_VERSION,
      by: person.id,
    });
  }

  private async order(submissionIds: readonly string[], { id }: Person): Promise<RunAgain> {
    const ordered = await this.records.faults.orderAgain({ submissionIds, by: id });
    this.dispatch.soon();
    return { ordered };
  }
}

@Module({ controllers: [FaultsController] })
export class FaultsModule {}
