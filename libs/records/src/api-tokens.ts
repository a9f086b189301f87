import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from './audit.js';
import { type Database, isForeignKeyViolation, isUuid } from './database.js';
import { NotFoundError } from './errors.js';
import type { ApiToken as Row } from './generated/prisma/client.js';
import { type User, userOf } from './user.js';

/** A token for programs. Only the SHA-256 of its 256 random bits is stored. */
export interface ApiToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface ApiTokens {
  /** `secret` is shown once and cannot be read again. Throws NotFoundError. */
  create(token: {
    readonly userId: string;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly expiresAt?: Date | null;
  }): Promise<{ token: ApiToken; secret: string }>;
  /** Whose token this is, or null when it is unknown, expired or revoked, or its user is banned. */
  verify(secret: string): Promise<{ token: ApiToken; user: User } | null>;
  list(userId: string): Promise<readonly ApiToken[]>;
  /** Throws NotFoundError unless the token is this user's. */
  revoke(tokenId: string, userId: string): Promise<ApiToken>;
}

/** Marks the secret as one of ours, for those who look for leaked ones. */
const PREFIX = 'tm_';

/** A use is noted at most once in this time, so that reading costs no writing. */
const NOTED_EVERY_MS = 60_000;

export function apiTokens(db: Database): ApiTokens {
  return {
    create: async ({ userId, name, scopes, expiresAt = null }) => {
      const secret = PREFIX + randomBytes(32).toString('base64url');
      try {
        return await db.$transaction(async (tx) => {
          const row = await tx.apiToken.create({
            data: { userId, name, scopes: [...scopes], expiresAt, secretHash: hashOf(secret) },
          });
          await recordAudit(tx, {
            actorId: userId,
            action: 'api-token-created',
            objectType: 'api-token',
            objectId: row.id,
            details: { name, scopes },
          });
          return { token: tokenOf(row), secret };
        });
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', userId);
        throw error;
      }
    },
    verify: async (secret) => {
      if (!secret.startsWith(PREFIX)) return null;
      const row = await db.apiToken.findUnique({
        where: { secretHash: hashOf(secret) },
        include: { user: true },
      });
      const now = new Date();
      if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now) || isBanned(row.user, now))
        return null;
      const noted = new Date(now.getTime() - NOTED_EVERY_MS);
      if (!row.lastUsedAt || row.lastUsedAt < noted) {
        await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
      }
      return { token: tokenOf(row), user: userOf(row.user) };
    },
    list: async (userId) => {
      const rows = await db.apiToken.findMany({ where: { userId }, orderBy: { createdAt: 'desc' } });
      return rows.map(tokenOf);
    },
    revoke: async (tokenId, userId) => {
      const row = isUuid(tokenId) ? await db.apiToken.findFirst({ where: { id: tokenId, userId } }) : null;
      if (!row) throw new NotFoundError('API token', tokenId);
      if (row.revokedAt) return tokenOf(row);
      return db.$transaction(async (tx) => {
        const revoked = await tx.apiToken.update({ where: { id: tokenId }, data: { revokedAt: new Date() } });
        await recordAudit(tx, {
          actorId: userId,
          action: 'api-token-revoked',
          objectType: 'api-token',
          objectId: tokenId,
        });
        return tokenOf(revoked);
      });
    },
  };
}

/** One round of SHA-256 suffices: the secret is 256 random bits, not a password somebody chose. */
function hashOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret, 'utf8').digest());
}

function isBanned(
  { banned, banExpires }: { banned: boolean | null; banExpires: Date | null },
  now: Date,
): boolean {
  return banned === true && (banExpires === null || banExpires > now);
}

function tokenOf({ id, userId, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }: Row): ApiToken {
  return { id, userId, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt };
}
