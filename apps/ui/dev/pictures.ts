// Dev server only: draws a landscape for every photo id, so that the fake engine has something to show.
import { rgbaToThumbHash } from 'thumbhash';
import type { Plugin } from 'vite';

export interface FakePicture {
  /** Width / height. */
  ratio: number;
  /** ThumbHash, base64. */
  placeholder: string;
}

const RATIOS = [1.5, 1.5, 0.667, 1.333, 1.5, 1.778, 0.75, 1, 1.5, 2.4];
const KINDS = 48;

export function pictures(): Plugin {
  return {
    name: 'semblance-fake-pictures',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use('/media', (request, response) => {
        const url = request.url ?? '';
        const id = /^[/](?:thumb|full)[/]([0-9a-f]{20})/.exec(url)?.[1];
        const isCatalog = url.startsWith('/catalog.json');
        response.statusCode = isCatalog || id !== undefined ? 200 : 404;
        response.setHeader('content-type', isCatalog ? 'application/json' : 'image/svg+xml');
        if (isCatalog) response.end(JSON.stringify(Array.from({ length: KINDS }, (_, i) => describe(i))));
        else
          response.end(
            id === undefined ? '' : variant(draw(Number.parseInt(id.slice(-8), 16) % KINDS), id[0]),
          );
      });
    },
  };
}

/** The first digit of an id says what was done to the picture: 1 mirrored, 2 cropped, 3 written on, 4 lighter. */
function variant(svg: string, how = '0'): string {
  const [, width = '900'] = /width="(\d+)"/.exec(svg) ?? [];
  const end = svg.lastIndexOf('</svg>');
  if (how === '1')
    return svg
      .replace('<defs>', `<g transform="matrix(-1 0 0 1 ${width} 0)"><defs>`)
      .replace('</svg>', '</g></svg>');
  if (how === '2')
    return svg.replace('<svg ', `<svg viewBox="40 30 ${Number(width) - 90} 540" preserveAspectRatio="none" `);
  if (how === '3')
    return `${svg.slice(0, end)}<text x="40" y="570" font-size="44" fill="#fff" font-family="serif">Summer 2019</text></svg>`;
  if (how === '4')
    return `${svg.slice(0, end)}<rect width="100%" height="100%" fill="#fff" opacity=".12"/></svg>`;
  return svg;
}

function describe(kind: number): FakePicture {
  const side = 16;
  const pixels = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    const colour = y < side * 0.6 ? tone(kind, 0.75 - y / 40) : tone(kind + 9, 0.3);
    for (let x = 0; x < side; x++) pixels.set([...colour, 255], (y * side + x) * 4);
  }
  const hash = rgbaToThumbHash(side, side, pixels);
  return { ratio: RATIOS[kind % RATIOS.length] ?? 1.5, placeholder: btoa(String.fromCharCode(...hash)) };
}

function draw(kind: number): string {
  const height = 600;
  const width = Math.round(height * (RATIOS[kind % RATIOS.length] ?? 1.5));
  const ridge = (base: number, rough: number) => {
    const points = Array.from({ length: 9 }, (_, i) => {
      const y = base + Math.sin(i * 1.7 + kind * rough) * 60 + Math.cos(i * 0.9 + kind) * 40;
      return `${Math.round((i * width) / 8)},${Math.round(y)}`;
    });
    return `<polygon points="0,600 ${points.join(' ')} ${width},600"/>`;
  };
  const fill = (lightness: number, shift: number) => `fill="rgb(${tone(kind + shift, lightness).join(',')})"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="rgb(${tone(kind, 0.78).join(',')})"/>
<stop offset="1" stop-color="rgb(${tone(kind + 5, 0.55).join(',')})"/></linearGradient></defs>
<rect width="100%" height="100%" fill="url(#s)"/>
<circle cx="${(kind * 97) % width}" cy="${110 + ((kind * 31) % 120)}" r="46" ${fill(0.9, 3)}/>
<g ${fill(0.48, 7)}>${ridge(330, 0.7)}</g><g ${fill(0.34, 8)}>${ridge(420, 1.3)}</g><g ${fill(0.2, 9)}>${ridge(510, 2.1)}</g></svg>`;
}

/** A muted colour of the kind, 0..1 lightness, as 8-bit RGB. */
function tone(kind: number, lightness: number): [number, number, number] {
  const hue = kind * 0.61;
  const channel = (phase: number) =>
    Math.round(255 * Math.min(1, Math.max(0, lightness + 0.14 * Math.cos(hue + phase))));
  return [channel(0), channel(2.1), channel(4.2)];
}
