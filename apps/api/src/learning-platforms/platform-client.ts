import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LearningPlatform } from '@tensormark/records';
import { z } from 'zod';
import { ToolKey } from './tool-key.js';

/** What a platform lets a tool do (AGS 2.0, section 3.1; NRPS 2.0, section 3.6.1.2). */
export const SCOPES = {
  lineItem: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  score: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  roster: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const;

/** What a platform answered that it should not have, or that it did not answer. Safe to show to an examiner. */
export class PlatformFault extends Error {}

export interface PlatformAnswer {
  readonly body: unknown;
  readonly headers: Headers;
}

const TIMEOUT_MS = 20_000;
const LARGEST_ANSWER = 8 * 1024 * 1024;
const ASSERTION_SECONDS = 300;
/** A token is not used in its last seconds. */
const MARGIN_MS = 30_000;
const Token = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(300),
});

/** Asks platforms on behalf of this server: tokens by client credentials (RFC 7523), then the services. */
@Injectable()
export class PlatformClient {
  private readonly tokens = new Map<string, { readonly token: string; readonly until: number }>();

  constructor(private readonly key: ToolKey) {}

  /** Throws PlatformFault. */
  async ask(
    platform: LearningPlatform,
    url: string,
    request: {
      readonly method: 'GET' | 'POST';
      readonly scope: string;
      readonly accept: string;
      readonly body?: { readonly mediaType: string; readonly content: unknown };
    },
  ): Promise<PlatformAnswer> {
    const token = await this.tokenFor(platform, request.scope);
    return answerOf(url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: request.accept,
        ...(request.body && { 'content-type': request.body.mediaType }),
      },
      ...(request.body && { body: JSON.stringify(request.body.content) }),
    });
  }

  private async tokenFor(platform: LearningPlatform, scope: string): Promise<string> {
    const known = this.tokens.get(`${platform.id} ${scope}`);
    if (known !== undefined && known.until > performance.now()) return known.token;
    const assertion = await this.key.sign(
      { iss: platform.clientId, sub: platform.clientId, aud: platform.tokenUrl, jti: randomUUID() },
      ASSERTION_SECONDS,
    );
    const { body } = await answerOf(platform.tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        scope,
      }).toString(),
    });
    const read = Token.safeParse(body);
    if (!read.success) throw new PlatformFault(`${hostOf(platform.tokenUrl)} gave no access token.`);
    const { access_token: token, expires_in: seconds } = read.data;
    const until = performance.now() + seconds * 1000 - MARGIN_MS;
    this.tokens.set(`${platform.id} ${scope}`, { token, until });
    return token;
  }
}

async function answerOf(url: string, init: RequestInit): Promise<PlatformAnswer> {
  if (!isSafe(url)) throw new PlatformFault(`${hostOf(url)} is not asked: its address is not https.`);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await textOf(response);
  } catch (error) {
    if (error instanceof PlatformFault) throw error;
    throw new PlatformFault(`${hostOf(url)} could not be reached.`, { cause: error });
  }
  if (!response.ok) throw new PlatformFault(`${hostOf(url)} answered ${response.status}.`);
  try {
    return { body: text === '' ? null : (JSON.parse(text) as unknown), headers: response.headers };
  } catch {
    throw new PlatformFault(`${hostOf(url)} answered what is not JSON.`);
  }
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > LARGEST_ANSWER) throw new PlatformFault(`${hostOf(response.url)} answered too much.`);
  }
  return text + decoder.decode();
}

/** Secrets and people's names go over https alone, except to a server on this machine. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function hostOf(url: string): string {
  return new URL(url).host;
}
