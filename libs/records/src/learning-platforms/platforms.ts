import { createHash } from 'node:crypto';
import { recordAudit } from '../audit.js';
import { type Database, isUniqueViolation, isUuid, storable } from '../database.js';
import { InvalidRecordError, NotFoundError } from '../errors.js';
import type { LearningPlatform as Row } from '../generated/prisma/client.js';

/** A learning platform, such as a university's Moodle or Canvas, as LTI 1.3 names its parts. */
export interface LearningPlatform {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly keysUrl: string;
  /** Whether a student's account here is found by the e-mail address that it tells. */
  readonly trustsEmail: boolean;
  readonly at: Date;
}

export type NewLearningPlatform = Omit<LearningPlatform, 'id' | 'at'>;

export interface LearningPlatforms {
  /** Audited. Throws InvalidRecordError where the issuer and client are known already. */
  add(platform: NewLearningPlatform, by: string): Promise<LearningPlatform>;
  /** Those in use, by name. */
  list(): Promise<readonly LearningPlatform[]>;
  find(id: string): Promise<LearningPlatform | null>;
  /** Those in use with this issuer; several where it names several clients. */
  ofIssuer(issuer: string): Promise<readonly LearningPlatform[]>;
  /** Nobody comes from it any more and it is told nothing; what came stays. Audited. Throws NotFoundError. */
  retire(id: string, by: string): Promise<void>;
  /** Remembers a visit that begins. */
  beginLogin(login: {
    readonly platformId: string;
    readonly state: string;
    readonly nonce: string;
  }): Promise<void>;
  /** The visit that this state began, and then no more; null where there is none or it began too long ago. */
  endLogin(
    state: string,
    notBefore: Date,
  ): Promise<{ readonly platform: LearningPlatform; readonly nonce: string } | null>;
  /** The account of whom the platform calls so; null where there is none. */
  accountOf(platformId: string, subject: string): Promise<string | null>;
  /** From now on they are the same person. Audited. Throws InvalidRecordError where it is somebody else already. */
  connect(connection: {
    readonly platformId: string;
    readonly subject: string;
    readonly userId: string;
    readonly by: string | null;
  }): Promise<void>;
}

/** Visits that nobody came back from; kept no longer than this. */
const LOGIN_KEPT_MS = 60 * 60_000;

export function learningPlatforms(db: Database): LearningPlatforms {
  return {
    add: async (given, by) => {
      try {
        return await db.$transaction(async (tx) => {
          const row = await tx.learningPlatform.create({
            data: { ...given, name: storable(given.name.trim()), byId: by },
          });
          await recordAudit(tx, {
            actorId: by,
            action: 'learning-platform-added',
            objectType: 'learning-platform',
            objectId: row.id,
            details: { issuer: row.issuer, clientId: row.clientId },
          });
          return platformOf(row);
        });
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw new InvalidRecordError('A learning platform with this issuer and client id is known already.');
      }
    },
    list: async () => {
      const rows = await db.learningPlatform.findMany({
        where: { retiredAt: null },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      return rows.map(platformOf);
    },
    find: async (id) => {
      const row = isUuid(id)
        ? await db.learningPlatform.findUnique({ where: { id, retiredAt: null } })
        : null;
      return row && platformOf(row);
    },
    ofIssuer: async (issuer) => {
      const rows = await db.learningPlatform.findMany({ where: { issuer, retiredAt: null } });
      return rows.map(platformOf);
    },
    retire: async (id, by) => {
      if (!isUuid(id)) throw new NotFoundError('learning platform', id);
      await db.$transaction(async (tx) => {
        const { count } = await tx.learningPlatform.updateMany({
          where: { id, retiredAt: null },
          data: { retiredAt: new Date() },
        });
        if (count === 0) throw new NotFoundError('learning platform', id);
        await recordAudit(tx, {
          actorId: by,
          action: 'learning-platform-retired',
          objectType: 'learning-platform',
          objectId: id,
        });
      });
    },
    beginLogin: async ({ platformId, state, nonce }) => {
      await db.platformLogin.deleteMany({ where: { at: { lt: new Date(Date.now() - LOGIN_KEPT_MS) } } });
      await db.platformLogin.create({ data: { platformId, stateHash: hashOf(state), nonce } });
    },
    endLogin: async (state, notBefore) => {
      const login = await db.platformLogin
        .delete({ where: { stateHash: hashOf(state) }, include: { platform: true } })
        .catch(() => null);
      if (!login || login.at < notBefore || login.platform.retiredAt !== null) return null;
      return { platform: platformOf(login.platform), nonce: login.nonce };
    },
    accountOf: async (platformId, subject) => {
      const row = await db.account.findUnique({
        where: { providerId_accountId: { providerId: providerOf(platformId), accountId: subject } },
        select: { userId: true },
      });
      return row?.userId ?? null;
    },
    connect: async ({ platformId, subject, userId, by }) => {
      const providerId = providerOf(platformId);
      await db.$transaction(async (tx) => {
        const { count } = await tx.account.createMany({
          data: [{ id: hashOf(`${providerId} ${subject}`), providerId, accountId: subject, userId }],
          skipDuplicates: true,
        });
        if (count === 0) {
          const there = await tx.account.findUnique({
            where: { providerId_accountId: { providerId, accountId: subject } },
          });
          if (there?.userId === userId) return;
          throw new InvalidRecordError('This person of the learning platform has another account here.');
        }
        await recordAudit(tx, {
          actorId: by,
          action: 'learning-platform-connected',
          objectType: 'user',
          objectId: userId,
          details: { platformId },
        });
      });
    },
  };
}

/** What `accounts` calls the platform. */
export function providerOf(platformId: string): string {
  return `lti-${platformId}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function platformOf(row: Row): LearningPlatform {
  const { id, name, issuer, clientId, authorizationUrl, tokenUrl, keysUrl, trustsEmail, at } = row;
  return { id, name, issuer, clientId, authorizationUrl, tokenUrl, keysUrl, trustsEmail, at };
}
