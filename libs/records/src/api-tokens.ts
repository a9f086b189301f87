import type { User } from './users.js';

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
