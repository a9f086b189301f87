import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';

/** Letters and digits that are not mistaken for each other. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/**
 * Gives each student of an exam a pseudonym such as `C-7F3A-K2QD`: the same for as long as the secret is, different in
 * each exam, and not to be worked out from who they are without the secret.
 */
@Injectable()
export class Candidates {
  private readonly key: Buffer;

  constructor(@Inject(OPTIONS) { secret }: Pick<ApiOptions, 'secret'>) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'tensormark candidate pseudonyms', 32));
  }

  pseudonym(examId: string, studentId: string): string {
    const digest = createHmac('sha256', this.key)
      .update(JSON.stringify([examId, studentId]))
      .digest();
    const letters = [...digest.subarray(0, LENGTH)]
      .map((byte) => ALPHABET.charAt(byte % ALPHABET.length))
      .join('');
    return `C-${letters.slice(0, 4)}-${letters.slice(4)}`;
  }
}
