import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HeldBackReason, Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { StudentId } from '../deadlines/deadlines.contract.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { PlannedReleases } from './planned-releases.js';
import {
  HELD_BECAUSE,
  NewReleasePlan,
  ReleasePlan,
  ReleaseRequest,
  ReleaseResult,
  Withholding,
} from './release.contract.js';

/** What is said of single parts. */
const OF_PARTS: ReadonlySet<HeldBackReason> = new Set(['moderation-open', 'second-marking-open']);

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
    const parts = await this.records.secondMarks.wantedIn(
      heldBack.filter(({ reason }) => OF_PARTS.has(reason)).map(({ submissionId }) => submissionId),
    );
    return {
      released: released.map(({ submissionId }) => submissionId),
      held: heldBack.map(({ submissionId, reason }) => {
        const where = parts.get(submissionId)?.join(', ');
        return {
          submission: submissionId,
          reason,
          why: `${where === undefined ? '' : `Part ${where}: `}${HELD_BECAUSE[reason]}`,
        };
      }),
    };
  }
}

@ApiTags('release')
@Controller('api/v1/exams/:exam')
export class PlannedReleaseController {
  constructor(private readonly planned: PlannedReleases) {}

  @Get('release-plan')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'When marks are to be released, what is in the way, and whose are withheld' })
  @Returns(200, ReleasePlan, { description: 'The plan' })
  @Refuses([404, 'No such exam'])
  of(@Param('exam', { schema: ExamName }) exam: string): Promise<ReleasePlan> {
    return this.planned.of(exam);
  }

  @Put('release-plan')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Have all marks released together at a time, or as soon after it as nothing is in the way',
  })
  @Returns(200, ReleasePlan, { description: 'The plan; it takes the place of one that was there' })
  @Refuses([404, 'No such exam'], [422, 'Invalid body, no such time zone, or the time is past'])
  plan(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body({ schema: NewReleasePlan }) plan: NewReleasePlan,
    @SignedIn() person: Person,
  ): Promise<ReleasePlan> {
    return this.planned.plan(exam, plan, person);
  }

  @Delete('release-plan')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Cancel the planned release' })
  @Returns(200, ReleasePlan, { description: 'What is left: no plan' })
  @Refuses([404, 'No such exam'], [422, 'No release is planned'])
  cancel(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
  ): Promise<ReleasePlan> {
    return this.planned.cancel(exam, person);
  }

  @Put('withheld/:student')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: "Keep a student's result back from every release, or let it go" })
  @Returns(200, ReleasePlan, { description: 'The plan, with those that are withheld' })
  @Refuses([404, 'No such exam, or no such student of it'], [422, 'Invalid body, or it is so already'])
  withhold(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('student', { schema: StudentId }) student: string,
    @Body({ schema: Withholding }) withholding: Withholding,
    @SignedIn() person: Person,
  ): Promise<ReleasePlan> {
    return this.planned.withhold(exam, student, withholding, person);
  }
}
