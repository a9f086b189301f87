import type { JsonValue } from '@tensormark/records';

/** A plain value as JSON: what is undefined is left out. Throws TypeError for what JSON cannot say. */
export function asJson(value: unknown): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(asJson);
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, asJson(each)]])),
      );
    default:
      throw new TypeError(`evidence holds ${typeof value}`);
  }
}
