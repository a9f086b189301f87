import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  sumOfDecimals,
  type CourseLink,
  type GradeRow,
  type PassedGrade,
  type Records,
  type Told,
} from '@tensormark/records';
import { z } from 'zod';
import { CLOCK, type Clock } from '../storage/clock.js';
import { RECORDS } from '../storage/tokens.js';
import { PlatformClient, PlatformFault, SCOPES } from './platform-client.js';
import { scoresUrl } from './scores-url.js';

const LINE_ITEM = 'application/vnd.ims.lis.v2.lineitem+json';
const SCORE = 'application/vnd.ims.lis.v1.score+json';
const NewLineItem = z.object({ id: z.url({ protocol: /^https?$/ }).max(2000) });

const EVERY_MS = 60_000;
/** What is left after so long is told in the next round. */
const ROUND_MS = 60_000;
/** A platform that fails so often one after the other is left alone until the next round. */
const MOST_FAULTS_IN_A_ROW = 3;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

interface ToSend extends Told {
  /** What the platform calls the student. */
  readonly subject: string;
  /** What it was told last; undefined where it never was. */
  readonly before: PassedGrade | undefined;
}

/** What a platform should have of an exam, beside what it has. */
export interface Outstanding {
  readonly toSend: readonly ToSend[];
  readonly sent: number;
  readonly failed: number;
  /** Released to people whom the platform does not know. */
  readonly unknownThere: number;
  /** What a column for the exam is out of. */
  readonly maximum: string;
  readonly fault: string | null;
}

/**
 * Tells learning platforms released grades (AGS 2.0). What they should have is compared with what they were told last, and the
 * difference is told: doing it again tells nothing twice, and what failed is tried again later and later.
 * A grade that is not released is never told, and neither is the absence of one; but where a grade was told and the student's result
 * has been taken back, withheld or excused since, the platform is told that there is none, and clears it.
 */
