import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { raise } from '../objects/exceptions.js';
import { PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { asString, keywords, rest } from '../operations/conversion.js';
import { str } from '../operations/text.js';
import { getItem } from '../operations/subscripts.js';
import { contains } from '../operations/comparison.js';
import { keyError } from '../types/mappings.js';
import { capitalise } from '../text/case.js';
import { splitAtSpace } from '../text/split.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const WHITESPACE = ' \t\n\r\v\f';

class PyTemplate extends PyObject {
  template = '';
}

function substitute(
  rt: Runtime,
  template: string,
  mapping: PyValue | undefined,
  named: ReadonlyMap<string, PyValue>,
  safe: boolean,
): string {
  rt.step(template.length);
  return template.replaceAll(
    /\$(?:(\$)|([_a-z]\w*)|\{([_a-z]\w*)\})?/gi,
    (whole: string, escaped?: string, bare?: string, braced?: string, offset?: number) => {
      if (escaped !== undefined) return '$';
      const name = bare ?? braced;
      if (name === undefined) {
        if (safe) return whole;
        const before = template.slice(0, offset).split('\n');
        return raise(
          'ValueError',
          `Invalid placeholder in string: line ${before.length}, col ${(before.at(-1)?.length ?? 0) + 1}`,
        );
      }
      const own = named.get(name);
      if (own !== undefined) return str(rt, own);
      if (mapping !== undefined && rt.truth(contains(rt, mapping, name)))
        return str(rt, getItem(rt, mapping, name));
      return safe ? whole : keyError(name);
    },
  );
}

const templateClass = defineClass({
  name: 'Template',
  module: 'string',
  payload: PyTemplate,
  allocate: (cls) => new PyTemplate(cls),
  unfollowed: 'braceidpattern delimiter flags get_identifiers idpattern is_valid pattern',
  methods: {
    '__init__(template)': (_rt, self, template) => {
      self.template = asString(template);
      return null;
    },
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    'substitute(*args, **kwds)': (rt, self, args, kwds) =>
      substitute(rt, self.template, rest(args)[0], keywords(kwds), false),
    'safe_substitute(*args, **kwds)': (rt, self, args, kwds) =>
      substitute(rt, self.template, rest(args)[0], keywords(kwds), true),
  },
  properties: { template: (_rt, self) => self.template },
});

export const stringModule = defineModule({
  name: 'string',
  missing: 'unknown',
  classes: [templateClass],
  values: {
    ascii_lowercase: LOWER,
    ascii_uppercase: UPPER,
    ascii_letters: LOWER + UPPER,
    digits: DIGITS,
    hexdigits: `${DIGITS}abcdefABCDEF`,
    octdigits: '01234567',
    punctuation: PUNCTUATION,
    whitespace: WHITESPACE,
    printable: DIGITS + LOWER + UPPER + PUNCTUATION + WHITESPACE,
  },
  functions: {
    'capwords(s, sep=None)': (_rt, text, separator) => {
      const mark = separator === null || separator === undefined ? ' ' : asString(separator);
      const whole = asString(text ?? null);
      const words = separator === null ? splitAtSpace(whole, -1, false) : whole.split(mark);
      return words.map((word) => capitalise(word)).join(mark);
    },
  },
});
