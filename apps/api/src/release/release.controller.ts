import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HeldBackReason, Records } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';

const ReleaseRequest = z
  .strictObject({
    submissions: z.array(z.uuid()).min(1).max(50_000).optional().meta({ description: 'All, when left out' }),
  })
  .meta({ id: 'ReleaseRequest' });
type ReleaseRequest = z.infer<typeof ReleaseRequest>;

const HELD_BECAUSE: Readonly<Record<HeldBackReason, string>> = {
  'not-all-marked': 'Not every part has been marked by a person.',
  'answer-changed': 'An answer is another now than it was when it was marked.',
  'already-released': 'Exactly these marks are released already.',
  'not-latest-attempt': 'Another attempt counts in its place.',
};

const ReleaseResult = z
  .object({
    released: z.array(z.string()),
    held: z.array(
      z.object({
        submission: z.string(),
        reason: z.enum(['not-all-marked', 'answer-changed', 'already-released', 'not-latest-attempt']),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'ReleaseResult' });
type ReleaseResult = z.infer<typeof ReleaseResult>;

@ApiTags('release')
@Controller('api/v1/exams/:exam/release')
export class ReleaseController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Show students their marks, where every part has been marked; says what is held back',
  })
  @Returns(200, ReleaseResult, { description: 'What was released and what was not' })
  @Refuses([404, 'No such exam, or a submission that is not of it'], [422, 'Invalid body'])
  async release(
    @Param('exam', { schema: ExamName }) name: string,
    @Body({ schema: ReleaseRequest }) { submissions }: ReleaseRequest,
    @SignedIn() person: Person,
  ): Promise<ReleaseResult> {
    const exam = await this.known.find(name);
    const { released, heldBack } = await this.records.releases.release({
      examId: exam.id,
      by: person.id,
      ...(submissions === undefined ? {} : { submissionIds: submissions }),
    });
    return {
      released: released.map(({ submissionId }) => submissionId),
      held: heldBack.map(({ submissionId, reason }) => ({
        submission: submissionId,
        reason,
        why: HELD_BECAUSE[reason],
      })),
    };
  }
}