@Injectable()
export class GradePassback implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(GradePassback.name);
  /** Of each link the release after which nothing was left to tell. */
  private readonly done = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private closing = false;

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly client: PlatformClient,
  ) {}

  onApplicationBootstrap(): void {
    let under = false;
    this.timer = setInterval(() => {
      if (under) return;
      under = true;
      this.round = this.everyLink().finally(() => {
        under = false;
      });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.round;
  }

  async outstanding(link: CourseLink, examId: string): Promise<Outstanding> {
    const { rows } = await this.records.gradeReports.ofExam(examId);
    const released = rows.flatMap((row) => gradeOf(row, link.id) ?? []);
    const told = new Map(
      (await this.records.passedGrades.ofLink(link.id)).map((each) => [each.studentId, each]),
    );
    const takenBack = await this.takenBack([...told.values()], released, link.id, examId);
    const wanted = [...released, ...takenBack];
    const subjects = await this.records.passedGrades.subjects(
      link.platform.id,
      wanted.map(({ studentId }) => studentId),
    );
    const unknownThere = released.filter(({ studentId }) => !subjects.has(studentId)).length;
    const toSend = wanted.flatMap((grade) => {
      const subject = subjects.get(grade.studentId);
      const before = told.get(grade.studentId);
      return subject === undefined || isThere(before, grade) ? [] : [{ ...grade, subject, before }];
    });
    const faults = toSend.flatMap(({ before }) => before?.fault ?? []);
    return {
      toSend,
      sent: released.length - unknownThere - toSend.filter(({ score }) => score !== null).length,
      failed: faults.length,
      unknownThere,
      fault: faults[0] ?? null,
      maximum: columnOf(rows),
    };
  }

  /** Grades that the platform has, or may have, of students who have no result any more. */
  private async takenBack(
    told: readonly PassedGrade[],
    released: readonly Told[],
    linkId: string,
    examId: string,
  ): Promise<readonly Told[]> {
    const out = new Set(released.map(({ studentId }) => studentId));
    const others = told.filter(
      ({ studentId, score, sentAt }) => !out.has(studentId) && (score !== null || sentAt === null),
    );
    if (others.length === 0) return [];
    const withResult = await this.records.passedGrades.withResult(examId);
    return others.flatMap(({ studentId, maximum }) =>
      withResult.has(studentId) ? [] : [{ linkId, studentId, score: null, maximum }],
    );
  }

  /** Tells everything that is outstanding, what failed a moment ago too. False where that is being done already. */
  send(link: CourseLink, examId: string): Promise<boolean> {
    return this.records.passedGrades.alone(link.id, async () => {
      await this.tell(link, examId, () => true);
    });
  }

  private async everyLink(): Promise<void> {
    const links = await this.records.courseLinks.all().catch(() => []);
    for (const link of links) {
      if (this.closing) return;
      await this.whatIsNew(link).catch((error: unknown) => {
        this.logger.warn(`grades could not be told through ${link.id}: ${String(error)}`);
      });
    }
  }

  private async whatIsNew(link: CourseLink): Promise<void> {
    const { examId } = link;
    if (examId === null || (link.lineItemUrl ?? link.lineItemsUrl) === null) return;
    const release = (await this.records.passedGrades.lastRelease(examId))?.getTime();
    if (release === undefined || this.done.get(link.id) === release) return;
    const now = this.clock.now().getTime();
    await this.records.passedGrades.alone(link.id, async () => {
      const left = await this.tell(link, examId, ({ before }) => isDue(before, now));
      if (left === 0) this.done.set(link.id, release);
    });
  }

  /** Returns how many grades the platform still lacks. */
  private async tell(link: CourseLink, examId: string, due: (grade: ToSend) => boolean): Promise<number> {
    const { toSend, maximum } = await this.outstanding(link, examId);
    const now = toSend.filter(due);
    if (now.length === 0) return toSend.length;
    let place: string;
    try {
      place = await this.lineItemOf(link, maximum);
    } catch (error) {
      if (!(error instanceof PlatformFault)) throw error;
      for (const grade of now)
        await this.records.passedGrades.failed(told(grade), error.message, this.clock.now());
      return toSend.length;
    }
    const until = performance.now() + ROUND_MS;
    let left = toSend.length;
    let inARow = 0;
    for (const grade of now) {
      if (this.closing || performance.now() > until || inARow === MOST_FAULTS_IN_A_ROW) break;
      const has = await this.tellOne(link, place, grade);
      inARow = has ? 0 : inARow + 1;
      if (has) left -= 1;
    }
    return left;
  }

  /** Whether the platform has it now. */
  private async tellOne(link: CourseLink, place: string, grade: ToSend): Promise<boolean> {
    const at = this.clock.now();
    try {
      await this.client.ask(link.platform, scoresUrl(place), {
        method: 'POST',
        scope: SCOPES.score,
        accept: 'application/json',
        body: {
          mediaType: SCORE,
          content: {
            userId: grade.subject,
            ...progressOf(grade),
            timestamp: at.toISOString(),
          },
        },
      });
      await this.records.passedGrades.sent(told(grade), at);
      return true;
    } catch (error) {
      if (!(error instanceof PlatformFault)) throw error;
      await this.records.passedGrades.failed(told(grade), error.message, at);
      return false;
    }
  }

  /** Where the grades go: where the platform said, or a column made for it. Throws PlatformFault. */
  private async lineItemOf(link: CourseLink, maximum: string): Promise<string> {
    if (link.lineItemUrl !== null) return link.lineItemUrl;
    if (link.lineItemsUrl === null)
      throw new PlatformFault(`${link.platform.name} takes no grades for this link.`);
    const { body } = await this.client.ask(link.platform, link.lineItemsUrl, {
      method: 'POST',
      scope: SCOPES.lineItem,
      accept: LINE_ITEM,
      body: {
        mediaType: LINE_ITEM,
        content: { label: link.title, scoreMaximum: Number(maximum), resourceId: link.id },
      },
    });
    const made = NewLineItem.safeParse(body);
    if (!made.success) throw new PlatformFault(`${link.platform.name} made no column for the grades.`);
    await this.records.courseLinks.setLineItem(link.id, made.data.id);
    return made.data.id;
  }
}

/**
 * AGS 2.0, 3.4: a score without `scoreGiven` says that there is none for the student now, and that the platform should clear what it
 * had; that nothing is being graded for them is NotReady.
 */
function progressOf({ score, maximum }: Told) {
  return score === null
    ? { activityProgress: 'Completed', gradingProgress: 'NotReady' }
    : {
        scoreGiven: Number(score),
        scoreMaximum: Number(maximum),
        activityProgress: 'Completed',
        gradingProgress: 'FullyGraded',
      };
}

/** A score says itself what it is out of, which is less where a student is excused from parts; a column is out of all. */
function columnOf(rows: readonly GradeRow[]): string {
  const all = rows.map(({ cells }) => sumOfDecimals(cells.map(({ maximum }) => maximum)));
  return all.toSorted((one, other) => Number(other) - Number(one))[0] ?? '0';
}

/** Null where nothing is released to the student. */
function gradeOf({ student, state, total, maximum }: GradeRow, linkId: string): Told | null {
  if (state !== 'released' || total === null) return null;
  return { linkId, studentId: student.id, score: total, maximum };
}

function told({ linkId, studentId, score, maximum }: Told): Told {
  return { linkId, studentId, score, maximum };
}

function isThere(before: PassedGrade | undefined, { score, maximum }: Told): boolean {
  return (
    before !== undefined && before.sentAt !== null && before.score === score && before.maximum === maximum
  );
}

/** What failed waits twice as long each time; what is new does not. */
function isDue(before: PassedGrade | undefined, now: number): boolean {
  if (before === undefined || before.fault === null) return true;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (before.tries - 1));
  return before.triedAt.getTime() + pause <= now;
}
