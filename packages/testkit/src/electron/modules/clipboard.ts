// clipboard and ClipboardItem: what was written last, for whoever reads it; nothing of the system's own is touched.
import { part, partClass } from '../model.ts';

type Content = ConstructorParameters<typeof Electron.ClipboardItem>[0][string];

const contents = new WeakMap<Electron.ClipboardItem, Map<string, Content>>();

function blobOf(type: string, content: Awaited<Content>): Blob {
  if (content instanceof Blob) return content;
  return new Blob([typeof content === 'string' ? content : JSON.stringify(content)], { type });
}

function item(given: Record<string, Content>): Electron.ClipboardItem {
  const parts = new Map(Object.entries(given));
  // As in Electron: a picture is taken as PNG only.
  for (const type of parts.keys())
    if (type.startsWith('image/') && type !== 'image/png')
      throw new TypeError(`ClipboardItem: Type ${type} is not supported.`);
  const made: Electron.ClipboardItem = part<Electron.ClipboardItem>('ClipboardItem', {
    types: [...parts.keys()],
    getType: (async (type: string) => {
      const content = parts.get(type);
      if (content === undefined) throw new Error(`The type '${type}' was not found.`);
      return blobOf(type, await content);
    }) as Electron.ClipboardItem['getType'],
  });
  contents.set(made, parts);
  return made;
}

export const ClipboardItem = partClass<typeof Electron.ClipboardItem>('ClipboardItem', item);

let clipped: Electron.ClipboardItem[] = [];

export const clipboard = part<Electron.Clipboard>('clipboard', {
  async write(items) {
    if (items.some((one) => !contents.has(one))) throw new TypeError('clipboard.write takes ClipboardItems.');
    clipped = [...items];
  },
  read: async () => clipped,
  has: async (type) => clipped.some(({ types }) => types.includes(type)),
  async writeText(text) {
    clipped = [item({ 'text/plain': text })];
  },
  async readText() {
    const written = clipped.find(({ types }) => types.includes('text/plain'));
    return written === undefined ? '' : (await written.getType('text/plain')).text();
  },
  clear() {
    clipped = [];
  },
});
