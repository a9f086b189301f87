import { createHash } from 'node:crypto';
import { Body, Controller, Headers, Inject, Module, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PeopleConflictError, type Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { hashOfRandom, randomPassword } from '../auth/passwords.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { TABLE_FILE_TYPES, tableIn } from '../http/table-file.js';
import { RECORDS } from '../storage/tokens.js';
import { TableFiles, TableFilesModule } from '../table-files/table-files.js';
import {
  PeopleImport,
  PeopleImported,
  PeopleImportQuery,
  PeoplePreviewQuery,
} from './people-import.contract.js';
import { planPeople, type PeopleReading } from './plan-people.js';
import type { PeoplePlan } from './plan.js';

type Read = Extract<PeopleReading, { kind: 'read' }>;

@ApiTags('people')
@Controller('api/v1/people/import')
export class PeopleImportController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly files: TableFiles,
  ) {}

  @Post('preview')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'What a file of people, or of extensions, would change' })
  @ApiConsumes(...TABLE_FILE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Returns(200, PeopleImport, { description: 'What is new, what changes, and which rows are wrong' })
  @Refuses([415, 'Not sent as a table'], [422, 'No file of people or extensions'])
  async preview(
    @Query({ schema: PeoplePreviewQuery }) { zone }: PeoplePreviewQuery,
    @Body() body: unknown,
    @SignedIn() person: Person,
  ): Promise<PeopleImport> {
    const { layout, plan } = await this.read(body, person, { zone, why: null });
    return {
      version: versionOf(plan),
      layout,
      rows: plan.rows.map(({ row, name, email, exam, differences, deed }) => ({
        row,
        kind: isNew(deed) ? 'new' : 'changed',
        name,
        email,
        exam,
        differences: [...differences],
      })),
      unchanged: plan.unchanged,
      wrong: [...plan.wrong],
    };
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Do what the preview showed, all as one change or nothing; wrong rows are left out',
  })
  @ApiConsumes(...TABLE_FILE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'if-match', required: true, description: 'The version that the preview told' })
  @Returns(200, PeopleImported, { description: 'What was done' })
  @Refuses(
    [412, 'Something else would change than the preview showed'],
    [415, 'Not sent as a table'],
    [422, 'No file of people or extensions, or an extension without a reason'],
  )
  async apply(
    @Query({ schema: PeopleImportQuery }) { zone, why, passwords }: PeopleImportQuery,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: unknown,
    @SignedIn() person: Person,
  ): Promise<PeopleImported> {
    const { plan } = await this.read(body, person, { zone, why: why ?? null });
    if (ifMatch?.replaceAll('"', '') !== versionOf(plan)) throw changedMeanwhile();
    const add = plan.rows.flatMap(({ row, deed }) =>
      deed.kind === 'add'
        ? [{ row, ...deed.person, password: passwords === 'made-up' ? randomPassword() : null }]
        : [],
    );
    const change = plan.rows.flatMap(({ deed }) => (deed.kind === 'change' ? [deed.change] : []));
    const extend = plan.rows.flatMap(({ deed }) => (deed.kind === 'extend' ? [deed.extension] : []));
    if (extend.some((each) => each.why === ''))
      throw new Problem(422, 'An extension needs a reason: send it as "why", or in a column "reason".', {
        name: 'no-reason',
      });
    try {
      await this.records.peopleImports.apply({
        add: add.map(({ row: _row, password, ...each }) => ({
          ...each,
          passwordHash: password === null ? null : hashOfRandom(password),
        })),
        change,
        extend,
        by: person.id,
      });
    } catch (error) {
      if (error instanceof PeopleConflictError) throw changedMeanwhile();
      throw error;
    }
    return {
      added: add.length,
      changed: change.length,
      extended: extend.length,
      passwords: add.flatMap(({ row, name, email, password }) =>
        password === null ? [] : [{ row, name, email, password }],
      ),
    };
  }

  private async read(
    body: unknown,
    person: Person,
    { zone, why }: { readonly zone: string; readonly why: string | null },
  ): Promise<Read> {
    const opened = await this.files.open(tableIn(body));
    const reading =
      opened.kind === 'refused'
        ? opened
        : await planPeople(opened.tables, {
            people: await this.records.users.list(),
            exam: await this.examsOf(person),
            me: person.id,
            mayChangeRoles: person.credential.kind === 'session',
            zone,
            why,
          });
    if (reading.kind === 'refused') throw new Problem(422, reading.says, { name: 'no-file-of-people' });
    return reading;
  }

  /** The exams that somebody examines, each looked for once. */
  private async examsOf(person: Person) {
    const [roleIn, exams] = await Promise.all([this.records.teams.roles(person), this.records.exams.list()]);
    return async (name: string) => {
      const exam = exams.find(({ slug }) => slug === name);
      if (exam === undefined || roleIn(exam.id) !== 'examiner') return undefined;
      const [{ deadline }, extensions] = await Promise.all([
        this.records.schedules.of(exam.id),
        this.records.schedules.extensions(exam.id),
      ]);
      return {
        id: exam.id,
        deadline,
        extensions: new Map(
          extensions.flatMap(({ studentId, deadline: theirs }) =>
            theirs === null ? [] : [[studentId, theirs]],
          ),
        ),
      };
    };
  }
}

@Module({ imports: [TableFilesModule], controllers: [PeopleImportController] })
export class PeopleImportModule {}

function isNew(deed: PeoplePlan['rows'][number]['deed']): boolean {
  return deed.kind === 'add' || (deed.kind === 'extend' && deed.extension.before === null);
}

/** Another as soon as anything else would be done, or with another row. Why is no part of it: that comes with the doing. */
function versionOf({ rows }: PeoplePlan): string {
  const all = rows.map(({ row, email, exam, differences }) => [row, email, exam, differences]);
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32);
}

function changedMeanwhile(): Problem {
  return new Problem(
    412,
    'People or extensions were changed since the preview, or the file was. Look at what it would change now.',
    { name: 'changed-meanwhile', title: 'Changed meanwhile' },
  );
}
