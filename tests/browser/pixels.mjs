// What the eye gets: a drawing as pixels. Each number has ink inside its own mark, and no mark covers another.

/** Runs in a blank page: faults of one drawing, and how many marks were looked at. */
async function look(source) {
  const SCALE = 3;
  /** A number takes at least so much of its mark, and stands out by the ratio that text must have. */
  const [INK_MIN, CONTRAST_MIN] = [0.015, 4.5];
  const parse = () => new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  const marksOf = (svg) => [...svg.querySelectorAll('g.marks > *')];
  const [, , width, height] = parse().getAttribute('viewBox').split(/[ ,]+/).map(Number);

  async function paint(svg) {
    svg.setAttribute('width', width);
    svg.setAttribute('height', height);
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }));
    await image.decode();
    URL.revokeObjectURL(image.src);
    const canvas = new OffscreenCanvas(Math.ceil(width * SCALE), Math.ceil(height * SCALE));
    const brush = canvas.getContext('2d', { willReadFrequently: true });
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    return brush.getImageData(0, 0, canvas.width, canvas.height);
  }

  const linear = (channel) => (channel <= 10 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (data, at) => 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);

  /** How much of a circle the number takes, its contrast, and whether ink lies outside. */
  function ink(written, bare, [x, y], radius) {
    let [changed, all, least, most] = [0, 0, 1, 0];
    for (let row = Math.floor((y - radius) * SCALE); row < (y + radius) * SCALE; row += 1) {
      for (let column = Math.floor((x - radius) * SCALE); column < (x + radius) * SCALE; column += 1) {
        if (Math.hypot(column / SCALE - x, row / SCALE - y) > radius) continue;
        const at = (row * written.width + column) * 4;
        all += 1;
        if ([0, 1, 2].every((part) => written.data[at + part] === bare.data[at + part])) continue;
        changed += 1;
        for (const picture of [written, bare]) {
          const light = luminance(picture.data, at);
          [least, most] = [Math.min(least, light), Math.max(most, light)];
        }
      }
    }
    return { share: changed / all, contrast: (most + 0.05) / (least + 0.05) };
  }

  const colour = (at) => [20 + (at % 15) * 15, 20 + Math.floor(at / 15) * 10, 90];

  /** Only the marks, each with its ring in one colour of its own and without soft edges. */
  function flat(keeps) {
    const svg = parse();
    const marks = marksOf(svg);
    marks.forEach((mark, at) => {
      if (!keeps(at)) { mark.remove(); return; }
      mark.setAttribute('shape-rendering', 'crispEdges');
      for (const part of mark.querySelectorAll('text, [pointer-events]')) part.remove();
      for (const part of mark.querySelectorAll('*')) {
        for (const name of ['fill', 'stroke']) {
          if (part.hasAttribute(name) && part.getAttribute(name) !== 'none') part.setAttribute(name, `rgb(${colour(at)})`);
        }
      }
    });
    for (const part of [...svg.children]) if (!part.matches('g.marks')) part.remove();
    return svg;
  }

  function counts(picture) {
    const found = new Map();
    for (let at = 0; at < picture.data.length; at += 4) {
      const key = `${picture.data[at]},${picture.data[at + 1]},${picture.data[at + 2]}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    return found;
  }

  const faults = [];
  const marks = marksOf(parse());
  const bare = parse();
  for (const text of bare.querySelectorAll('g.marks text')) text.remove();
  const [written, plain] = [await paint(parse()), await paint(bare)];
  const together = counts(await paint(flat(() => true)));
  for (const [at, mark] of marks.entries()) {
    const name = mark.getAttribute('data-n');
    const place = mark.getAttribute('transform').match(/-?[\d.]+/g).map(Number);
    const { share, contrast } = ink(written, plain, place, mark.querySelector('g text') ? 18 : 11);
    if (share < INK_MIN || contrast < CONTRAST_MIN) faults.push(`${name}: ink ${share.toFixed(3)}, contrast ${contrast.toFixed(1)}`);
    const alone = counts(await paint(flat((other) => other === at)));
    const key = String(colour(at));
    if (!alone.get(key) || alone.get(key) !== together.get(key)) faults.push(`${name}: ${together.get(key)} of ${alone.get(key)} pixels are seen`);
  }
  return { faults, marks: marks.length };
}

/** Looks at drawings, each the text of an `<svg>`. */
export async function pixels(browser, drawings) {
  const page = await browser.newPage();
  await page.goto('about:blank');
  const found = { faults: [], marks: 0 };
  for (const source of drawings) {
    const { faults, marks } = await page.evaluate(look, source);
    found.faults.push(...faults);
    found.marks += marks;
  }
  await page.close();
  return found;
}
