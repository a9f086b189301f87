import type { Arrival } from '@tensormark/records';
import { z } from 'zod';

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
const Url = z.url({ protocol: /^https?$/ }).max(2000);
const Name = z.string().max(255);

/**
 * What the ID token of a visit says (LTI 1.3 core, section 5.3; AGS 2.0, section 3.1; NRPS 2.0, section 3.6.1.1). Only what is
 * used is read.
 */
export const Claims = z.object({
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  azp: z.string().optional(),
  name: Name.optional(),
  given_name: Name.optional(),
  family_name: Name.optional(),
  email: z.email().max(254).optional(),
  [`${LTI}message_type`]: z.literal('LtiResourceLinkRequest'),
  [`${LTI}version`]: z.literal('1.3.0'),
  [`${LTI}deployment_id`]: z.string().min(1).max(255),
  [`${LTI}resource_link`]: z.object({ id: z.string().min(1).max(255), title: z.string().optional() }),
  [`${LTI}roles`]: z.array(z.string()).max(100),
  [`${LTI}context`]: z
    .object({ id: z.string(), label: z.string().optional(), title: z.string().optional() })
    .optional(),
  'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': z
    .object({ scope: z.array(z.string()).default([]), lineitems: Url.optional(), lineitem: Url.optional() })
    .optional(),
  'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': z
    .object({ context_memberships_url: Url })
    .optional(),
});

/** A visit in our own words. */
export interface Visit {
  /** What the platform calls the person. */
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  /** Whether they teach in the course: they do not become students here. */
  readonly teaches: boolean;
  readonly place: Omit<Arrival, 'platformId'>;
}

export function visitOf(claims: z.infer<typeof Claims>): Visit {
  const context = claims[`${LTI}context`];
  const link = claims[`${LTI}resource_link`];
  const grades = claims['https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'];
  return {
    subject: claims.sub,
    name: nameOf(claims),
    email: claims.email?.toLowerCase() ?? null,
    teaches: claims[`${LTI}roles`].some(teaches),
    place: {
      deploymentId: claims[`${LTI}deployment_id`],
      resourceLinkId: link.id,
      course: inShort(context?.title ?? context?.label ?? 'A course'),
      title: inShort(link.title ?? 'Exam'),
      lineItemUrl: grades?.lineitem ?? null,
      lineItemsUrl: grades?.lineitems ?? null,
      membershipsUrl:
        claims['https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice']?.context_memberships_url ??
        null,
    },
  };
}

/** Whoever is not plainly a learner: a wrong guess this way asks for a sign-in, the other way makes a student of a teacher. */
export function teaches(role: string): boolean {
  return (
    /[#/](Instructor|ContentDeveloper|Administrator|Mentor|Manager|Officer|Faculty|Staff|TeachingAssistant|SysAdmin|AccountAdmin)$/.test(
      role,
    ) || role === 'Instructor'
  );
}

export function nameOf(person: {
  readonly name?: string | undefined;
  readonly given_name?: string | undefined;
  readonly family_name?: string | undefined;
}): string | null {
  const whole = person.name ?? [person.given_name, person.family_name].filter(Boolean).join(' ');
  return whole.trim() === '' ? null : whole.trim();
}

const LONGEST_TITLE = 200;
function inShort(title: string): string {
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1)}…`;
}
