import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';

/** Somebody a platform has vouched for and whose account here is not known. */
const Vouched = z.object({
  platformId: z.string(),
  subject: z.string(),
  name: z.string().nullable(),
  linkId: z.string(),
});
export type Vouched = z.infer<typeof Vouched>;

export const CONNECTION_COOKIE = 'tensormark.platform-connection';
export const CONNECTION_SECONDS = 15 * 60;
const CIPHER = { alg: 'dir', enc: 'A256GCM' } as const;

/**
 * Carries whom a platform has vouched for through their signing in. Sealed and kept in their own browser: nobody can make
 * another connect a stranger's name with their account.
 */
@Injectable()
export class ConnectionCookie {
  private readonly key: Uint8Array;

  constructor(@Inject(OPTIONS) { secret }: Pick<ApiOptions, 'secret'>) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'tensormark platform connections', 32));
  }

  seal(vouched: Vouched): Promise<string> {
    return new EncryptJWT({ ...vouched })
      .setProtectedHeader(CIPHER)
      .setIssuedAt()
      .setExpirationTime(`${CONNECTION_SECONDS} seconds`)
      .encrypt(this.key);
  }

  /** Null where there is none, or it is too old, or not ours. */
  async open(cookie: string | undefined): Promise<Vouched | null> {
    if (cookie === undefined) return null;
    try {
      const { payload } = await jwtDecrypt(cookie, this.key, {
        keyManagementAlgorithms: [CIPHER.alg],
        contentEncryptionAlgorithms: [CIPHER.enc],
      });
      return Vouched.parse(payload);
    } catch {
      return null;
    }
  }
}
