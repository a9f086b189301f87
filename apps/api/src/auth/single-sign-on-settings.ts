import { z } from 'zod';
import type { SingleSignOn } from './single-sign-on.js';

const yesOrNo = z.enum(['true', 'false'], 'expected true or false').transform((word) => word === 'true');

const Settings = z.object({
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: "expected the provider's address, https://…" }),
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  OIDC_NAME: z.string().min(1).max(60).default('your university'),
  OIDC_NEW_STUDENTS: yesOrNo.default(false),
  OIDC_TRUST_EMAIL: yesOrNo.default(false),
});

/** Settings of single sign-on that cannot be used, named one by one and never with their values. */
export class UnusableSingleSignOn extends Error {}

/** The provider that the environment names; undefined where it names none. Throws UnusableSingleSignOn. */
export function singleSignOnIn(
  environment: Readonly<Record<string, string | undefined>>,
): SingleSignOn | undefined {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name.startsWith('OIDC_') && value !== ''),
  );
  if (Object.keys(given).length === 0) return undefined;
  const read = Settings.safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `  ${path.map(String).join('.')}: ${message}`);
    throw new UnusableSingleSignOn(
      `The environment has settings of single sign-on that cannot be used:\n${wrong.join('\n')}`,
    );
  }
  const { data } = read;
  return {
    issuer: data.OIDC_ISSUER,
    clientId: data.OIDC_CLIENT_ID,
    clientSecret: data.OIDC_CLIENT_SECRET,
    name: data.OIDC_NAME,
    newStudents: data.OIDC_NEW_STUDENTS,
    trustsEmail: data.OIDC_TRUST_EMAIL,
  };
}
