import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

export const TOOL_CLIENT = 'tensormark-at-the-platform';
export const DEPLOYMENT = 'deployment-1';
const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
const ROLE = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';
export const LEARNER = `${ROLE}Learner`;
export const INSTRUCTOR = `${ROLE}Instructor`;

export interface Member {
  readonly user_id: string;
  readonly name: string;
  readonly email?: string;
  readonly roles: readonly string[];
  readonly status?: string;
}

/** A score as it came (AGS 2.0, section 3.4.1). */
export interface Score {
  readonly userId: string;
  readonly scoreGiven?: number;
  readonly scoreMaximum?: number;
  readonly activityProgress: string;
  readonly gradingProgress: string;
  readonly timestamp: string;
}

/** A learning platform as LTI 1.3, AGS 2.0 and NRPS 2.0 describe it, with one course. */
export interface Platform {
  readonly url: string;
  readonly registration: {
    readonly issuer: string;
    readonly clientId: string;
    readonly authorizationUrl: string;
    readonly tokenUrl: string;
    readonly keysUrl: string;
  };
  readonly scores: Score[];
  /** What its gradebook has, by user: a score without a mark clears the one before (AGS 2.0, section 3.4.5). */
  readonly gradebook: ReadonlyMap<string, number>;
  readonly members: Member[];
  /** Claims in place of the usual ones in the next word it gives, and whether a stranger signs it. */
  next: { readonly claims?: Readonly<Record<string, unknown>>; readonly forged?: boolean };
  /** Who is signed in there in a browser. */
  comes: Member | null;
  /** Answers the next so many scores with 503. */
  refuseScores: number;
  /** Its word for the member who has been sent with this address by the tool. */
  vouch(
    member: Member,
    authorization: string,
  ): Promise<{ readonly state: string; readonly id_token: string }>;
  close(): Promise<void>;
}

/** @param toolKeys where the tool publishes its keys */
export async function startLearningPlatform(toolKeys: () => string): Promise<Platform> {
  const keys = await generateKeyPair('RS256');
  const strangers = await generateKeyPair('RS256');
  const tokens = new Map<string, string>();
  const gradebook = new Map<string, number>();
  const assertions = new Set<string>();

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await bodyOf(request));
    const { payload } = await jwtVerify(
      form.get('client_assertion') ?? '',
      createRemoteJWKSet(new URL(toolKeys())),
      { issuer: TOOL_CLIENT, subject: TOOL_CLIENT, audience: platform.registration.tokenUrl },
    );
    if (payload.jti === undefined || assertions.has(payload.jti)) return json(response, 400, {});
    assertions.add(payload.jti);
    const access = randomUUID();
    tokens.set(access, form.get('scope') ?? '');
    json(response, 200, { access_token: access, token_type: 'Bearer', expires_in: 3600 });
  };
  const allows = (request: IncomingMessage, scope: string): boolean =>
    tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')?.endsWith(scope) === true;

  const roster = (request: IncomingMessage, response: ServerResponse, page: number): void => {
    if (!allows(request, 'contextmembership.readonly')) return json(response, 401, {});
    const next = `${platform.url}/course/members?page=${page + 1}`;
    json(
      response,
      200,
      { id: request.url, context: { id: 'c' }, members: platform.members.slice(page * 2, page * 2 + 2) },
      {
        ...(platform.members.length > page * 2 + 2 && { link: `<${next}>; rel="next"` }),
      },
    );
  };

  const score = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (!allows(request, 'scope/score')) return json(response, 401, {});
    if (platform.refuseScores > 0) {
      platform.refuseScores -= 1;
      return json(response, 503, {});
    }
    const said = JSON.parse(body) as Score;
    platform.scores.push(said);
    if (said.scoreGiven === undefined) gradebook.delete(said.userId);
    else gradebook.set(said.userId, said.scoreGiven);
    json(response, 200, {});
  };

  /** As a browser meets it: a form that sends itself to the tool. */
  const authorize = async (asked: string, response: ServerResponse): Promise<void> => {
    if (platform.comes === null) return json(response, 403, {});
    const word = await platform.vouch(platform.comes, `${url}${asked}`);
    const to = new URL(asked, url).searchParams.get('redirect_uri') ?? '';
    const fields = Object.entries(word).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
    );
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<form method="post" action="${to}">${fields.join('')}</form><script>document.forms[0].submit()</script>`,
      );
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform');
    if (pathname === '/authorize') return void authorize(request.url ?? '', response);
    if (pathname === '/token') return void token(request, response).catch(() => json(response, 400, {}));
    if (pathname === '/keys')
      return void exportJWK(keys.publicKey).then((key) =>
        json(response, 200, { keys: [{ ...key, kid: 'one', alg: 'RS256', use: 'sig' }] }),
      );
    if (pathname === '/course/members')
      return roster(request, response, Number(searchParams.get('page') ?? 0));
    if (pathname === '/course/items/7/scores' && searchParams.get('type') === 'exam')
      return void score(request, response);
    if (pathname === '/course/items' && request.method === 'POST')
      return allows(request, 'scope/lineitem')
        ? json(response, 201, { id: `${platform.url}/course/items/7?type=exam` })
        : json(response, 401, {});
    json(response, 404, {});
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const platform: Platform = {
    url,
    registration: {
      issuer: url,
      clientId: TOOL_CLIENT,
      authorizationUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
      keysUrl: `${url}/keys`,
    },
    scores: [],
    gradebook,
    members: [],
    next: {},
    comes: null,
    refuseScores: 0,
    vouch: async ({ user_id: sub, name, email, roles }, authorization) => {
      const asked = new URL(authorization).searchParams;
      const { claims = {}, forged = false } = platform.next;
      platform.next = {};
      const now = Math.floor(Date.now() / 1000);
      const idToken = await new SignJWT({
        iss: url,
        aud: TOOL_CLIENT,
        iat: now,
        exp: now + 300,
        sub,
        name,
        ...(email !== undefined && { email }),
        nonce: asked.get('nonce'),
        [`${LTI}message_type`]: 'LtiResourceLinkRequest',
        [`${LTI}version`]: '1.3.0',
        [`${LTI}deployment_id`]: DEPLOYMENT,
        [`${LTI}target_link_uri`]: asked.get('redirect_uri'),
        [`${LTI}resource_link`]: { id: 'link-1', title: 'Final exam' },
        [`${LTI}context`]: { id: 'c', title: 'Deep Learning 101' },
        [`${LTI}roles`]: roles,
        'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
          scope: [],
          lineitems: `${url}/course/items`,
        },
        'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
          context_memberships_url: `${url}/course/members`,
          service_versions: ['2.0'],
        },
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(forged ? strangers.privateKey : keys.privateKey);
      return { state: asked.get('state') ?? '', id_token: idToken };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return platform;
}

function json(
  response: ServerResponse,
  status: number,
  content: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}
