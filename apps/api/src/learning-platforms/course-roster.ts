import { Inject, Injectable } from '@nestjs/common';
import type { CourseLink, Records } from '@tensormark/records';
import { z } from 'zod';
import { RECORDS } from '../storage/tokens.js';
import { nameOf, teaches } from './claims.js';
import { PlatformClient, PlatformFault, SCOPES } from './platform-client.js';
import { Recognition, type Told } from './recognition.js';

const MEDIA_TYPE = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';
const MOST_PAGES = 200;
const Name = z.string().max(255).optional().catch(undefined);
const Members = z.object({
  members: z.array(
    z.object({
      user_id: z.string().min(1).max(255),
      roles: z.array(z.string()),
      status: z.string().optional(),
      name: Name,
      given_name: Name,
      family_name: Name,
      email: z.email().max(254).optional().catch(undefined),
    }),
  ),
});

export interface RosterOutcome {
  readonly new: readonly { readonly name: string; readonly email: string }[];
  readonly known: number;
  readonly teachers: number;
  readonly notTaken: readonly { readonly name: string; readonly why: string }[];
}

interface Course {
  readonly learners: readonly Told[];
  readonly teachers: number;
}

/** Who takes a course, as its platform tells (NRPS 2.0). */
@Injectable()
export class CourseRoster {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly client: PlatformClient,
    private readonly recognition: Recognition,
  ) {}

  /** What taking the roster would do. Throws PlatformFault. */
  async preview(link: CourseLink): Promise<RosterOutcome> {
    return this.outcomeOf(link, await this.members(link));
  }

  private async outcomeOf(link: CourseLink, { learners, teachers }: Course): Promise<RosterOutcome> {
    const fresh: { name: string; email: string }[] = [];
    const notTaken: { name: string; why: string }[] = [];
    let known = 0;
    for (const told of learners) {
      const recognised = await this.recognition.of(link.platform, told);
      if (recognised.kind === 'known') known += 1;
      else if (recognised.kind === 'new') fresh.push({ name: recognised.name, email: recognised.email });
      else notTaken.push({ name: told.name ?? 'Somebody without a name', why: recognised.why });
    }
    return { new: fresh, known, teachers, notTaken };
  }

  /** Makes accounts of new students and expects all of them in the exam. Throws PlatformFault. */
  async take(link: CourseLink, examId: string, by: string): Promise<RosterOutcome> {
    const course = await this.members(link);
    const outcome = await this.outcomeOf(link, course);
    const students: string[] = [];
    for (const told of course.learners) {
      const user = await this.recognition.admit(link.platform, told, by);
      if (user?.role === 'student') students.push(user.id);
    }
    await this.records.courseLinks.enrol(examId, students);
    await this.records.audit.record({
      actorId: by,
      action: 'roster-taken',
      objectType: 'course-link',
      objectId: link.id,
      details: { examId, students: students.length },
    });
    return outcome;
  }

  private async members(link: CourseLink): Promise<Course> {
    if (link.membershipsUrl === null)
      throw new PlatformFault(`${link.platform.name} does not tell who takes the course.`);
    const learners: Told[] = [];
    let teachers = 0;
    let next: string | null = link.membershipsUrl;
    for (let page = 0; next !== null; page += 1) {
      if (page === MOST_PAGES) throw new PlatformFault(`${link.platform.name} tells of too many people.`);
      const answer = await this.client.ask(link.platform, next, {
        method: 'GET',
        scope: SCOPES.roster,
        accept: MEDIA_TYPE,
      });
      const read = Members.safeParse(answer.body);
      if (!read.success) throw new PlatformFault(`${link.platform.name} answered what is no roster.`);
      for (const member of read.data.members) {
        if (member.status !== undefined && member.status !== 'Active') continue;
        if (member.roles.some(teaches)) teachers += 1;
        else
          learners.push({
            subject: member.user_id,
            name: nameOf(member),
            email: member.email?.toLowerCase() ?? null,
            teaches: false,
          });
      }
      next = nextPage(answer.headers.get('link'), next);
    }
    return { learners, teachers };
  }
}

/** The next page by the Link header (RFC 8288), or null where this is the last. */
function nextPage(header: string | null, from: string): string | null {
  const target = /<([^>]{1,2000})>\s*;[^,]*\brel="?next"?/i.exec(header ?? '')?.[1];
  return target === undefined || !URL.canParse(target, from) ? null : new URL(target, from).href;
}
