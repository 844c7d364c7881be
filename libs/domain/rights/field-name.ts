import { type Field } from '../../contract/catalogue/fields.js';

/** Whether a name in a restriction covers a field: its path, the path of what holds it, or its class. */
export function namesField(
  name: string,
  { path, class: sensitivity }: Pick<Field, 'path' | 'class'>,
): boolean {
  return (
    name === path ||
    name === `class:${sensitivity}` ||
    path.startsWith(`${name}.`) ||
    path.startsWith(`${name}[]`)
  );
}

/** A path in words for a person to read: `offences[].cjsCode` is `offences: cjs code`. */
export function inWords(path: string): string {
  return path
    .replaceAll(/\[\]\.?|\./g, ': ')
    .replace(/: $/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
