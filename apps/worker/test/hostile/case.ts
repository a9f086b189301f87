import type { RefusalReason } from '@tensormark/documents';

/** A file that was made to do harm, or does it by accident, and what has to come of it. */
export interface HostileCase {
  readonly name: string;
  readonly make: () => Uint8Array;
  readonly comes:
    | {
        /** One of these; which one may depend on how fast the machine is. */
        readonly refused: readonly RefusalReason[];
        /** What its owner is told to do. */
        readonly says: RegExp;
      }
    | {
        /** All of what an honest reader would find in it. */
        readonly read: RegExp;
        /** What a person is told of it, where something was left out. */
        readonly doubted?: RegExp;
      };
}

export const MEBIBYTE = 1024 * 1024;

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
