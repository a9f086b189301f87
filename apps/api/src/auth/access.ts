import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import { ROLES, type Role } from '@tensormark/records';
import { refusal } from '../http/contract.js';
import type { Scope } from './scopes.js';

/** Who may use a route. A route that does not say is refused to everyone. */
export type Access =
  | { readonly kind: 'anyone' }
  /** `scope: null` refuses API tokens: the route takes a session alone. */
  | { readonly kind: 'roles'; readonly roles: readonly Role[]; readonly scope: Scope | null };

export const ACCESS = 'tensormark:access';

export function OpenToAnyone(): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS, { kind: 'anyone' } satisfies Access);
}

export function OpenTo(roles: readonly Role[], scope: Scope | null): MethodDecorator & ClassDecorator {
  const access: Access = { kind: 'roles', roles, scope };
  return applyDecorators(
    SetMetadata(ACCESS, access),
    ApiCookieAuth(),
    ...(scope === null ? [] : [ApiBearerAuth()]),
    refusal(401, 'Not signed in'),
    ...(roles.length === ROLES.length && scope === null
      ? []
      : [refusal(403, 'Not open to this role or token')]),
    refusal(429, 'Too many requests'),
  );
}

export const EVERYBODY: readonly Role[] = ROLES;
export const STAFF: readonly Role[] = ['marker', 'examiner'];
