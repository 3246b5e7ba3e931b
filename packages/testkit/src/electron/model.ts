// Makes the parts of the double: what is modelled answers, everything else throws by its name, so that no test
// passes because something silently did nothing.
import { EventEmitter } from 'node:events';

const WHERE = 'is not modelled by the double (packages/testkit/src/electron/README.md)';

/** Events by the name of their part; a test compares them with electron.d.ts. */
export const EVENTS = new Map<string, readonly string[]>();

/** Before the first part of its kind is made, so that they are known without one. */
export function eventsOf(name: string, events: readonly string[]): readonly string[] {
  EVENTS.set(name, events);
  return events;
}

export function notModelled(member: string): Error {
  return new Error(`electron: ${member} ${WHERE}.`);
}

/**
 * An object of Electron's API.
 * @param members checked against electron.d.ts by the type argument: the double cannot invent a member
 * @param events the names that may be listened to; listening to any other throws
 */
export function part<T extends object>(
  name: string,
  members: NoInfer<Partial<T>>,
  events: readonly string[] = [],
): T {
  const known = new Set(eventsOf(name, events));
  const emitter = new EventEmitter();
  const made: T = new Proxy(members, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key);
      if (events.length > 0 && key in emitter) return method(emitter, key, known, name, () => made);
      // What the language itself asks of any object: symbols, and whether it is a promise.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      throw notModelled(`${name}.${key}`);
    },
    has: (target, key) => key in target || (events.length > 0 && key in emitter),
    set(target, key, value) {
      if (typeof key === 'string' && !(key in target)) throw notModelled(`${name}.${key} = …`);
      return Reflect.set(target, key, value);
    },
  }) as T;
  return made;
}

const LISTENS = new Set<PropertyKey>(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

function method(
  emitter: EventEmitter,
  key: PropertyKey,
  known: ReadonlySet<string>,
  name: string,
  made: () => object,
): unknown {
  const member: unknown = Reflect.get(emitter, key);
  if (typeof member !== 'function') return member;
  return (...args: unknown[]) => {
    const event = String(args[0]);
    if (LISTENS.has(key) && event !== 'newListener' && !known.has(event))
      throw notModelled(`${name}'s event "${event}"`);
    const answer: unknown = Reflect.apply(member, emitter, args);
    return answer === emitter ? made() : answer;
  };
}

/**
 * A class of Electron's API.
 * @param statics its static members, checked like those of a part
 */
export function partClass<C extends abstract new (...args: never[]) => object>(
  name: string,
  construct: (...args: ConstructorParameters<C>) => InstanceType<C>,
  statics: NoInfer<Partial<C>> = {},
): C {
  function Part(): void {}
  return new Proxy(Part, {
    construct: (_target, args) => construct(...(args as ConstructorParameters<C>)),
    get(target, key) {
      if (key in statics) return Reflect.get(statics, key);
      if (key === 'prototype' || key === 'name' || typeof key === 'symbol') return Reflect.get(target, key);
      throw notModelled(`${name}.${key}`);
    },
  }) as unknown as C;
}

/** An event that its listeners may prevent. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(facts: T): T & PreventableEvent {
  let prevented = false;
  return Object.defineProperties(facts, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: {
      value: () => {
        prevented = true;
      },
    },
  }) as T & PreventableEvent;
}
