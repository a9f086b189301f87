import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit.js';
import { type Database, isForeignKeyViolation, isUuid, storable } from '../database.js';
import { NotFoundError } from '../errors.js';
import type { CourseLink as Row, LearningPlatform as PlatformRow } from '../generated/prisma/client.js';
import { teamAround } from '../teams/members.js';
import { type LearningPlatform, platformOf } from './platforms.js';

/** The place in a course of a learning platform that leads to an exam here. */
export interface CourseLink {
  readonly id: string;
  readonly platform: LearningPlatform;
  readonly course: string;
  readonly title: string;
  /** Null until somebody has chosen. */
  readonly examId: string | null;
  /** Where its grades go; null where the platform has named none. */
  readonly lineItemUrl: string | null;
  /** Where such a place can be made. */
  readonly lineItemsUrl: string | null;
  /** Who takes the course; null where the platform does not tell. */
  readonly membershipsUrl: string | null;
}

/** What a visit told of the place it came through. */
export interface Arrival {
  readonly platformId: string;
  readonly deploymentId: string;
  readonly resourceLinkId: string;
  readonly course: string;
  readonly title: string;
  readonly lineItemUrl: string | null;
  readonly lineItemsUrl: string | null;
  readonly membershipsUrl: string | null;
}

export interface CourseLinks {
  /** Remembers the place, or what is new about it; what a visit does not tell stays as it was. */
  arrived(arrival: Arrival): Promise<CourseLink>;
  find(id: string): Promise<CourseLink | null>;
  /** Leads to this exam from now on. Audited. Throws NotFoundError. */
  choose(linkId: string, examId: string, by: string): Promise<CourseLink>;
  /** Those that lead to the exam, by course. */
  ofExam(examId: string): Promise<readonly CourseLink[]>;
  /** All that lead to an exam. */
  all(): Promise<readonly CourseLink[]>;
  /** They are expected to take the exam, but for who marks it. Those that were already stay so. Returns how many are new. */
  enrol(examId: string, studentIds: readonly string[]): Promise<number>;
  /** Remembers where grades go. */
  setLineItem(linkId: string, lineItemUrl: string): Promise<void>;
}

const PLATFORM = { platform: true } as const;

export function courseLinks(db: Database): CourseLinks {
  return {
    arrived: async ({ platformId, deploymentId, resourceLinkId, ...told }) => {
      const urls = Object.fromEntries(
        (['lineItemUrl', 'lineItemsUrl', 'membershipsUrl'] as const).flatMap((name) =>
          told[name] === null ? [] : [[name, told[name]]],
        ),
      );
      const named = { course: storable(told.course), title: storable(told.title) };
      const row = await db.courseLink.upsert({
        where: {
          platformId_deploymentId_resourceLinkId: { platformId, deploymentId, resourceLinkId },
        },
        create: { id: randomUUID(), platformId, deploymentId, resourceLinkId, ...named, ...urls },
        update: { ...named, ...urls },
        include: PLATFORM,
      });
      return linkOf(row);
    },
    find: async (id) => {
      const row = isUuid(id) ? await db.courseLink.findUnique({ where: { id }, include: PLATFORM }) : null;
      return row && linkOf(row);
    },
    choose: async (linkId, examId, by) => {
      if (!isUuid(linkId)) throw new NotFoundError('course link', linkId);
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      try {
        return await db.$transaction(async (tx) => {
          const there = await tx.courseLink.findUnique({ where: { id: linkId } });
          if (!there) throw new NotFoundError('course link', linkId);
          const row = await tx.courseLink.update({
            where: { id: linkId },
            data: { examId, chosenById: by },
            include: PLATFORM,
          });
          await recordAudit(tx, {
            actorId: by,
            action: 'course-link-chosen',
            objectType: 'course-link',
            objectId: linkId,
            details: { examId },
          });
          return linkOf(row);
        });
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('exam', examId);
        throw error;
      }
    },
    ofExam: async (examId) => {
      if (!isUuid(examId)) return [];
      return linksOf(await db.courseLink.findMany({ where: { examId }, include: PLATFORM }));
    },
    all: async () =>
      linksOf(await db.courseLink.findMany({ where: { examId: { not: null } }, include: PLATFORM })),
    enrol: async (examId, studentIds) => {
      const team = (await teamAround(db, { kind: 'exam', id: examId })) ?? [];
      const named = new Set(team.map(({ personId }) => personId));
      const { count } = await db.enrolment.createMany({
        data: studentIds.filter((id) => !named.has(id)).map((studentId) => ({ examId, studentId })),
        skipDuplicates: true,
      });
      return count;
    },
    setLineItem: async (linkId, lineItemUrl) => {
      await db.courseLink.update({ where: { id: linkId }, data: { lineItemUrl } });
    },
  };
}

/** Those of platforms in use, by course. */
function linksOf(rows: readonly (Row & { readonly platform: PlatformRow })[]): CourseLink[] {
  return rows
    .filter(({ platform }) => platform.retiredAt === null)
    .map(linkOf)
    .toSorted((one, other) => one.course.localeCompare(other.course) || one.id.localeCompare(other.id));
}

function linkOf(row: Row & { readonly platform: PlatformRow }): CourseLink {
  const { id, course, title, examId, lineItemUrl, lineItemsUrl, membershipsUrl, platform } = row;
  return {
    id,
    platform: platformOf(platform),
    course,
    title,
    examId,
    lineItemUrl,
    lineItemsUrl,
    membershipsUrl,
  };
}
