import { Body, Controller, Get, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Conflict, Records } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Refuses, Returns } from '../http/contract.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { RECORDS } from '../storage/tokens.js';

const Named = z.object({ id: z.string(), name: z.string() });
const Reason = line(500).meta({ description: 'Kept in the audit trail; only examiners see it' });

const ConflictView = z
  .object({ id: z.uuid(), marker: Named, student: Named, reason: z.string(), by: z.string(), at: Time })
  .meta({ id: 'ConflictOfInterest' });
type ConflictView = z.infer<typeof ConflictView>;

const NewConflict = z
  .strictObject({
    marker: z.string().max(64).meta({ description: 'Who must not mark: the id of a marker or examiner' }),
    student: z.string().max(64).meta({ description: 'Whose work: the id of a student' }),
    reason: Reason,
  })
  .meta({ id: 'NewConflictOfInterest' });

const Withdrawal = z.strictObject({ reason: Reason }).meta({ id: 'ConflictWithdrawal' });

@ApiTags('people')
@Controller('api/v1/conflicts')
class ConflictsController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Who must not mark whom, in every exam' })
  @Returns(200, ConflictView, {
    description: 'Conflicts of interest that hold now, newest first',
    list: true,
  })
  async list(): Promise<ConflictView[]> {
    return (await this.records.conflicts.list()).map(viewOf);
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Declare that somebody must not mark a student; they are shown none of that work from now on',
  })
  @Returns(201, ConflictView, { description: 'What was declared' })
  @Refuses([404, 'No such person'], [422, 'Invalid body, declared already, or no marker and student'])
  async declare(
    @Body({ schema: NewConflict }) { marker, student, reason }: z.infer<typeof NewConflict>,
    @SignedIn() person: Person,
  ): Promise<ConflictView> {
    const asked = { markerId: marker, studentId: student, why: reason, by: person.id };
    return viewOf(await this.records.conflicts.declare(asked));
  }

  @Post(':conflict/withdraw')
  @HttpCode(204)
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Withdraw a conflict of interest; that it was declared stays in the trail' })
  @ApiResponse({ status: 204, description: 'It holds no longer' })
  @Refuses([404, 'No such conflict'], [422, 'Invalid body, withdrawn already, or your own'])
  async withdraw(
    @Param('conflict') id: string,
    @Body({ schema: Withdrawal }) { reason }: z.infer<typeof Withdrawal>,
    @SignedIn() person: Person,
  ): Promise<void> {
    await this.records.conflicts.withdraw({ id, why: reason, by: person.id });
  }
}

@Module({ controllers: [ConflictsController] })
export class ConflictsModule {}

function viewOf({ id, why, byName, at, ...pair }: Conflict): ConflictView {
  return {
    id,
    marker: { id: pair.markerId, name: pair.markerName },
    student: { id: pair.studentId, name: pair.studentName },
    reason: why,
    by: byName,
    at: at.toISOString(),
  };
}
