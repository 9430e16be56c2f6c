import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { goldens, invalidGoldens } from '../goldens';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
}

const folder = fileURLToPath(new URL('../../../shared/schema/', import.meta.url));
const schemas = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8')) as Schema]),
);
const ajv = new Ajv({ strict: true, schemas: [...schemas.values()] });

function isValid(type: string, value: unknown): boolean {
  const validate = ajv.getSchema(`${type}.schema.json`);
  if (validate === undefined) throw new Error(`no schema for ${type}`);
  return validate(value) === true;
}

describe('the schema', () => {
  test.each(goldens)('accepts $name', ({ type, value }) => {
    expect(isValid(type, value)).toBe(true);
  });

  test.each(invalidGoldens)('refuses $name', ({ type, value }) => {
    expect(isValid(type, value)).toBe(false);
  });

  test('has every field, optional ones too, in some example', () => {
    const seen = new Set<string>();
    const walk = (file: string, schema: Schema, value: unknown): void => {
      if (schema.$ref !== undefined) {
        const target = schemas.get(schema.$ref);
        if (target) walk(schema.$ref, target, value);
        return;
      }
      for (const choice of schema.oneOf ?? [])
        if (choice.$ref !== undefined && ajv.getSchema(choice.$ref)?.(value) === true) walk(file, choice, value);
      if (Array.isArray(value)) for (const item of value) walk(file, schema.items ?? {}, item);
      else if (typeof value === 'object' && value !== null)
        for (const [name, field] of Object.entries(value)) {
          const property = schema.properties?.[name];
          if (property === undefined) continue;
          seen.add(`${file} ${name}`);
          walk(file, property, field);
        }
    };
    for (const { type, value } of goldens) walk(`${type}.schema.json`, schemas.get(`${type}.schema.json`) ?? {}, value);
    const all = [...schemas].flatMap(([file, schema]) =>
      Object.keys(schema.properties ?? {}).map((name) => `${file} ${name}`),
    );
    expect(all.filter((field) => !seen.has(field))).toEqual([]);
  });
});
