/** What happened, in two words. */
export const HEADLINE =
  "event == 'order.created' ? 'New order' : event == 'order.updated' ? 'Order updated' : event == 'order.completed' ? 'Order served' : event == 'order.cancelled' ? 'Order cancelled' : 'Test order'";

/** What was ordered, one dish after the other, with the guest's wishes: at most so many characters, not escaped. */
export function dishes(charsMax: number, options: { readonly before: string; readonly between: string }): string {
  const dish = `'${options.before}' + string(item.quantity) + ' × ' + item.name`;
  const wishes = "default(item.notes, '') == '' ? '' : ' (' + replace(item.notes, '\\\\n', ' ') + ')'";
  return `truncate(join(data.items.map(item, ${dish} + (${wishes})), '${options.between}'), ${charsMax})`;
}

/** Text before a value and the value; nothing if there is none. `escapeText` names a function for what people typed; empty where text is shown as it is. */
export function ifGiven(value: string, before: string, charsMax: number, escapeText: string): string {
  return `default(string(${value}), '') == '' ? '' : '${before}' + ${escapeText}(truncate(string(${value}), ${charsMax}))`;
}
