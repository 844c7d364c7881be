import { type DataSchema, type PropertySchema } from '../../../../libs/contract/catalogue/entry.js';

/** The steps of a field's path, `[]` for each element of an array: `offences[].cjsCode` is `offences`, `[]`, `cjsCode`. */
export function stepsOf(path: string): readonly string[] {
  return path.replaceAll('[]', '.[]').split('.');
}

/** The schema of the value at a field's path; undefined when the type has no such field. */
export function schemaAt(schema: DataSchema, path: string): PropertySchema | undefined {
  return stepsOf(path).reduce<PropertySchema | undefined>(
    (found, step) => (step === '[]' ? found?.items : propertyOf(found, step)),
    schema,
  );
}

function propertyOf(schema: PropertySchema | undefined, name: string): PropertySchema | undefined {
  const { properties = {} } = schema ?? {};
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
