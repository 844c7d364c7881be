import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Invalid } from '../../../libs/contract/failure.js';

/** An input that holds what its class demands; throws `Invalid` `input` with a pointer for each fault, never a value. */
export function validated<Input extends object>(type: new () => Input, value: Input): Input {
  const input = plainToInstance(type, value);
  const faults = validateSync(input, { whitelist: true, forbidUnknownValues: true });
  if (faults.length > 0) throw new Invalid('input', 'the input is not valid', faults.flatMap(told));
  return input;
}

function told({ property, constraints = {} }: ValidationError) {
  return Object.values(constraints).map((detail) => ({ pointer: `/${property}`, detail }));
}
