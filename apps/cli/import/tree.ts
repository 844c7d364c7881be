/** A parsed message (JSON or XML) whose shape is not yet known: read it by path, and what is not there is undefined. */
export type Tree = unknown;

/** The node at a path of property names. */
export function at(tree: Tree, ...path: readonly string[]): Tree {
  return path.reduce<Tree>(
    (node, name) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, name)
        ? (node as Readonly<Record<string, Tree>>)[name]
        : undefined,
    tree,
  );
}

/** The text at a path, without surrounding blanks; undefined when there is none. A number is read as its digits. */
export function textAt(tree: Tree, ...path: readonly string[]): string | undefined {
  const node = at(tree, ...path);
  const text = typeof node === 'number' ? String(node) : node;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** The whole number at a path, also when it is written as text. */
export function wholeAt(tree: Tree, ...path: readonly string[]): number | undefined {
  const text = textAt(tree, ...path);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The yes or no at a path. */
export function flagAt(tree: Tree, ...path: readonly string[]): boolean | undefined {
  const node = at(tree, ...path);
  return typeof node === 'boolean' ? node : undefined;
}

/** The nodes at a path: those of an array, or the one that stands alone (XML does not mark arrays). */
export function listAt(tree: Tree, ...path: readonly string[]): readonly Tree[] {
  const node = at(tree, ...path);
  if (node === undefined || node === null || node === '') return [];
  return Array.isArray(node) ? (node as readonly Tree[]) : [node];
}

/** The texts at a list of paths, where there are any. */
export function textsAt(tree: Tree, names: readonly string[]): readonly string[] {
  return names.map((name) => textAt(tree, name)).filter((text) => text !== undefined);
}

/** An object without its undefined properties, empty lists and empty objects: absent, not blank. */
export function present(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isAbsent(value)));
}

function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
