import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWK,
  type JWTPayload,
} from 'jose';
import { z } from 'zod';
import type { ApiOptions } from '../options.js';
import { OPTIONS, RECORDS } from '../storage/tokens.js';

const ALGORITHM = 'RS256';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PrivateKey = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

/**
 * The key pair by which learning platforms know this server: made when it is first asked for, kept in the records and
 * encrypted there with the server's secret, so that every API process has the same.
 */
@Injectable()
export class ToolKey {
  private readonly cipherKey: Buffer;
  private known: Promise<{ readonly id: string; readonly jwk: JWK }> | undefined;

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(OPTIONS) { secret }: Pick<ApiOptions, 'secret'>,
  ) {
    this.cipherKey = Buffer.from(hkdfSync('sha256', secret, '', 'tensormark key of the learning tool', 32));
  }

  /** What platforms check signatures by (RFC 7517). */
  async published(): Promise<{ readonly keys: readonly Readonly<Record<string, string>>[] }> {
    const { id, jwk } = await this.key();
    return { keys: [{ kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '', kid: id, alg: ALGORITHM, use: 'sig' }] };
  }

  async sign(payload: JWTPayload, lifetimeSeconds: number): Promise<string> {
    const { id, jwk } = await this.key();
    return new SignJWT(payload)
      .setProtectedHeader({ alg: ALGORITHM, kid: id, typ: 'JWT' })
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds} seconds`)
      .sign(await importJWK(jwk, ALGORITHM));
  }

  private key(): Promise<{ readonly id: string; readonly jwk: JWK }> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async read(): Promise<{ readonly id: string; readonly jwk: JWK }> {
    let [kept] = await this.records.toolKeys.list();
    if (kept === undefined) {
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
      const jwk = await exportJWK(privateKey);
      await this.records.toolKeys.first({
        id: await calculateJwkThumbprint(jwk),
        privateKey: this.encrypted(JSON.stringify(jwk)),
      });
      [kept] = await this.records.toolKeys.list();
    }
    if (kept === undefined) throw new Error('the key of the learning tool was not kept');
    return { id: kept.id, jwk: PrivateKey.parse(JSON.parse(this.decrypted(kept.privateKey))) };
  }

  private encrypted(text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.cipherKey, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Throws where the secret is another than it was. */
  private decrypted(text: string): string {
    const bytes = Buffer.from(text, 'base64');
    const cipher = createDecipheriv(CIPHER, this.cipherKey, bytes.subarray(0, IV_BYTES));
    cipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + cipher.final('utf8');
  }
}
