// Which pages to look at: from the site's own sitemap, one of every kind in every language.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const unescape = (text) => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** Every address of the sitemap below the site's own prefix: `{ prefix, paths }`, both decoded. */
export async function addresses(folder) {
  const sitemap = await readFile(join(folder, 'sitemap.xml'), 'utf8');
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)]
    .map((match) => decodeURIComponent(new URL(unescape(match[1])).pathname));
  if (paths.length === 0) throw new Error('sitemap.xml names no page');
  const prefix = paths.reduce((shortest, path) => (path.length < shortest.length ? path : shortest));
  return { prefix, paths: paths.map((path) => path.slice(prefix.length)) };
}

/** Language, first folder, depth and ending tell the kinds apart: `areas/ID/print/` is not `areas/ID/`. */
function kindOf(path) {
  const parts = path.split('/').filter(Boolean);
  const language = /^[a-z]{2}$/.test(parts[0] ?? '') ? parts.shift() : 'ja';
  const ending = parts.length > 2 ? `-${parts.at(-1)}` : '';
  return `${language}-${parts[0] ?? 'home'}${parts.length > 1 ? '-one' : ''}${ending}`;
}

/** Of each kind the page with the most in it: `[{ kind, path }]`. */
export async function pageOfEachKind(folder, paths) {
  const kinds = new Map();
  for (const path of [...paths, '404.html']) {
    const file = path.endsWith('.html') ? path : join(path, 'index.html');
    const bytes = (await stat(join(folder, file)).catch(() => null))?.size ?? 0;
    const kind = kindOf(path);
    if (!kinds.has(kind) || kinds.get(kind).bytes < bytes) kinds.set(kind, { kind, path, bytes });
  }
  return [...kinds.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
