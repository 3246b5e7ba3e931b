// The double of Electron: that it invents no event, says what it does not model, and that its codec, ports and
// addresses keep what is given to them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { fromChromium, originOf, toChromium } from '../../src/electron/addresses.ts';
import { EVENTS, part } from '../../src/electron/model.ts';
import '../../src/electron/electron.ts';
import { createCodec } from '../../src/electron/page/codec.ts';
import { createChannel, createWires, type Wires } from '../../src/electron/ports.ts';

const TYPES = readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8');

/** The declaration of a class or interface, up to the next one. */
function declarationOf(name: string): string {
  const [first = ''] = name.split('.').slice(-1);
  const shown = first.charAt(0).toUpperCase() + first.slice(1);
  const start = TYPES.search(new RegExp(`^  (class|interface) ${shown}( extends [\\w.]+)? \\{`, 'm'));
  const end = TYPES.indexOf('\n  }', start);
  return start < 0 ? '' : TYPES.slice(start, end);
}

describe('the double', () => {
  it('knows no event that Electron does not have', () => {
    const invented = [...EVENTS].flatMap(([name, events]) =>
      [...events]
        .filter((event) => {
          const places = name === 'BrowserWindow' ? ['BrowserWindow', 'BaseWindow'] : [name];
          return !places.some((place) => declarationOf(place).includes(`event: '${event}'`));
        })
        .map((event) => `${name}: ${event}`),
    );
    expect(EVENTS.size).toBeGreaterThan(10);
    expect(invented).toEqual([]);
  });

  it('throws by name for what it does not model', () => {
    const app = part<Electron.App>('app', { getVersion: () => '1' }, ['ready']);
    expect(app.getVersion()).toBe('1');
    expect(() => app.getFileIcon('/a')).toThrow('app.getFileIcon is not modelled');
    expect(() => app.on('login', () => undefined)).toThrow(`app's event "login" is not modelled`);
    expect(() => Object.assign(app, { badgeCount: 1 })).toThrow('app.badgeCount');
  });
});

describe('what crosses into a page', () => {
  const { pack, unpack } = createCodec();
  const across = (value: unknown): unknown => unpack(JSON.parse(JSON.stringify(pack(value))));

  it.each([
    [undefined],
    [{ a: [1, 'x', null, undefined, true], $: 'kept' }],
    [{ nan: Number.NaN, big: 12n, date: new Date(5), minus: -0 }],
    [new Map<unknown, unknown>([['a', new Set([1])]])],
    [Float32Array.of(0.5, -1)],
    [Uint8Array.of(1, 2, 255)],
    [Uint8Array.of(7, 8).buffer],
  ])('stays what it is: %o', (value) => {
    expect(across(value)).toEqual(value);
  });

  it('is refused when it cannot be cloned, as Electron refuses it', () => {
    for (const value of [() => 1, Symbol('a'), { deep: [() => 1] }, Promise.resolve()])
      expect(() => pack(value)).toThrow('An object could not be cloned.');
  });
});

describe('ports', () => {
  const arrives = (port: Electron.MessagePortMain, event: 'message' | 'close') =>
    new Promise((done) => port.once(event as 'message', (message) => done(message?.data)));

  it('go on in another process, with what was sent before and after', async () => {
    const { port1, port2 } = createChannel();
    const joint: { here?: Wires; there?: Wires } = {};
    const here = createWires(1, (message) => void joint.there?.receive(structuredClone(message)));
    const there = createWires(2, (message) => void joint.here?.receive(structuredClone(message)));
    Object.assign(joint, { here, there });
    const moved = there.takeIn(here.handOn(port1));
    moved.start();
    const first = arrives(moved, 'message');
    port2.postMessage({ vector: Float32Array.of(1) });
    expect(await first).toEqual({ vector: Float32Array.of(1) });
    port2.start();
    const back = arrives(port2, 'message');
    moved.postMessage('back');
    expect(await back).toBe('back');
    expect(() => port1.postMessage('x')).toThrow('transferred');
    const closed = arrives(port2, 'close');
    here.cut();
    await closed;
  });
});

describe('addresses', () => {
  const standard = new Set(['app']);

  it.each([
    ['app://semblance/', 'https://semblance.app.double.test/'],
    ['app://semblance/..%2fsecret?a=%00#b', 'https://semblance.app.double.test/..%2fsecret?a=%00#b'],
    ['app://semblance', 'https://semblance.app.double.test'],
    ['media://thumb/1', 'media://thumb/1'],
    ['https://example.com/app://x', 'https://example.com/app://x'],
  ])('%s is %s in Chromium, and back again', (ours, chromiums) => {
    expect(toChromium(ours, standard)).toBe(chromiums);
    expect(fromChromium(chromiums)).toBe(ours);
  });

  it('have the origin that a registered scheme has', () => {
    expect(originOf('https://semblance.app.double.test/a')).toBe('app://semblance');
    expect(originOf('data:text/html,x')).toBeNull();
  });
});
