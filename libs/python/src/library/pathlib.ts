import { defineClass } from '../native/classes.js';
import type { MethodDefinition } from '../native/classes.js';
import { rawFunction } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import { NOT_IMPLEMENTED } from '../objects/classes.js';
import { PyStaticMethod } from '../objects/callables.js';
import { PyList, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { HashedKey, KeyedByValue } from '../objects/keys.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { asString, rest } from '../operations/conversion.js';
import { hashOf } from '../operations/hash.js';
import { repr } from '../operations/text.js';
import { compareText } from '../text/code-points.js';
import { pathText } from './os/paths.js';

/** A path as its root and its parts; nothing on a disk is ever asked. */
class PyPath extends PyObject implements KeyedByValue {
  root = '';
  parts: readonly string[] = [];

  get text(): string {
    return this.root + this.parts.join('/') || '.';
  }

  get name(): string {
    return this.parts.at(-1) ?? '';
  }

  /** Where the suffix of the name begins; its length if it has none. */
  get dot(): number {
    const { name } = this;
    const at = name.lastIndexOf('.');
    return at > 0 && at < name.length - 1 ? at : name.length;
  }

  encodeKey(): HashedKey {
    return { key: `\0p${this.text}`, exact: true };
  }

  with(root: string, parts: readonly string[]): PyPath {
    const path = new PyPath(this.cls);
    path.root = root;
    path.parts = parts;
    return path;
  }

  withName(name: string): PyPath {
    if (this.name === '') return raise('ValueError', `${this.cls.name}('${this.text}') has an empty name`);
    return this.with(this.root, [...this.parts.slice(0, -1), name]);
  }
}

function assign(rt: Runtime, self: PyPath, segments: readonly PyValue[]): void {
  for (const segment of segments) {
    const text = segment instanceof PyPath ? segment.text : pathText(rt, segment);
    if (text.startsWith('/')) {
      self.root = text.startsWith('//') && !text.startsWith('///') ? '//' : '/';
      self.parts = [];
    }
    self.parts = [...self.parts, ...text.split('/').filter((part) => part !== '' && part !== '.')];
  }
}

function joined(rt: Runtime, self: PyPath, segments: readonly PyValue[]): PyPath {
  const path = self.with(self.root, self.parts);
  assign(rt, path, segments);
  return path;
}

function isPathLike(value: PyValue): boolean {
  return typeof value === 'string' || value instanceof PyPath;
}

const ASKED = [
  'exists',
  'is_file',
  'is_dir',
  'is_symlink',
  'stat',
  'iterdir',
  'glob',
  'rglob',
  'read_text',
  'read_bytes',
  'resolve',
  'absolute',
  'expanduser',
  'relative_to',
  'owner',
  'samefile',
  'match',
];
const REFUSED = [
  'mkdir',
  'rmdir',
  'unlink',
  'touch',
  'rename',
  'replace',
  'write_text',
  'write_bytes',
  'chmod',
];

function table(
  names: readonly string[],
  body: (name: string) => MethodDefinition<PyPath>,
): Record<string, MethodDefinition<PyPath>> {
  return Object.fromEntries(names.map((name) => [`${name}(*args, **kwargs)`, body(name)]));
}

function ordering(holds: (sign: number) => boolean): MethodDefinition<PyPath> {
  return (_rt, self, other) =>
    other instanceof PyPath ? holds(compareText(self.text, other.text)) : NOT_IMPLEMENTED;
}

const purePathClass: PyClass = defineClass({
  name: 'PurePath',
  unfollowed: 'as_uri full_match is_relative_to is_reserved match relative_to',
  module: 'pathlib',
  payload: PyPath,
  allocate: (cls) => new PyPath(cls),
  methods: {
    '__init__(*args, **kwargs)': (rt, self, segments) => {
      assign(rt, self, rest(segments));
      return null;
    },
    '__str__()': (_rt, self) => self.text,
    '__fspath__()': (_rt, self) => self.text,
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    '__repr__()': (rt, self) => `${self.cls.name}(${repr(rt, self.text)})`,
    '__truediv__(other)': (rt, self, other) =>
      isPathLike(other) ? joined(rt, self, [other]) : NOT_IMPLEMENTED,
    '__rtruediv__(other)': (rt, self, other) =>
      typeof other === 'string' ? joined(rt, self.with('', []), [other, self]) : NOT_IMPLEMENTED,
    '__eq__(other)': (_rt, self, other) =>
      other instanceof PyPath ? self.text === other.text : NOT_IMPLEMENTED,
    '__hash__()': (rt, self) => hashOf(rt, self.text),
    '__lt__(other)': ordering((sign) => sign < 0),
    '__le__(other)': ordering((sign) => sign <= 0),
    '__gt__(other)': ordering((sign) => sign > 0),
    '__ge__(other)': ordering((sign) => sign >= 0),
    'joinpath(*other)': (rt, self, segments) => joined(rt, self, rest(segments)),
    'with_name(name)': (_rt, self, name) => self.withName(asString(name)),
    'with_stem(stem)': (_rt, self, stem) => self.withName(asString(stem) + self.name.slice(self.dot)),
    'with_suffix(suffix)': (rt, self, suffix) => {
      const text = asString(suffix);
      if (text !== '' && (!text.startsWith('.') || text === '.' || text.includes('/')))
        return rt.raise('ValueError', `Invalid suffix ${repr(rt, text)}`);
      return self.withName(self.name.slice(0, self.dot) + text);
    },
    'as_posix()': (_rt, self) => self.text,
    'is_absolute()': (_rt, self) => self.root !== '',
  },
  properties: {
    name: (_rt, self) => self.name,
    stem: (_rt, self) => self.name.slice(0, self.dot),
    suffix: (_rt, self) => self.name.slice(self.dot),
    suffixes: (_rt, self) => {
      const pieces = self.name.replace(/^\.+/, '').split('.').slice(1);
      return new PyList(self.name.endsWith('.') ? [] : pieces.map((piece) => `.${piece}`));
    },
    parent: (_rt, self) => self.with(self.root, self.parts.slice(0, -1)),
    parents: (rt, self) =>
      // `__file__` is a bare name here, and a whole path where it is run.
      self.root === '' && self.text.endsWith('.py')
        ? rt.unknown('where the program lies is not known here')
        : new PyTuple(
            self.parts.map((_part, index) =>
              self.with(self.root, self.parts.slice(0, self.parts.length - index - 1)),
            ),
          ),
    parts: (_rt, self) => new PyTuple(self.root === '' ? self.parts : [self.root, ...self.parts]),
    root: (_rt, self) => self.root,
    anchor: (_rt, self) => self.root,
    drive: () => '',
  },
});

const pathClass: PyClass = defineClass({
  name: 'Path',
  unfollowed:
    'group hardlink_to is_block_device is_char_device is_fifo is_junction is_mount is_socket lchmod ' +
    'link_to lstat readlink symlink_to walk',
  module: 'pathlib',
  bases: [purePathClass],
  payload: PyPath,
  unknowns: 'accept',
  methods: {
    ...table(ASKED, (name) => (rt) => rt.unknown(`Path.${name} asks the disk, which is not read`)),
    ...table(REFUSED, (name) => (rt) => {
      rt.note('refused', `Path.${name} does nothing when code is read`);
      return null;
    }),
    'open(*args, **kwargs)': (rt) => {
      rt.note('refused', 'files are not opened');
      return rt.unknown('files are not opened when code is read');
    },
  },
  classMethods: {
    'cwd()': (rt) => rt.unknown('the folder the program runs in is not known here'),
    'home()': (rt) => rt.unknown('the home folder is not known here'),
  },
});

/** `Path(...)` makes paths of the machine's own kind, which here is POSIX. */
function posix(name: string, base: PyClass, bases: readonly PyClass[]): PyClass {
  const cls = defineClass({ name, module: 'pathlib', bases, payload: PyPath });
  base.define(
    '__new__',
    new PyStaticMethod(
      rawFunction('__new__', (_rt, [given, ...segments]) => {
        const open = segments.find((segment) => segment instanceof PyUnknown);
        if (open !== undefined) return open;
        const asked = given instanceof PyClass && given !== base ? given : cls;
        return asked.allocate(asked);
      }),
    ),
  );
  return cls;
}

const purePosixPathClass = posix('PurePosixPath', purePathClass, [purePathClass]);
const posixPathClass = posix('PosixPath', pathClass, [pathClass, purePosixPathClass]);

export const pathlibModule = defineModule({
  name: 'pathlib',
  missing: 'unknown',
  classes: [purePathClass, pathClass, purePosixPathClass, posixPathClass],
});
