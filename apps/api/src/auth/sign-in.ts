import { authDatabase, type Records } from '@tensormark/records';
import { betterAuth } from 'better-auth';
import { admin } from 'better-auth/plugins/admin';
import { createAccessControl } from 'better-auth/plugins/access';
import { defaultStatements } from 'better-auth/plugins/admin/access';
import type { Limits } from '../http/limits.js';
import { arrivals } from './arrivals.js';
import { isPassword } from './passwords.js';
import { PROVIDER, singleSignOn, type SingleSignOn } from './single-sign-on.js';

export const SIGN_IN = Symbol('sign-in');
export const AUTH_PATH = '/api/auth';
/** Carries the client's address to better-auth; only ever set by us. */
export const ADDRESS_HEADER = 'x-tensormark-client-address';
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

export interface SignInOptions {
  readonly records: Records;
  readonly secret: string;
  readonly baseUrl: string;
  /** Undefined where the address people use is not known: then a page's origin must be the host that was asked. */
  readonly trustedOrigins: readonly string[] | undefined;
  readonly limits: Limits;
  readonly singleSignOn: SingleSignOn | undefined;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

export type SignIn = ReturnType<typeof openSignIn>;

/**
 * Passwords, sessions and roles, by better-auth. Nobody signs up by themselves; the roles mean nothing to better-auth's
 * own administration, none of whose addresses is served.
 */
export function openSignIn(options: SignInOptions) {
  const { records, secret, baseUrl, trustedOrigins, limits, log } = options;
  const access = createAccessControl(defaultStatements);
  const noPowers = access.newRole({ user: [], session: [] });
  return betterAuth({
    appName: 'Tensormark',
    baseURL: baseUrl,
    basePath: AUTH_PATH,
    secret,
    database: authDatabase(records),
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log(level, message) },
    trustedOrigins: (request) =>
      trustedOrigins === undefined
        ? request === undefined
          ? []
          : [new URL(request.url).origin]
        : [...trustedOrigins],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { verify: isPassword },
    },
    user: {
      additionalFields: { studentNumber: { type: 'string', required: false, input: false } },
    },
    account: {
      encryptOAuthTokens: true,
      accountLinking: {
        enabled: true,
        trustedProviders: options.singleSignOn?.trustsEmail === true ? [PROVIDER] : [],
        // Accounts here are made by examiners: nobody can have put another's address into one.
        requireLocalEmailVerified: false,
      },
    },
    databaseHooks: {
      session: {
        create: {
          after: async ({ userId }) => {
            await records.audit.record({
              actorId: userId,
              action: 'signed-in',
              objectType: 'user',
              objectId: userId,
            });
          },
        },
      },
    },
    plugins: [
      admin({
        defaultRole: 'student',
        ac: access,
        roles: { student: noPowers, marker: noPowers, examiner: noPowers },
        adminRoles: ['examiner'],
      }),
      arrivals(),
      ...(options.singleSignOn === undefined ? [] : [singleSignOn(options.singleSignOn)]),
    ],
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: limits.requestsPerMinute,
      customRules: Object.fromEntries(
        ['/sign-in/email', '/sign-in/social'].map((path) => [
          path,
          { window: 60, max: limits.signInsPerAddress },
        ]),
      ),
    },
    advanced: {
      cookiePrefix: 'tensormark',
      useSecureCookies: baseUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });
}
