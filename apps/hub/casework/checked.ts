import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type InputError, Invalid } from '../../../libs/contract/failure.js';

/**
 * An input that holds what its form demands and nothing else: a field that is misspelt is never lost in silence. Throws
 * `Invalid` `input` with a pointer for each fault, however deep, and neither values nor names that the form does not know.
 */
export function checked<Input extends object>(form: new () => Input, value: Input): Input {
  const input = plainToInstance(form, value);
  const strict = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
  const faults = validateSync(input, strict).flatMap((fault) => faultsIn('', fault));
  if (faults.length > 0) throw new Invalid('input', 'the input is not valid', faults);
  return input;
}

function faultsIn(above: string, fault: ValidationError): readonly InputError[] {
  const { property, constraints = {}, children = [] } = fault;
  const { whitelistValidation, ...broken } = constraints;
  if (whitelistValidation !== undefined)
    return [{ pointer: above, detail: 'holds a field that this input does not have' }];
  const pointer = `${above}/${property}`;
  const own = Object.values(broken).map((detail) => ({ pointer, detail }));
  return [...own, ...children.flatMap((child) => faultsIn(pointer, child))];
}
