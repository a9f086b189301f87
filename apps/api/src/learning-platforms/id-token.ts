import { Injectable } from '@nestjs/common';
import type { LearningPlatform } from '@tensormark/records';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Claims, visitOf, type Visit } from './claims.js';

const LONGEST_AGE = '10 minutes';
const CLOCKS_APART_S = 60;
const TIMEOUT_MS = 10_000;

export type Verified =
  | { readonly kind: 'visit'; readonly visit: Visit }
  /** `why` is for the log and names nobody. */
  | { readonly kind: 'refused'; readonly why: string };

/** Reads the ID tokens of platforms, signed by their keys. */
@Injectable()
export class IdTokens {
  /** By address: the keys are fetched when they are first needed, and again for a key that is not among them. */
  private readonly keys = new Map<string, JWTVerifyGetKey>();

  /** Refused where it is not the platform's, not for us, too old, of another visit, or no visit to a place in a course. */
  async verify(token: string, platform: LearningPlatform, nonce: string): Promise<Verified> {
    try {
      const { payload } = await jwtVerify(token, this.keysOf(platform), {
        issuer: platform.issuer,
        audience: platform.clientId,
        algorithms: ['RS256'],
        maxTokenAge: LONGEST_AGE,
        clockTolerance: CLOCKS_APART_S,
        requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
      });
      const claims = Claims.parse(payload);
      if (claims.nonce !== nonce) return refused('its nonce is of another visit');
      if (claims.azp !== undefined && claims.azp !== platform.clientId)
        return refused('it is for another client');
      return { kind: 'visit', visit: visitOf(claims) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return refused(error.code);
      if (error instanceof z.ZodError)
        return refused(`it lacks ${error.issues.map(({ path }) => path.join('.')).join(', ')}`);
      return refused("the platform's keys could not be fetched");
    }
  }

  private keysOf({ keysUrl }: LearningPlatform): JWTVerifyGetKey {
    const known = this.keys.get(keysUrl);
    if (known !== undefined) return known;
    const keys = createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: TIMEOUT_MS });
    this.keys.set(keysUrl, keys);
    return keys;
  }
}

function refused(why: string): Verified {
  return { kind: 'refused', why };
}
