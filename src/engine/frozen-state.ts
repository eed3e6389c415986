// A state as bytes and back: the whole graph of objects, each once, with its classes. V8's own serialisation keeps maps,
// sets, typed arrays and which objects are the same one; it forgets classes, so those are listed beside, by their place in
// a walk through the graph that is the same before and after. It must not know what any of it means.

import { deserialize, serialize } from 'node:v8';
import { assert } from '../core/assert.ts';
import type { State } from '../core/state.ts';
import { STATE_CLASSES } from '../core/state-classes.ts';

type ClassName = keyof typeof STATE_CLASSES;
type Frozen = {
  readonly state: State;
  /** Plain data of those who fold facts beside the state. */
  readonly beside: unknown;
  /** The nth object of the walk is of this class; those not named are plain. */
  readonly classes: readonly (readonly [n: number, name: ClassName])[];
};

const names = new Map<unknown, ClassName>(
  Object.entries(STATE_CLASSES).map(([name, known]) => [known.prototype, name as ClassName]),
);

export function freeze(state: State, beside: unknown = null): Uint8Array {
  const classes: (readonly [number, ClassName])[] = [];
  walk(state, (object, n) => {
    if (isPlain(object)) return;
    const name = names.get(Object.getPrototypeOf(object));
    assert(name !== undefined, `${object.constructor.name} is in the state and not in STATE_CLASSES`);
    classes.push([n, name]);
  });
  return serialize({ state, beside, classes } satisfies Frozen);
}

export function thaw(bytes: Uint8Array): { readonly state: State; readonly beside: unknown } {
  const { state, beside, classes } = deserialize(bytes) as Frozen;
  let next = 0;
  walk(state, (object, n) => {
    const known = classes[next];
    if (known?.[0] !== n) return;
    Object.setPrototypeOf(object, STATE_CLASSES[known[1]].prototype);
    next += 1;
  });
  assert(next === classes.length, 'a state that was frozen has the same walk when it is thawed');
  return { state, beside };
}

function isPlain(object: object): boolean {
  if (object instanceof Map || object instanceof Set || Array.isArray(object)) return true;
  return ArrayBuffer.isView(object) || Object.getPrototypeOf(object) === Object.prototype;
}

/** Every object that can be reached, each once, in an order that depends on the graph alone. */
function walk(start: object, visit: (object: object, n: number) => void): void {
  const seen = new Set<object>();
  const ahead: object[] = [start];
  const look = (value: unknown): void => {
    assert(typeof value !== 'function', 'a state is data');
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    ahead.push(value);
  };
  seen.add(start);
  for (let object = ahead.pop(), n = 0; object !== undefined; object = ahead.pop(), n += 1) {
    visit(object, n);
    if (ArrayBuffer.isView(object)) continue;
    if (object instanceof Map) {
      for (const [key, value] of object) {
        look(key);
        look(value);
      }
    } else if (object instanceof Set) for (const value of object) look(value);
    else for (const value of Object.values(object)) look(value);
  }
}
