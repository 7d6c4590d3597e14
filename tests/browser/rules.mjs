// What must hold on every page, beyond axe. Each function runs inside the page and returns a list of complaints.

/** One h1, one main, no heading level skipped, a language, a title, and a way to skip the navigation. */
export function structure() {
  const complaints = [];
  const count = (selector) => document.querySelectorAll(selector).length;
  if (count('h1') !== 1) complaints.push(`${count('h1')} h1`);
  if (count('main') !== 1) complaints.push(`${count('main')} main`);
  if (!document.documentElement.lang) complaints.push('html has no lang');
  if (!document.title.trim()) complaints.push('no title');
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => Number(heading.tagName[1]));
  levels.forEach((level, at) => {
    if (at > 0 && level > levels[at - 1] + 1) complaints.push(`h${level} follows h${levels[at - 1]}`);
  });
  const first = document.querySelector('body a[href]');
  if (!first?.getAttribute('href')?.startsWith('#')) complaints.push('the first link does not skip to the content');
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute('href').slice(1));
    if (id && !document.getElementById(id)) complaints.push(`link to missing #${id}`);
  }
  return complaints;
}

/** Nothing that only a machine in another house could answer, nothing inline that the policy would forbid. */
export function safety() {
  const complaints = [];
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
  if (!policy.includes("default-src 'self'")) complaints.push('no content security policy');
  for (const script of document.querySelectorAll('script')) {
    if (!script.src && script.type !== 'application/ld+json') complaints.push('inline script');
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) complaints.push(`${element.tagName} has ${name}`);
      if (/^\s*javascript:/i.test(value)) complaints.push(`${element.tagName} ${name} is a script`);
    }
  }
  if (/user-scalable\s*=\s*no|maximum-scale/.test(document.querySelector('meta[name=viewport]')?.content ?? '')) {
    complaints.push('the viewport blocks zoom');
  }
  return complaints;
}

/** Targets that stand alone are at least 44 px in both directions; links inside a sentence are text. */
export function targets() {
  const inSentence = (link) =>
    [...link.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const candidates = 'button, summary, select, input:not([type=hidden]), nav a, header a, a[href^="tel:"], main li > a:only-child';
  return [...document.querySelectorAll(candidates)]
    .filter((target) => !target.closest('svg') && !inSentence(target))
    .map((target) => ({ target, box: target.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1 && box.bottom > 0)
    .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
    .map(({ target, box }) =>
      `${target.tagName.toLowerCase()} “${target.textContent.trim().slice(0, 24)}” is ${Math.round(box.width)}×${Math.round(box.height)}`);
}

/** Every telephone link calls the number that it shows; no picture goes without size and text. */
export function content() {
  const complaints = [];
  for (const link of document.querySelectorAll('a[href^="tel:"]')) {
    const [shown, called] = [link.textContent, link.getAttribute('href')].map((text) => text.normalize('NFKC').replace(/\D/g, ''));
    if (!shown.includes(called)) complaints.push(`${link.textContent.trim()} calls ${called}`);
  }
  for (const image of document.querySelectorAll('img')) {
    if (!image.hasAttribute('alt')) complaints.push(`no alt: ${image.src}`);
    if (!image.getAttribute('width') || !image.getAttribute('height')) complaints.push(`no size: ${image.src}`);
    if (image.loading !== 'lazy' && image.complete && image.naturalWidth === 0) complaints.push(`broken picture: ${image.src}`);
  }
  return complaints;
}

/** What a reader gets: the length of the text, the drawn maps and the lists beside them. */
export function substance() {
  const main = document.querySelector('main')?.cloneNode(true);
  // The tools of a map need their script, as its list does not.
  main?.querySelectorAll('.map-tools, .to-map').forEach((tool) => tool.remove());
  return {
    letters: (main?.textContent ?? '').replace(/\s/g, '').length,
    maps: main?.querySelectorAll('svg').length ?? 0,
    lists: main?.querySelectorAll('li, tr, dt').length ?? 0,
  };
}

/** How far the page reaches to the right of the window. */
export function overflow() {
  const beyond = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
  if (beyond <= 0) return [];
  const culprit = [...document.querySelectorAll('body *')].find(
    (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return [`${beyond} px beyond the right edge, first by ${culprit?.tagName.toLowerCase()}.${culprit?.className?.toString()}`];
}

/** The focused element shows that it is. */
export function focusShown() {
  const element = document.activeElement;
  if (!element || element === document.body) return [];
  const style = getComputedStyle(element);
  const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  return shown ? [] : [`no focus on ${element.tagName.toLowerCase()} “${element.textContent.trim().slice(0, 24)}”`];
}
