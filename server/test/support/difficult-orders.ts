/** What guests and menus may say, as changes to the example order's `data`; all of it passes the API's checks. */
export const DIFFICULT_ORDERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plain: {},
  "Turkish letters": {
    customer_name: "Gülşah İğdırlı Öztürk-Çağıl",
    items: [item({ name: "İçli köfte, ağır ateşte pişmiş ıspanak", notes: "Soğansız, şekersiz" })],
  },
  "quotes, backslashes and line breaks": {
    customer_name: 'Ahmet "Usta" O\'Neil \\ Sons',
    customer_notes: 'First line\nSecond "line"\r\n\tThird\\n',
    items: [item({ name: 'The "Best" {{ Burger }} \\', notes: "No onions\nplease\r\n'really'" })],
  },
  emoji: { customer_name: "Zeynep 👩‍🍳🇹🇷", items: [item({ name: "🍕🍕", notes: "🌶️ x 3" })] },
  nulls: {
    customer_name: null,
    customer_notes: null,
    table_id: null,
    items: [item({ menu_item_id: null, notes: null })],
  },
  "an amount of 0.1 + 0.2": { total_amount: 0.3, items: [item({ price: 0.1 }), item({ price: 0.2 })] },
  "a great amount": { total_amount: 999_999_999.99 },
  "mentions and markup": {
    customer_name: "<!channel> @everyone @here <@U123> <users/all> <at>Boss</at>",
    items: [
      item({
        name: "<!here|x> <script>alert(1)</script> **bold** [free](https://evil.example) `code` ~~x~~ ||spoiler||",
        notes: "<https://evil.example|click> &lt; & &amp; <users/all> # heading\n> quote\n- list",
      }),
    ],
  },
  "1,000 items": { items: Array.from({ length: 1000 }, () => item({ notes: "Extra peynir, az tuzlu" })) },
  "everything as long as it may be": {
    order_number: "😀".repeat(50),
    customer_name: "ğ".repeat(200),
    customer_notes: "&".repeat(5000),
    items: Array.from({ length: 200 }, () => item({ name: "*".repeat(500), notes: '"'.repeat(1000) })),
    total_amount: 1_000_000_000,
  },
  "everything in wide characters": {
    order_number: "料".repeat(100),
    customer_name: "理".repeat(200),
    items: Array.from({ length: 100 }, () => item({ name: "麺".repeat(500), notes: "<".repeat(500) })),
  },
};

function item(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    menu_item_id: "0191d1a0-0000-7000-8000-000000000003",
    name: "Margherita Pizza",
    quantity: 2,
    price: 89.9,
    notes: "Extra peynir",
    ...changes,
  };
}
