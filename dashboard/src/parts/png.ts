import { download, fileName } from "./download.ts";

/** Twice the size on screen, so that it stays sharp on a slide. */
const SCALE = 2;
const MARGIN = 24;

/**
 * Saves a section as a picture, just as it is drawn: title, marks and foot. A copy of it, every style written out, is
 * drawn by the browser inside an SVG image; nothing leaves the page.
 */
export async function savePng(section: HTMLElement, title: string): Promise<void> {
  const { width, height } = section.getBoundingClientRect();
  const copy = copyOf(section);
  copy.style.margin = "0";
  copy.style.width = `${width}px`;
  const font = await fontRule();
  const size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><foreignObject x="${MARGIN}" y="${MARGIN}" width="${width}" height="${height}"><div xmlns="http://www.w3.org/1999/xhtml"><style>${font}</style>${new XMLSerializer().serializeToString(copy)}</div></foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(size.width * SCALE);
  canvas.height = Math.ceil(size.height * SCALE);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(SCALE, SCALE);
  context.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) download(fileName(title, "png"), blob);
}

/** What makes an element look as it does; the rest of its style is the browser's own. */
const PROPERTIES = `align-items background-color border-bottom border-collapse border-left border-radius border-right
  border-spacing border-top bottom box-sizing clip-path color column-gap display fill fill-rule flex-direction flex-grow
  flex-shrink flex-wrap font-family font-size font-style font-variant-numeric font-weight gap grid-column grid-template-columns height
  inset justify-content left letter-spacing line-height margin max-width min-height min-width opacity outline outline-offset
  overflow padding paint-order position right row-gap stroke stroke-dasharray stroke-linejoin stroke-width table-layout
  text-align text-anchor top transform vertical-align visibility white-space width`.split(/\s+/);

function copyOf(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement;
  const originals = [element, ...element.querySelectorAll<HTMLElement | SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<HTMLElement | SVGElement>("*")];
  for (const [index, original] of originals.entries()) {
    const style = getComputedStyle(original);
    copies[index]?.setAttribute("style", PROPERTIES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  }
  for (const part of copy.querySelectorAll(".unseen, .no-picture")) part.remove();
  return copy;
}

let rule: Promise<string> | undefined;

/** An image may load nothing, so the font goes into it. */
function fontRule(): Promise<string> {
  rule ??= (async () => {
    const face = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".woff2"));
    if (!face) return "";
    const bytes = new Uint8Array(await (await fetch(face.name)).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return `@font-face{font-family:"Inter Variable";font-weight:400 680;src:url(data:font/woff2;base64,${btoa(text)})}`;
  })();
  return rule;
}
