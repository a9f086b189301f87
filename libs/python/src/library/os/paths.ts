import type { NativeImplementation } from '../../native/functions.js';
import { defineModule } from '../../native/modules.js';
import { PyTuple } from '../../objects/containers.js';
import { PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { specialMethod } from '../../operations/attributes.js';
import { asString, rest } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';

/** The text of a path: a str, or what `__fspath__` says. */
export function pathText(rt: Runtime, value: PyValue): string {
  const method = value instanceof PyObject ? specialMethod(rt, value, '__fspath__') : undefined;
  if (method !== undefined) return asString(rt.call(method, []));
  if (typeof value !== 'string' && !(value instanceof PyObject))
    return rt.raise('TypeError', `expected str, bytes or os.PathLike object, not ${nameOf(rt, value)}`);
  return asString(value);
}

function nameOf(rt: Runtime, value: PyValue): string {
  return value === null ? 'NoneType' : rt.show(value);
}

/** `os.path.join` */
export function joinPaths(parts: readonly string[]): string {
  let path = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    if (part.startsWith('/')) path = part;
    else if (path === '' || path.endsWith('/')) path += part;
    else path += `/${part}`;
  }
  return path;
}

/** `os.path.split` */
function splitPath(path: string): [string, string] {
  const slash = path.lastIndexOf('/') + 1;
  const head = path.slice(0, slash);
  return [
    /^\/*$/.test(head) ? head : head.replace(/\/$/, '').replace(/(?<=[^/])\/+$/, ''),
    path.slice(slash),
  ];
}

/** `os.path.splitext` */
export function splitExtension(path: string): [string, string] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const leading = name.length - name.replace(/^\.+/, '').length;
  if (dot < leading) return [path, ''];
  const at = path.length - name.length + dot;
  return [path.slice(0, at), path.slice(at)];
}

/** `os.path.normpath` */
export function normalise(path: string): string {
  const root = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && parts.length === 0) || parts.at(-1) === '..') parts.push(part);
    else parts.pop();
  }
  return root + parts.join('/') || '.';
}

const asked = [
  'exists',
  'isfile',
  'isdir',
  'islink',
  'ismount',
  'getsize',
  'getmtime',
  'getctime',
  'samefile',
];

/** What the disk would have to be asked for. */
function unread(names: readonly string[], prefix: string): Record<string, NativeImplementation> {
  return Object.fromEntries(
    names.map((name) => [
      `${name}(*args, **kwargs)`,
      (rt: Runtime): PyValue => rt.unknown(`${prefix}.${name} asks the disk, which is not read`),
    ]),
  );
}

function absolute(rt: Runtime, value: PyValue): PyValue {
  const path = pathText(rt, value);
  return path.startsWith('/')
    ? normalise(path)
    : rt.unknown('the folder the program runs in is not known here');
}

const functions: Record<string, NativeImplementation> = {
  ...unread(asked, 'os.path'),
  'join(a, *p)': (rt, first, more) =>
    joinPaths([first ?? null, ...rest(more ?? null)].map((part) => pathText(rt, part))),
  'basename(p)': (rt, path) => splitPath(pathText(rt, path ?? null))[1],
  'dirname(p)': (rt, path) => splitPath(pathText(rt, path ?? null))[0],
  'split(p)': (rt, path) => new PyTuple(splitPath(pathText(rt, path ?? null))),
  'splitext(p)': (rt, path) => new PyTuple(splitExtension(pathText(rt, path ?? null))),
  'splitdrive(p)': (rt, path) => new PyTuple(['', pathText(rt, path ?? null)]),
  'normpath(path)': (rt, path) => normalise(pathText(rt, path ?? null)),
  'normcase(s)': (rt, path) => pathText(rt, path ?? null),
  'isabs(s)': (rt, path) => pathText(rt, path ?? null).startsWith('/'),
  'abspath(path)': (rt, path) => absolute(rt, path ?? null),
  'realpath(path, *, strict=False)': (rt, path) => absolute(rt, path ?? null),
  'relpath(path, start=None)': (rt) => rt.unknown('the folder the program runs in is not known here'),
  'expanduser(path)': (rt, path) => {
    const text = pathText(rt, path ?? null);
    return text.startsWith('~') ? rt.unknown('the home folder is not known here') : text;
  },
  'expandvars(path)': (rt, path) => {
    const text = pathText(rt, path ?? null);
    return text.includes('$') ? rt.unknown('the environment is not known here') : text;
  },
  'commonprefix(m)': (rt, list) => {
    const texts = toArray(rt, list ?? null).map((item) => pathText(rt, item));
    let prefix = texts[0] ?? '';
    for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
    return prefix;
  },
};

export const osPathModule = defineModule({
  name: 'os.path',
  missing: 'unknown',
  functions,
  values: { sep: '/', pathsep: ':', curdir: '.', pardir: '..', extsep: '.', altsep: null },
});
