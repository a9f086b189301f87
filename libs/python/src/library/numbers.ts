import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { floatClass, intClass, NOT_IMPLEMENTED } from '../objects/classes.js';
import { PyClass, PyObject } from '../objects/object.js';
import { abcMetaClass } from './abc.js';

/** One level of the numeric tower; the built-in numbers that belong to it count as its subclasses. */
function level(name: string, base: PyClass | undefined, members: readonly PyClass[]): PyClass {
  const cls: PyClass = defineClass({
    name,
    module: 'numbers',
    metaclass: abcMetaClass,
    ...(base === undefined ? {} : { bases: [base] }),
    payload: PyObject,
    classMethods: {
      '__subclasshook__(subclass)': (_rt, asked, other) =>
        asked === cls && other instanceof PyClass && members.some((member) => other.isSubclassOf(member))
          ? true
          : NOT_IMPLEMENTED,
    },
  });
  return cls;
}

const number = level('Number', undefined, [intClass, floatClass]);
const complex = level('Complex', number, [intClass, floatClass]);
const real = level('Real', complex, [intClass, floatClass]);
const rational = level('Rational', real, [intClass]);
const integral = level('Integral', rational, [intClass]);

export const numbersModule = defineModule({
  name: 'numbers',
  classes: [number, complex, real, rational, integral],
});
