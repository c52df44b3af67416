import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ArgumentClass } from './argument-class.js';

type Instance = Readonly<Record<string, unknown>>;
type ValidationMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** What class-validator knows of one property of a class. */
interface PropertyCheck {
  readonly name: string;
  /** Says whether the others are asked at all, as for a property that may be absent. */
  readonly conditions: ((instance: object, value: unknown) => boolean)[];
  readonly constraints: ((value: unknown) => unknown)[];
  isNested: boolean;
}

const checks = new WeakMap<ArgumentClass, readonly PropertyCheck[]>();

/**
 * Whether class-validator would find nothing wrong with an instance. Its own metadata are asked, looked up once for each
 * class: `validateSync` looks all of them up again each time, which is only worth its cost when there is a fault to name.
 */
export function passes(made: ArgumentClass, instance: object): boolean {
  let known = checks.get(made);
  if (!known) {
    known = checksOf(made);
    checks.set(made, known);
  }
  return known.every((check) => passesProperty(made, check, instance as Instance));
}

function passesProperty(made: ArgumentClass, check: PropertyCheck, instance: Instance): boolean {
  const value = instance[check.name];
  if (!check.conditions.every((applies) => applies(instance, value))) return true;
  if (!check.constraints.every((holds) => holds(value))) return false;
  const inner = check.isNested ? made.inner[check.name] : undefined;
  if (!inner) return true;
  const records: readonly unknown[] = Array.isArray(value) ? value : [value];
  return records.every((one) => one instanceof inner.type && passes(inner, one));
}

function checksOf({ type }: ArgumentClass): readonly PropertyCheck[] {
  const byName = new Map<string, PropertyCheck>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const { propertyName: name } = metadata;
    const check = byName.get(name) ?? { name, conditions: [], constraints: [], isNested: false };
    byName.set(name, check);
    addTo(check, metadata);
  }
  return [...byName.values()];
}

function addTo(check: PropertyCheck, metadata: ValidationMetadata): void {
  if (metadata.type === ValidationTypes.NESTED_VALIDATION) check.isNested = true;
  else if (metadata.type === ValidationTypes.CONDITIONAL_VALIDATION) {
    check.conditions.push(metadata.constraints[0] as PropertyCheck['conditions'][number]);
  } else {
    for (const { instance } of getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls)) {
      check.constraints.push((value) => instance.validate(value));
    }
  }
}
