// The few SVG words that the scenes are written in. The canvas is always 1200 x 800; the photo's size comes later.
import type { Random } from '../random.ts';

export const WIDTH = 1200;
export const HEIGHT = 800;

/** One colour from a list. */
export function pick<T>(random: Random, ...choices: [T, ...T[]]): T {
  return choices[Math.floor(random(0, choices.length))] ?? choices[0];
}

/** `count` pieces of SVG, numbered. */
export function many(count: number, draw: (index: number) => string): string {
  return Array.from({ length: Math.round(count) }, (_, index) => draw(index)).join('');
}

export function rect(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" fill="${fill}" ${more}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${r(x)}" cy="${r(y)}" rx="${r(rx)}" ry="${r(ry)}" fill="${fill}" ${more}/>`;
}

export function polygon(points: readonly (readonly [number, number])[], fill: string, more = ''): string {
  return `<polygon points="${points.map(([x, y]) => `${r(x)},${r(y)}`).join(' ')}" fill="${fill}" ${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

/** Top-to-bottom gradient; use as `url(#id)`. */
export function gradient(id: string, ...stops: [offset: number, colour: string][]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stopsOf(stops)}</linearGradient>`;
}

/** Centre-to-edge gradient; use as `url(#id)`. */
export function glow(id: string, ...stops: [offset: number, colour: string, opacity?: number][]): string {
  return `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`;
}

/** Gaussian blur; use as `filter="url(#id)"`. */
export function blur(id: string, deviation: number): string {
  return `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;
}

/** A ridge line from left to right, closed at the bottom edge. */
export function ridge(random: Random, base: number, height: number, step: number): [number, number][] {
  const points: [number, number][] = [[-50, HEIGHT + 50]];
  for (let x = -50; x <= WIDTH + 50; x += step * random(0.6, 1.4)) points.push([x, base - random(0, height)]);
  points.push([WIDTH + 60, base], [WIDTH + 60, HEIGHT + 50]);
  return points;
}

export function group(content: string, more: string): string {
  return `<g ${more}>${content}</g>`;
}

function stopsOf(stops: [offset: number, colour: string, opacity?: number][]): string {
  return stops
    .map(
      ([at, colour, opacity = 1]) =>
        `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('');
}

function r(value: number): string {
  return value.toFixed(1);
}
