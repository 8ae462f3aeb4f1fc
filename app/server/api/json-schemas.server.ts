import { z } from "zod";

export type Json = Record<string, unknown>;
export type Direction = "input" | "output";

/**
 * Zod schemas as JSON Schema, with the named ones as shared components. What is sent may leave out fields with a
 * default, what is received may not: a named schema that differs in this gets a second component, "…Input".
 */
export function createJsonSchemas(schemas: readonly { schema: z.ZodType; io: Direction }[]): {
  of(schema: z.ZodType, io: Direction): Json;
  components: Json;
} {
  const named: Record<Direction, Map<string, Json>> = { input: new Map(), output: new Map() };
  for (const { schema, io } of schemas) {
    const { $defs = {}, ...own } = convert(schema, io);
    for (const [id, definition] of Object.entries($defs as Record<string, Json>)) {
      named[io].set(id, definition);
    }
    if (typeof own.id === "string") named[io].set(own.id, own);
  }
  const twofold = differing(named);
  const nameOf = (id: string, io: Direction) => (io === "input" && twofold.has(id) ? `${id}Input` : id);
  const components = new Map<string, Json>();
  for (const io of ["input", "output"] as const) {
    for (const [id, definition] of named[io]) {
      components.set(
        nameOf(id, io),
        clean(definition, (ref) => nameOf(ref, io)),
      );
    }
  }
  return {
    of(schema, io) {
      const { $defs: _, ...own } = convert(schema, io);
      if (typeof own.id === "string") return { $ref: `#/components/schemas/${nameOf(own.id, io)}` };
      return clean(own, (ref) => nameOf(ref, io));
    },
    components: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function convert(schema: z.ZodType, io: Direction): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
  }) as Json;
  return json;
}

/** Named schemas that are one thing when sent and another when received, directly or through a part. */
function differing(named: Record<Direction, Map<string, Json>>): Set<string> {
  const both = [...named.input.keys()].filter((id) => named.output.has(id));
  const found = new Set<string>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const id of both) {
      const sent = JSON.stringify(named.input.get(id));
      const through = [...found].some((other) => sent.includes(`"#/$defs/${other}"`));
      if (through || sent !== JSON.stringify(named.output.get(id))) found.add(id);
    }
  }
  return found;
}

/** Points references at the components, and drops the ids, which would change what references mean. */
function clean(node: unknown, rename: (id: string) => string): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const out: Json = {};
    for (const [key, child] of Object.entries(value)) {
      if (key === "$ref" && typeof child === "string") {
        out[key] = `#/components/schemas/${rename(child.replace("#/$defs/", ""))}`;
      } else if (key !== "id" || typeof child !== "string") out[key] = walk(child);
    }
    return out;
  };
  return walk(node) as Json;
}
