import { answered, api } from './client.js';
import type { AddedPerson, NewPerson, Person, Role } from './types.js';

export { people } from './schedule.js';

const of = (person: string) => ({ params: { path: { person } } });

export const addPerson = (body: NewPerson): Promise<AddedPerson> =>
  answered(api.POST('/api/v1/people', { body }));

export const setRole = (person: string, role: Role): Promise<Person> =>
  answered(api.PUT('/api/v1/people/{person}/role', { ...of(person), body: { role } }));

export const erasePerson = (person: string, body: { email: string; why: string }) =>
  answered(api.POST('/api/v1/people/{person}/erase', { ...of(person), body }));
