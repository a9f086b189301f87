import { genericOAuth, type GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';

/** An OpenID Connect provider, such as a university's, by which people sign in. */
export interface SingleSignOn {
  /** Its address, under which `/.well-known/openid-configuration` is. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says after "Sign in with". */
  readonly name: string;
  /** Whether somebody who has no account here becomes a student by signing in; by default an examiner makes accounts. */
  readonly newStudents?: boolean;
  /** Whether its e-mail addresses are believed where it does not say that it has verified them. */
  readonly trustsEmail?: boolean;
}

/** The provider's name in addresses and in the records of accounts; never changes. */
export const PROVIDER = 'single-sign-on';

/**
 * Signing in by OpenID Connect: code flow with PKCE, ID tokens verified by the provider's keys. An account is found by its
 * e-mail address the first time, and by the provider's own name for the person from then on.
 */
export function singleSignOn({ issuer, clientId, clientSecret, name, newStudents = false }: SingleSignOn) {
  const provider: GenericOAuthConfig = {
    providerId: PROVIDER,
    name,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    clientId,
    clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    disableSignUp: !newStudents,
  };
  return genericOAuth({ config: [provider] });
}
