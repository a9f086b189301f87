import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface Claims {
  readonly sub: string;
  readonly email: string;
  readonly email_verified?: boolean;
  readonly name: string;
}

/** An OpenID Connect provider as the standard describes it: code flow, PKCE (S256), tokens signed with RS256. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who signs in next, without being asked; null refuses. */
  signsIn(who: Claims | null): void;
  /** Signs the next token with a key that is not published. */
  forgeNext(): void;
  close(): Promise<void>;
}

export const CLIENT = { clientId: 'tensormark', clientSecret: 'a secret between the two' };

interface Grant {
  readonly claims: Claims;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly redirect: string;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const keys = await generateKeyPair('RS256');
  const strangers = await generateKeyPair('RS256');
  const grants = new Map<string, Grant>();
  let who: Claims | null = null;
  let forged = false;
  let issuer = '';

  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    if (who === null) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomUUID();
      grants.set(code, {
        claims: who,
        challenge: query.get('code_challenge') ?? '',
        nonce: query.get('nonce'),
        redirect: query.get('redirect_uri') ?? '',
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  };

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await bodyOf(request));
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      grant === undefined ||
      grant.challenge !== challenge ||
      grant.redirect !== form.get('redirect_uri') ||
      form.get('client_secret') !== CLIENT.clientSecret
    ) {
      return json(response, 400, { error: 'invalid_grant' });
    }
    const idToken = await new SignJWT({ ...grant.claims, ...(grant.nonce && { nonce: grant.nonce }) })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience(CLIENT.clientId)
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(forged ? strangers.privateKey : keys.privateKey);
    forged = false;
    json(response, 200, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken,
    });
  };

  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    if (pathname === '/authorize') return authorize(searchParams, response);
    if (pathname === '/token') return void token(request, response);
    if (pathname === '/keys') {
      return void exportJWK(keys.publicKey).then((key) =>
        json(response, 200, { keys: [{ ...key, kid: 'one', alg: 'RS256', use: 'sig' }] }),
      );
    }
    if (pathname !== '/.well-known/openid-configuration') return json(response, 404, {});
    json(response, 200, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    signsIn: (claims) => {
      who = claims;
    },
    forgeNext: () => {
      forged = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function json(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}
