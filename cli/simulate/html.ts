/** Just enough HTML to use our own server-rendered pages as a browser without scripts does. */

export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

export function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, body: string) => {
    if (!body.startsWith("#")) return ENTITIES[body.toLowerCase()] ?? whole;
    const hex = body[1] === "x" || body[1] === "X";
    const code = Number.parseInt(body.slice(hex ? 2 : 1), hex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Without scripts, styles and comments, whose content only looks like tags. */
function visibleMarkup(html: string): string {
  return html.replace(/<!--[\s\S]*?-->|<(script|style|template)\b[\s\S]*?<\/\1\s*>/gi, "");
}

const TAG =
  /<(\/?[a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** All tags in order; closing ones as "/form". Names are in lower case, values decoded. */
export function parseTags(html: string): Tag[] {
  return [...visibleMarkup(html).matchAll(TAG)].map(([, name = "", rest = ""]) => {
    const attributes: Record<string, string> = {};
    for (const [, key = "", double, single, bare] of rest.matchAll(ATTRIBUTE)) {
      attributes[key.toLowerCase()] ??= decodeEntities(double ?? single ?? bare ?? "");
    }
    return { name: name.toLowerCase(), attributes };
  });
}

export interface Form {
  method: string;
  /** As written; "" = the page's own address. */
  action: string;
  /** What is sent without touching anything: hidden and prefilled inputs. */
  defaults: [name: string, value: string][];
  /** Every name that can be sent. */
  names: Set<string>;
  /** Values of each group of radio buttons, in order. */
  radios: Map<string, string[]>;
  /** Values of the named submit buttons. */
  buttons: { name: string; value: string }[];
}

/** The forms of a page with the controls inside them or tied to them by `form="id"`. */
export function parseForms(html: string): Form[] {
  const forms: Form[] = [];
  const byId = new Map<string, Form>();
  const pending: { tag: Tag; form: Form | string }[] = [];
  let current: Form | null = null;
  for (const tag of parseTags(html)) {
    const { name, attributes } = tag;
    if (name === "form") {
      current = {
        method: (attributes.method ?? "get").toLowerCase(),
        action: attributes.action ?? "",
        defaults: [],
        names: new Set(),
        radios: new Map(),
        buttons: [],
      };
      forms.push(current);
      if (attributes.id) byId.set(attributes.id, current);
    } else if (name === "/form") {
      current = null;
    } else if (["input", "button", "textarea", "select"].includes(name)) {
      const owner = attributes.form ?? current;
      if (owner !== null) pending.push({ tag, form: owner });
    }
  }
  for (const { tag, form } of pending) {
    const owner = typeof form === "string" ? byId.get(form) : form;
    if (owner) addControl(owner, tag);
  }
  return forms;
}

function addControl(form: Form, { name: tagName, attributes }: Tag): void {
  const { name, value = "" } = attributes;
  if (!name || "disabled" in attributes) return;
  const type = tagName === "input" ? (attributes.type ?? "text").toLowerCase() : tagName;
  form.names.add(name);
  if (type === "radio") form.radios.set(name, [...(form.radios.get(name) ?? []), value]);
  if (tagName === "button" || type === "submit") form.buttons.push({ name, value });
  else if (type === "radio" || type === "checkbox") {
    if ("checked" in attributes) form.defaults.push([name, value || "on"]);
  } else if (tagName === "input") form.defaults.push([name, value]);
}

/** Links with their text. */
export function parseLinks(html: string): { href: string; text: string }[] {
  const links = visibleMarkup(html).matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a\s*>/gi);
  return [...links].map(([, attributes = "", inner = ""]) => ({
    href: parseTags(`<a ${attributes}>`)[0]?.attributes.href ?? "",
    text: plainText(inner),
  }));
}

/** What a reader sees, in one line. */
export function plainText(html: string): string {
  return decodeEntities(visibleMarkup(html).replace(/<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

/** The first sentence of an error page or alert, for reports. */
export function alertText(html: string): string {
  const alert = /<[^>]*\brole="alert"[^>]*>([\s\S]*?)<\/(?:div|p|section|output|span)>/i.exec(
    visibleMarkup(html),
  );
  const text = plainText(alert?.[1] ?? /<main\b[\s\S]*?<\/main>/i.exec(visibleMarkup(html))?.[0] ?? html);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
