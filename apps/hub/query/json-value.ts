import { GraphQLScalarType } from 'graphql';

/** A JSON value as a publisher recorded it: text, number, yes or no, or a list of these. Only ever sent, never taken. */
export const JsonValue = new GraphQLScalarType({
  name: 'JsonValue',
  description: 'A JSON value as its publisher recorded it.',
  serialize: (value: unknown) => value,
});
