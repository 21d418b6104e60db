/** A Python exception as Odoo's APIs report it. */
export interface OdooError {
  /** The exception's full name. */
  readonly name: string;
  readonly message: string;
}

const TYPES = ["lead", "opportunity"];
type FieldType = "char" | "float" | "selection";
/** Those fields of the model crm.lead that an order can fill. */
const FIELDS: Readonly<Record<string, FieldType>> = {
  name: "char",
  type: "selection",
  expected_revenue: "float",
  contact_name: "char",
  partner_name: "char",
  email_from: "char",
  phone: "char",
  description: "char",
};

/** What Odoo says against creating this record of crm.lead; null if nothing. */
export function leadError(values: Readonly<Record<string, unknown>>): OdooError | null {
  for (const [name, value] of Object.entries(values)) {
    const type = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (type === undefined) return valueError(`Invalid field '${name}' on model 'crm.lead'`);
    // Odoo's word for "nothing".
    if (value === null || value === false) continue;
    if (type === "float" && typeof value !== "number")
      return valueError(`could not convert string to float: '${value}'`);
    if (type === "char" && typeof value !== "string") return valueError(`Wrong value for crm.lead.${name}: ${value}`);
    if (type === "selection" && !TYPES.includes(value as string)) {
      return valueError(`Wrong value for crm.lead.${name}: '${value}'`);
    }
  }
  const { name } = values;
  if (typeof name === "string" && name !== "") return null;
  return {
    name: "odoo.exceptions.ValidationError",
    message:
      "The operation cannot be completed: a mandatory field is not set. Model: Lead (crm.lead), Field: Opportunity (name)",
  };
}

function valueError(message: string): OdooError {
  return { name: "builtins.ValueError", message };
}
