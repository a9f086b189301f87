import { Controller, Get, Module, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { describedChecks, GROUPS, type DescribedCheck } from '@tensormark/code-review';
import { z } from 'zod';
import { OpenTo, STAFF } from '../auth/access.js';
import { Refuses, Returns } from '../http/contract.js';
import { notFound } from '../http/problem.js';

const CheckId = z.string().max(60);

const Check = z
  .object({
    id: z.string(),
    group: z.enum(GROUPS).meta({ description: 'What it looks at; `running` for what only running shows' }),
    severity: z.enum(['error', 'warning', 'design', 'remark']),
    title: z.string(),
  })
  .meta({ id: 'Check', description: 'What a review of code looks for' });
type Check = z.infer<typeof Check>;

const CheckInFull = Check.extend({
  why: z.string().meta({ description: 'Why it matters' }),
  instead: z.string().meta({ description: 'What to do instead' }),
  needs: z.string().meta({ description: 'What must be seen for it to speak' }),
  wrong: z.array(z.string()).meta({ description: 'Programs with the fault, its line marked by `# <--`' }),
  right: z.array(z.string()).meta({ description: 'Programs that are alike and have it not' }),
}).meta({ id: 'CheckInFull' });
type CheckInFull = z.infer<typeof CheckInFull>;

@ApiTags('exams')
@Controller('api/v1/checks')
class ChecksController {
  /** Put together when it is first asked for: most starts are not for this. */
  private described: ReadonlyMap<string, DescribedCheck> | undefined;

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: 'What a review of code looks for; a scheme may name these in its deductions' })
  @Returns(200, Check, { description: 'Every check, by groups', list: true })
  list(): Check[] {
    return [...this.checks().values()].map(({ id, group, severity, title }) => ({
      id,
      group,
      severity,
      title,
    }));
  }

  @Get(':check')
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: 'One check, with programs that have the fault and programs that have it not' })
  @Returns(200, CheckInFull, { description: 'The check' })
  @Refuses([404, 'No such check'])
  one(@Param('check', { schema: CheckId }) id: string): CheckInFull {
    const found = this.checks().get(id);
    if (found === undefined) throw notFound('check');
    return { ...found, wrong: [...found.wrong], right: [...found.right] };
  }

  private checks(): ReadonlyMap<string, DescribedCheck> {
    return (this.described ??= new Map(describedChecks().map((check) => [check.id, check])));
  }
}

@Module({ controllers: [ChecksController] })
export class ChecksModule {}
